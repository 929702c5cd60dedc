"""Files that a Word file carries whole and prints in their place (``w:altChunk``, ECMA-376 part 1, 17.17.2)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Sequence
from email.message import EmailMessage

from lxml import etree

from summarizer.source.blocks import Block
from summarizer.source.encoding import decode
from summarizer.source.text import Dropped

__all__ = ["chunk_blocks"]

_DEEPEST = 3
_HIDDEN = "hidden"


def chunk_blocks(name: str, data: bytes, max_bytes: int, depth: int) -> tuple[list[Block], list[str]]:
    """The blocks of an inserted file and what of it is not read.

    Raises ``ValueError`` for a kind that is not read or a file that is damaged.
    """
    suffix = name.rpartition(".")[2].lower()
    if data.startswith(b"PK"):
        if depth >= _DEEPEST:
            raise ValueError("files inside files inside files")
        from summarizer.source.word.reader import read_docx  # a Word file inside a Word file

        inner = read_docx(data, max_bytes, depth=depth + 1)
        return _blocks(inner.text, inner.furniture), [note.detail for note in inner.notes]
    if suffix in ("mht", "mhtml"):
        data, suffix = _archived_page(data), "html"
    if suffix in ("html", "htm", "xhtml"):
        # A fragment has no page around it: only what is hidden is no content.
        from summarizer.source.html import read_html

        try:
            page = read_html(decode(data).text)
        except etree.LxmlError as error:
            raise ValueError("its page cannot be parsed") from error
        return _blocks(page.text, [one for one in page.furniture if one.reason == _HIDDEN]), []
    if suffix == "txt":
        return _blocks(decode(data).text, ()), []
    raise ValueError("this kind of inserted file is not read")


def _blocks(text: str, drops: Sequence[Dropped]) -> list[Block]:
    out: list[Block] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        inside = next((one for one in drops if one.start <= offset < one.end), None)
        out.append(Block(line.rstrip("\r\n"), inside.reason if inside else None, inside.detail if inside else ""))
        offset += len(line)
    return out


def _archived_page(data: bytes) -> bytes:
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if isinstance(part, EmailMessage) and part.get_content_type() == "text/html":
            content = part.get_content()
            return content.encode() if isinstance(content, str) else b""
    raise ValueError("the archived page holds no HTML")
