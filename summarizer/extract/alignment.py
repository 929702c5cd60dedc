"""Aligning a short quote with a window of text: the fewest edits, the ends of the window free (Sellers 1980)."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Alignment", "Edit", "align"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference: what the quote has, what the text prints there (either may be empty), and the neighbours of both.

    ``at`` is the offset in the quote at which it stands.
    """

    at: int
    quoted: str
    printed: str
    beside: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """The half-open range of the window that the quote corresponds to, and the differences in order."""

    start: int
    end: int
    edits: tuple[Edit, ...]


def align(quote: str, window: str, limit: int) -> Alignment | None:
    """Align the whole quote with some stretch of the window in at most ``limit`` edits; ``None`` when it takes more.

    Time is O(len(quote) · len(window)); both are short. Among equal alignments the leftmost end wins.
    """
    rows = [[0] * (len(window) + 1)]
    for i, mine in enumerate(quote, 1):
        above = rows[-1]
        row = [i]
        for j, theirs in enumerate(window, 1):
            row.append(min(above[j - 1] + (mine != theirs), above[j] + 1, row[j - 1] + 1))
        if min(row) > limit:
            return None
        rows.append(row)
    end = min(range(len(window) + 1), key=lambda j: (rows[-1][j], j))
    return _trace(quote, window, rows, end) if rows[-1][end] <= limit else None


def _trace(quote: str, window: str, rows: list[list[int]], end: int) -> Alignment:
    edits: list[Edit] = []
    i, j = len(quote), end
    while i:
        cost = rows[i][j]
        if j and cost == rows[i - 1][j - 1] + (quote[i - 1] != window[j - 1]):
            if quote[i - 1] != window[j - 1]:
                edits.append(
                    Edit(i - 1, quote[i - 1], window[j - 1], _beside(quote, i - 1, i) + _beside(window, j - 1, j))
                )
            i, j = i - 1, j - 1
        elif cost == rows[i - 1][j] + 1:
            edits.append(Edit(i - 1, quote[i - 1], "", _beside(quote, i - 1, i) + _beside(window, j, j)))
            i -= 1
        else:
            edits.append(Edit(i, "", window[j - 1], _beside(quote, i, i) + _beside(window, j - 1, j)))
            j -= 1
    return Alignment(j, end, tuple(reversed(edits)))


def _beside(text: str, start: int, end: int) -> str:
    return text[max(0, start - 1) : start] + text[end : end + 1]
