"""Many requests at once: bounded, complete, and stopped without loss."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing

import pytest
from llm_helpers import question

from summarizer.errors import BudgetReached
from summarizer.exchange import Answer, ChatRequest, Outcome
from summarizer.llm.gather import gather_answers


class _Scripted:
    """Answers after a turn of the loop; refuses from the ``budget``-th request on; hangs for ever where told."""

    def __init__(self, budget: int = 10**9, hangs: bool = False) -> None:
        self.asked = 0
        self.under_way = 0
        self.most = 0
        self.cancelled = 0
        self.eight_asked = asyncio.Event()
        self._budget, self._hangs = budget, hangs

    async def ask(self, request: ChatRequest) -> Answer:
        if self.asked >= self._budget:
            raise BudgetReached("spent")
        self.asked += 1
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        if self.under_way == 8:
            self.eight_asked.set()
        try:
            await (asyncio.Event().wait() if self._hangs else asyncio.sleep(0))
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.under_way -= 1
        return Answer(Outcome.ANSWERED, request.messages[-1].content)


def _requests(number: int) -> Iterator[ChatRequest]:
    return (question(str(index)) for index in range(number))


@pytest.mark.parametrize(("number", "concurrency"), [(0, 4), (1, 4), (100, 1), (100, 7)])
def test_every_request_is_answered_once_with_its_index(number: int, concurrency: int) -> None:
    asker = _Scripted()

    async def run() -> dict[int, str]:
        return {index: answer.text async for index, answer in gather_answers(asker, _requests(number), concurrency)}

    assert asyncio.run(run()) == {index: str(index) for index in range(number)}
    assert asker.most <= concurrency


def test_requests_are_read_only_as_answers_are_taken() -> None:
    read = 0

    def endless() -> Iterator[ChatRequest]:
        nonlocal read
        while True:
            read += 1
            yield question("问")

    async def run() -> None:
        async with aclosing(gather_answers(_Scripted(), endless(), 4)) as answers:
            async for index, _ in answers:
                await asyncio.sleep(0)
                if index == 50:
                    break

    asyncio.run(run())
    assert read <= 51 + 2 * 4


def test_when_the_budget_is_reached_the_answers_under_way_still_come() -> None:
    asker = _Scripted(budget=10)
    taken: list[int] = []

    async def run() -> None:
        async for index, _ in gather_answers(asker, _requests(100), 4):
            taken.append(index)

    with pytest.raises(BudgetReached):
        asyncio.run(run())
    assert sorted(taken) == list(range(10))


def test_a_fault_in_the_requests_themselves_is_raised() -> None:
    def broken() -> Iterator[ChatRequest]:
        yield question("问")
        raise ValueError("chunk 2")

    async def run() -> None:
        async for _ in gather_answers(_Scripted(), broken(), 2):
            pass

    with pytest.raises(ValueError, match="chunk 2"):
        asyncio.run(run())


def test_a_fault_of_the_asker_itself_ends_the_run_at_once_and_leaves_nothing_running() -> None:
    asker = _Scripted(hangs=True)

    class Broken:
        async def ask(self, request: ChatRequest) -> Answer:
            if request.messages[-1].content == "3":
                raise LookupError("a bug")
            return await asker.ask(request)

    async def run() -> None:
        async for _ in gather_answers(Broken(), _requests(100), 4):
            pass

    with pytest.raises(LookupError, match="a bug"):
        asyncio.run(run())
    assert asker.under_way == 0


def test_cancelling_the_caller_cancels_what_is_under_way() -> None:
    asker = _Scripted(hangs=True)

    async def run() -> None:
        async def consume() -> None:
            async for _ in gather_answers(asker, _requests(100), 8):
                pass

        task = asyncio.ensure_future(consume())
        await asker.eight_asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())
    assert (asker.cancelled, asker.under_way) == (8, 0)
