"""A page written out: one block a line, a table row one line with ``" | "`` between its cells, in document order.

What a person sees in the flow of the text is the line; what stands beside it there is written as lines of its own below,
with the reason: words struck out (``struck``), hidden ones (``hidden``), marks of notes (``note_mark``). So 90%95% with a
struck 90% reads 95%, and 7.1 with note 1 never 7.11, yet nothing of the page is thrown away.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from summarizer.source.grid import CELLS, data_rows, is_data
from summarizer.source.raised import lowered, raised

__all__ = ["BLOCKS", "PageLine", "page_lines"]

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section select summary table tbody tfoot thead tr "
    "ul".split()
)
_NO_TEXT = frozenset(
    "script style noscript template head svg iframe object canvas annotation annotation-xml rt rp rtc textarea".split()
)
_STRUCK = frozenset(["s", "strike", "del"])
_STRUCK_STYLE = re.compile(r"line-through", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_LOWERED_STYLE = re.compile(r"vertical-align\s*:\s*sub\b", re.IGNORECASE)
_KEPT_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_HEADINGS = frozenset(["h1", "h2"])
_CELL_SEPARATOR = " | "
_SPACES = re.compile(r"[ \t\r\n\f]+")
# A line of the markup that ends between two Chinese characters ends nothing for the reader.
_WRAP = re.compile(
    r"(?<=[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef])[ \t]*[\r\n][ \t\r\n\f]*(?=[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef])"
)
_TAIL = 16  # so many characters before a raised one tell what it is
_LONGEST_RAISED = 40  # more text than this is not raised, only set so
_ALREADY_NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[、.．)）]|第[一二三四五六七八九十]|[①-⑳])")
_LAYOUT_BLOCKS = 2  # a cell with more paragraphs is page layout …
_LAYOUT_BREAKS, _LONG_BREAK = 3, 30  # … and one with more lines of this length by <br>


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line: ``owner`` is the element that holds its first character, ``aside`` the reason why it is no text of the page,
    ``links`` how many links it is made of (0 where most of it is no link)."""

    text: str
    owner: HtmlElement
    heading: bool
    aside: str = ""
    links: int = 0


class _State(NamedTuple):
    """What holds for all inside an element; ``kept`` where its line breaks are printed as they stand (``pre``)."""

    aside: str = ""
    heading: bool = False
    in_row: bool = False
    kept: bool = False
    link: HtmlElement | None = None


def page_lines(root: HtmlElement, hidden: frozenset[HtmlElement]) -> list[PageLine]:
    """Walk the page without recursion (deep nesting is an attack on recursive walkers); cost is linear in the page."""
    return _Writer(hidden).write(root)


