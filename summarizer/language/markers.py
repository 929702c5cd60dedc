"""Enumerators: 一、 （一） 1. 一是 第一， —— and what is left of them when they are damaged.

The inventory is ``data/markers.toml``. Offsets are code points of the text that is scanned, half open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from summarizer.language.characters import (
    BLANKS,
    COLONS,
    COMMAS,
    ENUMERATION_COMMA,
    FRAGMENTS,
    SEMICOLONS,
    SENTENCE_ENDS,
    expanded,
)
from summarizer.language.numerals import parse_chinese
from summarizer.language.tables import Pattern, Row, Table, load

__all__ = [
    "DAMAGED",
    "Marker",
    "MarkerStyle",
    "MarkerTable",
    "marker_before",
    "marker_styles",
    "number_marker",
    "printed_number",
    "scan_damaged",
    "scan_markers",
    "unnumbered",
]

_PARTS = f"\n{SENTENCE_ENDS}{SEMICOLONS}{COLONS}”"
_SPACE = f"[{BLANKS}]*+"
_BEFORE = {
    "line": rf"(?:^|(?<=\n)){_SPACE}",
    "sentence": rf"(?:^|(?<=[{_PARTS}])){_SPACE}",
    "gap": rf"(?:^|(?<=[{_PARTS}）) \t\u3000])){_SPACE}",
    "year": "(?<=年)",
    "clause": rf"(?:^|(?<=[{_PARTS}{COMMAS}{ENUMERATION_COMMA}\u3000 ])){_SPACE}",
}
_ADVERBS = {"首先": 1, "其次": 2, "再次": 3, "最后": 0}
# The first character of each run of single characters that show a number, and the length of the run.
_RUNS = {"①": 20, "❶": 10, "➀": 10, "➊": 10, "⑴": 20, "⒈": 20, "㈠": 10}
_SINGLE_VALUES = {chr(ord(first) + value): value + 1 for first, size in _RUNS.items() for value in range(size)}
_SINGLE_VALUES |= {char: value for value, char in enumerate("壹贰叁肆伍陆柒捌玖拾", 1)}
_NUMBER = re.compile(f"{FRAGMENTS['cn']}|[0-9]{{1,2}}")


@dataclass(frozen=True, slots=True)
class MarkerStyle:
    """One style of the inventory; see the head of ``data/markers.toml`` for the meaning of the fields. ``form`` is a pattern."""

    name: str
    form: str
    where: str
    family: str
    rank: float
    block: bool
    numbered: bool = True


class _Style(Row):
    name: str
    form: Pattern
    where: Literal["line", "sentence", "gap", "year", "clause"]
    family: str
    rank: float
    block: bool
    numbered: bool = True


class _Damaged(Row):
    form: Pattern
    numbered: bool


class MarkerTable(Table):
    """``data/markers.toml``."""

    style: tuple[_Style, ...]
    damaged: tuple[_Damaged, ...]


@dataclass(frozen=True, slots=True)
class Marker:
    """An enumerator at ``[start, body)``: ``body`` is the first character of what it introduces.

    ``value`` is the printed number, 0 for styles without one (——, •, 最后). ``at_line`` tells that nothing but white
    space stands before it in its line.
    """

    start: int
    body: int
    value: int
    style: MarkerStyle
    at_line: bool


DAMAGED = MarkerStyle("damaged", "", "line", "clause", 5.0, False)
"""The style of what is left of an enumerator; it may continue lists of the family of 一是."""


@cache
def _inventory() -> MarkerTable:
    return load(MarkerTable, "markers.toml")


@cache
def marker_styles() -> tuple[MarkerStyle, ...]:
    """The inventory, in the order in which forms are tried at one place."""
    return tuple(
        MarkerStyle(row.name, expanded(row.form), row.where, row.family, row.rank, row.block, row.numbered)
        for row in _inventory().style
    )


@cache
def _scanner(*, tables: bool) -> re.Pattern[str]:
    """One alternation over all styles; a group a style, grouped by where they may stand. Cells only with ``tables``."""
    groups = []
    for where, before in _BEFORE.items():
        forms = [
            f"(?P<s{index}>{style.form})"
            for index, style in enumerate(marker_styles())
            if style.where == where and (tables or style.name != "cell")
        ]
        groups.append(f"{before}(?:{'|'.join(forms)})")
    return re.compile("|".join(groups))


@cache
def printed_number(printed: str) -> int:
    """The number in a marker as printed; 0 when there is none, -1 when its characters make none."""
    for char in printed:
        if char in _SINGLE_VALUES:
            return _SINGLE_VALUES[char]
    if printed[:2] in _ADVERBS:
        return _ADVERBS[printed[:2]]
    number = _NUMBER.search(printed)
    if number is None:
        return 0
    if number[0].isascii():
        return int(number[0])
    value = parse_chinese(number[0])
    return int(value) if value is not None else -1


def number_marker(number: int) -> str:
    """How an item without an enumerator is named by its place: 第3项."""
    return f"第{number}项"


def unnumbered(number: int) -> str:
    """How an item that has lost its enumerator is told to a reader: 第3项无编号."""
    return f"{number_marker(number)}无编号"


@cache
def _of_sign(bullet: MarkerStyle, sign: str) -> MarkerStyle:
    """The style of bullets of one sign: lists of different signs stand inside each other."""
    return replace(bullet, family=f"{bullet.family} {sign}")


_TABLE_HEAD = "序号"


def scan_markers(text: str) -> Iterator[Marker]:
    """All places of ``text`` that look like an enumerator, in order; whether they are one is for the list to say."""
    styles = marker_styles()
    table = text.find(_TABLE_HEAD)
    for match in _scanner(tables=table >= 0).finditer(text):
        name = match.lastgroup
        if name is None:
            continue
        start, end = match.span(name)
        style = styles[int(name[1:])]
        value = printed_number(match[name].strip()) if style.numbered else 0
        if value < 0 or (style.name == "cell" and table > start):
            continue
        style = _of_sign(style, text[start]) if style.name == "bullet" else style
        at_line = match.start() == 0 or text[match.start() - 1] == "\n"
        yield Marker(start, end, value, style, at_line)


@cache
def _damaged_scanner() -> re.Pattern[str]:
    forms = "|".join(f"(?P<d{index}>{expanded(row.form)})" for index, row in enumerate(_inventory().damaged))
    return re.compile(f"{_BEFORE['line']}(?:{forms})")


def scan_damaged(text: str) -> Iterator[Marker]:
    """Line starts that recall an enumerator: style ``damaged``; ``value`` is 0 where the number shown says nothing."""
    rows = _inventory().damaged
    for match in _damaged_scanner().finditer(text):
        name = match.lastgroup
        if name is None:
            continue
        start, end = match.span(name)
        value = printed_number(match[name]) if rows[int(name[1:])].numbered else 0
        if value >= 0:
            yield Marker(start, end, value, DAMAGED, True)


def marker_before(text: str, low: int, end: int) -> str | None:
    """The enumerator that stands directly before ``end`` and not before ``low``; None when something else stands there."""
    between = text[low:end]
    found = next(scan_markers(between.lstrip()), None)
    if found is None or found.start or found.body < len(between.strip()):
        return None
    return between.strip() or None
