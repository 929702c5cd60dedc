"""The ladder of structured output: ``json_schema`` → ``json_object`` → ``tool`` → ``text``.

Which rung an endpoint holds is found out by its answers: a rejection (400, 422) that names what the rung uses means one
step down, for all requests and for good. A network fault never moves the ladder.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import get_args

from summarizer.llm.faults import Fault, FaultKind
from summarizer.settings import Rung

__all__ = ["RUNGS", "Ladder"]

_log = logging.getLogger(__name__)

RUNGS: tuple[Rung, ...] = get_args(Rung)

_NAMED_BY: dict[Rung, tuple[str, ...]] = {
    # What endpoints call the thing they do not know. llama.cpp and vLLM turn a schema into a grammar and name that.
    "json_schema": ("response_format", "json_schema", "structured output", "grammar", "guided"),
    "json_object": ("response_format", "json_object", "json mode"),
    "tool": ("tool", "function"),
    "text": (),
}

_PATIENCE = 2.0
"""Seconds that others wait for the first request's reply. Rejections come at once, answers take longer: waiting spares a
burst of rejected requests, and costs an endpoint that holds the top rung at most this, once."""


@dataclass
class Ladder:
    """The rung of one endpoint and model. ``settled``: an answer came on it, or the user set it."""

    rung: Rung = "json_schema"
    settled: bool = False
    _scout: asyncio.Event | None = field(default=None, repr=False)

    async def current(self) -> Rung:
        """The rung to ask on; while the first request is out, others wait for its reply, but not long."""
        if self.settled:
            return self.rung
        if self._scout is None:
            self._scout = asyncio.Event()
        else:
            try:
                await asyncio.wait_for(self._scout.wait(), _PATIENCE)
            except TimeoutError:
                self._scout.set()
        return self.rung

    def accepted(self, rung: Rung) -> None:
        """An answer came on this rung."""
        if rung == self.rung:
            self.settled = True
        self._wake()

    def failed(self) -> None:
        """The first request failed for another reason: nothing is known, nobody need wait."""
        self._wake()

    def rejected(self, rung: Rung, fault: Fault) -> bool:
        """Step down if the rejection is about this rung; True when the request is worth sending on another rung."""
        if fault.kind is not FaultKind.REJECTED or fault.status not in {400, 422}:
            return False
        words = f"{fault.param or ''} {fault.message} {fault.raw}".lower()
        if not any(name in words for name in _NAMED_BY[rung]):
            return False
        if rung == self.rung:
            self.rung = RUNGS[RUNGS.index(rung) + 1]
            self.settled = self.rung == RUNGS[-1]
            _log.warning("the endpoint does not take %s (%s); going on with %s", rung, fault.message, self.rung)
        if self.settled:
            self._wake()
        return True

    def _wake(self) -> None:
        if self._scout is not None:
            self._scout.set()
