"""Pages saved as MHTML: the root part of a multipart/related message (RFC 2557)."""

from __future__ import annotations

from email import message_from_bytes, policy

from summarizer.source.encoding import decode
from summarizer.source.html import HtmlPage, read_html

__all__ = ["read_mht"]


def read_mht(data: bytes) -> HtmlPage:
    """Read the page of a saved message. Raises ``ValueError`` when there is none."""
    message = message_from_bytes(data.lstrip(), policy=policy.default)
    part = next(
        (one for one in message.walk() if one.get_content_type() in ("text/html", "application/xhtml+xml")), None
    )
    content = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(content, bytes):
        raise ValueError("a saved page without a page in it")
    return read_html(decode(content, declared=part.get_content_charset()).text)
