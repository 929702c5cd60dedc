"""Folding: the one place that knows when two printings are the same words.

Three views of a text, from the narrowest to the widest:

- :func:`simplified` replaces characters one for one, so that every offset stays: script (traditional to simplified),
  Kangxi and compatibility radicals (⽣ is 生), look-alikes (カ for 力 beside a Chinese character).
- :func:`legible` is what a rule should read: besides the above width (８０％ is 80%), characters of no width, blanks
  inside a number (1 .5, 12/10 万). Marks, lines and other blanks stay.
- :func:`fold` is for comparing: besides all that, variants of one mark are one, and white space is gone.

The last two keep a map back to the original. Nothing is folded that changes a value or a meaning: superscripts (10² is not
102), circled numbers, fractions, and a full stop between digits (5。3 is not 5.3). What only tables can know is
``data/folding.toml``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from summarizer.language.characters import BLANKS, FULL_STOP, HAN, WIDE_DIGITS, ZERO_WIDTH
from summarizer.language.tables import Pattern, Row, Table, compiled, load

__all__ = ["Folded", "FoldingTable", "fold", "legible", "simplified"]

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
_WIDTH_FORMS = frozenset(["<wide>", "<narrow>", "<vertical>", "<square>", "<noBreak>"])
_RADICALS = range(0x2E80, 0x2FE0)
_RADICAL = re.compile("[\u2e80-\u2fdf]")
# A stop between digits is a decimal point or a new sentence; which of the two must not be decided here.
_STOP_IN_NUMBER = re.compile(f"(?<=[0-9{WIDE_DIGITS}]){FULL_STOP}(?=[0-9{WIDE_DIGITS}])")
_KEPT_STOP = "\ue000"
_DASH_RUN = re.compile(f"-{_REMOVED}*(?:-{_REMOVED}*)+")
_SCRIPT_BLOCKS = ((0x3400, 0x4DC0), (0x4E00, 0xA000))
# Kana and Latin letters beside a look-alike make it a letter of its own script.
_LETTER = "\u3040-\u30ff\uff66-\uff9fA-Za-z\uff21-\uff3a\uff41-\uff5a"
# 1 .5 and 1. 5; 3 860 by a thin or no-break blank; 12/10 万 and 95 %. An ASCII blank between digits may part two cells.
_BLANK_IN_NUMBER = re.compile(
    rf"""
      (?<=\d)[{BLANKS}]+(?=[.\uff0e]\d) | (?<=\d[.\uff0e])[{BLANKS}]+(?=\d)
    | (?<=\d)[\u2009\u202f\xa0](?=\d{{3}}(?!\d))
    | (?<=\d)[{BLANKS}]+(?=[万亿萬億%\uff05‰])
    | (?<=/)[{BLANKS}]+(?=\d)
    """,
    re.VERBOSE,
)


class _Radicals(Row):
    pairs: tuple[str, ...] = Field(min_length=1)


class _LookAlike(Row):
    printed: str = Field(min_length=1, max_length=1)
    stands_for: str = Field(min_length=1, max_length=1)
    form: Pattern | None = None

    def where(self) -> re.Pattern[str]:
        """Where the sign stands for the other character."""
        if self.form is not None:
            return compiled(self.form)
        sign = self.printed
        alone = rf"{sign}(?<![{_LETTER}]{sign})(?![{_LETTER}])"
        return re.compile(rf"{alone}(?:(?<=[{HAN}]{sign})|(?=[{HAN}]))")


class FoldingTable(Table):
    """``data/folding.toml``: supplement radicals and look-alikes."""

    radicals: _Radicals
    look_alike: tuple[_LookAlike, ...]


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


def simplified(text: str) -> str:
    """``text`` in simplified characters, radicals and look-alikes restored; every offset is kept.

    Converted vocabulary (檔案 for 文件) stays. OpenCC converts by words; a line whose length that would change is converted
    character by character.
    """
    if _RADICAL.search(text):
        text = text.translate(_radicals())
    text = _without_look_alikes(text)
    converted = _converter()(text)
    lines, others = text.split("\n"), converted.split("\n")
    if len(lines) == len(others) and all(map(_same_length, lines, others)):
        return converted
    converted_lines = (_line(line) for line in lines)
    return "\n".join(converted_lines)


def _same_length(one: str, other: str) -> bool:
    return len(one) == len(other)


def _line(line: str) -> str:
    converted = _converter()(line)
    return converted if len(converted) == len(line) else line.translate(_simplified_characters())


def legible(text: str) -> Folded:
    """The text as a rule should read it, with the map back; see the head of the module for what is folded."""
    marked = _BLANK_IN_NUMBER.sub(lambda blank: _REMOVED * len(blank.group()), simplified(text))
    return _without_removed(marked.translate(_legible_table()))


def fold(text: str) -> Folded:
    """The text as it is compared, with the map back. Linear in the text."""
    table = _fold_table()
    marked = _STOP_IN_NUMBER.sub(_KEPT_STOP, _restored_dashes(text)).translate(table.single)
    marked = _DASH_RUN.sub(lambda run: "-" + _REMOVED * (len(run.group()) - 1), marked)
    folded = _expanded(marked, table) if table.square.search(marked) else _without_removed(marked)
    return Folded(_without_look_alikes(folded.text), folded.places)


def _without_removed(marked: str) -> Folded:
    if _REMOVED not in marked:
        return Folded(marked, tuple(range(len(marked))))
    places = tuple(index for index, character in enumerate(marked) if character != _REMOVED)
    return Folded(marked.replace(_REMOVED, ""), places)


@dataclass(frozen=True, slots=True)
class _FoldTable:
    single: dict[int, str]
    expanded: dict[str, str]
    square: re.Pattern[str]


@cache
def _fold_table() -> _FoldTable:
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
    single.update((ord(character), _REMOVED) for character in ZERO_WIDTH + _REMOVED)
    single |= _radicals()
    script = _simplified_characters()
    single = {code: script.get(ord(form), form) for code, form in single.items()} | script
    return _FoldTable(single, expanded, re.compile("[" + re.escape("".join(expanded)) + "]"))


@cache
def _legible_table() -> dict[int, str]:
    """Width of letters, digits and the signs of a number; what has no width is removed."""
    signs = [
        *range(0xFF10, 0xFF1A),
        *range(0xFF21, 0xFF3B),
        *range(0xFF41, 0xFF5B),
        *map(ord, "\uff05\uff0e\uff0f\uff0b\uff0d"),
    ]
    return {code: unicodedata.normalize("NFKC", chr(code)) for code in signs} | {
        ord(character): _REMOVED for character in ZERO_WIDTH + _REMOVED
    }


def _width_form(character: str) -> str | None:
    decomposition = unicodedata.decomposition(character)
    if not decomposition:
        return None
    kind = decomposition.split()[0]
    canonical = not kind.startswith("<") and len(decomposition.split()) == 1
    return unicodedata.normalize("NFKC", character) if canonical or kind in _WIDTH_FORMS else None


@cache
def _radicals() -> dict[int, str]:
    """Radicals to the characters that they are: Unicode's decompositions, then the table."""
    known = {
        code: unicodedata.normalize("NFKC", chr(code)) for code in _RADICALS if unicodedata.decomposition(chr(code))
    }
    return known | {ord(pair[0]): pair[1] for pair in load(FoldingTable, "folding.toml").radicals.pairs}


