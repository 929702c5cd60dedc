"""Exact token counts of any stretch of one text, for the price of encoding the text once.

A byte-level BPE first parts the text by a regular expression and merges inside the parts only. Between a letter or digit
and a following punctuation mark, space or line break such a part always ends, and what comes after is parted the same
whether or not the text before is there; the same holds behind a line break before a character that cannot join it. At these
*safe* places counts may be added: the text is encoded in blocks cut there, and a stretch is counted as the difference of two running totals plus the few characters between its ends and the nearest
safe places. Source: the ``pat_str`` of every encoding in ``tiktoken_ext.openai_public``; held by a property test against
counting the stretch as a whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.chunk.tokens import TokenCounter, sendable
from summarizer.language.characters import CLAUSE_ENDS, ENUMERATION_COMMA, SENTENCE_ENDS

__all__ = ["StretchCounter"]

_SAFE = re.compile(f"[0-9A-Za-z\u4e00-\u9fff][{SENTENCE_ENDS}{CLAUSE_ENDS}{ENUMERATION_COMMA}. \n\r]")
_BLOCK = 262_144
"""Characters a block at most, encoded when a count first needs them."""
_AHEAD = 16_384
"""Characters in which a safe place is looked for before a block is cut where none is, so that no cost grows with the length
of a text's longest word."""
_NEAR = (24, 256)
"""Characters before an end in which the last safe place is looked for, before the whole stretch is."""


class StretchCounter:
    """Counts stretches ``[start, end)`` of one text; offsets are code points."""

    def __init__(self, text: str, counter: TokenCounter) -> None:
        self._text = sendable(text)
        self._counter = counter
        self._starts, self._seams = _blocks(self._text)
        self._tokens: list[NDArray[np.unsignedinteger[Any]]] = []
        self._begun: list[NDArray[np.int64]] = []
        self._totals = [0]

    def _tokens_of(self, block: int) -> NDArray[np.unsignedinteger[Any]]:
        """The tokens of a block, after which ``_begun`` holds characters begun up to each of its tokens, and ``_totals``
        the tokens up to its end.
        """
        for index in range(len(self._begun), block + 1):
            stop = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._text)
            self._tokens.append(self._counter.encode(self._text[self._starts[index] : stop]))
            self._begun.append(self._counter.begun(self._tokens[index]))
            self._totals.append(self._totals[-1] + len(self._begun[index]))
        return self._tokens[block]

    def tokens(self, start: int, end: int) -> int:
        """Tokens of ``text[start:end]`` counted as a string of its own, exactly as the counter counts it."""
        head = start if self._parted(start) else self._first_safe(start, end)
        tail = end if self._parted(end) else self._last_safe(start, end)
        if head is None or tail is None or head > tail or (self._seams and self._seamed(head, tail)):
            return self._counter.count(self._text[start:end])
        tokens = self._before(tail) - self._before(head)
        if head > start:
            tokens += self._counter.count(self._text[start:head])
        return tokens + _mark_tokens(self._counter, self._text[tail:end]) if tail < end else tokens

    def reach(self, start: int, room: int) -> int:
        """About the furthest end with at most ``room`` tokens after ``start``; ``tokens`` has the last word."""
        index = self._before(start) + room
        while self._totals[-1] < index:
            if len(self._begun) == len(self._starts):
                return len(self._text)
            self._tokens_of(len(self._begun))
        block = bisect_left(self._totals, index) - 1
        tokens, inside = self._tokens_of(block), index - self._totals[block]
        reach = self._starts[block] + int(self._begun[block][inside - 1])
        # A token may end inside a character, then the next one begins there.
        torn = inside < len(tokens) and self._counter.continues(int(tokens[inside]))
        return max(start, reach - torn)

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
        block = bisect_right(self._starts, offset) - 1
        self._tokens_of(block)
        return self._totals[block] + int(self._begun[block].searchsorted(offset - self._starts[block], side="right"))


@lru_cache(maxsize=1024)
def _mark_tokens(counter: TokenCounter, text: str) -> int:
    """What stands behind the last safe place is nearly always a full stop, perhaps with a line break."""
    return counter.count(text)


def _blocks(text: str) -> tuple[list[int], list[int]]:
    """Starts of the blocks, and those of them that are no safe places."""
    starts: list[int] = [0]
    seams: list[int] = []
    while starts[-1] + _BLOCK < len(text):
        place = _SAFE.search(text, starts[-1] + _BLOCK, starts[-1] + _BLOCK + _AHEAD)
        if place:
            starts.append(place.end() - 1)
        elif starts[-1] + _BLOCK + _AHEAD < len(text):
            starts.append(starts[-1] + _BLOCK + _AHEAD)
            seams.append(starts[-1])
        else:
            break
    return starts, seams
