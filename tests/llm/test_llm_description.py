"""What is sent is what OpenAI describes: live requests and lines of a batch, on each rung.

``openai_description.json`` is taken from the published OpenAPI document (tests/manual/openai_description.py makes it anew);
the openai package's own types are the second witness.
"""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from llm_helpers import client, profile, question
from openai.types.chat.completion_create_params import (
    CompletionCreateParamsNonStreaming,
    CompletionCreateParamsStreaming,
)
from pydantic import ConfigDict, TypeAdapter, with_config
from server import ModelServer, Reply, completion, echo, error

from summarizer.llm.ladder import RUNGS
from summarizer.profiles import Rung
from summarizer.recordings.batch import BatchForm, request_line
from summarizer.recordings.key import key_of

DESCRIPTION = json.loads(Path(__file__).with_name("openai_description.json").read_text(encoding="utf-8"))


def described(name: str, value: Any) -> None:
    """Validate against a schema of the description."""
    schema = {**DESCRIPTION, "$ref": f"#/components/schemas/{name}"}
    jsonschema.Draft202012Validator(schema).validate(value)


def own_types(body: dict[str, Any]) -> None:
    kind = CompletionCreateParamsStreaming if body.get("stream") else CompletionCreateParamsNonStreaming
    strict = with_config(ConfigDict(extra="forbid"))(kind)
    TypeAdapter(strict).validate_python(body)


def _bodies(**changes: Any) -> list[dict[str, Any]]:
    async def run() -> list[dict[str, Any]]:
        async with ModelServer() as server, client(profile(server, **changes)) as asker:
            await asker.ask(question("问", temperature=0))
            await asker.ask(question("问", structured=False, temperature=0))
            return [seen.body for seen in server.seen]

    return asyncio.run(run())


@pytest.mark.parametrize("rung", RUNGS)
@pytest.mark.parametrize("changes", [{}, {"stream": True}, {"output_field": "max_tokens"}, {"max_output_tokens": 100}])
def test_live_requests_are_as_described(rung: Rung, changes: dict[str, Any]) -> None:
    for body in _bodies(rung=rung, **changes):
        described("CreateChatCompletionRequest", body)
        own_types(body)


@pytest.mark.parametrize("rung", RUNGS)
def test_the_lines_of_a_batch_are_as_described(rung: Rung) -> None:
    asked = question("问", temperature=0)
    line = json.loads(request_line(key_of(asked), asked, BatchForm(rung=rung, output_field="max_completion_tokens")))
    assert set(line) == {"custom_id", "method", "url", "body"}
    assert (line["method"], line["url"]) == ("POST", "/v1/chat/completions")
    described("CreateChatCompletionRequest", line["body"])
    own_types(line["body"])


def test_the_description_refuses_what_is_not_described() -> None:
    (good, _) = _bodies()
    for wrong in (
        good | {"temperature": "0"},
        {name: value for name, value in good.items() if name != "model"},
        good | {"response_format": {"type": "json_schema"}},
        good | {"messages": []},
        good | {"tool_choice": {"type": "function"}},
    ):
        with pytest.raises(jsonschema.ValidationError):
            described("CreateChatCompletionRequest", wrong)


def test_a_body_that_was_changed_after_a_rejection_is_as_described() -> None:
    def script(number: int, body: dict[str, Any]) -> Reply:
        refusals = (
            "temperature must be positive",
            "Unknown parameter: 'max_completion_tokens'",
            "only supports streaming: This model only support stream mode",
        )
        return error(400, refusals[number]) if number < len(refusals) else echo(body)

    async def run() -> dict[str, Any]:
        async with ModelServer(script) as server, client(profile(server)) as asker:
            assert (await asker.ask(question("问", temperature=0))).error is None
            return server.seen[-1].body

    body = asyncio.run(run())
    assert (body["temperature"], body["stream"], "max_tokens" in body) == (0.01, True, True)
    described("CreateChatCompletionRequest", body)


def test_the_scripted_servers_completion_is_as_described() -> None:
    reply = json.loads(completion("好").body)
    described("CreateChatCompletionResponse", reply)
