"""The same question is never asked twice, and a replay never asks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from pathlib import Path

import pytest
from recordings_samples import Script, answered, clock, question, recording

from summarizer.errors import BudgetReached, DataError, UsageError
from summarizer.exchange import Answer, Message, Outcome, Usage
from summarizer.recordings.asker import Mode, RecordedAsker
from summarizer.recordings.files import FileStore
from summarizer.recordings.key import key_of
from summarizer.recordings.local import LocalStore
from summarizer.recordings.recording import Recording

ONE = question(1)


class FullStore(LocalStore):
    """A store on a full disk."""

    def put(self, recording: Recording) -> None:
        raise DataError("store", "no space left")


class LockedStore(LocalStore):
    """A store that another process never lets go of."""

    def get(self, key: str) -> Answer | None:
        raise DataError("store", "locked")


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path)


def ask(asker: RecordedAsker, *requests: object) -> list[Answer]:
    async def all_at_once() -> list[Answer]:
        calls: list[Awaitable[Answer]] = [asker.ask(request) for request in requests]  # type: ignore[arg-type]
        return list(await asyncio.gather(*calls))

    return asyncio.run(all_at_once())


@pytest.mark.parametrize("mode", [Mode.AUTO, Mode.RECORD])
def test_a_miss_is_asked_recorded_and_then_served(store: LocalStore, mode: Mode) -> None:
    script = Script()
    (first,) = ask(RecordedAsker(script, store, mode, clock=clock), ONE)
    (second,) = ask(RecordedAsker(script, store, mode, clock=clock), ONE)
    assert first == answered(ONE)
    assert second == replace(answered(ONE), from_cache=True)
    assert script.calls.total() == 1
    kept = store.load(key_of(ONE))
    assert kept is not None
    assert (kept.provenance.how, kept.provenance.when) == ("endpoint", "2026-03-01T08:00:00+00:00")


def test_off_neither_reads_nor_writes(store: LocalStore) -> None:
    store.put(recording(2))
    script = Script()
    ask(RecordedAsker(script, store, Mode.OFF), ONE, question(2))
    assert script.calls.total() == 2
    assert store.get(key_of(ONE)) is None


def test_replay_serves_and_never_asks(store: LocalStore) -> None:
    store.put(recording(1))
    script = Script()
    served, missed = ask(RecordedAsker(script, store, Mode.REPLAY), ONE, question(2))
    assert served.text == answered(ONE).text
    assert missed.outcome is Outcome.MISSING
    assert script.calls.total() == 0


def test_a_replay_miss_names_the_nearest_recording_and_the_first_difference(store: LocalStore) -> None:
    for number in range(1, 30):
        store.put(recording(number))
    changed = ONE.messages[1].content.replace("力争", "确保")
    request = replace(ONE, messages=(ONE.messages[0], Message("user", changed)))
    (missed,) = ask(RecordedAsker(None, store, Mode.REPLAY), request)
    assert missed.error is not None
    assert key_of(ONE)[:12] in missed.error
    assert "messages[1].content" in missed.error
    assert "力争" in missed.error
    assert "确保" in missed.error


def test_auto_without_an_endpoint_is_a_replay(store: LocalStore) -> None:
    (missed,) = ask(RecordedAsker(None, store, Mode.AUTO), ONE)
    assert missed.outcome is Outcome.MISSING
    assert missed.error is not None
    assert "nothing is recorded" in missed.error


@pytest.mark.parametrize("mode", [Mode.OFF, Mode.RECORD, Mode.REFRESH])
def test_a_mode_that_must_ask_needs_somebody_to_ask(store: LocalStore, mode: Mode) -> None:
    with pytest.raises(UsageError, match="endpoint"):
        RecordedAsker(None, store, mode)


def test_refresh_asks_once_a_run_and_overwrites(store: LocalStore) -> None:
    store.put(replace(recording(1), answer=replace(recording(1).answer, text="old")))
    script = Script()
    asker = RecordedAsker(script, store, Mode.REFRESH)

    async def twice() -> tuple[Answer, Answer]:
        return await asker.ask(ONE), await asker.ask(ONE)

    first, second = asyncio.run(twice())
    assert first.text == second.text == answered(ONE).text
    assert (first.from_cache, second.from_cache) == (False, True)
    assert script.calls.total() == 1
    kept = store.get(key_of(ONE))
    assert kept is not None
    assert kept.text == answered(ONE).text


def test_a_refresh_that_fails_leaves_the_old_answer(store: LocalStore) -> None:
    store.put(recording(1))
    (failed,) = ask(RecordedAsker(Script(instead=Answer(Outcome.FAILED, error="503")), store, Mode.REFRESH), ONE)
    assert failed.outcome is Outcome.FAILED
    assert store.load(key_of(ONE)) == recording(1)


def test_record_stops_when_it_cannot_write(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no space"):
        ask(RecordedAsker(Script(), FullStore(tmp_path), Mode.RECORD), ONE)


def test_auto_warns_when_it_cannot_write_and_still_answers(tmp_path: Path) -> None:
    said: list[str] = []
    (answer,) = ask(RecordedAsker(Script(), FullStore(tmp_path), Mode.AUTO, report=said.append), ONE)
    assert answer == answered(ONE)
    assert "not recorded" in said[0]


def test_auto_asks_when_it_cannot_read_and_a_replay_stops(tmp_path: Path) -> None:
    said: list[str] = []
    (answer,) = ask(RecordedAsker(Script(), LockedStore(tmp_path), Mode.AUTO, report=said.append), ONE)
    assert answer == answered(ONE)
    assert "locked" in said[0]
    with pytest.raises(DataError, match="locked"):
        ask(RecordedAsker(None, LockedStore(tmp_path), Mode.REPLAY), ONE)


@pytest.mark.parametrize("outcome", [Outcome.CUT, Outcome.REFUSED, Outcome.FILTERED, Outcome.EMPTY])
def test_every_paid_answer_is_recorded(store: LocalStore, outcome: Outcome) -> None:
    script = Script(instead=Answer(outcome, text='{"tasks": ['))
    for _ in range(2):
        ask(RecordedAsker(script, store, Mode.AUTO), ONE)
    assert script.calls.total() == 1


def test_a_failure_is_not_recorded(store: LocalStore) -> None:
    script = Script(instead=Answer(Outcome.FAILED, error="timeout"))
    for _ in range(2):
        ask(RecordedAsker(script, store, Mode.AUTO), ONE)
    assert script.calls.total() == 2
    assert list(store.entries()) == []


def test_a_reask_is_a_question_of_its_own(store: LocalStore) -> None:
    script = Script()
    first, second = ask(RecordedAsker(script, store, Mode.AUTO), ONE, replace(ONE, attempt=1))
    assert first.text != second.text
    assert script.calls.total() == 2


@pytest.mark.parametrize("mode", list(Mode))
def test_equal_requests_in_flight_are_one_call(store: LocalStore, mode: Mode) -> None:
    script = Script()
    answers = ask(RecordedAsker(script, store, mode), ONE, ONE, ONE, question(2))
    assert script.calls.total() == (0 if mode is Mode.REPLAY else 2)
    if mode is not Mode.REPLAY:
        assert [answer.from_cache for answer in answers] == [False, True, True, False]
        assert len({answer.text for answer in answers}) == 2


def test_a_shared_failure_is_charged_once(store: LocalStore) -> None:
    failure = Answer(Outcome.FAILED, error="cut off", usage=Usage(5, 5), transport_retries=2)
    first, second = ask(RecordedAsker(Script(instead=failure), store, Mode.AUTO), ONE, ONE)
    assert (first.usage, first.transport_retries) == (Usage(5, 5), 2)
    assert (second.usage, second.transport_retries, second.from_cache) == (Usage(), 0, False)


def test_a_spent_budget_reaches_everybody_who_waits(store: LocalStore) -> None:
    asker = RecordedAsker(Script(instead=BudgetReached("spent")), store, Mode.AUTO)

    async def both() -> list[Answer | BaseException]:
        return await asyncio.gather(asker.ask(ONE), asker.ask(ONE), return_exceptions=True)

    assert [type(result) for result in asyncio.run(both())] == [BudgetReached, BudgetReached]


def test_one_who_leaves_does_not_end_the_call_for_the_others(store: LocalStore) -> None:
    async def scene() -> tuple[Answer, int]:
        gate = asyncio.Event()
        script = Script(gate=gate)
        asker = RecordedAsker(script, store, Mode.AUTO)
        leaver, stayer = asyncio.create_task(asker.ask(ONE)), asyncio.create_task(asker.ask(ONE))
        await asyncio.wait([leaver, stayer], timeout=0)
        leaver.cancel()
        await asyncio.wait([leaver])
        gate.set()
        return await stayer, script.calls.total()

    answer, calls = asyncio.run(scene())
    assert (answer.text, calls) == (answered(ONE).text, 1)


def test_the_last_one_to_leave_ends_the_call_and_a_newcomer_starts_anew(store: LocalStore) -> None:
    async def scene() -> tuple[Answer, int]:
        gate = asyncio.Event()
        script = Script(gate=gate)
        asker = RecordedAsker(script, store, Mode.AUTO)
        leaver = asyncio.create_task(asker.ask(ONE))
        await asyncio.wait([leaver], timeout=0)
        leaver.cancel()
        await asyncio.wait([leaver])
        gate.set()
        return await asker.ask(ONE), script.calls.total()

    answer, calls = asyncio.run(scene())
    assert (answer.text, calls) == (answered(ONE).text, 2)


def test_two_colleagues_get_the_same_answers_from_the_same_files(tmp_path: Path) -> None:
    requests = [question(number) for number in range(1, 20)]
    ask(RecordedAsker(Script(), FileStore(tmp_path), Mode.RECORD), *requests)
    mine, theirs = (ask(RecordedAsker(None, FileStore(tmp_path), Mode.REPLAY), *requests) for _ in range(2))
    assert mine == theirs == [replace(answered(request), from_cache=True) for request in requests]
