"""Reading a reply into an answer: a chat completion, a stream of its pieces, or an error in the clothes of either."""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import from_json

from summarizer.exchange import Answer, Outcome, Usage
from summarizer.llm.damage import blank_tail, repeats
from summarizer.llm.error_bodies import ErrorWords, error_in
from summarizer.llm.faults import Fault, FaultKind, from_status
from summarizer.llm.streams import is_stream, joined

__all__ = ["read_completion", "read_reply"]

_FILTERED = {"content_filter", "sensitive", "safety", "prohibited_content", "content_filtered"}
"""Finish reasons of a filter: OpenAI's and Azure's; Zhipu's; those of Google's models behind gateways."""

_OVERLOADED = {"insufficient_system_resource", "network_error", "error"}
"""DeepSeek ends an answer with the first when it ran out of machines, Zhipu with the second, gateways with the third."""

_CUT = {"length", "max_tokens", "model_context_window_exceeded"}

_RAW_LIMIT = 2000


def read_reply(content: bytes) -> Answer | Fault:
    """Read a 200's body. What is not a chat completion is a fault with the raw text; everything else is an answer."""
    try:
        text = content.decode("utf-8")
        reply = joined(text) if is_stream(text) else from_json(text)
    except UnicodeDecodeError as error:
        return _damaged(f"invalid UTF-8 at byte {error.start}", content)
    except ValueError as error:
        if is_stream(content.decode("utf-8", "replace")):
            return _damaged(str(error), content)
        return _damaged("the reply is empty" if not content.strip() else "the reply is not JSON", content)
    return read_completion(reply, content)


def read_completion(reply: Any, content: bytes | None = None) -> Answer | Fault:
    """Read a parsed completion; ``content`` is the raw text for faults."""
    raw = content if content is not None else json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace")
    wrapped = reply.get("output") if isinstance(reply, dict) else None
    if isinstance(wrapped, dict) and isinstance(wrapped.get("choices"), list):
        reply = reply | wrapped  # DashScope's own form
    error = error_in(reply)
    if error is not None:
        return _error_in_reply(error, raw)
    if not isinstance(reply, dict):
        return _damaged("the reply is no JSON object", raw)
    choice = _first(reply.get("choices")) or _native(reply)
    error = error_in({"error": choice.get("error")})
    if error is not None:
        return _error_in_reply(error, raw)
    message = choice.get("message")
    if not isinstance(message, dict):
        message = {"content": choice["text"]} if isinstance(choice.get("text"), str) else None
    if message is None:
        return _damaged("the reply has no message", raw)
    usage, finish = _usage(reply.get("usage")), choice.get("finish_reason")
    reason = finish.lower() if isinstance(finish, str) else ""
    if reason in _OVERLOADED:
        return Fault(FaultKind.SERVER, f"the endpoint broke off ({finish})", raw=_text(message), usage=usage)
    refusal = message.get("refusal")
    return _judged(_text(message), finish if isinstance(finish, str) else None, reason, refusal, usage)


def _judged(text: str, finish: str | None, reason: str, refusal: object, usage: Usage) -> Answer:
    if reason in _FILTERED:
        return Answer(Outcome.FILTERED, text, finish, usage, "the endpoint's content filter stopped the answer")
    if isinstance(refusal, str) and refusal:
        return Answer(Outcome.REFUSED, text or refusal, finish, usage, f"the model refused: {refusal}")
    if not text.strip():
        blank = "the answer is nothing but white space" if text else "the answer is empty"
        at_limit = " up to the token limit" if reason in _CUT else ""
        return Answer(Outcome.EMPTY, text, finish, usage, blank + at_limit)
    if reason not in _CUT:
        return Answer(Outcome.ANSWERED, text, finish, usage)
    if blank_tail(text):
        kept = text.rstrip()
        whole = _is_whole(kept)
        words = "the answer ends in white space up to the token limit"
        return Answer(Outcome.ANSWERED if whole else Outcome.CUT, kept, finish, usage, words)
    if repeats(text):
        return Answer(Outcome.CUT, text, finish, usage, "the answer repeats itself up to the token limit")
    return Answer(Outcome.CUT, text, finish, usage, "the answer was cut at the token limit")


