"""What a store of recordings is, and two of them in layers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from summarizer.exchange import Answer
from summarizer.recordings.recording import Recording

__all__ = ["Damage", "Entry", "LayeredStore", "Report", "Store", "say"]

Report = Callable[[str], None]
"""Takes one sentence for the user, for instance that a damaged entry was set aside."""


def say(message: str) -> None:
    """Report through ``logging``, for callers that hand in nothing else."""
    logging.getLogger("summarizer.recordings").warning("%s", message)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list shows of a recording. ``size`` is in bytes as stored, ``when`` ISO 8601."""

    key: str
    model: str
    outcome: str
    size: int
    when: str
    how: str


@dataclass(frozen=True, slots=True)
class Damage:
    """An entry that cannot be served: where it is, and why."""

    place: str
    reason: str


class Store(Protocol):
    """Recordings by key. Every method raises DataError when the store itself cannot be used."""

    name: str

    def get(self, key: str) -> Answer | None:
        """Return the answer, marked ``from_cache``; None when there is none. A damaged entry is set aside and none."""
        ...

    def load(self, key: str) -> Recording | None:
        """Return the whole recording; otherwise as :meth:`get`."""
        ...

    def prepare(self) -> None:
        """Make ready for putting. Raises DataError when nothing can be put, before an answer is paid for."""
        ...

    def put(self, recording: Recording) -> None:
        """Keep the recording, in place of an older one. When this returns, a kill of the process loses nothing."""
        ...

    def remove(self, key: str) -> bool:
        """Forget the recording; tell whether there was one."""
        ...

    def keys(self) -> Iterator[str]:
        """Give all keys in ascending order."""
        ...

    def recordings(self) -> Iterator[Recording]:
        """Give all recordings in ascending order of their keys; damaged ones are left out."""
        ...

    def entries(self) -> Iterator[Entry]:
        """Give what a list shows, in ascending order of the keys; damaged ones are left out."""
        ...

    def verify(self) -> Iterator[Damage]:
        """Check every entry, change nothing, give those that cannot be served."""
        ...

    def compact(self) -> None:
        """Forget what was set aside, and give back the space of what was removed."""
        ...


class LayeredStore:
    """Several stores as one: the first that has the answer gives it.

    A new answer goes to the last store; one that a store already holds is replaced there, so that a refreshed answer
    cannot hide behind the old one.
    """

    def __init__(self, *layers: Store) -> None:
        if not layers:
            raise ValueError("a layered store needs a store")
        self.layers = layers
        self.name = "+".join(layer.name for layer in layers)

    def get(self, key: str) -> Answer | None:
        """Return the first layer's answer that there is."""
        for layer in self.layers:
            if (answer := layer.get(key)) is not None:
                return answer
        return None

    def load(self, key: str) -> Recording | None:
        """Return the first layer's recording that there is."""
        for layer in self.layers:
            if (recording := layer.load(key)) is not None:
                return recording
        return None

    def prepare(self) -> None:
        """Make the last layer ready."""
        self.layers[-1].prepare()

    def put(self, recording: Recording) -> None:
        """Replace the recording where it is; put a new one into the last layer."""
        for layer in self.layers[:-1]:
            if layer.get(recording.key) is not None:
                layer.put(recording)
                return
        self.layers[-1].put(recording)

    def remove(self, key: str) -> bool:
        """Remove the recording from every layer."""
        return sum(layer.remove(key) for layer in self.layers) > 0

    def keys(self) -> Iterator[str]:
        """Give each key once."""
        yield from sorted({key for layer in self.layers for key in layer.keys()})  # noqa: SIM118 - a store is no dict

    def recordings(self) -> Iterator[Recording]:
        """Give each recording once, a layer after the other."""
        seen: set[str] = set()
        for layer in self.layers:
            for recording in layer.recordings():
                if recording.key not in seen:
                    seen.add(recording.key)
                    yield recording

    def entries(self) -> Iterator[Entry]:
        """Give each entry once, a layer after the other."""
        seen: set[str] = set()
        for layer in self.layers:
            for entry in layer.entries():
                if entry.key not in seen:
                    seen.add(entry.key)
                    yield entry

    def verify(self) -> Iterator[Damage]:
        """Check every layer."""
        for layer in self.layers:
            yield from layer.verify()

    def compact(self) -> None:
        """Compact every layer."""
        for layer in self.layers:
            layer.compact()
