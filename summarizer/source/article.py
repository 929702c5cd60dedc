"""Which elements of a page are its article: readability-lxml's choice, by identity, and the container around it.

Every element carries its number through the extraction, so that a line is known to be inside or outside by identity, not
by comparing texts. Extractors drop short sections and tables for want of commas; so the whole container of the article is
taken, less its lists of links.
"""

from __future__ import annotations

from collections import Counter

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement
from readability import Document

from summarizer.source.lining import BLOCKS

__all__ = ["article_elements"]

_NUMBER = "data-summarizer-n"
_MOST_OF_ARTICLE = 0.9


class _NumberedDocument(Document):  # type: ignore[misc]  # readability ships no types
    """readability without its last step, a regular expression over the whole markup that is quadratic on long pages."""

    def get_clean_html(self) -> str:
        return str(etree.tostring(self.html, encoding="unicode", method="html"))


def article_elements(root: HtmlElement) -> frozenset[HtmlElement]:
    """The elements of the article; none when no part of the page looks like one. Marks every element with its number."""
    elements = list(root.iter(etree.Element))
    for number, element in enumerate(elements):
        element.set(_NUMBER, str(number))
    article = frozenset(elements[number] for number in _chosen(root) if number < len(elements))
    container = _container(root, article)
    return article if container is None else article | _inside_container(container)


def _chosen(root: HtmlElement) -> frozenset[int]:
    from readability.readability import Unparseable

    try:
        summary = _NumberedDocument(lxml_html.tostring(root, encoding="unicode")).summary()
        kept = lxml_html.document_fromstring(summary) if summary.strip() else None
    except (Unparseable, etree.ParserError):
        return frozenset()
    if kept is None:
        return frozenset()
    return frozenset(int(number) for element in kept.iter(etree.Element) if (number := element.get(_NUMBER)))


def _container(root: HtmlElement, article: frozenset[HtmlElement]) -> HtmlElement | None:
    """The deepest element that holds nearly all of the article's text; ``None`` when only the whole page does."""
    held: Counter[HtmlElement] = Counter()
    for _, element in etree.iterwalk(root, events=("end",)):
        if element in article:
            held[element] += len((element.text or "").strip()) + sum(
                len((child.tail or "").strip()) for child in element
            )
        parent = element.getparent()
        if parent is not None and held[element]:
            held[parent] += held[element]
    found: HtmlElement | None = root
    deepest = root
    while found is not None:
        deepest = found
        found = next((child for child in found if held[child] >= max(1, _MOST_OF_ARTICLE * held[root])), None)
    return None if deepest.tag in ("html", "body") else deepest


def _inside_container(container: HtmlElement) -> frozenset[HtmlElement]:
    whole: Counter[HtmlElement] = Counter()
    linked: Counter[HtmlElement] = Counter()
    for _, element in etree.iterwalk(container, events=("end",)):
        if isinstance(element.tag, str):
            whole[element] += len(element.text or "")
            if element.tag == "a":
                linked[element] = whole[element]
        if element is not container:
            parent = element.getparent()
            whole[parent] += whole[element] + len(element.tail or "")
            linked[parent] += linked[element]
    inside: set[HtmlElement] = set()
    stack = [container]
    while stack:
        element = stack.pop()
        if element is container or not (element.tag in BLOCKS and 2 * linked[element] > whole[element]):
            inside.add(element)
            stack.extend(element.iterchildren(etree.Element))
    return frozenset(inside)
