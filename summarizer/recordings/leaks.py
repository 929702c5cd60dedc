"""What must never stand in a recording that goes to git: keys, headers, hosts, paths of a machine.

A document may quote its own web address, so hosts are looked for only in what this program writes itself; keys and the
paths of a machine are looked for everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from summarizer.recordings.recording import Recording, recording_to_json

__all__ = ["leaks"]

_EVERYWHERE = {
    # An OpenAI-like key; the prefix and a length that no word of a text has.
    "an API key": re.compile(r"\b(?:sk|pk|rk|gsk|xai)-[A-Za-z0-9_\-]{16,}"),
    "a header": re.compile(
        r"\bBearer [A-Za-z0-9._\-]{8,}|\b(?:x-)?(?:api[_-]key|authorization)[\"']? ?[:=]", re.IGNORECASE
    ),
    # A folder of a machine at the start of a path; inside an address (x.gov.cn/home/) another character stands before it.
    "a path": re.compile(
        r"(?<![\w./:\-])(?:file://)?/(?:home|root|Users|tmp|var|opt|mnt|etc)/\w|(?<![A-Za-z])[A-Za-z]:\\\w"
    ),
}
_OWN_WORDS = {
    "an address": re.compile(r"\w://|\blocalhost\b|\b\d{1,3}(?:\.\d{1,3}){3}\b", re.IGNORECASE),
    "a host": re.compile(r"\b[a-z0-9\-]+\.(?:com|cn|net|org|io|ai|dev|local|internal|lan)\b", re.IGNORECASE),
}
_FORBIDDEN_PARAMETERS = frozenset({"api_key", "base_url", "headers", "extra_headers", "organization", "authorization"})


def leaks(recording: Recording) -> list[str]:
    """Return one sentence for each thing in the recording that must not leave the machine; empty when there is none."""
    value = recording_to_json(recording)
    found = [
        f"{place} holds {what}"
        for place, text in _strings("", value)
        for what, pattern in _patterns(place).items()
        if pattern.search(text)
    ]
    names = sorted(_FORBIDDEN_PARAMETERS & {name.lower() for name in recording.request.parameters})
    return found + [f"request.parameters.{name} has no place in a recording" for name in names]


def _patterns(place: str) -> dict[str, re.Pattern[str]]:
    from_document = place.startswith(("request.messages", "request.response_format", "answer.text"))
    return _EVERYWHERE if from_document else _EVERYWHERE | _OWN_WORDS


def _strings(place: str, value: Any) -> Iterator[tuple[str, str]]:
    """Give every string of a JSON value with its path."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(f"{place}.{name}" if place else name, inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _strings(f"{place}[{number}]", inner)