def _is_whole(text: str) -> bool:
    try:
        from_json(text)
    except ValueError:
        return False
    return True


def _text(message: dict[str, Any]) -> str:
    """Arguments of the tool calls, or the content: a string, or parts with text as some endpoints send it.

    Where the content is empty, JSON in the thinking is taken: some servers put the whole answer there.
    """
    called = _called(message)
    if called is not None:
        return called
    content = message.get("content")
    if isinstance(content, list):
        content = "".join(_part(part) for part in content)
    if isinstance(content, dict):
        return json.dumps(content, ensure_ascii=False)
    if isinstance(content, str) and content.strip():
        return content
    for name in ("reasoning_content", "reasoning"):
        thought = message.get(name)
        if isinstance(thought, str) and "{" in thought:
            return thought
    return content if isinstance(content, str) else ""


def _part(part: Any) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, dict) and part.get("type") not in {"thinking", "reasoning"}:
        text = part.get("text")
        return text if isinstance(text, str) else ""
    return ""


def _called(message: dict[str, Any]) -> str | None:
    """The arguments of all calls as one JSON text; None when nothing was called."""
    calls = message.get("tool_calls")
    functions = [call.get("function") for call in calls if isinstance(call, dict)] if isinstance(calls, list) else []
    if isinstance(message.get("function_call"), dict):
        functions.append(message["function_call"])
    given = [function.get("arguments") for function in functions if isinstance(function, dict)]
    texts = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in given if one]
    if len(texts) < 2:
        return texts[0] if texts else None
    try:
        values = [from_json(text) for text in texts]
    except ValueError:
        return "\n".join(texts)
    if not all(isinstance(value, dict) for value in values):
        return "\n".join(texts)
    return json.dumps(_merged(values), ensure_ascii=False)


def _merged(values: list[dict[str, Any]]) -> dict[str, Any]:
    """Several calls of one function as one: lists one after the other, of the rest the first that says something."""
    merged: dict[str, Any] = {}
    for value in values:
        for name, inner in value.items():
            if isinstance(inner, list) and isinstance(merged.get(name), list):
                merged[name] = merged[name] + inner
            elif merged.get(name) is None:
                merged[name] = inner
    return merged


def _first(values: object) -> dict[str, Any]:
    return values[0] if isinstance(values, list) and values and isinstance(values[0], dict) else {}


def _native(reply: dict[str, Any]) -> dict[str, Any]:
    """Ollama's own form: one message, no choices."""
    if isinstance(reply.get("message"), dict):
        return {"message": reply["message"], "finish_reason": reply.get("done_reason", reply.get("finish_reason"))}
    return {}


def _usage(usage: object) -> Usage:
    if not isinstance(usage, dict):
        return Usage()
    details = usage.get("prompt_tokens_details")
    # DeepSeek reports its cache beside OpenAI's field, not in it; Moonshot calls it cached_tokens.
    cached = details.get("cached_tokens") if isinstance(details, dict) else None
    cached = cached or usage.get("prompt_cache_hit_tokens") or usage.get("cached_tokens")
    read = usage.get("prompt_tokens", usage.get("input_tokens"))
    written = usage.get("completion_tokens", usage.get("output_tokens"))
    return Usage(*(n if isinstance(n, int) and n > 0 else 0 for n in (read, written, cached)))


def _error_in_reply(error: ErrorWords, content: bytes) -> Fault:
    """Gateways send errors with status 200; a code in the body that is a status then is the status."""
    status = error.status or (400 if error.type in {"invalid_request_error", "BadRequestError"} else 500)
    raw = content.decode("utf-8", "replace")[:_RAW_LIMIT]
    return from_status(status, error.message, error.code, error.param, {}, raw, error.type)


def _damaged(reason: str, content: bytes) -> Fault:
    return Fault(FaultKind.DAMAGED, reason, raw=content.decode("utf-8", "replace")[:_RAW_LIMIT])
