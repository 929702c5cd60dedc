"""The check that a recording may leave the machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from summarizer.recordings.private import FORBIDDEN_PARAMETERS, IN_ANY_TEXT, IN_OWN_WORDS
from summarizer.recordings.recording import WORTH_READING, Recording, recording_to_json

__all__ = ["leaks"]

_QUESTION = ("request.messages", "request.response_format")


def leaks(recording: Recording) -> list[str]:
    """Return one sentence for each thing in the recording that must not be published; empty when there is none."""
    quoting = (*_QUESTION, "answer.text") if recording.answer.outcome in WORTH_READING else _QUESTION
    found = []
    for place, text in _strings("", recording_to_json(recording)):
        patterns = IN_ANY_TEXT if place.startswith(quoting) else IN_ANY_TEXT | IN_OWN_WORDS
        found += [f"{place} holds {what}" for what, pattern in patterns.items() if pattern.search(text)]
    names = sorted(FORBIDDEN_PARAMETERS & {name.lower() for name in recording.request.parameters})
    return found + [f"request.parameters.{name} has no place in a recording" for name in names]


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
