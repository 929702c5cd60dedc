"""Exact token counts of any stretch of one text, for the price of encoding the text once.

A byte-level BPE first parts the text by a regular expression and merges inside the parts only. Between a letter or digit
and a following punctuation mark, space or line break such a part always ends, and what comes after is parted the same
whether or not the text before is there. At these *safe* places counts may be added: the text is encoded in blocks cut
there, on all cores (tiktoken releases the interpreter), and a stretch is counted as the difference of two running totals
plus the few characters between its ends and the nearest safe places. Source: the ``pat_str`` of every encoding in
``tiktoken_ext.openai_public``; held by a property test against counting the stretch as a whole.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from summarizer.chunk.tokens import TokenCounter, sendable

__all__ = ["Meter"]

_SAFE = re.compile("[0-9A-Za-z\u4e00-\u9fff][，。；：、！？,;:.!? \n\r]")
_BLOCK = 4096
"""Characters a block: long enough to make a task of a thread worth its cost, short enough to find a byte in it at once."""
_PATIENCE = 16_384
"""Characters to look for a safe place before a block is cut where none is, so that no cost grows with a text's longest word."""
_NEAR = (64, 1024)


class Meter:
    """Counts stretches ``[start, end)`` of one text; offsets are code points."""

    def __init__(self, text: str, counter: TokenCounter) -> None:
        self._text = sendable(text)
        self._counter = counter
        self._starts, self._seams = _blocks(self._text)
        stops = [*self._starts[1:], len(self._text)]
        ends = _encode([self._text[a:b] for a, b in zip(self._starts, stops, strict=True)], counter)
        sizes = [int(block[-1]) if len(block) else 0 for block in ends]
        self._bytes = [0, *accumulate(sizes)]
        shifted = [block + base for block, base in zip(ends, self._bytes, strict=False)]
        self._ends = np.concatenate(shifted) if shifted else np.zeros(0, dtype=np.int64)

    def tokens(self, start: int, end: int) -> int:
        """Tokens of ``text[start:end]`` counted as a string of its own, exactly as the counter counts it."""
        if start == 0 and end == len(self._text) and not self._seams:
            return len(self._ends)
        first = _SAFE.search(self._text, start, end)
        if first is None:
            return self._counter.count(self._text[start:end])
        head = first.end() - 1
        tail = self._last_safe(head, end)
        if bisect_right(self._seams, head) != bisect_right(self._seams, tail):
            return self._counter.count(self._text[start:end])
        inner = self._before(tail) - self._before(head)
        return self._counter.count(self._text[start:head]) + inner + self._counter.count(self._text[tail:end])

    def reach(self, start: int, room: int) -> int:
        """About the furthest end with at most ``room`` tokens after ``start``; ``tokens`` has the last word."""
        index = self._before(start) + room
        if index > len(self._ends) or not len(self._ends):
            return len(self._text)
        return max(start, self._char(int(self._ends[max(index - 1, 0)])))

    def _last_safe(self, head: int, end: int) -> int:
        """The last safe place in ``[head, end]``; ``head`` itself is one."""
        for width in _NEAR:
            if end - width > head:
                places = [match.end() - 1 for match in _SAFE.finditer(self._text, end - width, end)]
                if places:
                    return places[-1]
        return max((match.end() - 1 for match in _SAFE.finditer(self._text, head, end)), default=head)

    def _before(self, offset: int) -> int:
        """How many tokens of the whole text end at or before ``offset``."""
        block = bisect_right(self._starts, offset) - 1
        byte = self._bytes[block] + len(self._text[self._starts[block] : offset].encode())
        return int(np.searchsorted(self._ends, byte, side="right"))

    def _char(self, byte: int) -> int:
        """The character that a byte offset stands in, or its own start."""
        block = min(bisect_right(self._bytes, byte), len(self._starts)) - 1
        stop = self._starts[block + 1] if block + 1 < len(self._starts) else len(self._text)
        head = self._text[self._starts[block] : stop].encode()[: byte - self._bytes[block]]
        return self._starts[block] + len(head.decode(errors="ignore"))


def _blocks(text: str) -> tuple[list[int], list[int]]:
    """Starts of the blocks, and those of them that are no safe places."""
    starts, seams = [0], []
    while starts[-1] + _BLOCK < len(text):
        place = _SAFE.search(text, starts[-1] + _BLOCK, starts[-1] + _BLOCK + _PATIENCE)
        if place:
            starts.append(place.end() - 1)
        elif starts[-1] + _BLOCK + _PATIENCE < len(text):
            starts.append(starts[-1] + _BLOCK + _PATIENCE)
            seams.append(starts[-1])
        else:
            break
    return starts, seams


def _encode(blocks: list[str], counter: TokenCounter) -> list[NDArray[np.int64]]:
    """Token ends of each block; several blocks are shared out over the cores."""
    if len(blocks) > 1 and (pool := _pool()) is not None:
        return list(pool.map(counter.ends, blocks))
    return [counter.ends(block) for block in blocks]


@cache
def _pool() -> ThreadPoolExecutor | None:
    """One pool for the process, none on a single core; idle threads cost nothing and end with the process."""
    cores = os.cpu_count() or 1
    return ThreadPoolExecutor(min(cores, 8), thread_name_prefix="tokens") if cores > 1 else None
