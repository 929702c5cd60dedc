"""The key of a recording: the sha256 of the question in one canonical form.

The form is JSON in UTF-8 with sorted keys, no white space and no escapes that JSON does not demand, so that it depends on
no dict order, process, machine or Python version. Strings are taken code point by code point: nothing is NFC-normalised,
because a model reads different tokens; a lone surrogate is written as its three bytes. A float without a fraction is
written as an integer (as in RFC 8785, section 3.2.2.3), because ``0`` and ``0.0`` are one JSON number to an endpoint.

Nothing else enters: no API key, address, concurrency setting or time.
"""

from __future__ import annotations

import json
import marshal
from hashlib import sha256
from typing import Any

from summarizer.exchange import ChatRequest

__all__ = ["SCHEMA_VERSION", "canonical", "key_of"]

SCHEMA_VERSION = "1"
"""Version of the canonical form and of the recording's file; another version is another key."""

_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode

_MOST_TEXTS = 256
_texts: dict[bytes, str] = {}
"""Canonical texts of values met before, by their marshalled content. All requests of a run share one schema, and to walk
through it takes ten times as long as to marshal it."""


def key_of(request: ChatRequest) -> str:
    """Return 64 lower-case hex digits that two requests share exactly when they ask the same question.

    Raises ValueError for what JSON cannot say: NaN, an infinity, a key of a dict that is not a string, another type.
    """
    messages = [{"content": message.content, "role": message.role} for message in request.messages]
    format_ = request.response_format
    wanted = "null" if format_ is None else f'{{"name":{_encode(format_.name)},"schema":{_text(format_.schema)}}}'
    question = (
        f'{{"attempt":{_encode(request.attempt)},"messages":{_encode(messages)},"model":{_encode(request.model)},'
        f'"parameters":{_text(request.parameters)},"response_format":{wanted},"schema_version":"{SCHEMA_VERSION}"}}'
    )
    return sha256(question.encode("utf-8", "surrogatepass")).hexdigest()


def canonical(request: ChatRequest) -> dict[str, Any]:
    """Return the question as JSON values: model, messages, parameters, response format, attempt. Raises as key_of."""
    format_ = request.response_format
    return {
        "model": request.model,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        "parameters": _plain(request.parameters),
        "response_format": None if format_ is None else {"name": format_.name, "schema": _plain(format_.schema)},
        "attempt": request.attempt,
    }


def _text(value: dict[str, Any]) -> str:
    """Return the canonical JSON of a value, from memory when the same content was met before."""
    try:
        content = marshal.dumps(value, 2)
    except ValueError:  # a member of an enumeration, for instance: JSON can hold it, marshal cannot
        return _canonical_json(value)
    text = _texts.get(content)
    if text is None:
        if len(_texts) >= _MOST_TEXTS:
            _texts.clear()
        text = _texts[content] = _canonical_json(value)
    return text


def _canonical_json(value: Any) -> str:
    try:
        return _encode(_plain(value))
    except TypeError as error:
        raise ValueError(f"a request holds JSON values only: {error}") from error


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
