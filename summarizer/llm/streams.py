"""A stream of server-sent events put together into the completion that it is made of.

The stream is read whole before this: nothing here waits. Form: https://platform.openai.com/docs/api-reference/chat-streaming.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic_core import from_json

__all__ = ["is_stream", "joined"]

_TEXTS = ("content", "reasoning_content", "reasoning", "refusal")


def is_stream(text: str) -> bool:
    """Whether the text is server-sent events: it starts with a field of theirs, or with a comment that keeps alive."""
    head = text.lstrip("\ufeff \r\n\t")[:8]
    return head.startswith(("data:", "event:", "id:", "retry:", ": ", ":\n", ":ping", ":keep"))


def joined(text: str) -> dict[str, Any]:
    """The completion of a stream, or the error that it tells of. Raises ValueError when the stream breaks off."""
    message: dict[str, Any] = {}
    calls: dict[int, dict[str, Any]] = {}
    reply: dict[str, Any] = {}
    finish: str | None = None
    ended = False
    for data in _events(text):
        if data == "[DONE]":
            ended = True
            break
        piece = from_json(data)
        if not isinstance(piece, dict):
            continue
        if piece.get("error"):
            return piece
        if not isinstance(piece.get("choices"), list):
            if piece.get("usage") is None and piece.get("message"):
                return piece  # an error of a vendor's own form
            reply |= {"usage": piece["usage"]} if piece.get("usage") else {}
            continue
        if piece.get("usage"):
            reply["usage"] = piece["usage"]
        for choice in piece["choices"][:1]:
            if not isinstance(choice, dict):
                continue
            if choice.get("error"):
                return {"error": choice["error"]}
            _add(choice.get("delta") or choice.get("message") or {}, message, calls)
            finish = choice.get("finish_reason") or finish
    if finish is None and not (ended and (message or calls)):
        raise ValueError("the stream ended before the answer did")
    if calls:
        message["tool_calls"] = [calls[index] for index in sorted(calls)]
    return {**reply, "choices": [{"index": 0, "message": message, "finish_reason": finish}]}


def _events(text: str) -> Iterator[str]:
    """The data of each event; several data lines of one event are one text (WHATWG HTML, 9.2.6)."""
    lines: list[str] = []
    for line in text.lstrip("\ufeff").splitlines():
        if line.startswith("data:"):
            lines.append(line[5:].strip())
        elif not line.strip() and lines:
            yield "\n".join(lines)
            lines = []
    if lines:
        yield "\n".join(lines)


def _add(delta: Any, message: dict[str, Any], calls: dict[int, dict[str, Any]]) -> None:
    if not isinstance(delta, dict):
        return
    for name in _TEXTS:
        if isinstance(delta.get(name), str):
            message[name] = message.get(name, "") + delta[name]
    for position, call in enumerate(delta.get("tool_calls") or ()):
        function = call.get("function") or {}
        index = call["index"] if isinstance(call.get("index"), int) else position
        known = calls.setdefault(index, {"type": "function", "function": {"name": "", "arguments": ""}})["function"]
        known["name"] = known["name"] or function.get("name") or ""
        given = function.get("arguments")
        if isinstance(given, str):
            known["arguments"] += given
        elif given:
            known["arguments"] = given
