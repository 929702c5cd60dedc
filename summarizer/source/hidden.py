"""What a page does not show, and what it shows only once a script has run.

Message pages and some portals hide the whole body by its style and let a script reveal it. What is hidden for good
(tracking words, menus, orders to a program) is a small part of a page's prose: where the hidden part is the larger one, it
is the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from summarizer.source.markup import without

__all__ = ["hidden_elements"]

_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0?(?:\.0+)?\s*(?:;|!|$)"
    r"|font-size\s*:\s*0(?:px|pt|em|rem)?\s*(?:;|!|$)|text-indent\s*:\s*-\d{4,5}|(?:left|top)\s*:\s*-\d{4,5}"
    r"|mso-hide\s*:\s*all",
    re.IGNORECASE,
)
# A rule of a style sheet for one class or id: .tip{display:none}, #wrap, .old { visibility: hidden }.
_BRACE = re.compile(r"[{}]")
_SHOWN = re.compile(r"display\s*:\s*(?!none)\w|visibility\s*:\s*visible|opacity\s*:\s*(?:1|0?\.\d)", re.IGNORECASE)
_NAME = re.compile(r"[.#][\w-]{1,80}")
_SELECTOR = re.compile(r"(?:(body|html|div|span|p)|[a-z]{0,8}([.#][\w-]{1,80}))", re.IGNORECASE)
_CJK = re.compile(r"[\u4e00-\u9fff]")
_PROSE = re.compile(r"[，。；！？：、]")
_NO_TEXT = frozenset(["script", "style", "noscript", "template", "head", "title", "textarea", "option"])
_LEAST = 40  # Chinese characters of prose that are worth revealing


def hidden_elements(root: HtmlElement) -> frozenset[HtmlElement]:
    """The elements that hide themselves and all inside them; never those around the article."""
    sheet = _sheet(root)
    hiding = [element for element in root.iter(etree.Element) if _hides(element, sheet)]
    if not hiding:
        return frozenset()
    found = frozenset(hiding)
    prose = _prose(root, found)
    visible = prose.pop(None, 0)
    if sum(prose.values()) <= max(visible, _LEAST):
        return found
    # The article may stand in several hidden pieces (each paragraph fades in), or under several hidden wrappers.
    revealed: set[HtmlElement] = set()
    for element, size in prose.items():
        if element is not None and size:
            revealed.update(around for around in (element, *element.iterancestors()) if around in found)
    # What fades in beside them belongs to them (headings, signatures); a list of links does not.
    beside = {element.getparent() for element in revealed}
    return frozenset(
        element
        for element in found - revealed
        if element.getparent() not in beside or next(element.iter("a"), None) is not None
    )


def _hides(element: HtmlElement, sheet: frozenset[str]) -> bool:
    style = element.get("style")
    if element.get("hidden") is not None or (style and _STYLE.search(style)):
        return True
    if not sheet:
        return False
    names = {f".{name}" for name in (element.get("class") or "").split()} | {f"#{element.get('id')}", str(element.tag)}
    return not names.isdisjoint(sheet)


def _sheet(root: HtmlElement) -> frozenset[str]:
    """The classes, ids and wrappers that the page's own style sheets hide, and show again under no condition.

    Rules for a medium or a width of the screen are passed over; a name that another rule shows (``.tab.active``) is not
    hidden for good.
    """
    hiding: set[str] = set()
    showing: set[str] = set()
    for style in root.iter("style"):
        for chosen, declarations in _rules(without(style.text or "", "/*", "*/")):
            if _STYLE.search(declarations):
                found = [_SELECTOR.fullmatch(part.strip()) for part in chosen.split(",")]
                hiding.update((one.group(1) or one.group(2)) for one in found if one)
            elif _SHOWN.search(declarations):
                showing.update(_NAME.findall(chosen))
    return frozenset(hiding - showing)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of the rules that hold everywhere."""
    opened: list[str] = []
    at = 0
    for brace in _BRACE.finditer(sheet):
        piece, at = sheet[at : brace.start()], brace.end()
        if brace.group() == "{":
            opened.append(piece.rpartition(";")[2].strip())
        elif opened:
            chosen = opened.pop()
            if not opened and not chosen.startswith("@"):
                yield chosen, piece


def _prose(root: HtmlElement, hiding: frozenset[HtmlElement]) -> Counter[HtmlElement | None]:
    """Chinese characters in sentences, by the innermost hiding element around them; links and scripts do not count."""
    sizes: Counter[HtmlElement | None] = Counter()
    stack: list[tuple[HtmlElement, HtmlElement | None]] = [(root, None)]
    while stack:
        element, around = stack.pop()
        inside = element if element in hiding else around
        tag = element.tag
        if isinstance(tag, str) and tag not in _NO_TEXT and tag != "a":
            sizes[inside] += _sentences(element.text)
            stack.extend((child, inside) for child in element)
        sizes[around] += _sentences(element.tail)
    return sizes


def _sentences(text: str | None) -> int:
    return len(_CJK.findall(text)) if text and _PROSE.search(text) else 0
