"""A chunk: a stretch of the clean text that goes to a reader in one piece, and the context that travels with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from summarizer.schema import CleanOffset, Horizon

__all__ = ["Chunk", "ChunkContext", "Cut"]


class Cut(IntEnum):
    """Why a chunk ends where it ends; the smaller, the better the cut."""

    END = 0
    """The text ends here."""
    PART = 1
    """A part of the document begins after it."""
    ITEM = 2
    """A top-level item begins (or the sentence that introduces it)."""
    NESTED = 3
    """A nested item begins."""
    PARAGRAPH = 4
    SENTENCE = 5
    LISTED = 6
    """An item begins inside a sentence (一是…；二是…) that is longer than the budget."""
    CLAUSE = 7
    PHRASE = 8
    """After 、 or a closing bracket, or at white space."""
    CHARACTER = 9
    """Between two characters that belong to no number, date, quotation or title."""
    FORCED = 10
    """Inside a number, date, quotation or title, because nothing else fitted."""


@dataclass(frozen=True, slots=True)
class ChunkContext:
    """What a reader must know to understand a chunk that it reads alone.

    ``headings`` is the path of headings and item headlines that the chunk's first character stands under, outermost first;
    ``horizon`` is that of the part it begins in; ``previous_marker`` the enumerator that came last before it.
    """

    title: str | None = None
    headings: tuple[str, ...] = ()
    horizon: Horizon | None = None
    previous_marker: str | None = None


@dataclass(frozen=True, slots=True)
class Chunk:
    """One piece of the cover: ``[start, end)`` in clean offsets, ``text`` its characters.

    ``tokens`` counts exactly the string that is sent (``context.sent``): context, overlap and text. ``cut`` says why it
    ends at ``end``. ``overlap`` is the text directly before ``start``, repeated for the reader and no part of the cover.
    """

    index: int
    start: CleanOffset
    end: CleanOffset
    text: str
    tokens: int
    context: ChunkContext
    cut: Cut
    overlap: str = ""
