"""Many requests at once with bounded memory, as the tests of the client send them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable

from summarizer.errors import BudgetReached
from summarizer.exchange import Answer, Asker, ChatRequest

__all__ = ["gather_answers"]


async def gather_answers(
    asker: Asker, requests: Iterable[ChatRequest], concurrency: int
) -> AsyncGenerator[tuple[int, Answer], None]:
    """Yield ``(index, answer)`` as the answers come, in no order.

    ``requests`` is read as slots become free, so a generator of any length is fine: at most twice ``concurrency`` are
    under way or wait to be taken. When the budget is reached, the answers under way are still yielded, then BudgetReached
    is raised. Leaving the loop early (close the generator), or cancellation, cancels what is under way.
    """
    pending = enumerate(requests)
    done: asyncio.Queue[tuple[int, Answer] | None] = asyncio.Queue()
    slots = asyncio.Semaphore(2 * concurrency)
    stopped: list[BudgetReached] = []

    async def work() -> None:
        while not stopped:
            await slots.acquire()
            if (item := next(pending, None)) is None:
                return
            index, request = item
            try:
                done.put_nowait((index, await asker.ask(request)))
            except BudgetReached as error:
                stopped.append(error)

    workers = [asyncio.create_task(work()) for _ in range(concurrency)]
    everybody = asyncio.gather(*workers)
    everybody.add_done_callback(lambda _: done.put_nowait(None))  # all have ended, or one has failed
    try:
        while (answered := await done.get()) is not None:
            slots.release()
            yield answered
        await everybody
        if stopped:
            raise stopped[0]
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(everybody, *workers, return_exceptions=True)
