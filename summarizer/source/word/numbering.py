"""Automatic numbers, counted as Word counts them (ECMA-376 part 1, 17.9).

Word keeps a number (一、 （一） 1.) outside the paragraph's text; without it the items of a plan would lose their markers.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

from summarizer.source.word.numerals import printed
from summarizer.source.word.package import attribute, children, find, value_of
from summarizer.source.word.styles import Styles, is_on

__all__ = ["Numbering"]

_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    style: str = "decimal"
    text: str = ""
    start: int = 1
    pattern: str | None = None
    restart: int | None = None
    """The level (counted from one) whose use restarts this one; 0: none; ``None``: any upper level."""
    legal: bool = False
    """Print every number of the text as a decimal."""
    hidden: bool = False
    tight: bool = False
    """Nothing stands between the number and the text."""
    paragraph_style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """One list: the definition it counts in, and what it overrides there."""

    definition: str
    levels: dict[int, _Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the automatic numbers of one document, paragraph by paragraph, in the order of the document."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, dict[int, _Level]] = {}
        self._linked: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        for definition in children(root, "w:abstractNum"):
            key = attribute(definition, "w:abstractNumId") or ""
            self._definitions[key] = {
                _number(attribute(level, "w:ilvl"), 0): _level(level) for level in children(definition, "w:lvl")
            }
            link = value_of(definition, "w:numStyleLink")
            if link is not None:
                self._linked[key] = link
        for one in children(root, "w:num"):
            self._lists[attribute(one, "w:numId") or ""] = _list(one)

    def label(self, numbers: etree._Element | None, style: str | None, *, printing: bool = True) -> str:
        """The number that Word prints before a paragraph with these ``w:numPr`` and this style, or an empty string.

        Counts it either way; ``printing`` is false for a paragraph without text.
        """
        found = self._place(numbers, style)
        if found is None:
            return ""
        one, level = found
        shape = self._shape(one, level)
        if shape is None:
            return ""
        self._count(one, level)
        if shape.style == "bullet" or shape.hidden or not printing:
            return ""
        text = self._written(one, level, shape)
        # 第一条 and 1.1 stand apart from the text; after 、）. and ① nothing is needed to tell them from it.
        apart = bool(text) and not shape.tight and text[-1].isalnum() and unicodedata.category(text[-1]) != "No"
        return text + " " if apart else text

    def _place(self, numbers: etree._Element | None, style: str | None) -> tuple[str, int] | None:
        """The list and level of a paragraph: its own ``w:numPr`` first (id 0 switches off), then its style's."""
        inherited = self._styles.numbered(style)
        own = value_of(numbers, "w:numId")
        number = own if own is not None else (inherited[0] if inherited else None)
        if number is None or number not in self._lists:
            return None
        level = value_of(numbers, "w:ilvl")
        if level is not None:
            return number, min(_number(level, 0), _LEVELS - 1)
        if own is not None or inherited is None:
            return number, 0
        by_style = next(
            (at for at, shape in self._levels(number).items() if shape.paragraph_style in (style, inherited[2])), None
        )
        return number, inherited[1] if inherited[1] is not None else by_style or 0

    def _definition(self, number: str) -> str:
        """The definition in which a list counts, through at most one numbering style."""
        key = self._lists[number].definition
        link = self._linked.get(key)
        through = self._styles.list_of(link) if link is not None else None
        return self._lists[through].definition if through in self._lists else key

    def _levels(self, number: str) -> dict[int, _Level]:
        return {**self._definitions.get(self._definition(number), {}), **self._lists[number].levels}

    def _shape(self, number: str, level: int) -> _Level | None:
        own = self._lists[number].levels.get(level)
        return own or self._definitions.get(self._definition(number), {}).get(level)

    def _start(self, number: str, level: int) -> int:
        shape = self._shape(number, level)
        return self._lists[number].starts.get(level, shape.start if shape else 1)

    def _count(self, number: str, level: int) -> None:
        counters = self._counters[self._definition(number)]
        if level in self._lists[number].starts and (number, level) not in self._begun:
            counters.pop(level, None)  # an override begins anew when its list is first used
        self._begun.add((number, level))
        counters[level] = counters[level] + 1 if level in counters else self._start(number, level)
        for deeper in [other for other in counters if other > level]:
            shape = self._shape(number, deeper)
            restart = shape.restart if shape else None
            if restart is None or (restart and level < restart):
                del counters[deeper]

    def _written(self, number: str, level: int, shape: _Level) -> str:
        counters = self._counters[self._definition(number)]
        text = shape.text
        for upper in range(level + 1):
            if f"%{upper + 1}" in text:
                known = self._shape(number, upper) or _Level()
                value = counters.get(upper, self._start(number, upper))
                style = "decimal" if shape.legal and upper < level and known.style != "decimalZero" else known.style
                text = text.replace(f"%{upper + 1}", printed(value, style, known.pattern))
        return text


def _list(one: etree._Element) -> _List:
    levels: dict[int, _Level] = {}
    starts: dict[int, int] = {}
    for override in children(one, "w:lvlOverride"):
        at = _number(attribute(override, "w:ilvl"), 0)
        level = find(override, "w:lvl")
        if level is not None:
            levels[at] = _level(level)
        start = value_of(override, "w:startOverride")
        if start is not None:
            starts[at] = _number(start, 1)
    return _List(value_of(one, "w:abstractNumId") or "", levels, starts)


def _level(level: etree._Element) -> _Level:
    restart = value_of(level, "w:lvlRestart")
    style = find(level, "w:numFmt")
    return _Level(
        style=value_of(level, "w:numFmt") or "decimal",
        text=value_of(level, "w:lvlText") or "",
        start=_number(value_of(level, "w:start"), 1),
        pattern=None if style is None else attribute(style, "w:format"),
        restart=None if restart is None else _number(restart, 0),
        legal=bool(is_on(level, "w:isLgl")),
        hidden=bool(is_on(find(level, "w:rPr"), "w:vanish")),
        tight=value_of(level, "w:suff") == "nothing",
        paragraph_style=value_of(level, "w:pStyle"),
    )


def _number(text: str | None, default: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else default
