"""Exact token counts of any stretch of one text, for the price of encoding the text once.

A byte-level BPE first parts the text by a regular expression and merges inside the parts only. Between a letter or digit
and a following punctuation mark, space or line break such a part always ends, and what comes after is parted the same
whether or not the text before is there; the same holds behind a line break before a character that cannot join it. At these *safe* places counts may be added: the text is encoded in blocks cut
there, on all cores (tiktoken releases the interpreter), and a stretch is counted as the difference of two running totals
plus the few characters between its ends and the nearest safe places. Source: the ``pat_str`` of every encoding in
``tiktoken_ext.openai_public``; held by a property test against counting the stretch as a whole.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from summarizer.chunk.tokens import TokenCounter, sendable

__all__ = ["Meter"]

_SAFE = re.compile("[0-9A-Za-z\u4e00-\u9fff][，。；：、！？,;:.!? \n\r]")
_BLOCK = 16_384
"""Characters a block. Smaller ones cost more in passing them between threads; it is also how far a safe place is looked for
before a block is cut where none is, so that no cost grows with the length of a text's longest word."""
_LEAST = 2_048
"""Characters that are worth a thread of their own."""
_NEAR = (24, 256)
"""Characters before an end in which the last safe place is looked for, before the whole stretch is."""


class Meter:
    """Counts stretches ``[start, end)`` of one text; offsets are code points."""

    def __init__(self, text: str, counter: TokenCounter) -> None:
        """Encode the first block here and let other threads begin with the rest; the first count waits for them."""
        self._text = sendable(text)
        self._counter = counter
        self._starts, self._seams = _blocks(self._text)
        stops = [*self._starts[1:], len(self._text)]
        blocks = [self._text[a:b] for a, b in zip(self._starts, stops, strict=True)]
        self._others = _pool().map(counter.ends, blocks[1:])
        self._first = counter.ends(blocks[0])

    @cached_property
    def _offsets(self) -> NDArray[np.int64]:
        """Where each character begins in the UTF-8 form of the text, and where the last one ends."""
        points = np.frombuffer(self._text.encode("utf-32-le"), dtype=np.uint32)
        offsets = np.zeros(len(points) + 1, dtype=np.int64)
        width = (points > 0x7F).view(np.uint8) + (points > 0x7FF).view(np.uint8) + (points > 0xFFFF).view(np.uint8)
        np.cumsum(width + np.uint8(1), out=offsets[1:])
        return offsets

    @cached_property
    def _ends(self) -> NDArray[np.int64]:
        """Byte offset after each token of the text."""
        shifts = self._offsets[self._starts]
        blocks = [self._first, *self._others]
        return np.concatenate([block + shift for block, shift in zip(blocks, shifts, strict=True)])

    def tokens(self, start: int, end: int) -> int:
        """Tokens of ``text[start:end]`` counted as a string of its own, exactly as the counter counts it."""
        head = start if self._parted(start) else self._first_safe(start, end)
        tail = end if self._parted(end) else self._last_safe(start, end)
        if head is None or tail is None or head > tail or (self._seams and self._seamed(head, tail)):
            return self._counter.count(self._text[start:end])
        tokens = self._before(tail) - self._before(head)
        if head > start:
            tokens += self._counter.count(self._text[start:head])
        return tokens + self._counter.count(self._text[tail:end]) if tail < end else tokens

    def reach(self, start: int, room: int) -> int:
        """About the furthest end with at most ``room`` tokens after ``start``; ``tokens`` has the last word."""
        index = self._before(start) + room
        if index > len(self._ends):
            return len(self._text)
        return max(start, int(self._offsets.searchsorted(self._ends[index - 1], side="right")) - 1)

    def _parted(self, offset: int) -> bool:
        """Whether ``offset`` is an end of the text or follows a single line break that nothing after it can lengthen."""
        text = self._text
        if offset in (0, len(text)):
            return True
        return text[offset - 1] == "\n" and not (
            text[offset].isspace() or text[offset] == "/" or text[offset - 2 : offset - 1].isspace()
        )

    def _first_safe(self, start: int, end: int) -> int | None:
        place = _SAFE.search(self._text, start, end)
        return place.end() - 1 if place else None

    def _last_safe(self, start: int, end: int) -> int | None:
        for low in (*(end - width for width in _NEAR if end - width > start), start):
            places = [match.end() - 1 for match in _SAFE.finditer(self._text, low, end)]
            if places:
                return places[-1]
        return None

    def _seamed(self, head: int, tail: int) -> bool:
        """Whether a block was cut between the two at a place that is not safe."""
        return bisect_right(self._seams, head) != bisect_right(self._seams, tail)

    def _before(self, offset: int) -> int:
        """How many tokens of the whole text end at or before ``offset``."""
        return int(self._ends.searchsorted(self._offsets[offset], side="right"))


def _blocks(text: str) -> tuple[list[int], list[int]]:
    """Starts of the blocks, and those of them that are no safe places."""
    count = max(len(text) // _BLOCK, min(len(text) // _LEAST, os.cpu_count() or 1), 1)
    size = len(text) // count
    starts: list[int] = [0]
    seams: list[int] = []
    while starts[-1] + size + _LEAST // 2 < len(text):
        place = _SAFE.search(text, starts[-1] + size, starts[-1] + size + _BLOCK)
        if place:
            starts.append(place.end() - 1)
        elif starts[-1] + size + _BLOCK < len(text):
            starts.append(starts[-1] + size + _BLOCK)
            seams.append(starts[-1])
        else:
            break
    return starts, seams


@cache
def _pool() -> ThreadPoolExecutor:
    """One pool for the process; idle threads cost nothing and end with it."""
    return ThreadPoolExecutor(min(os.cpu_count() or 1, 8), thread_name_prefix="tokens")
