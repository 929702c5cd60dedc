"""Files of plain characters: text, pages, pages saved as MHTML, translation memories."""

from __future__ import annotations

from summarizer.source.encoding import decode
from summarizer.source.html import read_html
from summarizer.source.reader import Limits, ReadText, parse_xml

__all__ = ["read_page", "read_plain", "read_saved_page", "read_translation_memory"]

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_plain(data: bytes, limits: Limits) -> ReadText:
    """A text as it is."""
    decoded = decode(data)
    if "\x00" in decoded.text[:4096]:
        raise ValueError("no text: zero bytes in it")
    return ReadText(decoded.text, (), decoded.encoding, decoded.note)


def read_page(data: bytes, limits: Limits) -> ReadText:
    """A page of HTML."""
    decoded = decode(data)
    page = read_html(decoded.text)
    return ReadText(page.text, page.furniture, decoded.encoding, decoded.note)


def read_saved_page(data: bytes, limits: Limits) -> ReadText:
    """A page that a browser saved in one file (MHTML)."""
    from summarizer.source.mht import read_mht

    page = read_mht(data)
    return ReadText(page.text, page.furniture)


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
