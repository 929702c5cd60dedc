"""Chat completions as they go over the wire: a request's body on each rung, and the reading of a reply into an answer."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic_core import from_json

from summarizer.exchange import Answer, ChatRequest, Message, Outcome, ResponseFormat, Usage
from summarizer.llm.faults import Fault, FaultKind, from_status
from summarizer.settings import Rung

__all__ = ["announced_output", "messages_on", "read_reply", "request_body"]

_INSTRUCTION = "只输出一个 JSON，必须符合下面的 JSON Schema，前后不要任何其他文字。\nJSON Schema:\n"
"""Said on the rungs where the endpoint is not told the schema, or cannot be trusted to hold it. Some endpoints take
``json_object`` only if the messages speak of JSON."""

_FILTERED = {"content_filter", "sensitive"}
"""Finish reasons of a filter: OpenAI's and Azure's; Zhipu's."""

_OVERLOADED = "insufficient_system_resource"
"""DeepSeek ends an answer with this when it ran out of machines."""

_RAW_LIMIT = 2000

_SURROGATE = re.compile("[\ud800-\udfff]")


def messages_on(request: ChatRequest, rung: Rung) -> tuple[Message, ...]:
    """The messages as sent: below ``json_schema`` the first system message ends with the schema."""
    if request.response_format is None or rung == "json_schema":
        return request.messages
    schema = _INSTRUCTION + json.dumps(request.response_format.schema, ensure_ascii=False)
    first, *rest = request.messages
    if first.role == "system":
        return (Message("system", f"{first.content}\n\n{schema}"), *rest)
    return (Message("system", schema), *request.messages)


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
    value = request.parameters.get("max_completion_tokens", request.parameters.get("max_tokens"))
    return value if isinstance(value, int) else None


def read_reply(content: bytes) -> Answer | Fault:
    """Read a 200's body. What is not a chat completion is a fault with the raw text; everything else is an answer."""
    try:
        reply = from_json(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _damaged(f"invalid UTF-8 at byte {error.start}", content)
    except ValueError:
        return _damaged("the reply is empty" if not content.strip() else "the reply is not JSON", content)
    if not isinstance(reply, dict):
        return _damaged("the reply is no JSON object", content)
    if isinstance(reply.get("error"), dict):
        return _error_in_reply(reply["error"], content)
    choice = _first(reply.get("choices"))
    message = choice.get("message")
    if not isinstance(message, dict):
        return _damaged("the reply has no message", content)
    usage, finish = _usage(reply.get("usage")), choice.get("finish_reason")
    if finish == _OVERLOADED:
        return Fault(FaultKind.SERVER, "the endpoint ran out of resources", raw=_text(message), usage=usage)
    return _judged(_text(message), finish, message.get("refusal"), usage)


def _judged(text: str, finish: str | None, refusal: object, usage: Usage) -> Answer:
    if finish in _FILTERED:
        return Answer(Outcome.FILTERED, text, finish, usage, "the endpoint's content filter stopped the answer")
    if isinstance(refusal, str) and refusal:
        return Answer(Outcome.REFUSED, text or refusal, finish, usage, f"the model refused: {refusal}")
    if finish == "length":
        return Answer(Outcome.CUT, text, finish, usage, "the answer was cut at the token limit")
    if not text.strip():
        return Answer(Outcome.EMPTY, text, finish, usage, "the answer is empty")
    return Answer(Outcome.ANSWERED, text, finish, usage)


def _text(message: dict[str, Any]) -> str:
    """Arguments of the tool call, or the content: a string, or parts with text as some endpoints send it."""
    function = _first(message.get("tool_calls")).get("function")
    if isinstance(function, dict) and isinstance(function.get("arguments"), str):
        return str(function["arguments"])
    content = message.get("content")
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _first(values: object) -> dict[str, Any]:
    return values[0] if isinstance(values, list) and values and isinstance(values[0], dict) else {}


def _usage(usage: object) -> Usage:
    if not isinstance(usage, dict):
        return Usage()
    details = usage.get("prompt_tokens_details")
    # DeepSeek reports its cache beside OpenAI's field, not in it.
    cached = details.get("cached_tokens") if isinstance(details, dict) else usage.get("prompt_cache_hit_tokens")
    return Usage(
        *(n if isinstance(n, int) else 0 for n in (usage.get("prompt_tokens"), usage.get("completion_tokens"), cached))
    )


def _error_in_reply(error: dict[str, Any], content: bytes) -> Fault:
    """Gateways send errors with status 200; the code in the body is then the status."""
    code = error.get("code")
    status = int(code) if isinstance(code, int) or (isinstance(code, str) and code.isdecimal()) else 500
    raw = content.decode("utf-8", "replace")[:_RAW_LIMIT]
    return from_status(status, str(error.get("message", "error")), str(code), error.get("param"), {}, raw)


def _damaged(reason: str, content: bytes) -> Fault:
    return Fault(FaultKind.DAMAGED, reason, raw=content.decode("utf-8", "replace")[:_RAW_LIMIT])
