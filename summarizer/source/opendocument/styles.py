"""What the styles of an OpenDocument file hide, and how its lists are numbered."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from summarizer.source.opendocument.names import attribute, name_of

__all__ = ["Level", "Style", "hidden_styles", "lists", "styles"]

_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none", "1": "decimal"}


@dataclass(frozen=True)
class Style:
    parent: str | None
    hidden: bool
    struck: bool


def styles(roots: list[_Element]) -> dict[str, Style]:
    found: dict[str, Style] = {}
    for root in roots:
        for one in root.iter(etree.Element):
            if name_of(one) == "style:style" and (name := attribute(one, "style:name")):
                properties = [child for child in one if name_of(child) == "style:text-properties"]
                found[name] = Style(
                    attribute(one, "style:parent-style-name"),
                    any(attribute(child, "text:display") == "none" for child in properties),
                    any(
                        (attribute(child, "style:text-line-through-style") or "none") != "none" for child in properties
                    ),
                )
    return found


def hidden_styles(roots: list[_Element]) -> frozenset[str]:
    """Names of table styles that are not shown."""
    hidden: set[str] = set()
    for root in roots:
        for one in root.iter(etree.Element):
            if name_of(one) == "style:style" and any(attribute(child, "table:display") == "false" for child in one):
                hidden.add(attribute(one, "style:name") or "")
    return frozenset(hidden)


@dataclass(frozen=True)
class Level:
    style: str
    prefix: str
    suffix: str
    start: int
    shown: int
    pattern: str | None = None
    """LibreOffice's own, exact form of the label: ``（%2%）`` shows the number of level 2."""


def lists(roots: list[_Element]) -> dict[str, dict[int, Level]]:
    """The numbering of each list style, and of headings (``outline``), by level from 1."""
    found: dict[str, dict[int, Level]] = {}
    for root in roots:
        for one in root.iter(etree.Element):
            if name_of(one) not in ("text:list-style", "text:outline-style"):
                continue
            name = "outline" if name_of(one) == "text:outline-style" else attribute(one, "style:name") or ""
            levels = found.setdefault(name, {})
            for level in one:
                if name_of(level) in ("text:list-level-style-number", "text:outline-level-style"):
                    levels[int(attribute(level, "text:level") or 1)] = Level(
                        _format(attribute(level, "style:num-format") or ""),
                        attribute(level, "style:num-prefix") or "",
                        attribute(level, "style:num-suffix") or "",
                        int(attribute(level, "text:start-value") or 1),
                        int(attribute(level, "text:display-levels") or 1),
                        attribute(level, "loext:num-list-format"),
                    )
    return found


def _format(code: str) -> str:
    """The name of a number format (an example of it: ``一, 二, 三, ...``) as the numerals know it."""
    first = code.split(",")[0].strip()
    if first in _FORMATS:
        return _FORMATS[first]
    if first in ("一", "壹", "壱"):
        return "chineseCounting" if first == "一" else "chineseLegalSimplified"
    return {"①": "decimalEnclosedCircle", "１": "decimalFullWidth", "甲": "ideographTraditional"}.get(first, "decimal")
