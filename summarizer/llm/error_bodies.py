"""The words of an error, out of whatever form it comes in: OpenAI's object, a bare string, a list, a vendor's own fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json

__all__ = ["ErrorWords", "error_in", "error_of_page"]

_MESSAGE_LIMIT = 600
"""Characters of an error's text that are shown."""

_MESSAGES = (
    "message",
    "msg",
    "detail",
    "error_msg",
    "error_message",
    "errorMessage",
    "status_msg",
    "reason",
    "description",
)
_CODES = ("code", "error_code", "errorCode", "status_code", "errcode")
_GOOD = {None, 0, "0", 200, "200", "", "ok", "OK", "success", "Success"}
"""Codes that stand beside good answers: MiniMax's base_resp and others."""


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """What an error says. ``status`` is an HTTP status that stands inside the body, when there is one."""

    message: str
    code: str | None = None
    type: str | None = None
    param: str | None = None
    status: int | None = None


def error_in(body: Any) -> ErrorWords | None:
    """The error in a parsed body, also in one that came with status 200; None when the body tells of none."""
    if isinstance(body, list):
        found = [error for error in map(error_in, body) if error is not None]
        return found[0] if found and len(found) == len(body) else None
    if not isinstance(body, dict):
        return None
    error = body.get("error")
    if isinstance(error, list) and error:
        error = error[0]
    if isinstance(error, str) and error.strip():
        return _words({"message": error} | {name: body[name] for name in ("code", "type", "param") if name in body})
    if isinstance(error, dict) and error:
        return _words(error, body)
    if isinstance(body.get("errors"), list) and body["errors"]:
        first = body["errors"][0]
        return _words(first if isinstance(first, dict) else {"message": str(first)}, body)
    base = body.get("base_resp")
    if isinstance(base, dict) and base.get("status_code") not in _GOOD:
        return _words(base)
    if isinstance(body.get("choices"), list) or isinstance(body.get("output"), dict):
        return None
    if body.get("object") == "error" or _says_error(body):
        return _words(body)
    return None


def _says_error(body: dict[str, Any]) -> bool:
    """A body without an answer that has a message, and a code or success flag that is not good or not there."""
    if not any(body.get(name) for name in _MESSAGES) or isinstance(body.get("message"), dict):
        return False
    codes = [body[name] for name in _CODES if name in body]
    return body.get("success") is False or not codes or any(_hashable(code) not in _GOOD for code in codes)


def _hashable(value: Any) -> Any:
    return value if isinstance(value, str | int | None) else str(value)


def _words(error: dict[str, Any], around: dict[str, Any] | None = None) -> ErrorWords:
    message = next((error[name] for name in _MESSAGES if error.get(name)), None)
    code = next((error[name] for name in _CODES if error.get(name) not in (None, "")), (around or {}).get("code"))
    metadata = error.get("metadata")
    if isinstance(metadata, dict) and metadata.get("raw"):  # OpenRouter: the words of the provider behind it
        message = f"{message}: {metadata['raw']}"
    inner = error.get("innererror")
    if isinstance(inner, dict) and inner.get("code"):  # Azure: the policy behind a content_filter
        message = f"{message} ({inner['code']})"
    kind = error.get("type")
    status = next((n for n in map(_status, (code, error.get("status"))) if n is not None), None)
    return ErrorWords(
        _text(message)[:_MESSAGE_LIMIT] or "no message",
        None if code is None else str(code),
        kind if isinstance(kind, str) else None,
        error.get("param") if isinstance(error.get("param"), str) else None,
        status,
    )


def _status(value: Any) -> int | None:
    text = str(value)
    return int(text) if text.isdecimal() and 400 <= int(text) < 600 else None


def _text(message: Any) -> str:
    """A message as one line: FastAPI's list of places and complaints too."""
    if isinstance(message, str):
        return " ".join(message.split())
    if isinstance(message, list):
        return "; ".join(filter(None, map(_text, message)))
    if isinstance(message, dict):
        place = ".".join(str(part) for part in message.get("loc", ()) if part != "body")
        words = next((_text(message[name]) for name in _MESSAGES if message.get(name)), "")
        return f"{place}: {words}" if place and words else words or place
    return "" if message is None else str(message)


def error_of_page(content: bytes, reason: str) -> ErrorWords:
    """The words of an error's whole body: parsed JSON, a short plain text, or the status line's ``reason`` for a page."""
    try:
        body = from_json(content)
    except ValueError:
        text = " ".join(content.decode("utf-8", "replace").split())
        return ErrorWords(reason if not text or text.startswith("<") else text[:_MESSAGE_LIMIT])
    if isinstance(body, str) and body.strip():
        return ErrorWords(body.strip()[:_MESSAGE_LIMIT])
    found = error_in(body)
    if found is None and isinstance(body, dict) and body:
        found = _words(body)
    return found if found is not None and found.message != "no message" else ErrorWords(reason or "no message")
