"""Faults as values: what went wrong with one request, whether another try can help, and what the user is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

from summarizer.exchange import Usage

__all__ = ["Fault", "FaultKind", "from_status", "retry_after"]


class FaultKind(StrEnum):
    """Kinds that are treated differently; the value is what the user reads first."""

    RATE_LIMITED = "rate limit"
    QUOTA = "quota used up"
    SERVER = "server error"
    TIMEOUT = "timeout"
    UNREACHABLE = "endpoint unreachable"
    CONNECTION = "connection lost"
    DAMAGED = "damaged reply"
    FILTERED = "content filter"
    TOO_LONG = "context too long"
    REJECTED = "request rejected"


_WORTH_ANOTHER_TRY = {
    FaultKind.RATE_LIMITED,
    FaultKind.SERVER,
    FaultKind.TIMEOUT,
    FaultKind.UNREACHABLE,
    FaultKind.CONNECTION,
    FaultKind.DAMAGED,
}

_MAYBE_CHARGED = {FaultKind.TIMEOUT, FaultKind.CONNECTION, FaultKind.DAMAGED}


@dataclass(frozen=True, slots=True)
class Fault:
    """One failed attempt. ``wait`` is the endpoint's Retry-After in seconds; ``raw`` the reply's text, shortened."""

    kind: FaultKind
    message: str
    status: int | None = None
    param: str | None = None
    wait: float | None = None
    raw: str = ""
    usage: Usage = field(default_factory=Usage)

    @property
    def retryable(self) -> bool:
        """Whether the same request may succeed later."""
        return self.kind in _WORTH_ANOTHER_TRY

    @property
    def maybe_charged(self) -> bool:
        """Whether the endpoint may have worked, and charge, although no usage was received."""
        return self.kind in _MAYBE_CHARGED

    def __str__(self) -> str:
        status = f" {self.status}" if self.status else ""
        return f"{self.kind.value}{status}: {self.message}"


_CODES: dict[str, FaultKind] = {
    "insufficient_quota": FaultKind.QUOTA,  # OpenAI: a 429 that waiting does not cure
    "content_filter": FaultKind.FILTERED,  # Azure: the prompt was filtered, sent as a 400
    "data_inspection_failed": FaultKind.FILTERED,  # DashScope (Qwen), compatible mode
    "context_length_exceeded": FaultKind.TOO_LONG,  # OpenAI, Azure, vLLM
}

_PHRASES: tuple[tuple[str, FaultKind], ...] = (
    ("content exists risk", FaultKind.FILTERED),  # DeepSeek: 400 without a code
    ("inappropriate content", FaultKind.FILTERED),  # DashScope: "Input data may contain inappropriate content."
    ("maximum context length", FaultKind.TOO_LONG),  # vLLM, DeepSeek: message of OpenAI without the code
    ("exceeds the available context size", FaultKind.TOO_LONG),  # llama.cpp
    ("contextwindowexceeded", FaultKind.TOO_LONG),  # litellm's proxy
    ("insufficient balance", FaultKind.QUOTA),  # DeepSeek: 402
)


def from_status(
    status: int, message: str, code: str | None, param: str | None, headers: Mapping[str, str], raw: str
) -> Fault:
    """Classify an HTTP error (or an error object inside a 200) by its code, its wording, then its status."""
    text = f"{message} {raw}".lower()
    kind = _CODES.get(code or "") or next((kind for phrase, kind in _PHRASES if phrase in text), None)
    if kind is None:
        if status == 429:
            kind = FaultKind.RATE_LIMITED
        elif status in {408, 409} or status >= 500:
            kind = FaultKind.SERVER
        else:
            kind = FaultKind.REJECTED
    return Fault(kind, " ".join(message.split()), status, param, retry_after(headers), raw)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait as the reply asks: ``retry-after-ms``, or Retry-After in seconds or as an HTTP date (RFC 9110, 10.2.3).

    A date is read against the reply's own Date header, so that a wrong local clock does no harm, and against the local
    clock only when there is none. None when nothing is asked for or it cannot be read.
    """
    try:
        if milliseconds := headers.get("retry-after-ms"):
            return max(0.0, float(milliseconds) / 1000)
        value = headers.get("retry-after")
        if not value:
            return None
        if value.replace(".", "", 1).isdigit():
            return float(value)
        now = parsedate_to_datetime(headers["date"]) if "date" in headers else datetime.now(UTC)
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (ValueError, TypeError):
        return None
