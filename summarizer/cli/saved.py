"""Texts that are no file of this machine (fetched, from stdin), kept beside the briefing so that ``verify`` finds them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.source.byte_source import ByteSource

__all__ = ["find_saved", "kept_beside", "to_keep"]

_FOLDER = ".sources"


def kept_beside(briefing: Path) -> Path:
    """The folder that belongs to a briefing."""
    return briefing.with_suffix(_FOLDER)


def to_keep(targets: Sequence[Path], sources: Iterable[ByteSource]) -> dict[Path, bytes]:
    """What is to be written beside each briefing in JSON: the bytes of each such text under its document's id."""
    from summarizer.source.inputs import is_kept_nowhere
    from summarizer.source.kinds import kind_of

    found: dict[Path, bytes] = {}
    for source in sources:
        if not is_kept_nowhere(source) or source.data is None:
            continue
        try:
            suffix = kind_of(source.data, source.file_name).suffixes[0]
        except ValueError:
            continue  # it could not be read, and nothing stands in the briefing from it
        name = hashlib.sha256(source.data).hexdigest()[:12] + suffix
        found.update(
            {kept_beside(target) / name: source.data for target in targets if target.suffix.lower() == ".json"}
        )
    return found


def find_saved(briefing: Path, document_id: str) -> Path | None:
    """The kept text of a document."""
    return next(iter(sorted(kept_beside(briefing).glob(f"{document_id}.*"))), None)
