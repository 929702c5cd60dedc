"""Names of indicators in the source's own words: whole, or in pieces that stand near the figure.

Texts split names around figures and lists (甲、乙产量分别增长…; 新增护理型床位…; 玉门超40吨金矿), so a name may be put together
from pieces of at least two characters each. A word of measurement that a model adds behind (增幅, 数量) is left off.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.language.fold import Folded, fold
from summarizer.language.lexicon import lexicon
from summarizer.source.text import CleanRange, clean_range

__all__ = ["Named", "name_in"]

_LEAST_PIECE = 2
_MOST_PIECES = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the source's words, its pieces apart by spaces, where the first one in the text begins, and where each stands."""

    name: str
    start: int
    pieces: tuple[CleanRange, ...]


def name_in(name: str, text: str, start: int, end: int) -> Named | None:
    """The name in the words of ``text[start:end]``; ``None`` when they do not stand there."""
    window = fold(text[start:end])
    for wanted in _candidates(fold(name).text):
        if (pieces := _pieces(wanted, window)) is not None:
            words = " ".join(text[start + low : start + high] for low, high in pieces)
            places = tuple(clean_range(start + low, start + high) for low, high in pieces)
            return Named(" ".join(words.split()), min(low for low, _ in places), places)
    return None


def _candidates(name: str) -> list[str]:
    """The name, and the name without a word of measurement at its end, as long as something is left."""
    shorter = [name.removesuffix(word) for word in lexicon().added if name.endswith(word)]
    return [candidate for candidate in (name, *shorter) if len(candidate) >= _LEAST_PIECE]


def _pieces(name: str, window: Folded) -> list[tuple[int, int]] | None:
    """Ranges of the original window for the fewest, longest pieces; the last place of each, it is nearest to the figure."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(name):
        length = next((size for size in range(len(name) - at, 0, -1) if name[at : at + size] in window.text), 0)
        if length < _LEAST_PIECE or len(found) == _MOST_PIECES:
            return None
        # A rest of one character would be lost to the piece before: leave it two.
        if len(name) - at - length == 1 and length > _LEAST_PIECE:
            length -= 1
        place = window.text.rindex(name[at : at + length])
        found.append(window.original(place, place + length))
        at += length
    return found or None
