"""The store of recordings in front of whoever answers: a question that was answered once is not asked again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from summarizer.errors import DataError, UsageError
from summarizer.exchange import Answer, Asker, ChatRequest, Outcome, Usage
from summarizer.recordings.key import key_of
from summarizer.recordings.recording import RECORDED, Provenance, Recording, now
from summarizer.recordings.store import Report, Store, say

if TYPE_CHECKING:
    from summarizer.recordings.nearest import Nearest

__all__ = ["Mode", "RecordedAsker"]


class Mode(StrEnum):
    """What is read and written."""

    OFF = "off"
    """Neither."""
    AUTO = "auto"
    """Read; ask on a miss; write. Go on with a warning when the store cannot be used."""
    REPLAY = "replay"
    """Read only. A miss is an answer ``MISSING`` that names the nearest recording; nobody is asked."""
    RECORD = "record"
    """Read; ask on a miss; write, or stop: an answer that cannot be kept is not worth paying for the next one."""
    REFRESH = "refresh"
    """Ask once a run and overwrite."""


@dataclass(slots=True)
class _Flight:
    """A question under way, and how many wait for its answer."""

    task: asyncio.Task[Answer]
    waiting: int = 0


class RecordedAsker:
    """An Asker that looks into the store first. One object belongs to one event loop.

    Two equal requests at the same time are one call; the second gets the answer marked ``from_cache``, so that nobody
    counts its tokens twice. An answer is in the store before it is returned: whatever becomes of it later, and even when
    the process is killed, it is never paid for again.
    """

    def __init__(
        self,
        inner: Asker | None,
        store: Store,
        mode: Mode,
        *,
        how: str = "endpoint",
        clock: Callable[[], datetime] = now,
        report: Report = say,
    ) -> None:
        """Take the live asker (None: there is no endpoint, and in ``auto`` a miss is as in ``replay``).

        ``how`` is written into each recording. Raises UsageError when the mode needs an endpoint and there is none,
        and in mode ``record`` DataError when the store cannot be written.
        """
        if inner is None and mode in {Mode.OFF, Mode.RECORD, Mode.REFRESH}:
            raise UsageError(f"cache mode {mode.value} asks the model: configure an endpoint, or use auto or replay")
        self._inner = None if mode is Mode.REPLAY else inner
        self._store = store
        self._mode = mode
        self._how = how
        self._clock = clock
        self._report = report
        self._flights: dict[str, _Flight] = {}
        self._refreshed: set[str] = set()
        self._nearest: Nearest | None = None
        if self._inner is not None and mode is not Mode.OFF:
            self._prepare()

    async def ask(self, request: ChatRequest) -> Answer:
        """Return the recorded answer, or the new one after it has been recorded.

        Raises what the live asker raises (BudgetReached, cancellation), and DataError when the store cannot be used: in
        mode ``auto`` only where nobody else can be asked.
        """
        key = key_of(request)
        if self._mode is not Mode.OFF and (self._mode is not Mode.REFRESH or key in self._refreshed):
            answer = self._look_up(key)
            if answer is not None:
                return answer
        if self._inner is None:
            return self._missing(request)
        flight = self._flights.get(key)
        if flight is not None:
            return _shared(await self._join(key, flight))
        flight = _Flight(asyncio.create_task(self._ask(self._inner, key, request)))
        self._flights[key] = flight
        return await self._join(key, flight)

    def _look_up(self, key: str) -> Answer | None:
        try:
            return self._store.get(key)
        except DataError as error:
            if self._mode is not Mode.AUTO or self._inner is None:
                raise
            self._report(f"the store was not read, the model is asked: {error}")
            return None

    async def _join(self, key: str, flight: _Flight) -> Answer:
        """Wait for the answer. Whoever is cancelled leaves; the last one to leave ends the call."""
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if flight.waiting == 0 or flight.task.done():
                flight.task.cancel()
                if self._flights.get(key) is flight:
                    del self._flights[key]

    async def _ask(self, inner: Asker, key: str, request: ChatRequest) -> Answer:
        answer = await inner.ask(request)
        if self._mode is Mode.OFF or answer.outcome not in RECORDED:
            return answer
        recording = Recording.of(request, answer, Provenance(self._how, self._clock().isoformat(timespec="seconds")))
        self._put(recording)
        self._refreshed.add(key)
        # The recording's words, so that a replay says the same.
        return replace(recording.answer, transport_retries=answer.transport_retries)

    def _prepare(self) -> None:
        try:
            self._store.prepare()
        except DataError as error:
            if self._mode is Mode.RECORD:
                raise
            self._report(f"answers will not be recorded: {error}")

    def _put(self, recording: Recording) -> None:
        try:
            self._store.put(recording)
        except DataError as error:
            if self._mode is Mode.RECORD:
                raise
            self._report(f"an answer was not recorded and will be asked again: {error}")

    def _missing(self, request: ChatRequest) -> Answer:
        if self._nearest is None:
            # Here, because it needs numpy, whose import a run without a miss need not wait for.
            from summarizer.recordings.nearest import Nearest

            self._nearest = Nearest(recording.request for recording in self._store.recordings())
        return Answer(Outcome.MISSING, error=self._nearest.explain(request))


def _shared(answer: Answer) -> Answer:
    """Return the answer for those who did not cause the call: it cost them nothing."""
    if answer.outcome in RECORDED:
        return replace(answer, from_cache=True, transport_retries=0)
    return replace(answer, usage=Usage(), transport_retries=0)
