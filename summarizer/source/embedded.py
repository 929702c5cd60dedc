"""A body that a page carries as data: escaped in a textarea or an element, in a script's JSON or string, in a template.

A browser's script writes such a body into the page; without the script only furniture is left. The largest piece is put
where it stands, as elements, when it holds more prose than all that the page shows.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from summarizer.source.markup import holds_markup

__all__ = ["unpack"]

_CJK = re.compile(r"[\u4e00-\u9fff]")
_PROSE = re.compile(r"[，。；！？：、]")
_LEAST = 60  # Chinese characters that make a body
_TEMPLATE = re.compile(r"template|html|x-|plain", re.IGNORECASE)
_ASSIGNED = re.compile(r"[=(]\s{0,20}(?=[{\[])")
_LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`', re.DOTALL)
_JSON_STARTS = 8  # so many assignments of a script are tried as JSON
_CODE_POINTS = re.compile(r"%u([0-9A-Fa-f]{4})")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "", "f": "", "v": "", "0": "", "\n": ""}
_TITLE_KEYS = ("title", "headline", "Title", "TITLE", "articleTitle", "docTitle", "showTitle")
_NO_TEXT = frozenset(["script", "style", "noscript", "template", "head", "title", "textarea", "xmp", "option"])
_CARRIERS = frozenset(["textarea", "xmp", "noscript", "template"])
_SITE = re.compile(r"\s*[_|｜]|\s*[-–—]{1,2}(?=[^-–—]{2,20}$)")  # “某要点_某网”, “某要点--某频道”
_HEAD = 400  # characters in which a body prints its own headline
_DEEPEST = 40  # levels of JSON that are looked through


class _Piece:
    """One candidate: where it stands, its characters and a headline that stands beside it in the data."""

    __slots__ = ("element", "size", "text", "title")

    def __init__(self, element: HtmlElement, text: str, title: str = "") -> None:
        self.element = element
        self.text = _plain(text)
        self.title = title
        self.size = len(_CJK.findall(self.text))


def unpack(root: HtmlElement) -> None:
    """Put the largest body that the page carries as data into the page, where it is larger than what the page shows."""
    pieces = [piece for piece in _pieces(root) if piece.size >= _LEAST and _PROSE.search(piece.text)]
    if not pieces:
        return
    best = max(pieces, key=lambda piece: piece.size)
    if best.size > _shown(root):
        if not best.title and root.find(".//h1") is None:
            best.title = _SITE.split(root.findtext(".//title") or "", maxsplit=1)[0]
        _insert(best)


def _pieces(root: HtmlElement) -> Iterator[_Piece]:
    for element in root.iter(etree.Element):
        tag = element.tag
        if tag == "script":
            yield from _from_script(element)
        elif tag in _CARRIERS:
            inner = (element.text or "") + "".join(
                lxml_html.tostring(child, encoding="unicode") for child in element if isinstance(child.tag, str)
            )
            yield _Piece(element, inner)
        elif tag == "iframe" and element.get("srcdoc"):
            yield _Piece(element, element.get("srcdoc"))
        elif tag == "input" and len(element.get("value") or "") >= _LEAST:
            yield _Piece(element, element.get("value"))
        elif element.text and _is_escaped(element.text) and tag not in _NO_TEXT:
            yield _Piece(element, element.text)


def _from_script(script: HtmlElement) -> Iterator[_Piece]:
    text = (script.text or "").strip()
    if len(text) < _LEAST:
        return
    if text[0] == "<" and holds_markup(text) and _TEMPLATE.search(script.get("type") or ""):
        yield _Piece(script, text)
        return
    found = False
    for value in _json_values(text):
        for body, title in _strings(value):
            found = True
            yield _Piece(script, body, title)
    if not found:
        for literal in _LITERAL.finditer(text):
            if literal.end() - literal.start() > _LEAST:
                yield _Piece(script, _unescaped(literal.group()[1:-1]))


def _json_values(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder(strict=False)
    starts = [0] if text[0] in "{[" else []
    starts += [match.end() for _, match in zip(range(_JSON_STARTS), _ASSIGNED.finditer(text), strict=False)]
    reached = 0
    for start in starts:
        if start >= reached:
            try:
                value, reached = decoder.raw_decode(text, start)
            except (ValueError, RecursionError):
                continue
            yield value


def _strings(value: Any) -> Iterator[tuple[str, str]]:
    """Every long string of a JSON value with the title that stands in the same object or in one around it."""
    stack: list[tuple[Any, str, int]] = [(value, "", 0)]
    while stack:
        item, title, depth = stack.pop()
        if isinstance(item, str):
            if len(item) >= _LEAST:
                yield item, title
        elif depth < _DEEPEST and isinstance(item, dict):
            own = next((text for key in _TITLE_KEYS if isinstance(text := item.get(key), str) and text.strip()), title)
            stack.extend((child, own, depth + 1) for child in item.values())
        elif depth < _DEEPEST and isinstance(item, list):
            stack.extend((child, title, depth + 1) for child in item)


def _unescaped(literal: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = match.group(1) or match.group(2)
        return chr(int(code, 16)) if code else _ESCAPED.get(match.group(3), match.group(3))

    return _ESCAPE.sub(character, literal)


def _plain(text: str) -> str:
    """Percent signs and entities resolved, once or twice: a body in an attribute of a template is escaped again."""
    if "%u" in text:
        text = _CODE_POINTS.sub(lambda match: chr(int(match.group(1), 16)), text)
    if text.count("%E") > _LEAST // 4 or "%3C" in text:
        text = unquote(text, errors="replace")
    for _ in range(2):
        if "&lt;" in text or "&#" in text or "&amp;lt;" in text:
            text = html.unescape(text)
    return text


def _is_escaped(text: str) -> bool:
    return holds_markup(_plain(text) if "&lt;" in text else text)


def _shown(root: HtmlElement) -> int:
    """Chinese characters in sentences that stand in the page as text, links apart."""
    size = 0
    stack = [root]
    while stack:
        element = stack.pop()
        shown = isinstance(element.tag, str) and element.tag not in _NO_TEXT and element.tag != "a"
        if shown:
            stack.extend(element)
        for text in (element.text if shown and not _is_escaped(element.text or "") else None, element.tail):
            if text and _PROSE.search(text):
                size += len(_CJK.findall(text))
    return size


def _insert(piece: _Piece) -> None:
    body = _parsed(piece.text)
    title = "".join(piece.title.split())
    if title and title not in "".join(body.text_content().split())[:_HEAD]:
        heading = lxml_html.Element("h1")
        heading.text = " ".join(html.unescape(piece.title).split())
        body.insert(0, heading)
    element, tag = piece.element, piece.element.tag
    if tag in ("script", "input", "iframe", *_CARRIERS):
        parent = element.getparent()
        place = parent if parent is not None and parent.tag != "head" else _body(element)
        if place is parent:
            body.tail, element.tail = element.tail, None
            parent.replace(element, body)
        else:
            place.append(body)
    else:
        element.text = None
        element.insert(0, body)


def _parsed(text: str) -> HtmlElement:
    """The piece as an element; text without markup keeps its lines."""
    body = lxml_html.Element("div")
    if holds_markup(text) or "</" in text:
        try:
            body = lxml_html.fragment_fromstring(text, create_parent="div")
        except (etree.ParserError, etree.XMLSyntaxError):
            body.text = re.sub(r"<[^<>]{1,400}>", " ", text)
        return body
    body.set("style", "white-space:pre-wrap")
    body.text = text.replace("\r", "\n")
    return body


def _body(element: HtmlElement) -> HtmlElement:
    root = element.getroottree().getroot()
    found = root.find("body")
    return root if found is None else found
