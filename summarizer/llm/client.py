"""The live client: one request in, one answer out, whatever the endpoint does.

Around each attempt stand, from the outside in: tenacity's retries, the ladder of structured output, the number in flight,
the budget, the pacing, the transport.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import TracebackType
from typing import Self

from pydantic import SecretStr

from summarizer.exchange import Answer, ChatRequest, Outcome, Usage
from summarizer.llm import wire
from summarizer.llm.faults import Fault, FaultKind
from summarizer.llm.ladder import Ladder
from summarizer.llm.ledger import Ledger, Spent, add
from summarizer.llm.pacing import Pacer
from summarizer.llm.parameters import Parameters
from summarizer.llm.prices import price_of
from summarizer.llm.retry import Clock, Sleep, with_retries
from summarizer.llm.tokens import CountTokens, input_tokens
from summarizer.llm.transport import Transport, is_insecure
from summarizer.settings import Profile, Rung

__all__ = ["Client"]

_log = logging.getLogger(__name__)


@dataclass
class _Call:
    """What one request has cost so far, over all its attempts."""

    request: ChatRequest
    attempts: int = 0
    lost: Usage = field(default_factory=Usage)
    """Tokens of attempts that were charged and brought no answer."""


class Client:
    """An :class:`~summarizer.exchange.Asker` for one profile; use it as an async context manager.

    ``count_tokens`` counts one text exactly; it is called only when the budget or the pacing needs tokens. ``clock``
    (monotonic seconds) and ``sleep`` drive pacing and retries. A money budget without a known price is a UsageError.
    """

    def __init__(
        self,
        profile: Profile,
        *,
        key: SecretStr | None,
        count_tokens: CountTokens,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        limits = profile.limits
        self._profile = profile
        self._key = key
        self._count = lru_cache(maxsize=64)(count_tokens)
        self._clock, self._sleep = clock, sleep
        self._transport = Transport(profile.base_url, key, limits.concurrency, limits.timeout)
        self._in_flight = asyncio.Semaphore(limits.concurrency)
        self._ledger = Ledger(profile.budget, price_of(profile))
        self._pacer = Pacer(limits.requests_per_minute, limits.tokens_per_minute, clock, sleep)
        self._counts = self._ledger.counts_tokens or limits.tokens_per_minute is not None
        self._models: dict[str, tuple[Ladder, Parameters]] = {}
        if is_insecure(profile.base_url):
            _log.warning("%s is not encrypted: the key and the texts can be read on the way", profile.base_url)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.close()

    def prepare(self) -> None:
        """Load the library under the connections, which takes a second or two; it may be done in another thread."""
        self._transport.open()

    def spent(self) -> Spent:
        """Requests, tokens and cost so far, failed attempts included."""
        return self._ledger.spent()

    def rung(self, model: str) -> Rung:
        """The rung of structured output that this model is asked on now."""
        return self._known(model)[0].rung

    async def ask(self, request: ChatRequest) -> Answer:
        """Return the answer or the failure after all retries. Raises only BudgetReached and cancellation."""
        self._transport.open()  # before the first clock runs
        call = _Call(request)
        result = await with_retries(lambda: self._attempt(call), self._profile.limits, self._clock, self._sleep)
        retries = call.attempts - 1
        if isinstance(result, Fault):
            outcome = Outcome.FILTERED if result.kind is FaultKind.FILTERED else Outcome.FAILED
            tried = f" (after {call.attempts} attempts)" if retries else ""
            return Answer(outcome, result.raw, None, call.lost, f"{result}{tried}", retries)
        return replace(result, usage=add(result.usage, call.lost), transport_retries=retries)

    async def _attempt(self, call: _Call) -> Answer | Fault:
        """One attempt of the retry policy: it takes several requests when the endpoint rejects what it does not know."""
        call.attempts += 1
        ladder, parameters = self._known(call.request.model)
        structured = call.request.response_format is not None
        rung = await ladder.current() if structured else ladder.rung
        while True:
            sent = parameters.accepted(call.request.parameters)
            try:
                result = await self._send(call, replace(call.request, parameters=sent), rung)
            except BaseException:
                ladder.failed()
                raise
            if not isinstance(result, Fault):
                if structured:
                    ladder.accepted(rung)
                return result
            if not parameters.rejected(call.request.parameters, sent, result):
                if not (structured and ladder.rejected(rung, result)):
                    ladder.failed()
                    return result
                rung = ladder.rung

    async def _send(self, call: _Call, request: ChatRequest, rung: Rung) -> Answer | Fault:
        async with self._in_flight:
            announced = self._announced(request, rung)
            await self._ledger.reserve(announced)
            try:
                await self._pacer.wait(announced.input_tokens + announced.output_tokens)
            except asyncio.CancelledError:
                self._ledger.release(announced)
                raise
            result: Answer | Fault | None = None
            try:
                content = await self._transport.post(wire.request_body(request, rung))
                result = content if isinstance(content, Fault) else wire.read_reply(content)
                if isinstance(result, Fault):
                    result = self._redacted(result)
            finally:
                self._book(call, announced, result)
            return result

    def _announced(self, request: ChatRequest, rung: Rung) -> Usage:
        """Tokens that the request will cost: input exactly, output at most (without a limit: the largest so far)."""
        if not self._counts:
            return Usage()
        limit = wire.announced_output(request)
        output = self._ledger.largest_output if limit is None else limit
        return Usage(input_tokens(request, rung, self._count), output)

    def _book(self, call: _Call, announced: Usage, result: Answer | Fault | None) -> None:
        """Settle the ledger and the pacing; ``result`` None is an attempt that was cancelled under way."""
        used = Usage() if result is None else result.usage
        unknown = result is None or (isinstance(result, Fault) and result.maybe_charged) or isinstance(result, Answer)
        confirmed = used != Usage() or not unknown
        if not confirmed:
            output = self._count(result.text) if isinstance(result, Answer) and self._counts else 0
            used = Usage(announced.input_tokens, output)
        self._ledger.settle(announced, used, confirmed)
        if isinstance(result, Fault):
            call.lost = add(call.lost, result.usage)
            if result.retryable and result.wait is not None and result.wait < self._profile.limits.max_total_seconds:
                self._pacer.hold(result.wait)
        if self._counts:
            self._pacer.correct(
                used.input_tokens + used.output_tokens - announced.input_tokens - announced.output_tokens
            )

    def _redacted(self, fault: Fault) -> Fault:
        """Some endpoints repeat the key in their errors."""
        if self._key is None:
            return fault
        secret = self._key.get_secret_value()
        return replace(fault, message=fault.message.replace(secret, "[key]"), raw=fault.raw.replace(secret, "[key]"))

    def _known(self, model: str) -> tuple[Ladder, Parameters]:
        """What has been found out about a model at this endpoint."""
        if model not in self._models:
            rung = self._profile.rung
            self._models[model] = (Ladder() if rung is None else Ladder(rung, settled=True), Parameters())
        return self._models[model]
