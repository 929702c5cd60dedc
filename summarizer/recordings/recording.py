"""A recorded answer and its JSON: what a file of ``cache/recordings`` holds, and what the local store keeps in columns."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from summarizer.exchange import Answer, ChatRequest, Message, Outcome, ResponseFormat, Usage
from summarizer.recordings.key import SCHEMA_VERSION, canonical, key_of
from summarizer.recordings.private import redacted

__all__ = [
    "RECORDED",
    "WORTH_READING",
    "Damaged",
    "Provenance",
    "Recording",
    "answer_from_json",
    "answer_to_json",
    "json_bytes",
    "now",
    "recorded_answer",
    "recording_from_json",
    "recording_to_json",
    "request_from_json",
]

RECORDED = frozenset({Outcome.ANSWERED, Outcome.CUT, Outcome.REFUSED, Outcome.FILTERED, Outcome.EMPTY})
"""Outcomes that an endpoint was paid for. A failure and a miss are no answers and are asked again."""

WORTH_READING = frozenset({Outcome.ANSWERED, Outcome.CUT})
"""Outcomes whose text is the model's; see :class:`~summarizer.exchange.Outcome`."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Damaged(ValueError):
    """A stored entry that is not what was put; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """How an answer was obtained (free words, no host, path or key) and when (ISO 8601, UTC)."""

    how: str
    when: str


def now() -> datetime:
    """Return the time for a recording's provenance."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Recording:
    """One question with its answer. Two recordings are equal whatever their provenance: a time is not compared."""

    key: str
    request: ChatRequest
    answer: Answer
    provenance: Provenance = field(compare=False)

    @classmethod
    def of(cls, request: ChatRequest, answer: Answer, provenance: Provenance) -> Recording:
        """Make the recording of an answer, without what only the run knows: transport retries, cache hit, addresses."""
        if answer.outcome not in RECORDED:
            raise ValueError(f"an outcome {answer.outcome.value!r} is not recorded")
        error = None if answer.error is None else redacted(answer.error)
        # A filter's text is the endpoint's own page or message, and names hosts; a model's text is kept as it came.
        text = answer.text if answer.outcome in WORTH_READING else redacted(answer.text)
        kept = replace(answer, text=text, error=error, transport_retries=0, from_cache=False)
        return cls(key_of(request), request, kept, provenance)


def json_bytes(value: Any, *, readable: bool = False) -> bytes:
    """Return JSON in UTF-8 with sorted keys and real Chinese; only lone surrogates, which UTF-8 cannot hold, are escaped."""
    layout: dict[str, Any] = {"indent": 1} if readable else {"separators": (",", ":")}
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, **layout)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text).encode()


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """Return the part of a recording that comes from the endpoint."""
    usage = answer.usage
    return {
        "outcome": answer.outcome.value,
        "text": answer.text,
        "finish_reason": answer.finish_reason,
        "error": answer.error,
        "usage": {
            "input_tokens": usage.input_tokens,
            "output_tokens": usage.output_tokens,
            "cached_input_tokens": usage.cached_input_tokens,
        },
    }


def answer_from_json(value: object) -> Answer:
    """Return the answer, marked as coming from the store. Raises Damaged."""
    try:
        fields = _object(value)
        return Answer(
            outcome=Outcome(fields["outcome"]),
            text=_text(fields["text"]),
            finish_reason=fields["finish_reason"],
            usage=Usage(**fields["usage"]),
            error=fields["error"],
            from_cache=True,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged(f"the answer cannot be read ({type(error).__name__}: {error})") from error


def request_from_json(value: object) -> ChatRequest:
    """Return the request that :func:`~summarizer.recordings.key.canonical` wrote. Raises Damaged."""
    try:
        fields = _object(value)
        format_ = fields["response_format"]
        return ChatRequest(
            model=_text(fields["model"]),
            messages=tuple(Message(**message) for message in fields["messages"]),
            parameters=dict(fields["parameters"]),
            response_format=None if format_ is None else ResponseFormat(**format_),
            attempt=int(fields["attempt"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Damaged(f"the request cannot be read ({type(error).__name__}: {error})") from error


def recording_to_json(recording: Recording) -> dict[str, Any]:
    """Return what a recording's file holds; the answer's own hash tells an edited or damaged file."""
    answer = answer_to_json(recording.answer)
    return {
        "schema_version": SCHEMA_VERSION,
        "key": recording.key,
        "request": canonical(recording.request),
        "answer": answer,
        "answer_sha256": sha256(json_bytes(answer)).hexdigest(),
        "provenance": {"how": recording.provenance.how, "when": recording.provenance.when},
    }


_NAMES = frozenset({"schema_version", "key", "request", "answer", "answer_sha256", "provenance"})


def recorded_answer(value: object, key: str) -> Answer:
    """Return the answer of the recording that must have this key, without reading the question.

    Raises Damaged when a field, the key or the answer's hash is not right.
    """
    fields = _fields(value, key)
    if sha256(json_bytes(fields["answer"])).hexdigest() != fields["answer_sha256"]:
        raise Damaged("the answer is not the one that was recorded: its sha256 differs")
    return answer_from_json(fields["answer"])


def recording_from_json(value: object, key: str) -> Recording:
    """Return the recording that must have this key. Raises Damaged also when the key is not that of the request."""
    fields = _fields(value, key)
    request = request_from_json(fields["request"])
    if key != _key(request):
        raise Damaged("the key is not that of its request")
    try:
        provenance = Provenance(**fields["provenance"])
    except TypeError as error:
        raise Damaged(f"the provenance cannot be read ({error})") from error
    return Recording(key, request, replace(recorded_answer(fields, key), from_cache=False), provenance)


def _fields(value: object, key: str) -> dict[str, Any]:
    """Return the fields of a recording's file after a look at their names, the version and the key."""
    if not isinstance(value, dict) or value.keys() != _NAMES:
        raise Damaged(f"it has not exactly the fields {', '.join(sorted(_NAMES))}")
    if value["schema_version"] != SCHEMA_VERSION:
        raise Damaged(f"schema_version is {value['schema_version']!r}, this program reads {SCHEMA_VERSION!r}")
    if value["key"] != key:
        raise Damaged("its name is not the key that it holds")
    return value


def _key(request: ChatRequest) -> str:
    try:
        return key_of(request)
    except (TypeError, ValueError) as error:
        raise Damaged(f"the request has no key ({error})") from error


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError(f"expected an object, found {type(value).__name__}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected a string, found {type(value).__name__}")
    return value
