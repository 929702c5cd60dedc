"""Files of plain characters: text, pages, pages saved as MHTML, translation memories."""

from __future__ import annotations

from summarizer.source.encoding import decode
from summarizer.source.html import read_html, read_page
from summarizer.source.markdown import read_markdown
from summarizer.source.markup import is_markup
from summarizer.source.reader import Limits, ReadText, parse_xml

__all__ = ["read_markdown_text", "read_plain", "read_translation_memory", "read_web_page"]

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_plain(data: bytes, limits: Limits) -> ReadText:
    """A text as it is; one that is nothing but markup is read as a page."""
    decoded = decode(data)
    if "\x00" in decoded.text[:4096]:
        raise ValueError("no text: zero bytes in it")
    if is_markup(decoded.text):
        page = read_html(decoded.text)
        return ReadText(page.text, page.furniture, decoded.encoding, decoded.note)
    return ReadText(decoded.text, (), decoded.encoding, decoded.note)


def read_markdown_text(data: bytes, limits: Limits) -> ReadText:
    """A text in Markdown: its markup is no content."""
    decoded = decode(data)
    text, marks = read_markdown(decoded.text)
    return ReadText(text, marks, decoded.encoding, decoded.note)


def read_web_page(data: bytes, limits: Limits) -> ReadText:
    """A page of HTML, or one that a browser saved in one file (MHTML)."""
    page, decoded = read_page(data)
    return ReadText(page.text, page.furniture, decoded.encoding, decoded.note)


def read_translation_memory(data: bytes, limits: Limits) -> ReadText:
    """The Chinese side of a translation memory (TMX 1.4), a segment a line."""
    lines: list[str] = []
    for variant in parse_xml(data).iter("tuv"):
        language = variant.get(_LANGUAGE) or variant.get("lang") or ""
        segment = variant.find("seg")
        if language.lower().startswith(("zh", "chi", "cmn")) and segment is not None:
            lines.append(" ".join("".join(map(str, segment.itertext())).split()))
    if not lines:
        raise ValueError("a translation memory without a Chinese side")
    return ReadText("".join(line + "\n" for line in lines), note="the Chinese side of a translation memory")
