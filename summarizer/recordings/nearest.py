"""The recording nearest to a question that has none, and the first field in which the two differ.

Texts are compared by sketches: of all runs of six code points of a message, the hashes that are smallest (bottom-k
sampling, Broder 1997, "On the resemblance and containment of documents"). A run that few recordings have says more than
one that all of them share, so each shared hash counts by the inverse of how many recordings have it: a prompt that every
request carries does not hide the chunk.
"""

from __future__ import annotations

import heapq
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import numpy as np

from summarizer.exchange import ChatRequest
from summarizer.recordings.key import canonical, key_of

__all__ = ["Nearest", "first_difference"]

_RUN = 6
_SKETCH = 48
_COMMON = 64
"""A hash that more recordings have than this is looked at only when rarer ones find nothing."""
_CONTEXT = 24
"""Code points shown on each side of a difference."""
_FEW = 16
"""Recordings of equal similarity that are compared field by field."""
_ROUNDING = 1e-9
"""Two sums of the same shares differ by less, in whatever order they were added."""
_MOST = 20_000
"""Recordings that are looked at: reading them takes about a second a ten thousand."""


class Nearest:
    """An index over requests, built once and asked at every miss."""

    def __init__(self, requests: Iterable[ChatRequest]) -> None:
        self._requests = list(islice(requests, _MOST))
        self._keys = [key_of(request) for request in self._requests]
        self._holders: dict[int, list[int]] = {}
        self._by_messages: dict[tuple[str, ...], list[int]] = {}
        self._sketches: dict[str, list[int]] = {}
        for number, request in enumerate(self._requests):
            self._by_messages.setdefault(_contents(request), []).append(number)
            for value in self._sketch(request):
                self._holders.setdefault(value, []).append(number)

    def explain(self, request: ChatRequest) -> str:
        """Return words for the user: the request, the nearest recording, and the first difference as a small diff."""
        key = key_of(request)[:12]
        number = self._nearest(request)
        if number is None:
            return f"no recorded answer for request {key}: nothing is recorded"
        difference = first_difference(self._requests[number], request)
        return f"no recorded answer for request {key}; nearest is {self._keys[number][:12]}: {difference}"

    def of(self, request: ChatRequest) -> ChatRequest | None:
        """Return the request of the same model (of any, when there is none) whose messages are most like these."""
        number = self._nearest(request)
        return None if number is None else self._requests[number]

    def _nearest(self, request: ChatRequest) -> int | None:
        numbers = self._by_messages.get(_contents(request)) or self._similar(request)
        # Of equally similar ones those with the smallest keys are looked at, so that the choice is always the same.
        few = heapq.nsmallest(_FEW, numbers, key=self._keys.__getitem__)
        return min(few, key=lambda number: _distance(self._requests[number], request), default=None)

    def _similar(self, request: ChatRequest) -> list[int]:
        """Return the numbers of the recordings that share most with the request, those of its model if there are any."""
        holders = sorted((self._holders.get(value, []) for value in self._sketch(request)), key=len)
        votes: defaultdict[int, float] = defaultdict(float)
        for numbers in holders:
            if len(numbers) > _COMMON and votes:
                break
            for number in numbers:
                votes[number] += 1 / len(numbers)
        ours = {
            number: vote for number, vote in votes.items() if self._requests[number].model == request.model
        } or votes
        if not ours:
            same = [number for number, other in enumerate(self._requests) if other.model == request.model]
            return same or list(range(len(self._requests)))
        best = max(ours.values()) - _ROUNDING
        return [number for number, vote in ours.items() if vote >= best]

    def _sketch(self, request: ChatRequest) -> list[int]:
        values: list[int] = []
        for content in _contents(request):
            if content not in self._sketches:
                self._sketches[content] = _smallest_hashes(content)
            values += self._sketches[content]
        return values


def first_difference(recorded: ChatRequest, asked: ChatRequest) -> str:
    """Return where two requests differ first (model, response format, parameters, messages, attempt) and how."""
    old, new = canonical(recorded), canonical(asked)
    for name in ("model", "response_format", "parameters", "messages", "attempt"):
        for place, before, after in _differences(name, old[name], new[name]):
            return f"first difference in {place}\n{_diff(before, after)}"
    return "no difference"


def _differences(place: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """Give the leaves in which two JSON values differ, with their path."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in sorted(old.keys() | new.keys()):
            yield from _differences(f"{place}.{name}", old.get(name, "(absent)"), new.get(name, "(absent)"))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, (before, after) in enumerate(zip(old, new, strict=True)):
            yield from _differences(f"{place}[{number}]", before, after)
    elif old != new:
        yield place, old, new


def _diff(old: Any, new: Any) -> str:
    """Return two lines, recorded above asked; of long texts the surroundings of the first code point that differs."""
    before, after = (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in (old, new))
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after)))
    start = max(0, at - _CONTEXT)
    lines = []
    for sign, text in (("-", before), ("+", after)):
        cut = text[start : at + _CONTEXT].replace("\n", "⏎")
        left, right = "…" if start else "", "…" if at + _CONTEXT < len(text) else ""
        lines.append(f"  {sign} {left}{cut}{right}")
    if start:
        lines.append(f"  (at code point {at})")
    return "\n".join(lines)


def _distance(recorded: ChatRequest, asked: ChatRequest) -> int:
    """Return the number of fields in which two requests differ."""
    old, new = canonical(recorded), canonical(asked)
    return sum(old[name] != new[name] for name in old)


def _contents(request: ChatRequest) -> tuple[str, ...]:
    return tuple(message.content for message in request.messages)


def _smallest_hashes(text: str) -> list[int]:
    """Return the smallest hashes of the text's runs of code points; a text shorter than a run is one hash."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = max(len(codes) - _RUN + 1, min(len(codes), 1))
    hashes = np.zeros(count, dtype=np.uint64)
    for shift in range(min(_RUN, len(codes))):
        # 64-bit arithmetic that wraps around: Fibonacci multiplier (Knuth, TAOCP 3, 6.4).
        hashes = (hashes ^ codes[shift : shift + count]) * np.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> np.uint64(29)
    hashes.sort()
    # numpy's own ``unique`` goes through a hash table and takes ten times as long.
    distinct = hashes[np.append(hashes[:-1] != hashes[1:], True)] if count else hashes
    return [int(value) for value in distinct[:_SKETCH]]
