"""Chat completions as they go over the wire: a request's body on each rung."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from summarizer.exchange import ChatRequest, Message, ResponseFormat
from summarizer.profiles import Rung

__all__ = ["LIMITS", "announced_output", "messages_on", "request_body", "request_without_schema"]

LIMITS = ("max_completion_tokens", "max_tokens")
"""The two names of the limit of an answer's length."""

_INSTRUCTION = "只输出一个 JSON，必须符合下面的 JSON Schema，前后不要任何其他文字。\nJSON Schema（{name}）:\n"
"""Said on the rungs where the endpoint is not told the schema, or cannot be trusted to hold it. Some endpoints take
``json_object`` only if the messages speak of JSON."""

_SAID = re.compile(
    re.escape(_INSTRUCTION).replace(re.escape("{name}"), "(?P<name>.*?)") + r"(?P<schema>\{.*\})\Z", re.DOTALL
)

_SURROGATE = re.compile("[\ud800-\udfff]")


def messages_on(request: ChatRequest, rung: Rung) -> tuple[Message, ...]:
    """The messages as sent: below ``json_schema`` the first system message ends with the schema."""
    wanted = request.response_format
    if wanted is None or rung == "json_schema":
        return request.messages
    schema = _INSTRUCTION.replace("{name}", wanted.name) + json.dumps(wanted.schema, ensure_ascii=False)
    first, *rest = request.messages or (Message("user", ""),)
    if first.role == "system":
        return (Message("system", f"{first.content}\n\n{schema}"), *rest)
    return (Message("system", schema), *request.messages)


def request_without_schema(messages: tuple[Message, ...]) -> tuple[tuple[Message, ...], ResponseFormat] | None:
    """The messages and the response format that :func:`messages_on` made these of; None when they hold no schema."""
    if not messages or messages[0].role != "system" or (said := _SAID.search(messages[0].content)) is None:
        return None
    try:
        wanted = ResponseFormat(said["name"], json.loads(said["schema"]))
    except ValueError:
        return None
    before = messages[0].content[: said.start()].removesuffix("\n\n")
    kept = (replace(messages[0], content=before),) if before else ()
    return (*kept, *messages[1:]), wanted


def request_body(request: ChatRequest, rung: Rung) -> dict[str, Any]:
    """The JSON body of ``POST /chat/completions``."""
    body: dict[str, Any] = {
        "model": request.model,
        "messages": [
            {"role": message.role, "content": _sendable(message.content)} for message in messages_on(request, rung)
        ],
        **request.parameters,
    }
    if request.response_format is not None:
        body |= _structured(request.response_format, rung)
    return body


def _sendable(text: str) -> str:
    """Lone surrogates have no UTF-8 form; they are sent as U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _structured(wanted: ResponseFormat, rung: Rung) -> dict[str, Any]:
    match rung:
        case "json_schema":
            schema = {"name": wanted.name, "schema": wanted.schema, "strict": True}
            return {"response_format": {"type": "json_schema", "json_schema": schema}}
        case "json_object":
            return {"response_format": {"type": "json_object"}}
        case "tool":
            function = {"name": wanted.name, "parameters": wanted.schema}
            return {
                "tools": [{"type": "function", "function": function}],
                "tool_choice": {"type": "function", "function": {"name": wanted.name}},
            }
        case "text":
            return {}


def announced_output(request: ChatRequest) -> int | None:
    """The most tokens that the answer may have, when the request sets it."""
    value = next((request.parameters[name] for name in LIMITS if name in request.parameters), None)
    return value if isinstance(value, int) else None
