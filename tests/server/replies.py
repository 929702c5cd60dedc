"""What the server can say: completions and errors as OpenAI sends them, and the catalogue of faults."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any


@dataclass(frozen=True)
class Reply:
    """One reply. ``drip`` is seconds between bytes; ``reset_after`` bytes of the body the connection
    is reset; with 0 before the headers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    delay: float = 0.0
    drip: float | None = None
    reset_after: int | None = None
    hang: bool = False

    def head(self) -> bytes:
        """Status line and headers, with the length of the whole body."""
        lines = [
            f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}",
            f"content-type: {self.content_type}",
            f"content-length: {len(self.body)}",
            "x-request-id: req_0123456789abcdef",
            *(f"{name}: {value}" for name, value in self.headers.items()),
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def completion(
    text: str | None,
    *,
    finish_reason: str = "stop",
    refusal: str | None = None,
    tool: str | None = None,
    usage: tuple[int, int] = (100, 20),
    model: str = "test-model",
    delay: float = 0.0,
) -> Reply:
    """A chat completion; ``tool`` puts the text into the arguments of a call of that function instead of the content."""
    message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": refusal}
    if tool is not None:
        call = {"id": "call_1", "type": "function", "function": {"name": tool, "arguments": text}}
        message |= {"content": None, "tool_calls": [call]}
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_760_000_000,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": finish_reason, "logprobs": None}],
        "usage": {
            "prompt_tokens": usage[0],
            "completion_tokens": usage[1],
            "total_tokens": sum(usage),
            "prompt_tokens_details": {"cached_tokens": 0},
        },
    }
    return Reply(json.dumps(body, ensure_ascii=False).encode(), delay=delay)


def error(
    status: int,
    message: str,
    *,
    kind: str = "invalid_request_error",
    param: str | None = None,
    code: str | None = None,
    headers: dict[str, str] | None = None,
) -> Reply:
    """An error body in OpenAI's form."""
    body = {"error": {"message": message, "type": kind, "param": param, "code": code}}
    return Reply(json.dumps(body).encode(), status=status, headers=headers or {})


def echo(body: dict[str, Any]) -> Reply:
    """A good answer: JSON that repeats the last message, so that a test can tell answers apart."""
    return completion(json.dumps({"echo": body["messages"][-1]["content"]}, ensure_ascii=False))


_TEXT = json.dumps({"echo": "任务"}, ensure_ascii=False)
_RATE = {"kind": "rate_limit_error", "code": "rate_limit_exceeded"}

FAULTS: dict[str, Reply] = {
    "429 with Retry-After": error(429, "Rate limit reached", headers={"retry-after": "7"}, **_RATE),
    "429 without Retry-After": error(429, "Rate limit reached", **_RATE),
    "500": error(500, "The server had an error", kind="server_error"),
    "502": Reply(b"<html><h1>502 Bad Gateway</h1></html>", status=502, content_type="text/html"),
    "503": error(503, "The engine is currently overloaded", kind="server_error"),
    "408": error(408, "Request timeout", kind="server_error"),
    "reset before headers": Reply(reset_after=0),
    "reset in the body": Reply(completion(_TEXT).body, reset_after=40),
    "drip": Reply(completion(_TEXT).body, drip=1.0),
    "timeout before headers": Reply(hang=True),
    "invalid UTF-8": Reply(completion(_TEXT).body.replace("任务".encode(), b"\xe4\xbb\xff\xfe")),
    "HTML": Reply(b"<!doctype html><title>Sign in</title>", content_type="text/html"),
    "empty body": Reply(b""),
    "fenced JSON": completion(f"```json\n{_TEXT}\n```"),
    "prose and JSON": completion(f"好的，结果如下：\n{_TEXT}\n希望有帮助。"),
    "think and JSON": completion(f"<think>先看{{结构}}</think>\n{_TEXT}"),
    "cut JSON": completion('{"echo": "任'),
    "length": completion('{"echo": "任', finish_reason="length"),
    "refusal": completion(None, refusal="I'm sorry, I can't help with that."),
    "content filter": completion("", finish_reason="content_filter"),
    "401": error(401, "Incorrect API key provided", code="invalid_api_key"),
    "404 model": error(404, "The model `x` does not exist", code="model_not_found"),
    "context too long": error(
        400,
        "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens"
        " (8000 in the messages, 1000 in the functions).",
        param="messages",
        code="context_length_exceeded",
    ),
    "400 for json_schema": error(
        400,
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
        param="response_format",
    ),
    "400 for response_format": error(400, "Unknown parameter: 'response_format'.", param="response_format"),
}
