"""The key of a recording: the sha256 of the question in one canonical form.

The form is JSON with sorted keys, no white space, and ``\\u`` escapes for everything beyond ASCII, so that it depends on
no dict order, process, machine or Python version and can hold any Python string. Strings are taken code point by code
point: nothing is NFC-normalised, because a model reads different tokens. A float without a fraction is written as an
integer (RFC 8785, section 3.2.2.3, does the same), because ``0`` and ``0.0`` are one JSON number to an endpoint.

Nothing else enters: no API key, address, concurrency setting or time.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from summarizer.exchange import ChatRequest

__all__ = ["SCHEMA_VERSION", "canonical", "key_of"]

SCHEMA_VERSION = "1"
"""Version of the canonical form and of the recording's file; another version is another key."""


def key_of(request: ChatRequest) -> str:
    """Return 64 lower-case hex digits that two requests share exactly when they ask the same question.

    Raises ValueError for what JSON cannot say: NaN, an infinity, or a key of a dict that is not a string.
    """
    question = {"schema_version": SCHEMA_VERSION, **canonical(request)}
    text = json.dumps(question, sort_keys=True, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return sha256(text.encode("ascii")).hexdigest()


def canonical(request: ChatRequest) -> dict[str, Any]:
    """Return the question as JSON values: model, messages, parameters, response format, attempt."""
    format_ = request.response_format
    return {
        "model": request.model,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        "parameters": _plain(request.parameters),
        "response_format": None if format_ is None else {"name": format_.name, "schema": _plain(format_.schema)},
        "attempt": request.attempt,
    }


def _plain(value: Any) -> Any:
    """Return the value with integral floats as integers and tuples as lists; refuse keys that are not strings."""
    if isinstance(value, dict):
        for name in value:
            if not isinstance(name, str):
                raise ValueError(f"a request's field names are strings, not {name!r}")
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
