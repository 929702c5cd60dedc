"""Faults as values: what went wrong with one request, whether another try can help, and what the user is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from summarizer.exchange import Usage
from summarizer.llm.fault_words import FaultKind, kind_by_code, kind_by_words

__all__ = ["Fault", "FaultKind", "from_status", "retry_after"]

_WORTH_ANOTHER_TRY = {
    FaultKind.RATE_LIMITED,
    FaultKind.SERVER,
    FaultKind.TIMEOUT,
    FaultKind.UNREACHABLE,
    FaultKind.CONNECTION,
    FaultKind.DAMAGED,
}

_MAYBE_CHARGED = {FaultKind.TIMEOUT, FaultKind.CONNECTION, FaultKind.DAMAGED}

_HOLDS_FOR_ALL = {FaultKind.QUOTA, FaultKind.ACCESS, FaultKind.MODEL, FaultKind.ADDRESS}


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

    @property
    def holds_for_all(self) -> bool:
        """Whether every other request of the run must fail in the same way: key, model, address, account."""
        return self.kind in _HOLDS_FOR_ALL

    @property
    def rejected(self) -> bool:
        """Whether the request itself was refused, so that another form of it may be taken."""
        return self.kind is FaultKind.REJECTED and self.status in {400, 404, 405, 415, 422, 500, 501}

    def __str__(self) -> str:
        status = f" {self.status}" if self.status else ""
        return f"{self.kind.value}{status}: {self.message}"


def from_status(
    status: int,
    message: str,
    code: str | None,
    param: str | None,
    headers: Mapping[str, str],
    raw: str,
    error_type: str | None = None,
) -> Fault:
    """Classify an HTTP error (or an error inside a 200) by its code and type, its wording, then its status."""
    named = [one for one in (code, error_type) if one]
    words = kind_by_code(*(one for one in named if not one.isdigit())) or kind_by_words(message)
    # Numbers mean one thing here and another there: they count where the words say nothing.
    kind = _by_status(status, message, words or kind_by_code(*named))
    text = " ".join(message.split())
    if kind is FaultKind.ADDRESS:
        text += "; the address should be the one that ends in /v1 (or what the vendor names), without /chat/completions"
    return Fault(kind, text, status, param, retry_after(headers), raw)


def _by_status(status: int, message: str, said: FaultKind | None) -> FaultKind:
    """The kind, where the status goes before the words or stands in for them."""
    if status == 429:  # a 429 is about pace unless it names money; whatever else it quotes is beside the point
        return said if said in {FaultKind.QUOTA, FaultKind.FILTERED} else FaultKind.RATE_LIMITED
    if said is FaultKind.ACCESS and status not in {400, 401, 403, 407}:
        said = None  # "token" and "key" are words of other faults too
    if said is FaultKind.SERVER and status in {401, 403, 404}:
        said = None
    if said is not None:
        return said
    if status in {401, 407}:
        return FaultKind.ACCESS
    if status == 402:
        return FaultKind.QUOTA
    if status == 413:
        return FaultKind.TOO_LONG
    if status in {404, 405} and not re.search(r"\bparam|response_format|tool", message.lower()):
        return FaultKind.ADDRESS
    if status in {408, 409, 425} or (status >= 500 and status != 501):  # 501 says that this will never work
        return FaultKind.SERVER
    return FaultKind.REJECTED


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
