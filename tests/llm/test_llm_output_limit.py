"""An output limit goes with every question, and enters a recording's key only where it may cut what another would not."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from llm_helpers import client, profile, question
from server import ModelServer, echo, error

from summarizer.exchange import Answer, ChatRequest
from summarizer.llm.output_limit import Fitted, bounded, natural_limit
from summarizer.profiles import Profile
from summarizer.recordings.key import key_of

LOCAL = Profile(base_url="http://127.0.0.1:1/v1", model="test-model")


def _sent(request: ChatRequest, **changes: Any) -> dict[str, Any]:
    async def run() -> dict[str, Any]:
        async with ModelServer() as server, client(profile(server, **changes)) as asker:
            await asker.ask(request)
            return server.seen[0].body

    return asyncio.run(run())


def test_a_limit_is_sent_with_every_question_and_grows_with_it() -> None:
    short, long = _sent(question("问")), _sent(question("推进改革。" * 600))
    assert 1024 <= short["max_completion_tokens"] < long["max_completion_tokens"] <= 16_384


def test_the_limit_has_the_name_that_the_profile_says() -> None:
    body = _sent(question("问"), output_field="max_tokens")
    assert "max_tokens" in body
    assert "max_completion_tokens" not in body


def test_a_limit_of_the_requests_own_stays() -> None:
    assert _sent(question("问", max_tokens=77))["max_tokens"] == 77


def test_the_limit_leaves_room_for_the_question_in_the_context() -> None:
    asked = question("推进改革。" * 200)
    assert _sent(asked, context=2000)["max_completion_tokens"] < 2000 - 1000
    assert natural_limit(asked) > 2000


def test_the_natural_limit_is_no_part_of_the_key() -> None:
    asked = question("推进改革。" * 100, temperature=0)
    assert key_of(bounded(asked, LOCAL, len)) == key_of(asked)


@pytest.mark.parametrize("changes", [{"max_output_tokens": 50}, {"context": 2000}])
def test_a_limit_that_may_cut_is_a_part_of_the_key(changes: dict[str, Any]) -> None:
    asked = question("推进改革。" * 200)
    fitted = bounded(asked, LOCAL.model_copy(update=changes), len)
    assert key_of(fitted) != key_of(asked)
    assert fitted.parameters["max_completion_tokens"] <= 2000


def test_what_the_profile_sends_is_a_part_of_the_key_and_none_sends_nothing() -> None:
    assert LOCAL.parameters == {"temperature": 0}
    assert LOCAL.model_copy(update={"temperature": "none"}).parameters == {}
    thinking = LOCAL.model_copy(update={"extra_body": {"thinking": {"type": "disabled"}}})
    plain, other = (replace(question("问"), parameters=one.parameters) for one in (LOCAL, thinking))
    assert key_of(plain) != key_of(other)
    assert key_of(plain) == key_of(replace(plain, parameters={"temperature": 0}))


def test_a_fitted_asker_asks_the_bounded_question() -> None:
    class Heard:
        async def ask(self, request: ChatRequest) -> Answer:
            self.request = request
            return Answer(outcome=None)  # type: ignore[arg-type]

    heard = Heard()
    asyncio.run(Fitted(heard, LOCAL.model_copy(update={"max_output_tokens": 9}), len).ask(question("问")))
    assert heard.request.parameters["max_completion_tokens"] == 9


def test_a_context_that_the_endpoint_names_is_learned_for_the_questions_that_follow() -> None:
    def script(_number: int, body: dict[str, Any]) -> Any:
        asked = sum(len(message["content"]) for message in body["messages"]) + body["max_completion_tokens"]
        if asked > 1500:
            words = f"This model's maximum context length is 1500 tokens. However, you requested {asked} tokens."
            return error(400, words, code="context_length_exceeded")
        return echo(body)

    async def run() -> int:
        async with ModelServer(script) as server, client(profile(server)) as asker:
            for number in range(4):
                answer = await asker.ask(question(f"问{number}" + "推进改革。" * 60))
                assert answer.error is None
            return server.count

    assert asyncio.run(run()) == 5


def test_a_question_that_fills_the_context_is_not_sent_and_said_so() -> None:
    async def run() -> tuple[str | None, int]:
        async with ModelServer() as server, client(profile(server, context=500)) as asker:
            return (await asker.ask(question("推进改革。" * 200))).error, server.count

    failed, sent = asyncio.run(run())
    assert sent == 0
    assert "leaves no room for an answer in a context of 500" in (failed or "")
