"""The enumerated units of a text as the splitter sees them: from the outline, or from a light scan of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from summarizer.chunk.boundaries import sentence_start
from summarizer.language.characters import BLANKS, COLONS, SEMICOLONS, SENTENCE_ENDS, SINGLE_NUMBERS
from summarizer.language.markers import MarkerStyle, marker_styles, number_marker, printed_number
from summarizer.outline.model import Item, Outline

__all__ = ["Unit", "outlined", "scanned"]


class Unit(NamedTuple):
    """An enumerated unit ``[start, end)``: ``level`` 0 heads a part of the document, 1 is a top-level item, more is nested.

    ``body`` is the first character after the marker, ``first`` tells that it opens its list.
    """

    start: int
    body: int
    end: int
    level: int
    marker: str
    first: bool


def outlined(outline: Outline) -> tuple[Unit, ...]:
    """The outline's items, in order of their start; an item whose marker is lost is named by its place in the list."""
    return tuple(sorted(_flat(outline.items), key=lambda unit: (unit.start, unit.level)))


def _flat(items: Iterable[Item]) -> Iterator[Unit]:
    for item in items:
        marker = item.marker or number_marker(item.ordinal)
        yield Unit(item.start, item.body, item.end, item.depth + 1, marker, item.ordinal == 1)
        yield from _flat(item.children)


def scanned(text: str) -> tuple[Unit, ...]:
    """What looks like enumeration in ``text``, in order of start. Levels go by the styles that the text really uses.

    A unit ends where the next of its own or an outer level begins; the last item of a list with its paragraph, or with
    the sentence before the one that introduces the next list.
    """
    found = [(m.lastgroup or "", *m.span(m.lastgroup or 0)) for m in _scanner().finditer("\n" + text)]
    levels = _levels({name for name, _, _ in found})
    units: list[Unit] = []
    following: dict[int, Unit] = {}
    for name, shifted, behind in reversed(found):
        level, start, body = levels[name], shifted - 1, behind - 1
        after = following.get(level)
        for at, unit in following.items():
            if at < level and (after is None or unit.start < after.start):
                after = unit
        marker = text[start:body]
        unit = Unit(start, body, _end(text, body, level, after), level, marker.strip(), _opens(marker))
        units.append(unit)
        following[level] = unit
    return tuple(reversed(units))


def _end(text: str, body: int, level: int, after: Unit | None) -> int:
    if after is not None and (level == 0 or not after.first):
        return after.start
    if level == 0:
        return len(text)
    line = text.find("\n", body, after.start if after else len(text)) + 1
    if after is None:
        return line or len(text)
    return line if line else max(body, sentence_start(text, after.start))


_NUMBER_ALONE = "cell"


@lru_cache(maxsize=1024)
def _opens(marker: str) -> bool:
    """Whether the marker is the first of a list; styles without a number never are."""
    return printed_number(marker) == 1


def _levels(names: set[str]) -> dict[str, int]:
    """Level of each style: 0 for those of parts, the rest numbered from 1 by rank and then by their place in the inventory."""
    order = [style for style in marker_styles() if style.name in names]
    items = sorted((style for style in order if not _heads_part(style)), key=lambda style: style.rank)
    return {style.name: 0 for style in order if _heads_part(style)} | {s.name: n for n, s in enumerate(items, 1)}


def _heads_part(style: MarkerStyle) -> bool:
    """第二部分 and 三、 stand above the items in every paper that has both."""
    return style.rank <= 1


@cache
def _scanner() -> re.Pattern[str]:
    """All forms of the inventory, behind a mark that may stand before them.

    Anchored on that mark the search is several times as fast as one that tries every form everywhere. Enumerators after a
    comma are left out: no cut there is better than one at a clause; a number alone in its line is left out too: without the
    table around it, it is a page number. To be asked with a line break before the text.
    """
    forms = []
    for style in marker_styles():
        if style.name == _NUMBER_ALONE:
            continue
        place = rf"(?<![^\n{BLANKS}])" if style.where == "line" else ""
        forms.append(f"(?P<{style.name}>{place}{style.form})")
    return re.compile(
        f"[\n{SENTENCE_ENDS}{SEMICOLONS}{COLONS}][{BLANKS}]{{0,8}}(?=[{_first(forms)}])(?:{'|'.join(forms)})"
    )


def _first(forms: list[str]) -> str:
    """Characters that a marker may begin with, and some more: every one that a form prints outside its ASCII syntax."""
    printed = {char for form in forms for char in form if not char.isascii()}
    return re.escape("".join(sorted(printed))) + f"0-9{SINGLE_NUMBERS}⑴-⒛㈠-㈩PpNnTt/|(-"
