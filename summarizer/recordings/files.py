"""The store of recordings for git: one readable JSON file each, ``<first two digits>/<key>.json``."""

from __future__ import annotations

import itertools
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from summarizer.errors import DataError
from summarizer.exchange import Answer
from summarizer.recordings.leaks import leaks
from summarizer.recordings.recording import (
    Damaged,
    Recording,
    json_bytes,
    recorded_answer,
    recording_from_json,
    recording_to_json,
)
from summarizer.recordings.store import Damage, Entry, Report, say

__all__ = ["FileStore"]

_KEY = re.compile(r"[0-9a-f]{64}")
T = TypeVar("T")
_counter = itertools.count()


class FileStore:
    """Recordings below one folder. A folder that does not exist is an empty store; the first put makes it."""

    name = "recordings"

    def __init__(self, folder: Path, report: Report = say) -> None:
        self.folder = folder
        self._report = report

    def get(self, key: str) -> Answer | None:
        """Return the answer; a damaged file is renamed to ``….json.damaged``, reported, and no answer."""
        return self._sound(key, recorded_answer)

    def load(self, key: str) -> Recording | None:
        """Return the whole recording; otherwise as :meth:`get`."""
        return self._sound(key, recording_from_json)

    def prepare(self) -> None:
        """Make the folder if there is none. Raises DataError when nothing can be put into it."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # A probe, because permission bits say nothing of a file system that is mounted read-only.
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except OSError as error:
            raise DataError(str(self.folder), f"recordings cannot be written ({error.strerror})") from error

    def put(self, recording: Recording) -> None:
        """Write the file in one step (a reader sees the old one or the new one).

        A file that says the same already is left alone, so that recording again changes nothing in git. Raises DataError
        also for a recording that holds what must not be published.
        """
        if found := leaks(recording):
            raise DataError(str(self._path(recording.key)), f"the recording is not written: {'; '.join(found)}")
        try:
            if self._read(recording.key) == recording:
                return
        except (FileNotFoundError, Damaged):
            pass
        path = self._path(recording.key)
        temporary = path.with_name(f".{recording.key}.{os.getpid()}.{next(_counter)}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(json_bytes(recording_to_json(recording), readable=True) + b"\n")
            temporary.replace(path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise DataError(str(path), f"the recording cannot be written ({error.strerror})") from error

    def remove(self, key: str) -> bool:
        """Delete the file; tell whether there was one."""
        try:
            self._path(key).unlink()
        except FileNotFoundError:
            return False
        return True

    def keys(self) -> Iterator[str]:
        """Give the keys of all files, damaged ones too."""
        for path in sorted(self.folder.glob("??/*.json")):
            if _KEY.fullmatch(path.stem):
                yield path.stem

    def recordings(self) -> Iterator[Recording]:
        """Give the recordings of all files that can be read."""
        for key in self.keys():
            recording = self.load(key)
            if recording is not None:
                yield recording

    def entries(self) -> Iterator[Entry]:
        """Give what a list shows of all files that can be read."""
        for recording in self.recordings():
            yield Entry(
                key=recording.key,
                model=recording.request.model,
                outcome=recording.answer.outcome.value,
                size=self._path(recording.key).stat().st_size,
                when=recording.provenance.when,
                how=recording.provenance.how,
            )

    def verify(self) -> Iterator[Damage]:
        """Check every file in the folders below: its name, its fields, its key, its answer's hash."""
        for path in sorted(self.folder.glob("*/**/*")):
            if path.is_dir():
                continue
            relative = path.relative_to(self.folder).as_posix()
            if relative != f"{path.stem[:2]}/{path.stem}.json" or not _KEY.fullmatch(path.stem):
                yield Damage(relative, "it is not the file of a recording")
                continue
            try:
                self._read(path.stem)
            except Damaged as damage:
                yield Damage(relative, str(damage))

    def compact(self) -> None:
        """Delete what was set aside, and what killed processes left half-written."""
        for pattern in ("??/*.json.damaged", "??/.*.tmp"):
            for path in self.folder.glob(pattern):
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"

    def _sound(self, key: str, read: Callable[[object, str], T]) -> T | None:
        """Return what ``read`` makes of the key's file; None, after setting the file aside, when it is damaged."""
        try:
            return read(self._value(key), key)
        except FileNotFoundError:
            return None
        except Damaged as damage:
            self._set_aside(key, damage)
            return None

    def _read(self, key: str) -> Recording:
        return recording_from_json(self._value(key), key)

    def _value(self, key: str) -> object:
        """Return the file's JSON. Raises FileNotFoundError, Damaged, and DataError when the file cannot be opened."""
        path = self._path(key)
        try:
            return json.loads(path.read_bytes())
        except FileNotFoundError:
            raise
        except OSError as error:
            raise DataError(str(path), f"the recording cannot be read ({error.strerror})") from error
        except (ValueError, RecursionError) as error:
            raise Damaged(f"it is not JSON ({error})") from error

    def _set_aside(self, key: str, damage: Damaged) -> None:
        path = self._path(key)
        aside = path.with_suffix(".json.damaged")
        try:
            path.replace(aside)
            done = f"set aside as {aside.name}"
        except OSError as error:
            done = f"left in place ({error.strerror})"
        self._report(f"{path}: damaged recording, {done}: {damage}")
