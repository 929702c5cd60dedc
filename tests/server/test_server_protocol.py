"""The test server is true: the openai client's own typed errors and models come out of it."""

from __future__ import annotations

import asyncio
from typing import Any

import openai
import pytest

from server import FAULTS, ModelServer, Reply, completion, error

KEY = "test-key"


def _ask(reply: Reply, timeout: float = 5.0) -> Any:
    """What the plain openai client makes of a reply, its retries off."""

    async def run() -> Any:
        async with (
            ModelServer(lambda _number, _body: reply) as server,
            openai.AsyncOpenAI(api_key=KEY, base_url=server.base_url, max_retries=0, timeout=timeout) as client,
        ):
            return await client.chat.completions.create(model="m", messages=[{"role": "user", "content": "问"}])

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("429 with Retry-After", openai.RateLimitError),
        ("429 without Retry-After", openai.RateLimitError),
        ("500", openai.InternalServerError),
        ("502", openai.InternalServerError),
        ("503", openai.InternalServerError),
        ("408", openai.APIStatusError),
        ("401", openai.AuthenticationError),
        ("404 model", openai.NotFoundError),
        ("context too long", openai.BadRequestError),
        ("400 for json_schema", openai.BadRequestError),
        ("reset before headers", openai.APIConnectionError),
        ("reset in the body", openai.APIConnectionError),
    ],
)
def test_faults_are_the_librarys_typed_errors(fault: str, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        _ask(FAULTS[fault])


def test_silence_is_the_librarys_timeout() -> None:
    with pytest.raises(openai.APITimeoutError):
        _ask(FAULTS["timeout before headers"], timeout=0.1)


def test_error_fields_and_headers_arrive() -> None:
    with pytest.raises(openai.RateLimitError) as caught:
        _ask(FAULTS["429 with Retry-After"])
    assert caught.value.code == "rate_limit_exceeded"
    assert caught.value.type == "rate_limit_error"
    assert caught.value.response.headers["retry-after"] == "7"
    assert caught.value.request_id == "req_0123456789abcdef"
    with pytest.raises(openai.BadRequestError) as rejected:
        _ask(error(400, "Unknown parameter: 'seed'.", param="seed", code="unknown_parameter"))
    assert (rejected.value.param, rejected.value.code) == ("seed", "unknown_parameter")


def test_a_completion_is_the_librarys_model() -> None:
    reply = _ask(completion("好", usage=(7, 1)))
    assert reply.choices[0].message.content == "好"
    assert reply.choices[0].finish_reason == "stop"
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (7, 1)


def test_a_tool_call_and_a_refusal_are_the_librarys_models() -> None:
    call = _ask(completion('{"n": 1}', tool="numbers", finish_reason="tool_calls")).choices[0].message.tool_calls[0]
    assert (call.function.name, call.function.arguments) == ("numbers", '{"n": 1}')
    assert _ask(FAULTS["refusal"]).choices[0].message.refusal.startswith("I'm sorry")


def test_requests_are_seen_as_they_were_sent() -> None:
    async def run() -> ModelServer:
        async with (
            ModelServer() as server,
            openai.AsyncOpenAI(api_key=KEY, base_url=server.base_url, max_retries=0) as client,
        ):
            for text in ("一", "二"):
                await client.chat.completions.create(model="m", messages=[{"role": "user", "content": text}], seed=3)
        return server

    server = asyncio.run(run())
    assert [seen.body["messages"][0]["content"] for seen in server.seen] == ["一", "二"]
    assert server.seen[0].path == "/v1/chat/completions"
    assert server.seen[0].headers["authorization"] == f"Bearer {KEY}"
    assert server.seen[0].body["seed"] == 3