@cache
def _look_alikes() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    rows = load(FoldingTable, "folding.toml").look_alike
    return tuple((row.printed, row.where(), row.stands_for) for row in rows)


def _without_look_alikes(text: str) -> str:
    for printed, where, stands_for in _look_alikes():
        if printed in text:
            text = where.sub(stands_for, text)
    return text


def _restored_dashes(text: str) -> str:
    """Dashes that stand for 一 restored, while a run of dashes can still be told from one."""
    for printed, where, stands_for in _look_alikes():
        if unicodedata.category(printed) == "Pd" and printed in text:
            text = where.sub(stands_for, text)
    return text


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # the library is only loaded where a text is read

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


@cache
def _simplified_characters() -> dict[int, str]:
    """Traditional to simplified, character by character, as OpenCC's ``t2s`` maps single characters."""
    characters = [chr(code) for low, high in _SCRIPT_BLOCKS for code in range(low, high)]
    converted = _converter()("\n".join(characters)).split("\n")
    return {ord(old): new for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1}


def _expanded(marked: str, table: _FoldTable) -> Folded:
    """The path for texts with square forms (㎡), which fold to more than one character."""
    out: list[str] = []
    places: list[int] = []
    for index, character in enumerate(marked):
        if character != _REMOVED:
            form = table.expanded.get(character, character)
            out.append(form)
            places.extend([index] * len(form))
    return Folded("".join(out), tuple(places))
