"""The client against the server: what is sent, what is learned, what is counted, what never leaks."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import idle_clock
import pytest
from llm_helpers import SCHEMA, FakeTime, ask_all, client, profile, question
from server import FAULTS, ModelServer, Reply, completion, echo, error
from server.model_server import Script

from summarizer.errors import BudgetReached, UsageError
from summarizer.exchange import Answer, Outcome
from summarizer.llm.client import Client
from summarizer.profiles import Profile

KEY = "sk-do-not-tell"


def _run(script: Script, use: Callable[[Client, ModelServer], Awaitable[Any]], **changes: Any) -> Any:
    """Run ``use`` with a client of the scripted server."""

    async def run() -> Any:
        async with ModelServer(script) as server:
            key, time = changes.pop("key", None), changes.pop("time", None)
            async with client(profile(server, **changes), time, key) as asker:
                return await use(asker, server)

    return idle_clock.run(run())


def _ask(reply: Reply, **changes: Any) -> Answer:
    answer: Answer = _run(lambda _n, _b: reply, lambda asker, _server: asker.ask(question("问")), **changes)
    return answer


def _sequence(*replies: Reply) -> Script:
    """The replies one after the other, the last one for ever."""
    return lambda number, _body: replies[min(number, len(replies) - 1)]


# --- what is sent ---


@pytest.mark.parametrize("rung", ["json_schema", "json_object", "tool", "text"])
def test_each_rung_asks_in_its_own_way_and_below_the_first_the_schema_is_in_the_messages(rung: str) -> None:
    async def use(asker: Client, server: ModelServer) -> dict[str, Any]:
        await asker.ask(question("问", temperature=0))
        return server.seen[0].body

    body = _run(lambda _n, b: echo(b), use, rung=rung)
    assert body["temperature"] == 0
    kind = body.get("response_format", {}).get("type")
    assert kind == (rung if rung in {"json_schema", "json_object"} else None)
    assert ("tools" in body) == (rung == "tool")
    system = body["messages"][0]["content"]
    assert (json.dumps(SCHEMA, ensure_ascii=False) in system) == (rung != "json_schema")
    assert ("JSON" in system) == (rung != "json_schema")
    assert body["messages"][-1] == {"role": "user", "content": "问"}
    if rung == "json_schema":
        assert body["response_format"]["json_schema"] == {"name": "echo", "schema": SCHEMA, "strict": True}
    if rung == "tool":
        assert body["tools"][0]["function"]["parameters"] == SCHEMA
        assert body["tool_choice"]["function"]["name"] == "echo"


def test_a_lone_surrogate_is_sent_as_the_replacement_character() -> None:
    async def use(asker: Client, server: ModelServer) -> str:
        answer = await asker.ask(question("坏\ud800字"))
        assert answer.outcome is Outcome.ANSWERED
        return str(server.seen[0].body["messages"][-1]["content"])

    assert _run(lambda _n, b: echo(b), use) == "坏\ufffd字"


def test_arguments_of_a_tool_call_and_parts_of_content_are_the_text() -> None:
    assert _ask(completion('{"echo": "工具"}', tool="echo", finish_reason="tool_calls")).text == '{"echo": "工具"}'
    parts = json.loads(completion("x").body)
    parts["choices"][0]["message"]["content"] = [{"type": "text", "text": "甲"}, {"type": "text", "text": "乙"}]
    assert _ask(Reply(json.dumps(parts).encode())).text == "甲乙"


# --- what is learned ---


def _refusing(*refused: str) -> Script:
    """An endpoint that knows neither of these response formats nor, if named, tools."""

    def script(_number: int, body: dict[str, Any]) -> Reply:
        kind = body.get("response_format", {}).get("type")
        if kind in refused:
            return error(400, f"'response_format' of type '{kind}' is not supported", param="response_format")
        if "tools" in body and "tool" in refused:
            return error(400, "this model does not support tools")
        return echo(body)

    return script


@pytest.mark.parametrize(
    ("refused", "rung"),
    [
        ((), "json_schema"),
        (("json_schema",), "json_object"),
        (("json_schema", "json_object"), "tool"),
        (("json_schema", "json_object", "tool"), "text"),
    ],
)
def test_the_ladder_is_walked_once_even_by_many_requests_at_once(refused: tuple[str, ...], rung: str) -> None:
    async def use(asker: Client, server: ModelServer) -> None:
        answers = await ask_all(asker, [question(f"问{n}") for n in range(20)], 8)
        assert {answer.outcome for answer in answers} == {Outcome.ANSWERED}
        assert asker.rung("test-model") == rung
        assert server.count == 20 + len(refused)

    _run(_refusing(*refused), use, concurrency=8)


@pytest.mark.parametrize(
    "rejection",
    [
        error(400, "This response_format type is unavailable now"),
        Reply(b'{"detail":[{"loc":["body","response_format"],"msg":"Extra inputs are not permitted"}]}', status=422),
        error(400, "failed to parse grammar"),
    ],
)
def test_other_wordings_of_the_same_rejection_step_down_too(rejection: Reply) -> None:
    async def use(asker: Client, _server: ModelServer) -> None:
        assert (await asker.ask(question("问"))).outcome is Outcome.ANSWERED
        assert asker.rung("test-model") == "json_object"

    _run(lambda n, b: rejection if n == 0 else echo(b), use)


@pytest.mark.parametrize(
    "fault", ["500", "reset in the body", "timeout before headers", "HTML", "context too long", "401"]
)
def test_no_other_fault_moves_the_ladder(fault: str) -> None:
    async def use(asker: Client, _server: ModelServer) -> None:
        await asker.ask(question("问"))
        assert asker.rung("test-model") == "json_schema"

    _run(lambda _n, _b: FAULTS[fault], use)


def test_a_parameter_that_is_not_taken_is_left_out_from_then_on() -> None:
    def script(_number: int, body: dict[str, Any]) -> Reply:
        if "temperature" in body:
            message = "Unsupported value: 'temperature' does not support 0 with this model."
            return error(400, message, param="temperature", code="unsupported_value")
        return echo(body)

    async def use(asker: Client, server: ModelServer) -> None:
        answers = await ask_all(asker, [question(f"问{n}", temperature=0, seed=7) for n in range(6)], 3)
        assert {answer.outcome for answer in answers} == {Outcome.ANSWERED}
        assert all(seen.body["seed"] == 7 for seen in server.seen)
        assert sum("temperature" in seen.body for seen in server.seen) <= 3
        assert "temperature" not in server.seen[-1].body

    _run(script, use)


def test_a_limit_of_the_answers_length_is_renamed_and_never_lost() -> None:
    def script(_number: int, body: dict[str, Any]) -> Reply:
        if "max_tokens" in body:
            message = "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead."
            return error(400, message, param="max_tokens", code="unsupported_parameter")
        return echo(body)

    async def use(asker: Client, server: ModelServer) -> None:
        assert (await asker.ask(question("问", max_tokens=50))).outcome is Outcome.ANSWERED
        assert server.seen[-1].body["max_completion_tokens"] == 50

    _run(script, use)


def test_a_limit_that_is_too_large_fails_and_is_not_dropped() -> None:
    async def use(asker: Client, server: ModelServer) -> None:
        answer = await asker.ask(question("问", max_tokens=10**6))
        assert answer.outcome is Outcome.FAILED
        assert server.count == 1

    _run(lambda _n, _b: error(400, "max_tokens is too large: 1000000", param="max_tokens"), use)


# --- waiting ---


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "Sun, 22 Nov 2026 08:00:30 GMT", "date": "Sun, 22 Nov 2026 08:00:00 GMT"}, 30),
        ({"retry-after-ms": "1500"}, 1.5),
    ],
)
def test_the_endpoints_own_wait_is_kept_and_not_by_much_exceeded(headers: dict[str, str], seconds: float) -> None:
    time = FakeTime()
    busy = error(429, "Rate limit reached", headers=headers)

    async def use(asker: Client, _server: ModelServer) -> None:
        answer = await asker.ask(question("问"))
        assert (answer.outcome, answer.transport_retries) == (Outcome.ANSWERED, 1)

    _run(lambda n, b: busy if n == 0 else echo(b), use, time=time)
    assert seconds <= time.now - 1000 <= seconds + 1


def test_waits_grow_when_the_endpoint_names_none() -> None:
    time = FakeTime()
    _run(lambda _n, _b: FAULTS["503"], lambda asker, _s: asker.ask(question("问")), time=time, max_attempts=5)
    assert len(time.slept) == 4
    assert all(2**n <= slept <= 2**n + 1 for n, slept in enumerate(time.slept))


def test_the_total_time_ends_the_retries_before_a_wait_that_would_pass_it() -> None:
    time = FakeTime()
    busy = error(429, "Rate limit reached", headers={"retry-after": "100"})

    async def use(asker: Client, server: ModelServer) -> None:
        answer = await asker.ask(question("问"))
        assert answer.outcome is Outcome.FAILED
        assert server.count == 1

    _run(lambda _n, _b: busy, use, time=time, max_total_seconds=60)
    assert time.slept == []


class _HeldTime(FakeTime):
    """Sleeps last until the gate opens; ``asleep`` says that somebody sleeps."""

    def __init__(self) -> None:
        super().__init__()
        self.gate, self.asleep = asyncio.Event(), asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.asleep.set()
        await self.gate.wait()


def test_a_wait_that_one_request_is_told_holds_for_all() -> None:
    time = _HeldTime()
    busy = error(429, "Rate limit reached", headers={"retry-after": "20"})

    async def use(asker: Client, server: ModelServer) -> None:
        first = asyncio.ensure_future(asker.ask(question("问一")))
        await time.asleep.wait()
        time.asleep.clear()
        second = asyncio.ensure_future(asker.ask(question("问二")))
        await time.asleep.wait()
        assert server.count == 1
        time.gate.set()
        await asyncio.gather(first, second)
        assert time.slept[1] == 20

    _run(lambda n, b: busy if n == 0 else echo(b), use, time=time)


def test_a_quota_that_is_used_up_is_not_asked_again() -> None:
    answer = _ask(error(429, "You exceeded your current quota", code="insufficient_quota"))
    assert (answer.outcome, answer.transport_retries) == (Outcome.FAILED, 0)
    assert "quota" in (answer.error or "")


# --- outcomes ---


@pytest.mark.parametrize(
    "reply",
    [
        completion("", finish_reason="content_filter"),
        completion("半截", finish_reason="sensitive"),
        error(400, "The response was filtered", code="content_filter"),
        error(400, "Content Exists Risk"),
        error(400, "Input data may contain inappropriate content.", code="data_inspection_failed"),
    ],
)
def test_a_filter_is_told_apart_in_every_dialect(reply: Reply) -> None:
    answer = _ask(reply)
    assert answer.outcome is Outcome.FILTERED
    assert answer.error


def test_an_empty_answer_is_an_outcome_of_its_own() -> None:
    assert _ask(completion(" \n")).outcome is Outcome.EMPTY
    assert _ask(completion(None)).outcome is Outcome.EMPTY


def test_an_error_inside_a_200_counts_by_its_own_code() -> None:
    body = {"error": {"message": "Provider returned error", "code": 502}}
    answer = _run(_sequence(Reply(json.dumps(body).encode()), completion("好")), lambda a, _s: a.ask(question("问")))
    assert (answer.outcome, answer.transport_retries) == (Outcome.ANSWERED, 1)


def test_a_reply_that_is_no_http_is_a_fault_like_others() -> None:
    async def run() -> Answer:
        async def babble(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
            writer.close()

        server = await asyncio.start_server(babble, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, client(Profile(base_url=f"http://127.0.0.1:{port}/v1", model="m")) as asker:
            return await asker.ask(question("问"))

    answer = asyncio.run(run())
    assert answer.outcome is Outcome.FAILED
    assert "connection lost" in (answer.error or "")


def test_a_redirect_is_not_followed() -> None:
    async def use(asker: Client, server: ModelServer) -> None:
        answer = await asker.ask(question("问"))
        assert answer.outcome is Outcome.FAILED
        assert "307" in (answer.error or "")
        assert server.count == 1

    _run(lambda _n, _b: Reply(status=307, headers={"location": "/elsewhere"}), use)


# --- counting ---


def test_usage_of_failed_attempts_is_part_of_the_answers() -> None:
    overloaded = completion("半截", finish_reason="insufficient_system_resource", usage=(100, 5))
    answer = _run(_sequence(overloaded, completion("好", usage=(100, 20))), lambda a, _s: a.ask(question("问")))
    assert answer.text == "好"
    assert (answer.usage.input_tokens, answer.usage.output_tokens) == (200, 25)


def test_an_attempt_whose_reply_was_lost_is_booked_as_announced() -> None:
    async def use(asker: Client, _server: ModelServer) -> None:
        answer = await asker.ask(question("问"))
        spent = asker.spent()
        assert answer.usage.input_tokens == 100
        assert (spent.requests, spent.unconfirmed) == (2, 1)
        assert spent.usage.input_tokens > 100

    _run(_sequence(FAULTS["reset in the body"], completion("好")), use, budget={"tokens": 10_000}, rung="json_schema")


def test_the_request_budget_counts_retries_and_sends_nothing_more() -> None:
    async def use(asker: Client, server: ModelServer) -> None:
        with pytest.raises(BudgetReached, match="5 requests"):
            await ask_all(asker, [question(f"问{n}") for n in range(20)], 4)
        assert server.count == 5
        with pytest.raises(BudgetReached):
            await asker.ask(question("再问"))
        assert server.count == 5

    _run(lambda n, b: FAULTS["503"] if n == 0 else echo(b), use, budget={"requests": 5}, rung="json_schema")


@pytest.mark.parametrize("concurrency", [1, 4, 16])
def test_the_token_budget_holds_however_many_ask_at_once(concurrency: int) -> None:
    async def use(asker: Client, server: ModelServer) -> None:
        with pytest.raises(BudgetReached, match="tokens"):
            await ask_all(asker, [question("问", max_tokens=60) for _ in range(50)], concurrency)
        spent = asker.spent()
        assert spent.usage.input_tokens + spent.usage.output_tokens <= 1000
        assert spent.requests == server.count == 7

    reply = completion("好", usage=(100, 20))
    _run(lambda _n, _b: reply, use, budget={"tokens": 1000}, concurrency=concurrency, rung="text")


def test_the_money_budget_holds_and_the_cost_is_told() -> None:
    async def use(asker: Client, _server: ModelServer) -> None:
        with pytest.raises(BudgetReached, match="CNY"):
            await ask_all(asker, [question("问", max_tokens=20) for _ in range(50)], 4)
        spent = asker.spent()
        assert spent.cost is not None
        assert spent.cost <= 1
        assert spent.currency == "CNY"

    price = {"input": 1000, "output": 2000, "currency": "CNY"}
    _run(lambda _n, _b: completion("好", usage=(100, 20)), use, budget={"money": 1}, price=price, rung="json_schema")


def test_a_money_budget_without_a_price_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(UsageError, match="price"):
        _ask(completion("好"), budget={"money": 1})


def test_an_unknown_price_is_none_and_not_zero() -> None:
    async def use(asker: Client, _server: ModelServer) -> None:
        await asker.ask(question("问"))
        assert asker.spent().cost is None

    _run(lambda _n, b: echo(b), use)


@pytest.mark.parametrize("concurrency", [1, 3])
def test_no_more_requests_are_in_flight_than_allowed(concurrency: int) -> None:
    async def use(asker: Client, server: ModelServer) -> None:
        await ask_all(asker, [question(f"问{n}") for n in range(30)], 10)
        assert server.most_in_flight == concurrency

    _run(lambda _n, b: replace(echo(b), delay=0.002), use, concurrency=concurrency)


# --- secrets ---


def test_the_key_is_in_no_answer_no_log_and_no_repr(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told = error(401, f"Incorrect API key provided: {KEY}", code="invalid_api_key")

    async def use(asker: Client, server: ModelServer) -> None:
        answer = await asker.ask(question("问"))
        assert server.seen[0].headers["authorization"] == f"Bearer {KEY}"
        assert "Incorrect API key provided: [key]" in (answer.error or "")
        assert KEY not in repr(answer) + repr(vars(asker))

    _run(lambda _n, _b: told, use, key=KEY)
    _run(
        lambda _n, _b: error(400, f"response_format: {KEY}", param="response_format"),
        lambda a, _s: a.ask(question("问")),
        key=KEY,
    )
    assert KEY not in caplog.text


def test_an_unencrypted_address_elsewhere_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    client(Profile(base_url="http://model.example/v1"))
    assert "not encrypted" in caplog.text
    caplog.clear()
    client(Profile(base_url="http://127.0.0.1:8000/v1"))
    client(Profile(base_url="https://model.example/v1"))
    assert caplog.text == ""