class _Writer:
    def __init__(self, hidden: frozenset[HtmlElement]) -> None:
        self._hidden = hidden
        self._lines: list[PageLine] = []
        self._parts: list[str] = []
        self._asides: list[tuple[str, str, HtmlElement]] = []
        self._owner: HtmlElement | None = None
        self._heading = False
        self._layout: frozenset[HtmlElement] = frozenset()
        self._counted: dict[HtmlElement, int] = {}
        self._links: Counter[HtmlElement] = Counter()

    def write(self, root: HtmlElement, state: _State = _State()) -> list[PageLine]:  # noqa: B008  # frozen
        self._layout = _layout_cells(root) if root.tag not in CELLS else frozenset()
        stack: list[tuple[HtmlElement, _State, bool]] = [(root, state, False)]
        while stack:
            element, state, closing = stack.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            if closing:
                self._leave(element, tag, state)
                continue
            inner = self._entered(element, tag, state)
            stack.append((element, state, True))
            if tag and tag not in _NO_TEXT and not self._whole(element, tag, inner):
                self._text(element.text, element, inner)
                stack.extend((child, inner, False) for child in reversed(element))
        self._flush()
        return self._lines

    def _entered(self, element: HtmlElement, tag: str, state: _State) -> _State:
        """The state inside an element, after the break or the separator that it begins with."""
        style = (element.get("style") or "") if tag else ""
        aside = state.aside or ("hidden" if element in self._hidden else "")
        if tag in _STRUCK or _STRUCK_STYLE.search(style):
            aside = aside or "struck"
        if tag in CELLS:
            self._parts.append(_CELL_SEPARATOR)
            return _State(aside, state.heading, element not in self._layout, link=state.link)
        if tag == "br":
            self._parts.append(" ") if state.in_row else self._flush()
        elif tag in BLOCKS:
            self._parts.append(" ") if state.in_row else self._flush()
            if tag == "li" and not state.in_row:
                self._number(element, aside)
        kept = state.kept or tag == "pre" or _KEPT_STYLE.search(style) is not None
        link = element if tag == "a" and element.get("href") else state.link
        return _State(aside, state.heading or tag in _HEADINGS, state.in_row, kept, link)

    def _leave(self, element: HtmlElement, tag: str, state: _State) -> None:
        if tag in BLOCKS:
            self._parts.append(" ") if state.in_row else self._flush()
        parent = element.getparent()
        if element.tail and parent is not None:
            self._text(element.tail, parent, state)

    def _whole(self, element: HtmlElement, tag: str, inner: _State) -> bool:
        """Write elements that are judged as a whole: tables of data, raised and lowered characters."""
        if tag == "table" and not inner.aside and not inner.in_row and is_data(element):
            self._table(element, inner)
            return True
        style = element.get("style") or ""
        up = tag == "sup" or _is_script_of(element, "msup") or _RAISED_STYLE.search(style) is not None
        down = tag == "sub" or _is_script_of(element, "msub") or _LOWERED_STYLE.search(style) is not None
        if not up and not down:
            return False
        text = _beginning(element, _LONGEST_RAISED + 1)
        if len(text) > _LONGEST_RAISED:
            return False
        base = self._tail()
        linked = up and (element.find(".//a") is not None or _is_link(element.getparent()))
        printed, note = raised(base, text, linked) if up else lowered(base, text)
        self._text(printed, element, inner._replace(aside="note_mark") if note and not inner.aside else inner)
        return True

    def _text(self, text: str | None, owner: HtmlElement, state: _State) -> None:
        if not text:
            return
        if state.aside:
            if text.strip():
                self._asides.append((state.aside, text, owner))
            return
        if state.kept and not state.in_row and "\n" in text:
            first, *rest = text.split("\n")
            self._text(first, owner, state)
            for line in rest:
                self._flush()
                self._text(line, owner, state)
            return
        if self._owner is None and text.strip():
            self._owner, self._heading = owner, state.heading
        self._parts.append(_WRAP.sub("", text))
        if state.link is not None:
            self._links[state.link] += len(text.strip())

    def _tail(self) -> str:
        """The last characters of the line so far."""
        tail = ""
        for part in reversed(self._parts):
            tail = part[-_TAIL:] + tail
            if len(tail) >= _TAIL:
                break
        return tail[-_TAIL:]

    def _flush(self) -> None:
        text = _SPACES.sub(" ", "".join(self._parts)).strip().strip("|").strip()
        if text and self._owner is not None:
            links = len(self._links) if 2 * self._links.total() > len(text) else 0
            self._lines.append(PageLine(text, self._owner, self._heading, "", links))
        self._lines.extend(_beside(self._asides))
        self._parts, self._asides, self._owner = [], [], None
        self._links.clear()

    def _table(self, table: HtmlElement, state: _State) -> None:
        self._flush()
        for caption in table.iterchildren("caption"):
            self._lines.extend(_Writer(self._hidden).write(caption, state))
        cells: dict[HtmlElement, tuple[str, list[PageLine]]] = {}

        def printed(cell: HtmlElement) -> tuple[str, list[PageLine]]:
            if cell not in cells:
                lines = _Writer(self._hidden).write(cell, state._replace(in_row=True))
                cells[cell] = (" ".join(line.text for line in lines if not line.aside), lines)
            return cells[cell]

        for row, places in data_rows(table, lambda cell: len(printed(cell)[0])):
            text = _CELL_SEPARATOR.join(printed(place.element)[0] for place in places).rstrip(" |")
            own = [line for place in places if place.own for line in printed(place.element)[1]]
            if text.strip(" |") and row not in self._hidden:
                owner = next((line.owner for line in own if not line.aside), row)
                self._lines.append(PageLine(text.strip(), owner, state.heading))
            elif text.strip(" |"):
                self._lines.append(PageLine(text.strip(), row, False, "hidden"))
            self._lines.extend(line for line in own if line.aside)

    def _number(self, item: HtmlElement, aside: str) -> None:
        """The number that a browser prints before an item of an ordered list, unless the item brings its own."""
        parent = item.getparent()
        if aside or parent is None or parent.tag != "ol" or "none" in (parent.get("style") or ""):
            return
        if _ALREADY_NUMBERED.match(_beginning(item, 20)) or (parent.get("type") or "1") != "1":
            return
        self._parts.append(f"{self._ordinal(item, parent)}. ")

    def _ordinal(self, item: HtmlElement, parent: HtmlElement) -> int:
        counted = self._counted.get(parent)
        start = _integer(parent.get("start")) if counted is None else counted + 1
        value = _integer(item.get("value"), start)
        self._counted[parent] = value
        return value


def _layout_cells(root: HtmlElement) -> frozenset[HtmlElement]:
    """The cells that hold several paragraphs or a table: page layout, whose blocks are lines. One pass over the page."""
    layout: set[HtmlElement] = set()
    blocks: Counter[HtmlElement] = Counter()
    breaks: Counter[HtmlElement] = Counter()
    around: list[HtmlElement] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            if around and element.tag == "table":
                layout.update(around)
            elif around and element.tag in ("p", "div"):
                blocks[around[-1]] += 1
            elif around and element.tag == "br" and len((element.tail or "").strip()) >= _LONG_BREAK:
                breaks[around[-1]] += 1
            if element.tag in CELLS:
                around.append(element)
        elif element.tag in CELLS:
            cell = around.pop()
            if blocks[cell] > _LAYOUT_BLOCKS or breaks[cell] > _LAYOUT_BREAKS:
                layout.add(cell)
            if around:
                blocks[around[-1]] += blocks[cell]
    return frozenset(layout)


def _beside(asides: list[tuple[str, str, HtmlElement]]) -> Iterator[PageLine]:
    """Lines for what stood beside the text; neighbours of one reason share a line."""
    for reason, group in groupby(asides, key=lambda aside: aside[0]):
        pieces = list(group)
        text = " ".join(_SPACES.sub(" ", piece).strip() for _, piece, _ in pieces)
        yield PageLine(text, pieces[0][2], False, reason)


def _beginning(element: HtmlElement, most: int) -> str:
    """The first characters of an element's text, without reading all of a long one."""
    text = ""
    for piece in element.itertext():
        text += piece[:most]
        if len(text) >= most:
            break
    return text[:most]


def _integer(text: str | None, otherwise: int = 1) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 4 else otherwise


def _is_script_of(element: HtmlElement, formula: str) -> bool:
    """Whether an element is the raised or lowered part of a formula in MathML, its second child."""
    parent, before = element.getparent(), element.getprevious()
    return parent is not None and parent.tag == formula and before is not None


def _is_link(element: HtmlElement | None) -> bool:
    return element is not None and element.tag == "a" and bool(element.get("href"))
