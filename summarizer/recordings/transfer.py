"""Moving recordings between stores: the local ones into git, and a colleague's into the local store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from summarizer.recordings.leaks import leaks
from summarizer.recordings.recording import Recording
from summarizer.recordings.store import Store

__all__ = ["Moved", "transfer"]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a transfer did: copied, there already with the same content, there with another answer, refused for a leak."""

    copied: int
    same: int
    different: tuple[str, ...]
    refused: tuple[str, ...]


def transfer(recordings: Iterable[Recording], target: Store, *, overwrite: bool = False) -> Moved:
    """Put the recordings into the target. An answer that differs stays unless ``overwrite``; a leak is never copied."""
    copied = same = 0
    different: list[str] = []
    refused: list[str] = []
    for recording in recordings:
        there = target.load(recording.key)
        if there == recording:
            same += 1
        elif found := leaks(recording):
            refused.append(f"{recording.key}: {found[0]}")
        elif there is not None and not overwrite:
            different.append(recording.key)
        else:
            target.put(recording)
            copied += 1
    return Moved(copied, same, tuple(different), tuple(refused))
