"""The styles of a Word file: what a paragraph or run inherits of number, hiding and height (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from summarizer.source.word.package import attribute, children, find, value_of

__all__ = ["Look", "Styles", "is_on"]

_CONTENTS = re.compile(r"toc ?\d", re.IGNORECASE)
_CONTENTS_HEAD = re.compile(r"toc heading", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """What of a run's properties decides whether and how its text is read; ``None`` where nothing is said."""

    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None

    def over(self, below: Look) -> Look:
        """This look where it says something, the other's where it does not."""
        return Look(
            below.hidden if self.hidden is None else self.hidden,
            below.struck if self.struck is None else self.struck,
            below.raised if self.raised is None else self.raised,
        )


def is_on(properties: etree._Element | None, name: str) -> bool | None:
    """Whether a property such as ``w:vanish`` is switched on or off, ``None`` where it is not named."""
    found = find(properties, name)
    return None if found is None else (attribute(found, "w:val") or "true").lower() not in ("0", "false", "off", "none")


def look_of(properties: etree._Element | None) -> Look:
    """The look that run properties state themselves."""
    if properties is None or not len(properties):
        return Look()
    struck = [is_on(properties, name) for name in ("w:strike", "w:dstrike")]
    height = value_of(properties, "w:vertAlign")
    return Look(
        is_on(properties, "w:vanish"),
        None if struck == [None, None] else any(struck),
        None if height is None else height == "superscript",
    )


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    parent: str | None
    number: str | None
    level: int | None
    look: Look


class Styles:
    """The styles of one document by id; unknown ids and circles of inheritance are harmless."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        for style in children(root, "w:style"):
            key = attribute(style, "w:styleId") or ""
            level = value_of(style, "w:pPr", "w:numPr", "w:ilvl")
            self._styles[key] = _Style(
                value_of(style, "w:name") or "",
                value_of(style, "w:basedOn"),
                value_of(style, "w:pPr", "w:numPr", "w:numId"),
                int(level) if level and level.isdecimal() else None,
                look_of(find(style, "w:rPr")),
            )
            is_default = (attribute(style, "w:default") or "") in ("1", "true", "on")
            if attribute(style, "w:type") == "paragraph" and is_default:
                self._default = key
        self._looks: dict[str | None, Look] = {}

    def _line(self, key: str | None) -> Iterator[tuple[str, _Style]]:
        """A style and those it is based on."""
        seen: set[str] = set()
        while key in self._styles and key not in seen:
            seen.add(key)
            yield key, self._styles[key]
            key = self._styles[key].parent

    def paragraph_style(self, key: str | None) -> str | None:
        """The id itself, or the document's default paragraph style where it is unknown or missing."""
        return key if key in self._styles else self._default

    def look(self, key: str | None) -> Look:
        """The look that a style gives its text."""
        if key not in self._looks:
            look = Look()
            for _, style in self._line(key):
                look = look.over(style.look)
            self._looks[key] = look
        return self._looks[key]

    def numbered(self, key: str | None) -> tuple[str, int | None, str] | None:
        """The list that a paragraph style belongs to: its id, the level where one is named, and the style that names it."""
        level: int | None = None
        for name, style in self._line(key):
            level = style.level if level is None else level
            if style.number is not None:
                return style.number, level, name
        return None

    def list_of(self, key: str) -> str | None:
        """The list that a numbering style stands for."""
        found = self.numbered(key)
        return found[0] if found else None

    def contents(self, key: str | None) -> str | None:
        """``"entry"`` or ``"head"`` when the style is one of a printed table of contents."""
        for _, style in self._line(key):
            if _CONTENTS_HEAD.fullmatch(style.name):
                return "head"
            if _CONTENTS.fullmatch(style.name):
                return "entry"
        return None
