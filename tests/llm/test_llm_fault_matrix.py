"""Each fault at the first call, in the middle, at the last, at every call: the run ends and nothing else suffers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import idle_clock
import pytest
from llm_helpers import FakeTime, ask_all, client, profile, question
from server import FAULTS, ModelServer, Reply, echo

from summarizer.exchange import Outcome
from summarizer.llm.answer_json import read_json

CALLS = 6
ATTEMPTS = 3


@dataclass(frozen=True)
class Expected:
    """What the policy makes of a fault. ``requests`` is how many an afflicted call takes when the fault persists."""

    outcome: Outcome
    says: str | None
    requests: int = ATTEMPTS
    once: Outcome = Outcome.ANSWERED
    """Outcome when only one request is afflicted: a retry heals it, or it stays."""


def _retried(says: str) -> Expected:
    return Expected(Outcome.FAILED, says)


def _final(outcome: Outcome, says: str | None) -> Expected:
    return Expected(outcome, says, requests=1, once=outcome)


EXPECTED: dict[str, Expected] = {
    "429 with Retry-After": _retried("rate limit 429"),
    "429 without Retry-After": _retried("rate limit 429"),
    "500": _retried("server error 500"),
    "502": _retried("server error 502"),
    "503": _retried("server error 503"),
    "408": _retried("server error 408"),
    "reset before headers": _retried("connection lost"),
    "reset in the body": _retried("connection lost"),
    "drip": _retried("timeout"),
    "timeout before headers": _retried("timeout"),
    "invalid UTF-8": _retried("damaged reply: invalid UTF-8"),
    "HTML": _retried("damaged reply: the reply is not JSON"),
    "empty body": _retried("damaged reply: the reply is empty"),
    "fenced JSON": _final(Outcome.ANSWERED, None),
    "prose and JSON": _final(Outcome.ANSWERED, None),
    "think and JSON": _final(Outcome.ANSWERED, None),
    "cut JSON": _final(Outcome.ANSWERED, None),
    "length": _final(Outcome.CUT, "cut at the token limit"),
    "refusal": _final(Outcome.REFUSED, "the model refused"),
    "content filter": _final(Outcome.FILTERED, "content filter"),
    "context too long": _final(Outcome.FAILED, "context too long 400"),
}

STEPS_DOWN = {"400 for json_schema": 1, "400 for response_format": 2}
"""How many rungs each of these costs, once for the whole run."""

STOPS = {"401": "key refused 401", "404 model": "no such model 404"}
"""What each of these says; it fails every other request as well, so nothing more is sent."""

WHERE = {"first": {0}, "middle": {CALLS // 2}, "last": {CALLS - 1}, "every": set(range(CALLS))}


def test_the_matrix_names_every_fault_of_the_server() -> None:
    assert set(EXPECTED) | set(STEPS_DOWN) | set(STOPS) == set(FAULTS)


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("fault", EXPECTED)
def test_a_fault_is_reported_and_every_other_request_answered(fault: str, where: str) -> None:
    expected, afflicted = EXPECTED[fault], WHERE[where]
    texts = [f"问题{number}" for number in range(CALLS)]
    hit: set[str] = set()

    def script(_number: int, body: dict[str, Any]) -> Reply:
        text = body["messages"][-1]["content"]
        strikes = texts.index(text) in afflicted and (where == "every" or text not in hit)
        hit.add(text)
        return FAULTS[fault] if strikes else echo(body)

    async def run() -> None:
        # Only the faults that never end are waited for shortly: elsewhere a busy machine must not look like a timeout.
        timeout = 1.5 if expected.says == "timeout" else 30
        async with (
            ModelServer(script) as server,
            client(profile(server, rung="json_schema", timeout=timeout)) as asker,
        ):
            answers = await ask_all(asker, [question(text) for text in texts], CALLS)
        persistent = where == "every"
        for number, answer in enumerate(answers):
            if number not in afflicted:
                assert answer.outcome is Outcome.ANSWERED
                assert json.loads(answer.text) == {"echo": texts[number]}
                continue
            assert answer.outcome is (expected.outcome if persistent else expected.once)
            assert answer.transport_retries == (expected.requests - 1 if persistent else int(expected.requests > 1))
            if answer.outcome is not Outcome.ANSWERED:
                assert expected.says
                assert answer.error
                assert expected.says in answer.error
        extra = len(afflicted) * (expected.requests - 1 if persistent else int(expected.requests > 1))
        assert server.count == CALLS + extra
        assert asker.spent().requests == server.count

    idle_clock.run(run())


@pytest.mark.parametrize("fault", STOPS)
def test_a_wrong_key_or_model_stops_the_run_at_once(fault: str, caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        async with ModelServer(lambda _n, _b: FAULTS[fault]) as server, client(profile(server)) as asker:
            first = await asker.ask(question("问题"))
            assert STOPS[fault] in (first.error or "")
            answers = await ask_all(asker, [question(f"问题{n}") for n in range(50)], 8)
            assert {answer.outcome for answer in answers} == {Outcome.FAILED}
            assert all("not asked" in (answer.error or "") for answer in answers)
            assert server.count == 1
            assert STOPS[fault] in (asker.stopped or "")

    idle_clock.run(run())
    assert caplog.text.count("nothing more is sent") == 1


@pytest.mark.parametrize("fault", STOPS)
def test_a_single_refusal_among_answers_fails_alone_and_three_in_a_row_stop_the_run(fault: str) -> None:
    def script(number: int, body: dict[str, Any]) -> Reply:
        return FAULTS[fault] if number == 1 or number > 2 else echo(body)

    async def run() -> None:
        async with ModelServer(script) as server, client(profile(server)) as asker:
            answers = [await asker.ask(question(f"问题{n}")) for n in range(10)]
            failed = [answer.outcome is Outcome.FAILED for answer in answers]
            assert failed == [False, True, False, *[True] * 7]
            assert server.count == 6

    idle_clock.run(run())


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("fault", STEPS_DOWN)
def test_a_rejected_response_format_costs_one_request_a_rung_and_no_answer(fault: str, where: str) -> None:
    texts = [f"问题{number}" for number in range(CALLS)]
    refused = {"json_schema"} if fault == "400 for json_schema" else {"json_schema", "json_object"}
    afflicted = WHERE[where]
    rejections = 0

    def script(_number: int, body: dict[str, Any]) -> Reply:
        nonlocal rejections
        wanted = body.get("response_format", {}).get("type")
        strikes = texts.index(body["messages"][-1]["content"]) in afflicted and wanted in refused
        rejections += strikes
        return FAULTS[fault] if strikes else echo(body)

    async def run() -> None:
        async with ModelServer(script) as server, client(profile(server)) as asker:
            answers = await ask_all(asker, [question(text) for text in texts], 1)
        assert [json.loads(answer.text)["echo"] for answer in answers] == texts
        assert {answer.outcome for answer in answers} == {Outcome.ANSWERED}
        assert [answer.transport_retries for answer in answers] == [0] * CALLS
        assert rejections == STEPS_DOWN[fault]
        assert server.count == CALLS + rejections

    idle_clock.run(run())


class _TimeThatHeals(FakeTime):
    """Each sleep brings the server back, unless it is gone for good."""

    def __init__(self, server: ModelServer, for_good: bool) -> None:
        super().__init__()
        self._server, self._for_good = server, for_good

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds)
        if not self._for_good:
            await self._server.__aenter__()


@pytest.mark.parametrize("where", WHERE)
def test_a_refused_connection_is_tried_again_and_says_where_it_failed(where: str) -> None:
    async def run() -> None:
        server = ModelServer()
        await server.__aenter__()
        time = _TimeThatHeals(server, for_good=where == "every")
        async with client(profile(server), time) as asker:
            for number in range(CALLS):
                if number in WHERE[where]:
                    await server.__aexit__()
                answer = await asker.ask(question(f"问题{number}"))
                if where == "every":
                    assert answer.outcome is Outcome.FAILED
                    assert answer.transport_retries == ATTEMPTS - 1
                    assert "endpoint unreachable" in (answer.error or "")
                    assert str(server.port) in (answer.error or "")
                else:
                    assert json.loads(answer.text) == {"echo": f"问题{number}"}
                    assert answer.transport_retries == int(number in WHERE[where])
        assert server.count == (0 if where == "every" else CALLS)
        if where in {"first", "every"}:  # later a kept-alive connection may be found dead first
            assert asker.spent().unconfirmed == 0
        await server.__aexit__()

    idle_clock.run(run())


@pytest.mark.parametrize("fault", ["fenced JSON", "prose and JSON", "think and JSON"])
def test_wrapped_json_is_read_from_the_answer_as_it_came(fault: str) -> None:
    async def run() -> str:
        async with ModelServer(lambda _n, _b: FAULTS[fault]) as server, client(profile(server)) as asker:
            return (await asker.ask(question("问题"))).text

    text = idle_clock.run(run())
    assert read_json(text).value == {"echo": "任务"}


def test_cut_json_is_known_as_cut_by_its_reader() -> None:
    async def run() -> str:
        async with ModelServer(lambda _n, _b: FAULTS["cut JSON"]) as server, client(profile(server)) as asker:
            return (await asker.ask(question("问题"))).text

    assert read_json(idle_clock.run(run())).cut
