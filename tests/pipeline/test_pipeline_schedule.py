"""Who is in work when: the order of the results, the number of open questions, and what one document may do to the others."""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pipeline_works as works
import pytest

from summarizer.errors import BudgetReached, DataError, SourceError, UsageError
from summarizer.exchange import Answer, ChatRequest, Outcome
from summarizer.pipeline.job import Recipe
from summarizer.pipeline.schedule import Bounds, _Job, _Schedule, _Seat, in_order
from summarizer.pipeline.workers import ThreadWorker
from summarizer.settings import Settings

HERE = Path(__file__).parent
RECIPE = Recipe.of(Settings(), None)
THREADS, PROCESSES = Bounds(questions=4, processes=0), Bounds(questions=4, processes=2)
WHERE = pytest.mark.parametrize("bounds", [THREADS, PROCESSES], ids=["threads", "processes"])


@pytest.fixture(autouse=True)
def _works_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HERE))


class Asking:
    """Answers with the question's text, and knows how many were open at a time; ``hold`` names who waits until ``release``."""

    def __init__(self, hold: str | None = None, release_after: int = 0) -> None:
        self.texts: list[str] = []
        self.open = self.most = 0
        self._hold, self._release_after = hold, release_after
        self._released = asyncio.Event()

    async def ask(self, request: ChatRequest) -> Answer:
        text = request.messages[-1].content
        self.texts.append(text)
        self.open += 1
        self.most = max(self.most, self.open)
        if len(self.texts) >= self._release_after:
            self._released.set()
        if text == self._hold:
            await self._released.wait()
        await asyncio.sleep(0)
        self.open -= 1
        return Answer(Outcome.ANSWERED, text)


def _sources(count: int) -> list[Path]:
    return [Path(f"{number}.txt") for number in range(count)]


def _run(work: Any, sources: Any, bounds: Bounds, asker: Any = None) -> list[Any]:
    async def run() -> list[Any]:
        return [made async for _, made in in_order(sources, work, RECIPE, asker, bounds)]

    return asyncio.run(run())


@WHERE
def test_results_come_in_the_order_of_the_sources(bounds: Bounds) -> None:
    assert _run(works.asked, _sources(30), bounds, Asking()) == [f"{number}.txt" for number in range(30)]


@WHERE
def test_a_question_that_stays_open_holds_up_no_other_document(bounds: Bounds) -> None:
    # The first is answered only after every other document has asked: had it held one up, nobody would ever come on.
    asker = Asking(hold="0.txt", release_after=30)
    assert _run(works.asked, _sources(30), bounds, asker) == [f"{number}.txt" for number in range(30)]


@WHERE
def test_one_document_with_many_questions_is_asked_all_of_them(bounds: Bounds) -> None:
    assert _run(works.fifty_questions, _sources(3), bounds, Asking()) == [50, 50, 50]


def test_documents_are_begun_ahead_until_twice_the_questions_in_flight_are_open() -> None:
    async def run() -> None:
        enough = asyncio.Event()

        class Open:
            count = 0

            async def ask(self, request: ChatRequest) -> Answer:
                self.count += 1
                if self.count == 8:
                    enough.set()
                await asyncio.Event().wait()
                raise AssertionError

        results = in_order(_endless(), works.asked, RECIPE, Open(), Bounds(questions=4, processes=0))
        taking = asyncio.ensure_future(anext(results))
        await enough.wait()
        taking.cancel()
        await asyncio.gather(taking, return_exceptions=True)
        await results.aclose()

    asyncio.run(run())


def test_never_more_questions_wait_at_the_asker_than_twice_those_in_flight() -> None:
    asker = Asking()
    _run(works.fifty_questions, _sources(4), THREADS, asker)
    assert len(asker.texts) == 200
    assert asker.most <= 8


