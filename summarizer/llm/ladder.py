"""The ladder of structured output: ``json_schema`` → ``json_object`` → ``tool`` → ``text``.

Which rung an endpoint holds is found out by its answers. A rejection that names what the rung uses means one step down, for
all requests and for good; one that names nothing is worth one try on the rung below, and the step is taken when that is
answered; so is an answer that shows that the schema was passed over. A network fault never moves the ladder.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import get_args

from summarizer.llm.faults import Fault, FaultKind
from summarizer.profiles import Rung

__all__ = ["RUNGS", "Ladder"]

_log = logging.getLogger(__name__)

RUNGS: tuple[Rung, ...] = get_args(Rung)

_NAMED_BY: dict[Rung, tuple[str, ...]] = {
    # What endpoints call the thing they do not know. llama.cpp and vLLM turn a schema into a grammar and name that.
    "json_schema": (
        "response_format", "json_schema", "json schema", "structured output", "grammar", "guided", "response format",
        "additionalproperties", "结构化输出", "响应格式", "输出格式",
    ),
    "json_object": ("response_format", "json_object", "json mode", "response format", "json 模式", "响应格式", "输出格式"),
    "tool": ("tool", "function", "工具", "函数"),
    "text": (),
}  # fmt: skip

_PATIENCE = 2.0
"""Seconds that others wait for the first request's reply. Rejections come at once, answers take longer: waiting spares a
burst of rejected requests, and costs an endpoint that holds the top rung at most this, once."""


@dataclass
class Ladder:
    """The rung of one endpoint and model. ``settled``: an answer came on it, or the user set it."""

    rung: Rung = "json_schema"
    settled: bool = False
    _held: bool = field(default=False, repr=False)
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

    def accepted(self, rung: Rung, *, as_asked: bool = True) -> bool:
        """An answer came on this rung; ``as_asked`` says whether it is of the form that was asked for.

        True when the ladder was moved: the endpoint takes the field and passes it over, so the next question goes lower.
        """
        moved = False
        if as_asked:
            self._held = self._held or rung == self.rung
        elif rung == self.rung and not self._held and not self.settled:
            moved = self._down(rung, "the endpoint takes {rung} and passes it over; going on with {below}")
        if RUNGS.index(rung) > RUNGS.index(self.rung):  # a try below the rung was answered
            _log.warning("the endpoint does not take %s; going on with %s", self.rung, rung)
            self.rung = rung
        if rung == self.rung and as_asked:
            self.settled = True
        self._wake()
        return moved

    def failed(self) -> None:
        """The first request failed for another reason: nothing is known, nobody need wait."""
        self._wake()

    def rejected(self, rung: Rung, fault: Fault) -> bool:
        """Step down if the rejection is about this rung; True when the request is worth sending on another rung."""
        may_be = fault.rejected or (fault.kind is FaultKind.SERVER and fault.status in {500, 501})
        words = f"{fault.param or ''} {fault.message}".lower()
        if not may_be or not any(name in words for name in _NAMED_BY[rung]):
            return False
        if rung == self.rung:
            self._down(rung, f"the endpoint does not take {{rung}} ({fault.message[:160]}); going on with {{below}}")
        if self.settled:
            self._wake()
        return True

    def below(self, rung: Rung, fault: Fault) -> Rung | None:
        """The rung that is worth one try after a rejection that says nothing of the request; None at the bottom."""
        index = RUNGS.index(rung) + 1
        return RUNGS[index] if fault.rejected and index < len(RUNGS) else None

    def _down(self, rung: Rung, words: str) -> bool:
        index = RUNGS.index(rung) + 1
        if index == len(RUNGS):
            return False
        self.rung = RUNGS[index]
        self.settled = self.rung == RUNGS[-1]
        self._held = False
        _log.warning("%s", words.replace("{rung}", rung).replace("{below}", self.rung))
        return True

    def _wake(self) -> None:
        if self._scout is not None:
            self._scout.set()
