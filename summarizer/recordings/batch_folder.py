"""The folder of a live batch: what was submitted, so that nothing is submitted twice and every answer is fetched.

Beside ``requests-0001.jsonl`` stand ``submitted-0001.json`` (the batch's id, and whether its answers have been read), and
after the fetch ``output-0001.jsonl`` and ``errors-0001.jsonl``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from summarizer.errors import DataError, UsageError
from summarizer.recordings.batch import REQUEST_FILES

__all__ = ["Submitted", "forget_fetched", "mark_fetched", "note_submitted", "submitted", "unsubmitted"]

_NOTES = "submitted-*.json"


@dataclass(frozen=True, slots=True)
class Submitted:
    """A request file (its name, in the folder of the note) that is at the endpoint under ``batch_id``."""

    requests: str
    batch_id: str
    fetched: bool = False

    @property
    def number(self) -> str:
        """The number that the names of the file's companions share."""
        return self.requests.removeprefix("requests-").removesuffix(".jsonl")


def submitted(folder: Path) -> list[Submitted]:
    """Return the folder's notes, in order. Raises DataError for a damaged one."""
    notes = []
    for path in sorted(folder.glob(_NOTES)):
        try:
            notes.append(Submitted(**json.loads(path.read_bytes())))
        except (TypeError, ValueError) as error:
            raise DataError(str(path), f"it is no note of a submitted batch ({error})") from error
    return notes


def unsubmitted(folder: Path) -> list[Path]:
    """Return the folder's request files that are at no endpoint yet."""
    known = {note.requests for note in submitted(folder)}
    return [path for path in sorted(folder.glob(REQUEST_FILES)) if path.name not in known]


def note_submitted(folder: Path, requests: Path, batch_id: str) -> Submitted:
    """Write down that the file was submitted."""
    note = Submitted(requests.name, batch_id)
    _write(folder, note)
    return note


def mark_fetched(folder: Path, note: Submitted) -> None:
    """Write down that the batch's answers are in the store."""
    _write(folder, replace(note, fetched=True))


def forget_fetched(folder: Path) -> None:
    """Make the folder ready for another export. Raises UsageError while a batch is at the endpoint."""
    for note in submitted(folder):
        if not note.fetched:
            raise UsageError(
                f"{folder / note.requests} is at the endpoint as {note.batch_id}: fetch it first (summarizer batch fetch), "
                "or export into another folder"
            )
        _path(folder, note).unlink()


def _path(folder: Path, note: Submitted) -> Path:
    return folder / f"submitted-{note.number}.json"


def _write(folder: Path, note: Submitted) -> None:
    _path(folder, note).write_text(json.dumps(asdict(note), indent=1) + "\n", encoding="utf-8")
