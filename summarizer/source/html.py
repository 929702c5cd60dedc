"""HTML pages: the whole text of the page as source text, and what of it lies outside the article.

Nothing of a page is thrown away: what is outside the article, hidden, struck out or the mark of a note becomes
``furniture`` with its reason, so that it can be shown, and a headline that the extractor leaves out stays in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import groupby

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from summarizer.source.article import article_elements
from summarizer.source.embedded import unpack
from summarizer.source.encoding import Decoded, decode
from summarizer.source.furniture import is_button_row
from summarizer.source.hidden import hidden_elements
from summarizer.source.lining import PageLine, page_lines
from summarizer.source.markup import without_directives
from summarizer.source.text import Dropped

__all__ = ["HtmlPage", "read_html", "read_page"]

_SPACES = re.compile(r"[ \t\r\n\f]+")
_CJK = re.compile(r"[\u4e00-\u9fff]")
# Below this share of the page's Chinese characters the extractor has taken a fragment for the article; a short one must
# hold more of the page to be believed.
_LEAST_SHARE, _LEAST_SHARE_IF_SHORT = 0.15, 0.4
_SHORT = 600
_LEAST_CHARACTERS = 60
_LIST = 3  # so many links in a row are a list
_PROSE_CHARACTERS = 30
_HEAD_LINES = 40  # a headline stands no further above the article
_DETAILS = {
    "": ("page", "outside the article"),
    "hidden": ("hidden", "text that the page does not show"),
    "struck": ("struck", "words that are struck out"),
    "note_mark": ("note_mark", "mark of a note, set apart from the value before it"),
}

# A web archive begins with the headers of a mail that names parts.
_MHT_HEAD = 4096
_MHT_HEADER = re.compile(rb"^(?:MIME-Version|From|Subject|Date|Content-Type|Snapshot-Content-Location|X-[\w-]+):", re.I)
_MHT_PARTS = re.compile(rb"^Content-Type:[ \t]*multipart/(?:related|alternative|mixed)", re.I | re.M)
_MHT_ENCODED = re.compile(rb"^Content-Transfer-Encoding:[ \t]*(?:quoted-printable|base64)", re.I | re.M)


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """The page's text and the ranges of it that are no article."""

    text: str
    furniture: tuple[Dropped, ...]


def read_page(data: bytes) -> tuple[HtmlPage, Decoded]:
    """A page from its bytes, an HTML file or a web archive (MHTML), with how it was decoded.

    Raises ``ValueError`` when it holds no text and ``UnicodeDecodeError`` when no encoding fits.
    """
    decoded = _page_of_mht(data) if _is_mht(data) else decode(data)
    return read_html(decoded.text), decoded


def read_html(markup: str) -> HtmlPage:
    """Write out a decoded page. Raises ``ValueError`` when it holds no text."""
    parser = lxml_html.HTMLParser(huge_tree=True)
    try:
        root = lxml_html.document_fromstring(without_directives(markup), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ValueError(f"not a readable page ({error})") from error
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise ValueError("the page is nested deeper than a parser follows")
    unpack(root)
    lines = page_lines(root, hidden_elements(root))
    if not lines:
        raise ValueError("the page holds no text")
    article = article_elements(root)
    inside = [not line.aside and line.owner in article for line in lines]
    if _plausible(lines, inside):
        _admit_headline(lines, inside, _page_title(root))
    else:
        inside = _without_links(lines)
    _dismiss_menus(lines, inside)
    return _assemble(lines, inside)


def _dismiss_menus(lines: list[PageLine], inside: list[bool]) -> None:
    """Lines of several links or buttons before the first and after the last prose of the article are the site's."""
    prose = [index for index, keep in enumerate(inside) if keep and not lines[index].links and _is_prose(lines[index])]
    for index, line in enumerate(lines):
        outer = bool(prose) and not prose[0] < index < prose[-1]
        if outer and (line.links >= _LIST or is_button_row(line.text)):
            inside[index] = False


def _is_prose(line: PageLine) -> bool:
    return len(line.text) >= _PROSE_CHARACTERS or "\u3002" in line.text


def _page_title(root: HtmlElement) -> str:
    return _SPACES.sub(" ", root.findtext(".//title") or "").strip()


def _plausible(lines: list[PageLine], inside: list[bool]) -> bool:
    whole = sum(len(_CJK.findall(line.text)) for line in lines if not line.aside and not line.links)
    kept = sum(len(_CJK.findall(line.text)) for line, keep in zip(lines, inside, strict=True) if keep)
    return kept >= max(_LEAST_CHARACTERS, whole * (_LEAST_SHARE if kept >= _SHORT else _LEAST_SHARE_IF_SHORT))


def _without_links(lines: list[PageLine]) -> list[bool]:
    """The whole page without its lists of links, where no part of it looks like an article; a page of lists stays whole."""
    inside = [not line.aside for line in lines]
    for many, group in groupby(
        range(len(lines)), key=lambda index: bool(lines[index].links) and not lines[index].heading
    ):
        run = list(group)
        if many and sum(lines[index].links for index in run) >= _LIST:
            for index in run:
                inside[index] = False
    rest = sum(len(_CJK.findall(line.text)) for line, keep in zip(lines, inside, strict=True) if keep)
    return inside if rest >= _LEAST_CHARACTERS else [not line.aside for line in lines]


def _admit_headline(lines: list[PageLine], inside: list[bool], title: str) -> None:
    """Keep the printed headline and what stands between it and the article (date, source) for the cleaner to judge."""
    first = inside.index(True)
    for index in range(first - 1, max(-1, first - _HEAD_LINES), -1):
        line = lines[index]
        named = len(line.text) >= 6 and line.text in title
        if not line.aside and (line.heading or named):
            inside[index:first] = [not lines[at].aside for at in range(index, first)]
            return


def _assemble(lines: list[PageLine], inside: list[bool]) -> HtmlPage:
    furniture: list[Dropped] = []
    offset = 0
    for line, keep in zip(lines, inside, strict=True):
        end = offset + len(line.text) + 1
        if not keep:
            reason, detail = _DETAILS[line.aside]
            if furniture and furniture[-1].end == offset and furniture[-1].reason == reason:
                furniture[-1] = Dropped(furniture[-1].start, end, reason, detail)
            else:
                furniture.append(Dropped(offset, end, reason, detail))
        offset = end
    return HtmlPage("".join(line.text + "\n" for line in lines), tuple(furniture))


def _is_mht(data: bytes) -> bool:
    """Whether a file is a web archive, whatever its name: it begins with headers of a mail that name parts."""
    head = data[:_MHT_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    before = re.split(rb"<html|<!doctype", head, maxsplit=1, flags=re.I)[0]
    return _MHT_HEADER.match(head) is not None and bool(_MHT_PARTS.search(before) or _MHT_ENCODED.search(before))


def _page_of_mht(data: bytes) -> Decoded:
    """The page inside a web archive, decoded: the part that the archive names as its start, else the longest page.

    Raises ``ValueError`` when no part is a page.
    """
    message = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(), policy=policy.default)
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise ValueError("the web archive holds no page")
    start = str(message.get_param("start") or "").strip("<>")
    named = [part for part in pages if start and str(part.get("Content-ID") or "").strip("<>") == start]
    page = max(named or pages, key=lambda part: len(_mail_body(part)))
    return decode(_mail_body(page), declared=page.get_content_charset())


def _mail_body(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
