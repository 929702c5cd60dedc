"""Files that a command writes: looked at before any work, written whole or not at all, never over an input."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from summarizer.errors import UsageError

__all__ = ["check_targets", "is_same_file", "write_whole"]


def check_targets(targets: Sequence[Path], sources: Iterable[Path]) -> None:
    """Raise ``UsageError`` for a target that cannot be written, is named twice, or is one of the files to read."""
    seen: set[Path] = set()
    for target in targets:
        _check_place(target)
        if target.resolve() in seen:
            raise UsageError(f"{target}: named twice with -o")
        seen.add(target.resolve())
    for source in sources:
        for target in targets:
            if is_same_file(target, source):
                raise UsageError(f"{target}: is one of the files to read, and is not written over: give another name")


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two names are the same file, by whatever links."""
    try:
        return one.samefile(other)
    except OSError:  # one of them does not exist
        return one.resolve() == other.resolve()


def write_whole(contents: Mapping[Path, bytes]) -> None:
    """Write the files, each in one step, and none before all are ready.

    A file that is replaced keeps its permissions, a link its place. Raises ``UsageError`` when there is no room or right.
    """
    ready: list[tuple[Path, Path]] = []
    name = Path()
    try:
        for name, content in contents.items():
            target = name.resolve()
            target.parent.mkdir(parents=True, exist_ok=True)
            new = target.with_name(f".{target.name}.{os.getpid()}.tmp")
            ready.append((new, target))
            new.write_bytes(content)
            if target.exists():
                new.chmod(target.stat().st_mode & 0o7777)
        for new, target in ready:
            new.replace(target)
    except OSError as error:
        for new, _ in ready:
            new.unlink(missing_ok=True)
        raise UsageError(f"{name}: cannot be written ({error.strerror or error})") from error


def _check_place(target: Path) -> None:
    if target.is_dir():
        raise UsageError(f"{target}: is a folder, not a file to write")
    if target.exists() and not os.access(target, os.W_OK):
        raise UsageError(f"{target}: cannot be written, it is read-only")
    folder = next(folder for folder in target.resolve().parents if folder.exists())
    try:
        # A probe, because permission bits say nothing of a file system that is mounted read-only.
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise UsageError(f"{target}: cannot be written in {folder} ({error.strerror or error})") from error
