"""Mail (RFC 5322): the subject as headline, the body, and the attachments as texts of their own."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import PurePosixPath

from summarizer.source.encoding import decode
from summarizer.source.html import read_html
from summarizer.source.reader import Limits, ReadText
from summarizer.source.text import Dropped

__all__ = ["attachments", "read_mail"]

_HEADERS = (("from", "发件人"), ("to", "收件人"), ("date", "时间"))


def _message(data: bytes) -> EmailMessage:
    return message_from_bytes(data.lstrip(), policy=policy.default)


def read_mail(data: bytes, limits: Limits) -> ReadText:
    """The message: subject, then sender and date as furniture, then the body, its plain form before its page."""
    message = _message(data)
    subject = _header(message, "subject")
    head = f"{subject}\n" if subject else ""
    lines = "".join(f"{label}：{value}\n" for name, label in _HEADERS if (value := _header(message, name)))
    furniture = [Dropped(len(head), len(head) + len(lines), "metadata", "headers of the mail")] if lines else []
    start = len(head) + len(lines)
    body = message.get_body(("plain", "html"))
    if body is None:
        return ReadText(head + lines, tuple(furniture))
    content = body.get_payload(decode=True)
    decoded = decode(
        content if isinstance(content, bytes) and content.strip() else b" ", declared=body.get_content_charset()
    )
    if body.get_content_type() == "text/html":
        page = read_html(decoded.text)
        furniture += [Dropped(one.start + start, one.end + start, one.reason, one.detail) for one in page.furniture]
        return ReadText(head + lines + page.text, tuple(furniture), decoded.encoding, decoded.note)
    text = decoded.text.replace("\r\n", "\n")
    return ReadText(head + lines + text, tuple(furniture), decoded.encoding, decoded.note)


def attachments(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each attached file; pictures inside the text are none."""
    for part in _message(data).walk():
        name = part.get_filename()
        content = part.get_payload(decode=True)
        if name and isinstance(content, bytes) and part.get_content_disposition() != "inline":
            yield PurePosixPath(name.replace("\\", "/")).name, content


def _header(message: EmailMessage, name: str) -> str:
    """A header as text on one line; empty when it is missing or cannot be decoded."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (MessageError, UnicodeError, ValueError, IndexError):
        return ""
