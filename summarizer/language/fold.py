"""Folding: one text in the form in which two printings of the same words are equal, with a map back to the original.

Folded are width (NFKC of wide, narrow, vertical and square forms), punctuation variants, script (traditional characters to
simplified ones, one to one) and white space, which is removed. Not folded, because they change a value or a meaning:
superscripts (10² is not 102), circled numbers, fractions, and a full stop between digits (5。3 is not 5.3).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["Folded", "fold", "simplified"]

_REMOVED = "\0"
# Printed variants of one mark; the first of each group is the folded form.
_PUNCTUATION = (
    ",\uff0c\u201a\ufe10\ufe50",
    ".\u3002\uff0e\uff61\ufe12\ufe52",
    ";\uff1b\ufe14\ufe54",
    ":\uff1a\ufe13\ufe55\u2236",
    "!\uff01\ufe57",
    "?\uff1f\ufe56",
    "\u3001\uff64\ufe11\ufe51",
    '"\u201c\u201d\u201e\u301d\u301e\u300c\u300d\u300e\u300f\uff02\uff62\uff63\ufe41\ufe42\ufe43\ufe44',
    "'\u2018\u2019\u201b\uff07",
    "(\uff08\ufe59\ufe35",
    ")\uff09\ufe5a\ufe36",
    "[\u3010\u3014\uff3b\u3016",
    "]\u3011\u3015\uff3d\u3017",
    "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\u2500\ufe58\u2e3a",
    "~\uff5e\u301c\u223c",
    "\u00b7\u2022\u2027\u30fb\u2219\uff65\u22c5",
    "%\uff05\ufe6a",
)
_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_WIDTH_FORMS = frozenset(["<wide>", "<narrow>", "<vertical>", "<square>", "<noBreak>"])
# A stop between digits is a decimal point or a new sentence; which of the two must not be decided here.
_STOP_IN_NUMBER = re.compile("(?<=[0-9\uff10-\uff19])\u3002(?=[0-9\uff10-\uff19])")
_KEPT_STOP = "\ue000"
_DASHES = re.compile(f"-{_REMOVED}*(?:-{_REMOVED}*)+")
_SCRIPT_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000))


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is the folded form; ``places[i]`` the offset in the original of the character that gave ``text[i]``."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The half-open range of the original for a non-empty folded range."""
        return self.places[start], self.places[end - 1] + 1

    def folded_offset(self, offset: int) -> int:
        """The first folded offset whose character stands at or after an original offset."""
        return bisect_left(self.places, offset)


def fold(text: str, *, script: bool = True) -> Folded:
    """Fold a text; ``script`` also maps traditional to simplified characters. Linear in the text."""
    table = _table(script)
    marked = _STOP_IN_NUMBER.sub(_KEPT_STOP, text).translate(table.single)
    marked = _DASHES.sub(lambda run: "-" + _REMOVED * (len(run.group()) - 1), marked)
    if table.square.search(marked):
        return _expand(marked, table)
    places = tuple(index for index, character in enumerate(marked) if character != _REMOVED)
    return Folded(marked.replace(_REMOVED, ""), places)


@dataclass(frozen=True, slots=True)
class _Table:
    single: dict[int, str]
    expanded: dict[str, str]
    square: re.Pattern[str]


@cache
def _table(script: bool) -> _Table:
    single: dict[int, str] = {}
    expanded: dict[str, str] = {}
    for code in range(0x10000):
        character = chr(code)
        if character.isspace():
            single[code] = _REMOVED
        elif (form := _width_form(character)) is not None and form != character:
            if len(form) == 1:
                single[code] = form
            else:
                expanded[character] = form
    for group in _PUNCTUATION:
        single.update((ord(variant), group[0]) for variant in group[1:])
    single.update((ord(character), _REMOVED) for character in _ZERO_WIDTH + _REMOVED)
    if script:
        simplified = _simplified()
        single = {code: simplified.get(ord(form), form) for code, form in single.items()} | simplified
    return _Table(single, expanded, re.compile("[" + re.escape("".join(expanded)) + "]"))


def _width_form(character: str) -> str | None:
    decomposition = unicodedata.decomposition(character)
    if not decomposition:
        return None
    kind = decomposition.split()[0]
    canonical = not kind.startswith("<") and len(decomposition.split()) == 1
    return unicodedata.normalize("NFKC", character) if canonical or kind in _WIDTH_FORMS else None


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def simplified(text: str) -> str:
    """``text`` in simplified characters, every offset kept."""
    converted = str(_converter().convert(text))
    # Words whose conversion has another length are rare; character by character none has.
    return converted if len(converted) == len(text) else text.translate(_simplified())


@cache
def _simplified() -> dict[int, str]:
    """Traditional to simplified, character by character, as OpenCC's ``t2s`` maps single characters."""
    from opencc import OpenCC

    characters = [chr(code) for low, high in _SCRIPT_BLOCKS for code in range(low, high)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {ord(old): new for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1}


def _expand(marked: str, table: _Table) -> Folded:
    """The path for texts with square forms (㎡), which fold to more than one character."""
    out: list[str] = []
    places: list[int] = []
    for index, character in enumerate(marked):
        if character != _REMOVED:
            form = table.expanded.get(character, character)
            out.append(form)
            places.extend([index] * len(form))
    return Folded("".join(out), tuple(places))
