"""When a run stops asking: a wrong key, model or address, or an empty account, fails every further question as well."""

from __future__ import annotations

import logging

from summarizer.llm.faults import Fault, FaultKind

__all__ = ["Stopper"]

_log = logging.getLogger(__name__)

_IN_A_ROW = 3
"""So many refusals one after the other stop a run that had answers before (a key that ends in the middle); one alone may be a
gateway's slip."""

_HINTS = {
    FaultKind.ACCESS: "look at the key's variable and at the address that it belongs to",
    FaultKind.MODEL: "name another with --model; summarizer doctor lists those that the endpoint has",
    FaultKind.ADDRESS: "look at base_url",
    FaultKind.QUOTA: "fill up the account, or use another",
}


class Stopper:
    """``reason`` is None while questions are sent; once it is set nothing more is sent, and it was said once."""

    def __init__(self) -> None:
        self.reason: str | None = None
        self._answers = 0
        self._row = 0

    def answered(self) -> None:
        """A question was answered."""
        self._answers += 1
        self._row = 0

    def failed(self, fault: Fault) -> None:
        """A question failed with this fault."""
        if not fault.holds_for_all:
            return
        self._row += 1
        at_once = not self._answers or fault.kind is FaultKind.QUOTA
        if self.reason is None and (at_once or self._row >= _IN_A_ROW):
            self.reason = f"{fault} ({_HINTS[fault.kind]})"
            _log.warning("nothing more is sent: %s", self.reason)
