"""Grounding: where in the text a quote stands, or why it stands nowhere.

First the quote as it is, then both sides folded (width, punctuation, script, white space). Never a prefix, never a
resemblance. A quote that misses by a slip of the pen is *repaired*: the source's own words are taken, and only when the
difference touches no digit, unit, negation, comparison, direction or modality (:mod:`summarizer.language.critical`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from summarizer.extract.alignment import Edit, align
from summarizer.language.critical import is_critical
from summarizer.language.fold import Folded, fold
from summarizer.schema import CleanOffset, Grounding, RejectionReason
from summarizer.source.text import clean_range

__all__ = ["Found", "GroundedText", "Missed"]

_MOST_OCCURRENCES = 1000
_GRAM = 4
_MOST_GRAMS = 48
# A slip is at most one character in this many, never more than three, in quotes long enough to be told apart.
_CHARACTERS_A_SLIP = 12
_MOST_SLIPS = 3
_LEAST_FOR_REPAIR = 10
# At the very edge a slip cannot be told from a stretch of another sentence that happens to go on alike.
_INTACT_EDGE = 3
_DIGITS_APART = re.compile(r"(?<=\d)\s+(?=\d)")


@dataclass(frozen=True, slots=True)
class Found:
    """The half-open range of the text where the quote stands. ``repaired`` tells the slips that were mended."""

    start: CleanOffset
    end: CleanOffset
    grounding: Grounding
    repaired: str | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """The quote stands nowhere; ``nearest`` is the range that comes closest, if any does, ``difference`` what is other there."""

    reason: RejectionReason
    nearest: tuple[int, int] | None = None
    difference: str = ""


class GroundedText:
    """A text prepared for finding many quotes in it. Stateless after construction: the order of questions does not matter."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _folded(self) -> Folded:
        return fold(self.text)

    def find(self, quote: str, *, near: int | None = None, within: tuple[int, int] | None = None) -> Found | Missed:
        """Find one quote.

        ``within`` restricts to a half-open range; ``near`` chooses among several places the one that starts closest to
        it (without it, the first). Costs one scan of the text; a quote that is not there costs some forty more.
        """
        if not quote.strip():
            return Missed(RejectionReason.EMPTY)
        places = list(self._exact(quote, within))
        if places:
            return _closest(places, near, Grounding.EXACT)
        folded_quote = fold(quote)
        places = list(self._normalized(folded_quote, quote, within))
        if places:
            return _closest(places, near, Grounding.NORMALIZED)
        return self._repair(folded_quote.text, within)

    def _exact(self, quote: str, within: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
        low, high = within or (0, len(self.text))
        start = self.text.find(quote, low, high)
        for _ in range(_MOST_OCCURRENCES):
            if start < 0:
                return
            yield start, start + len(quote)
            start = self.text.find(quote, start + 1, high)

    def _normalized(self, folded: Folded, quote: str, within: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
        if not folded.text:
            return
        low, high = self._folded_window(within)
        at = self._folded.text.find(folded.text, low, high)
        for _ in range(_MOST_OCCURRENCES):
            if at < 0:
                return
            start, end = self._folded.original(at, at + len(folded.text))
            if not self._joins_numbers(start, end, quote):
                yield self._with_edges(start, end, quote)
            at = self._folded.text.find(folded.text, at + 1, high)

    def _with_edges(self, start: int, end: int, quote: str) -> tuple[int, int]:
        """Take white space at the quote's own edges in, as far as the text has it."""
        before, after = len(quote) - len(quote.lstrip()), len(quote) - len(quote.rstrip())
        low = len(self.text[max(0, start - before) : start].rstrip()) + max(0, start - before)
        tail = self.text[end : end + after]
        return low, end + len(tail) - len(tail.lstrip())

    def _folded_window(self, within: tuple[int, int] | None) -> tuple[int, int]:
        if within is None:
            return 0, len(self._folded.text)
        return self._folded.folded_offset(within[0]), self._folded.folded_offset(within[1])

    def _joins_numbers(self, start: int, end: int, quote: str) -> bool:
        """Whether removing white space made one number of two: cells ``12`` and ``34`` are not 1234."""
        apart = len(_DIGITS_APART.findall(self.text, start, end))
        return apart > 0 and apart != len(_DIGITS_APART.findall(quote))

    def _repair(self, quote: str, within: tuple[int, int] | None) -> Found | Missed:
        low, high = self._folded_window(within)
        place = self._diagonal(quote, low, high)
        if place is None:
            return Missed(RejectionReason.NOT_IN_SOURCE)
        margin = _MOST_SLIPS + 1
        begin = max(low, place - margin)
        window = self._folded.text[begin : min(high, place + len(quote) + margin)]
        allowed = min(_MOST_SLIPS, len(quote) // _CHARACTERS_A_SLIP)
        aligned = align(quote, window, _MOST_SLIPS)
        if aligned is None:
            nearest = self._folded.original(begin, begin + len(window)) if window else None
            return Missed(RejectionReason.NOT_IN_SOURCE, nearest)
        start, end = self._folded.original(begin + aligned.start, begin + aligned.end)
        difference = "; ".join(f"{edit.quoted or '∅'} for {edit.printed or '∅'}" for edit in aligned.edits)
        if any(_changes_meaning(edit.quoted, edit.printed, edit.beside) for edit in aligned.edits):
            return Missed(RejectionReason.OTHER_MEANING, (start, end), difference)
        at_edge = any(not _INTACT_EDGE <= edit.at < len(quote) - _INTACT_EDGE for edit in aligned.edits)
        if len(quote) < _LEAST_FOR_REPAIR or len(aligned.edits) > allowed or at_edge or _is_word(aligned.edits):
            return Missed(RejectionReason.OTHER_WORDS, (start, end), difference)
        return Found(*clean_range(start, end), Grounding.NORMALIZED, difference)

    def _diagonal(self, quote: str, low: int, high: int) -> int | None:
        """The folded offset at which most four-character pieces of the quote agree that it begins."""
        votes: Counter[int] = Counter()
        last = max(1, len(quote) - _GRAM + 1)
        step = max(1, last // _MOST_GRAMS)
        for index in range(0, last, step):
            at = self._folded.text.find(quote[index : index + _GRAM], low, high)
            while at >= 0 and len(votes) < _MOST_OCCURRENCES:
                votes[at - index] += 1
                at = self._folded.text.find(quote[index : index + _GRAM], at + 1, high)
        if not votes:
            return None
        best, count = max(votes.items(), key=lambda vote: (vote[1], -vote[0]))
        close = sum(votes[best + shift] for shift in range(-_MOST_SLIPS, _MOST_SLIPS + 1) if shift)
        return best if count + close >= max(1, len(range(0, last, step)) // 3) else None


def _closest(places: list[tuple[int, int]], near: int | None, grounding: Grounding) -> Found:
    start, end = places[0] if near is None else min(places, key=lambda place: (abs(place[0] - near), place[0]))
    return Found(*clean_range(start, end), grounding)


def _is_word(edits: Sequence[Edit]) -> bool:
    """Two differences side by side are another word and no slip (暂缓推进 for 推进)."""
    return any(other.at - one.at <= 1 for one, other in pairwise(edits))


def _changes_meaning(quoted: str, printed: str, beside: str) -> bool:
    """A difference matters when it holds a critical character, or stands beside a digit (a lost point, a joined number)."""
    return any(map(is_critical, quoted + printed)) or any(character.isdecimal() for character in beside)