@pytest.mark.parametrize(
    ("state", "free"),
    [
        ({}, True),
        ({"_open": 7}, True),
        ({"_open": 8}, False),
        ({"_held": 101}, False),
        ({"_unfinished": 11}, True),
        ({"_unfinished": 12}, False),
        ({"_unfinished": 1, "_bytes": 950}, False),
        ({"_unfinished": 0, "_bytes": 0}, True),
    ],
)
def test_no_document_is_begun_while_enough_is_in_work(state: dict[str, int], free: bool) -> None:
    async def run() -> bool:
        schedule = _Schedule(works.name_of, RECIPE, None, Bounds(questions=4, processes=0, held=100, read=1000))
        schedule._seats.append(_Seat(ThreadWorker(RECIPE, schedule)))
        for name, value in state.items():
            setattr(schedule, name, value)
        job = _Job(0, Path("0.txt"), 100, asyncio.get_running_loop().create_future())
        return schedule._free_seat(job) is not None

    assert asyncio.run(run()) is free


def _endless() -> Iterator[Path]:
    return (Path(f"{number}.txt") for number in itertools.count())


@WHERE
def test_a_source_that_cannot_be_read_is_its_own_result(bounds: Bounds) -> None:
    found = _run(works.refused, _sources(12), bounds)
    assert [isinstance(one, SourceError) for one in found] == [False, True] * 6
    assert found[1].reason == "the file is empty"


@WHERE
def test_a_fault_of_the_program_ends_one_document_and_names_its_place(bounds: Bounds) -> None:
    found = _run(works.faulty, _sources(12), bounds)
    assert [one for one in found if not isinstance(one, SourceError)] == ["0.txt", *(f"{n}.txt" for n in range(2, 12))]
    assert "KeyError: 'marker' (pipeline_works.py:" in found[1].reason


@WHERE
def test_what_is_wrong_with_the_whole_run_is_raised(bounds: Bounds) -> None:
    with pytest.raises(DataError, match=r"answers\.sqlite: the local store cannot be written"):
        _run(works.without_a_store, _sources(12), bounds)


@WHERE
def test_a_reached_budget_that_no_document_takes_ends_the_run(bounds: Bounds) -> None:
    class Spent:
        async def ask(self, request: ChatRequest) -> Answer:
            raise BudgetReached("3 of 3 requests are sent")

    with pytest.raises(BudgetReached, match="3 of 3"):
        _run(works.asked, _sources(12), bounds, Spent())


def test_a_fault_of_the_asker_is_an_answer_that_failed() -> None:
    class Broken:
        async def ask(self, request: ChatRequest) -> Answer:
            raise ValueError("secret words")

    assert _run(works.asked, _sources(1), THREADS, Broken()) == [""]


def test_an_error_of_the_listing_is_raised() -> None:
    def sources() -> Iterator[Path]:
        yield Path("0.txt")
        raise UsageError("folder: cannot be listed")

    with pytest.raises(UsageError, match="cannot be listed"):
        _run(works.name_of, sources(), THREADS)


def test_few_small_sources_pay_for_no_process(tmp_path: Path) -> None:
    sources = [tmp_path / f"{number}.txt" for number in range(4)]
    for source in sources:
        source.write_text("短文", encoding="utf-8")
    assert set(_run(works.process_of, sources, Bounds())) == {os.getpid()}


def test_many_sources_are_done_by_other_processes() -> None:
    done = set(_run(works.process_of, _sources(40), PROCESSES))
    assert os.getpid() not in done
    assert len(done) == 2


def test_a_document_that_kills_its_process_is_given_up_and_no_other_is_lost() -> None:
    found = _run(works.killed, _sources(12), PROCESSES)
    assert [one for one in found if not isinstance(one, SourceError)] == [f"{n}.txt" for n in range(12) if n != 2]
    assert "ended twice (signal 9)" in found[2].reason


def test_what_a_process_logs_is_logged_here_and_what_it_prints_disturbs_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "summarizer")
    assert len(_run(works.logged, _sources(12), PROCESSES)) == 12
    assert "3.txt was left" in caplog.messages


def test_a_file_in_the_working_folder_does_not_stand_in_for_a_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "colorsys.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    found = _run(works.imported, _sources(12), PROCESSES)
    assert not any(str(tmp_path) in one for one in found)


def test_leaving_early_ends_the_worker_processes() -> None:
    async def run() -> int:
        results = in_order(_endless(), works.process_of, RECIPE, None, PROCESSES)
        _, process = await anext(results)
        await results.aclose()
        return int(process)

    process = asyncio.run(run())
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_no_source_is_no_result() -> None:
    assert _run(works.name_of, [], THREADS) == []
