"""Who is in work when: documents prepared ahead of the questions, results in the order of the sources, all of it bounded.

A job asks its questions through the schedule. New documents are begun as long as fewer questions are open than twice what
may be in flight, so that the endpoint never waits for a document to be read; a document that takes long keeps its own place
in the results and nothing else.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import pickle
from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from summarizer import exchange
from summarizer.errors import SourceError, SummarizerError
from summarizer.exchange import Answer, Asker, ChatRequest
from summarizer.pipeline.job import Outcome, Recipe, Work
from summarizer.pipeline.workers import ProcessWorker, Reply, ThreadWorker, Worker, processors
from summarizer.source.byte_source import Source, size_of

__all__ = ["Bounds", "in_order"]

_log = logging.getLogger(__name__)

Made = TypeVar("Made")

_FEW, _LITTLE = 8, 300_000
"""Up to so many files with so many bytes together are done before a worker process has loaded its modules."""

_LARGE = 256 * 1024
"""A result of so many bytes is unpickled in a thread, lest the loop wait for it."""


@dataclass(frozen=True)
class Bounds:
    """What is in work at most.

    ``questions``: in flight at the endpoint, 0 when nobody is asked. ``processes``: 0 for threads only, None for as many as
    there are cores. ``begun``: documents that a worker reads and analyses at a time, one that takes longer than
    ``patience_s`` not counted. ``held`` bytes of finished results wait for their turn; ``read`` bytes of files are in work.
    """

    questions: int = 0
    processes: int | None = None
    begun: int = 2
    patience_s: float = 1.0
    held: int = 64 * 1024 * 1024
    read: int = 64 * 1024 * 1024


async def in_order(
    sources: Iterable[Source], work: Work[Made], recipe: Recipe, asker: Asker | None, bounds: Bounds
) -> AsyncGenerator[tuple[Source, Made | SourceError], None]:
    """Do ``work`` on each source; yield what was made of it, or why it could not be read, in the order of the sources.

    ``sources`` is read ahead as far as there is room, in a thread: it may list folders. Any other ``SummarizerError`` of a
    source or a job (a store that cannot be written, a rejected key) ends everything and is raised. Leaving early, or
    cancellation, ends the workers at once.
    """
    schedule = _Schedule(work, recipe, asker, bounds)
    feeding = asyncio.create_task(schedule.feed(sources))
    try:
        async for found in schedule.results():
            yield found
    finally:
        feeding.cancel()
        await asyncio.gather(feeding, return_exceptions=True)
        await schedule.close()


@dataclass(eq=False)
class _Seat:
    """A worker, and what it has in work."""

    worker: Worker
    jobs: dict[int, _Job] = field(default_factory=dict)
    kept: bool = False
    """Only for the jobs of a worker that ended."""

    @property
    def beginning(self) -> int:
        return sum(job.beginning for job in self.jobs.values())


@dataclass(eq=False)
class _Job:
    number: int
    source: Source
    size: int
    outcome: asyncio.Future[Outcome]
    beginning: bool = True
    seat: _Seat | None = None


class _Schedule(Generic[Made]):
    def __init__(self, work: Work[Made], recipe: Recipe, asker: Asker | None, bounds: Bounds) -> None:
        self._work, self._recipe, self._asker, self._bounds = work, recipe, asker, bounds
        self._loop = asyncio.get_running_loop()
        self._seats: list[_Seat] = []
        self._jobs: dict[int, _Job] = {}
        """By number, until the result is taken."""
        self._unfinished = self._bytes = 0
        self._exhausted = False
        self._open = 0
        self._held = 0
        # Questions beyond this wait here: behind it run the clocks of retries.
        self._gate = asyncio.Semaphore(max(1, 2 * bounds.questions))
        self._stopped: asyncio.Future[None] = self._loop.create_future()
        self._change: asyncio.Future[None] = self._loop.create_future()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def results(self) -> AsyncGenerator[tuple[Source, Made | SourceError], None]:
        """Yield the results as their turn comes."""
        for number in itertools.count():
            while number not in self._jobs and not self._exhausted:
                await self._wait({self._change})
            if number not in self._jobs:
                return
            job = self._jobs[number]
            await self._wait({job.outcome})
            del self._jobs[number]
            data = job.outcome.result().data
            self._held -= len(data)
            self._changed()
            made = await asyncio.to_thread(pickle.loads, data) if len(data) > _LARGE else pickle.loads(data)  # noqa: S301
            yield job.source, cast("Made | SourceError", made)

    async def _wait(self, futures: set[asyncio.Future[Any]]) -> None:
        """Wait for one of these. Raises what stopped the run."""
        await asyncio.wait({*futures, self._stopped}, return_when=asyncio.FIRST_COMPLETED)
        if self._stopped.done():
            self._stopped.result()

    async def feed(self, sources: Iterable[Source]) -> None:
        """Begin the jobs, one after the other, when there is room for them."""
        try:
            iterator = iter(sources)
            first = await asyncio.to_thread(_sized, iterator, _FEW + 1)
            await self._hire(first)
            numbers = itertools.count()
            while first:
                for source, size in first:
                    await self._begin(_Job(next(numbers), source, size, self._loop.create_future()))
                first = await asyncio.to_thread(_sized, iterator, 1)
        except Exception as error:  # noqa: BLE001 - raised where the results are taken
            self._stop(error)
        self._exhausted = True
        self._changed()

    async def close(self) -> None:
        """End the workers and whatever is asked."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(seat.worker.close() for seat in self._seats))
        if self._stopped.done():
            self._stopped.exception()  # was raised, or came after the last result

    async def _hire(self, first: Sequence[tuple[Source, int]]) -> None:
        """Threads for a little work, processes for more."""
        few = len(first) <= _FEW
        processes = processors() if self._bounds.processes is None else self._bounds.processes
        little = len(first) < 2 or (few and sum(size for _, size in first) <= _LITTLE)
        if processes and (not little or self._bounds.processes):
            try:
                for _ in range(min(processes, len(first)) if few else processes):
                    self._seats.append(_Seat(await ProcessWorker.start(self._recipe, self)))
            except (OSError, NotImplementedError):  # no further process, or none at all, as in some sandboxes
                pass
        if not self._seats:
            self._seats.append(_Seat(ThreadWorker(self._recipe, self)))

    async def _begin(self, job: _Job) -> None:
        while (seat := self._free_seat(job)) is None:
            await asyncio.shield(self._change)
        self._jobs[job.number] = job
        self._unfinished += 1
        self._bytes += job.size
        self._seat(job, seat)

    def _free_seat(self, job: _Job) -> _Seat | None:
        """The worker with the least to do, None while enough is in work."""
        bounds, questions = self._bounds, 2 * self._bounds.questions
        if self._unfinished and self._bytes + job.size > bounds.read:
            return None
        if self._open >= max(1, questions) or self._held > bounds.held:
            return None
        if self._unfinished >= questions + 2 * bounds.begun * len(self._seats):
            return None
        seats = [seat for seat in self._seats if not seat.kept and seat.beginning < bounds.begun]
        return min(seats, key=lambda seat: (seat.beginning, len(seat.jobs)), default=None)

    def _seat(self, job: _Job, seat: _Seat) -> None:
        job.seat, job.beginning = seat, True
        seat.jobs[job.number] = job
        self._loop.call_later(self._bounds.patience_s, self._begun, job)
        seat.worker.submit(job.number, self._work, job.source)
        self._changed()

    def _begun(self, job: _Job) -> None:
        if job.beginning:
            job.beginning = False
            self._changed()

    def _changed(self) -> None:
        """Wake everybody who waits for room."""
        self._change.set_result(None)
        self._change = self._loop.create_future()

    def _stop(self, error: BaseException) -> None:
        if not self._stopped.done():
            self._stopped.set_exception(error)

    def asked(self, number: int, request: ChatRequest, reply: Reply) -> None:
        """Pass a job's question on; there may be thousands at a time."""
        self._open += 1
        if number in self._jobs:
            self._begun(self._jobs[number])
        self._spawn(self._answer(request, reply))

    async def _answer(self, request: ChatRequest, reply: Reply) -> None:
        assert self._asker is not None
        try:
            async with self._gate:
                answer = await self._asker.ask(request)
        except SummarizerError as error:
            reply(error)
        except Exception as error:  # noqa: BLE001 - the job must not wait for ever
            _log.debug("an asker failed", exc_info=True)
            reply(Answer(exchange.Outcome.FAILED, error=f"the program failed in asking: {type(error).__name__}"))
        else:
            reply(answer)
        finally:
            self._open -= 1
            self._changed()

    def finished(self, number: int, outcome: Outcome) -> None:
        """Keep a result until its turn."""
        job = self._jobs[number]
        if job.seat is not None:
            job.seat.jobs.pop(number, None)
        self._unfinished -= 1
        self._bytes -= job.size
        self._held += len(outcome.data)
        job.outcome.set_result(outcome)
        if outcome.stops:
            self._stop(pickle.loads(outcome.data))  # noqa: S301 - from a job of ours
        self._begun(job)
        self._changed()

    def ended(self, worker: Worker, reason: str) -> None:
        """A worker process that is no more: its documents are done again, one by one; one that ends it again is given up."""
        seat = next(seat for seat in self._seats if seat.worker is worker)
        self._seats.remove(seat)
        self._spawn(worker.close())
        if not seat.kept:
            self._spawn(self._again(list(seat.jobs.values()), reason))
            return
        for job in list(seat.jobs.values()):
            error = SourceError(str(job.source), f"the process that read it ended twice ({reason}): is memory short?")
            self.finished(job.number, Outcome.of_error(error))

    async def _again(self, jobs: Sequence[_Job], reason: str) -> None:
        """One by one in a new process: the document that ends it again is the one that ended the first."""
        seat: _Seat | None = None
        try:
            for job in jobs:
                if seat is None or seat not in self._seats:
                    seat = _Seat(await ProcessWorker.start(self._recipe, self), kept=True)
                    self._seats.append(seat)
                self._seat(job, seat)
                await asyncio.wait({job.outcome})
            if seat is None or seat not in self._seats:
                seat = _Seat(await ProcessWorker.start(self._recipe, self))
                self._seats.append(seat)
        except OSError as error:
            self._stop(SummarizerError(f"a worker process ended ({reason}) and no new one can be started: {error}"))
            return
        seat.kept = False
        self._changed()

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _sized(sources: Iterator[Source], count: int) -> list[tuple[Source, int]]:
    """The next sources with their sizes in bytes, 0 where there is none."""
    return [(source, size_of(source)) for source in itertools.islice(sources, count)]
