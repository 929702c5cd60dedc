"""HTML pages: the whole visible text as source text, and what of it lies outside the article.

The page is written out one block a line, in document order, a table row as one line with ``" | "`` between its cells.
readability-lxml says which elements are the article; because every element carries its number through the extraction,
each line is known to be inside or outside by identity, not by comparing texts. What is outside becomes ``furniture``
with its reason, so that it can be shown, and a headline that readability leaves out stays in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement
from readability import Document

from summarizer.source.text import Dropped

__all__ = ["HtmlPage", "read_html"]

_NUMBER = "data-summarizer-n"
_NO_TEXT = frozenset(["script", "style", "noscript", "template", "head", "svg", "iframe", "object", "canvas", "math"])
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html li main nav ol option p pre section select summary table tbody tfoot thead tr "
    "ul".split()
)
_CELLS = frozenset(["td", "th"])
_CELL_SEPARATOR = " | "
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$)", re.IGNORECASE
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_CJK = re.compile(r"[\u4e00-\u9fff]")
# Below this share of the page's Chinese characters the extractor has taken a fragment for the article; a short one must
# hold more of the page to be believed.
_LEAST_SHARE, _LEAST_SHARE_IF_SHORT = 0.15, 0.4
_SHORT = 600
_LEAST_CHARACTERS = 60
_MOST_OF_ARTICLE = 0.9


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """The page's text and the ranges of it that are no article."""

    text: str
    furniture: tuple[Dropped, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    element: int
    hidden: bool
    heading: bool


class _NumberedDocument(Document):  # type: ignore[misc]  # readability ships no types
    """readability without its last step, a regular expression over the whole markup that is quadratic on long pages."""

    def get_clean_html(self) -> str:
        return str(etree.tostring(self.html, encoding="unicode", method="html"))


def read_html(markup: str) -> HtmlPage:
    """Write out a decoded page. Raises ``ValueError`` when it holds no text."""
    parser = lxml_html.HTMLParser(huge_tree=True)
    try:
        root = lxml_html.document_fromstring(_without_declaration(markup), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ValueError(f"not a readable page ({error})") from error
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise ValueError("the page is nested deeper than a parser follows")
    for number, element in enumerate(root.iter(etree.Element)):
        element.set(_NUMBER, str(number))
    lines = _lines(root)
    if not lines:
        raise ValueError("the page holds no text")
    article = _article_elements(root)
    if (container := _container(root, article)) is not None:
        article |= _inside_container(container)
    inside = [not line.hidden and line.element in article for line in lines]
    if not _plausible(lines, inside):
        inside = [not line.hidden for line in lines]
    else:
        _admit_headline(lines, inside, _page_title(root))
    return _assemble(lines, inside)


def _without_declaration(markup: str) -> str:
    """lxml refuses a str that declares its encoding, although the text is decoded already."""
    return re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", markup, count=1)


def _article_elements(root: HtmlElement) -> frozenset[int]:
    from readability.readability import Unparseable

    try:
        summary = _NumberedDocument(lxml_html.tostring(root, encoding="unicode")).summary()
    except Unparseable:
        return frozenset()
    kept = lxml_html.document_fromstring(summary) if summary.strip() else None
    if kept is None:
        return frozenset()
    return frozenset(int(number) for element in kept.iter(etree.Element) if (number := element.get(_NUMBER)))


def _container(root: HtmlElement, article: frozenset[int]) -> HtmlElement | None:
    """The deepest element that holds nearly all of the article's text; ``None`` when only the whole page does."""
    held: Counter[HtmlElement] = Counter()
    total = 0
    for element in root.iter(etree.Element):
        if int(element.get(_NUMBER)) in article:
            size = len((element.text or "").strip()) + sum(len((child.tail or "").strip()) for child in element)
            total += size
            for around in (element, *element.iterancestors()) if size else ():
                held[around] += size
    enough = [element for element, size in held.items() if size >= _MOST_OF_ARTICLE * total]
    deepest = max(enough, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)
    return None if deepest is None or deepest.tag in ("html", "body") else deepest


def _inside_container(container: HtmlElement) -> frozenset[int]:
    """The container's elements without its link lists: readability drops short sections and tables for want of commas."""
    numbers: set[int] = set()
    stack = [container]
    while stack:
        element = stack.pop()
        if element is container or not (element.tag in _BLOCKS and _mostly_links(element)):
            numbers.add(int(element.get(_NUMBER)))
            stack.extend(element.iterchildren(etree.Element))
    return frozenset(numbers)


def _mostly_links(element: HtmlElement) -> bool:
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    return 2 * linked > len(element.text_content())


def _page_title(root: HtmlElement) -> str:
    return _SPACES.sub(" ", root.findtext(".//title") or "").strip()


def _lines(root: HtmlElement) -> list[_Line]:
    """Walk the page without recursion (deep nesting is an attack on recursive walkers)."""
    lines: list[_Line] = []
    parts: list[str] = []
    owner: list[HtmlElement] = []

    def flush() -> None:
        text = _SPACES.sub(" ", "".join(parts)).strip().strip("|").strip()
        if text and owner:
            element = owner[0]
            lines.append(_Line(text, int(element.get(_NUMBER)), _is_hidden(element), _is_heading(element)))
        parts.clear()
        owner.clear()

    for kind, element, piece in _events(root):
        if kind == "text":
            if piece.strip():
                owner.append(element)
            parts.append(piece)
        elif kind == "cell":
            parts.append(_CELL_SEPARATOR)
        else:
            flush()
    flush()
    return lines


def _events(root: HtmlElement) -> Iterator[tuple[str, HtmlElement, str]]:
    """Yield ("text", owner, characters), ("cell", …) between cells and ("break", …) around blocks, in document order."""
    stack: list[tuple[HtmlElement, bool]] = [(root, False)]
    while stack:
        element, closing = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        in_cell = tag in _CELLS or (tag in _BLOCKS and _inside_row(element))
        if closing:
            if tag in _BLOCKS and not in_cell:
                yield "break", element, ""
            tail, parent = element.tail, element.getparent()
            if tail and parent is not None:
                yield "text", parent, tail
            continue
        stack.append((element, True))
        if not tag or tag in _NO_TEXT:
            continue
        if tag in _CELLS:
            yield "cell", element, ""
        elif tag == "br":
            yield ("text", element, " ") if _inside_row(element) else ("break", element, "")
        elif tag in _BLOCKS and not in_cell:
            yield "break", element, ""
        if element.text:
            yield "text", element, element.text
        stack.extend((child, False) for child in reversed(element))


def _inside_row(element: HtmlElement) -> bool:
    """Whether an element stands in a cell of a data table; a cell with several paragraphs is page layout, not data."""
    for ancestor in element.iterancestors():
        if ancestor.tag in _CELLS:
            return len(ancestor.findall(".//p")) + len(ancestor.findall(".//div")) <= 2 and not ancestor.findall(
                ".//table"
            )
        if ancestor.tag == "body":
            return False
    return False


def _is_hidden(element: HtmlElement) -> bool:
    return any(
        node.get("hidden") is not None or _HIDDEN.search(node.get("style") or "") is not None
        for node in (element, *element.iterancestors())
    )


def _is_heading(element: HtmlElement) -> bool:
    return any(node.tag in ("h1", "h2") for node in (element, *element.iterancestors()))


def _plausible(lines: list[_Line], inside: list[bool]) -> bool:
    whole = sum(len(_CJK.findall(line.text)) for line in lines if not line.hidden)
    kept = sum(len(_CJK.findall(line.text)) for line, keep in zip(lines, inside, strict=True) if keep)
    return kept >= max(_LEAST_CHARACTERS, whole * (_LEAST_SHARE if kept >= _SHORT else _LEAST_SHARE_IF_SHORT))


def _admit_headline(lines: list[_Line], inside: list[bool], title: str) -> None:
    """Keep the printed headline and what stands between it and the article (date, source) for the cleaner to judge."""
    first = inside.index(True)
    for index in range(first - 1, max(-1, first - 40), -1):
        line = lines[index]
        named = len(line.text) >= 6 and line.text in title
        if not line.hidden and (line.heading or named):
            inside[index:first] = [not lines[at].hidden for at in range(index, first)]
            return


def _assemble(lines: list[_Line], inside: list[bool]) -> HtmlPage:
    furniture: list[Dropped] = []
    offset = 0
    for line, keep in zip(lines, inside, strict=True):
        end = offset + len(line.text) + 1
        if not keep:
            reason, detail = (
                ("hidden", "text that the page does not show") if line.hidden else ("page", "outside the article")
            )
            if furniture and furniture[-1].end == offset and furniture[-1].reason == reason:
                furniture[-1] = Dropped(furniture[-1].start, end, reason, detail)
            else:
                furniture.append(Dropped(offset, end, reason, detail))
        offset = end
    return HtmlPage("".join(line.text + "\n" for line in lines), tuple(furniture))
