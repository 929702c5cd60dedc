"""Web archives (MHTML): the page of a mail-like file, by the standard library's reader of mail."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from summarizer.source.encoding import Decoded, decode

__all__ = ["is_mht", "page_of_mht"]

_HEAD = 4096
_HEADER = re.compile(rb"^(?:MIME-Version|From|Subject|Date|Content-Type|Snapshot-Content-Location|X-[\w-]+):", re.I)
_MULTIPART = re.compile(rb"^Content-Type:[ \t]*multipart/(?:related|alternative|mixed)", re.I | re.M)
_ENCODED = re.compile(rb"^Content-Transfer-Encoding:[ \t]*(?:quoted-printable|base64)", re.I | re.M)


def is_mht(data: bytes) -> bool:
    """Whether a file is a web archive, whatever its name: it begins with headers of a mail that name parts."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    before = re.split(rb"<html|<!doctype", head, maxsplit=1, flags=re.I)[0]
    return _HEADER.match(head) is not None and bool(_MULTIPART.search(before) or _ENCODED.search(before))


def page_of_mht(data: bytes) -> Decoded:
    """The page inside a web archive, decoded: the part that the archive names as its start, else the longest page.

    Raises ``ValueError`` when no part is a page.
    """
    message = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(), policy=policy.default)
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise ValueError("the web archive holds no page")
    start = str(message.get_param("start") or "").strip("<>")
    named = [part for part in pages if start and str(part.get("Content-ID") or "").strip("<>") == start]
    page = max(named or pages, key=lambda part: len(_body(part)))
    return decode(_body(page), declared=page.get_content_charset())


def _body(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
