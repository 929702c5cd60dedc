"""The live client: one request in, one answer out, whatever the endpoint does.

Around each attempt stand, from the outside in: tenacity's retries, what is known of the endpoint (its rung of structured
output, its parameters), the number in flight, the budget, the pacing, the transport.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

from pydantic import SecretStr

from summarizer.errors import UsageError
from summarizer.exchange import Answer, ChatRequest, Outcome, Usage
from summarizer.llm import wire
from summarizer.llm.endpoint import Endpoint
from summarizer.llm.faults import Fault, FaultKind
from summarizer.llm.ledger import Ledger, Spent, add
from summarizer.llm.output_limit import bounded, does_not_fit, natural_limit
from summarizer.llm.pacing import Pacer
from summarizer.llm.prices import price_of
from summarizer.llm.proxies import is_insecure, proxy_for
from summarizer.llm.replies import read_reply
from summarizer.llm.retry import Clock, Sleep, with_retries
from summarizer.llm.secrets import Redactor
from summarizer.llm.stopping import Stopper
from summarizer.llm.tokens import CountTokens, input_tokens
from summarizer.llm.transport import Transport, may_send
from summarizer.profiles import Profile, Rung

__all__ = ["Client"]

_log = logging.getLogger(__name__)


@dataclass
class _Call:
    """What one request has cost so far, over all its attempts."""

    request: ChatRequest
    attempts: int = 0
    empty: int = 0
    lost: Usage = field(default_factory=Usage)
    """Tokens of attempts that were charged and brought no answer."""


class Client:
    """An :class:`~summarizer.exchange.Asker` for one profile; use it as an async context manager.

    ``count_tokens`` counts one text, exactly or as a bound. ``clock`` (monotonic seconds) and ``sleep`` drive pacing and
    retries. Raises UsageError for a profile that cannot be asked: no model, a money budget without a known price, a key that
    would travel unencrypted, a proxy that is not spoken.
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
        if not profile.model:
            raise UsageError("name the model with --model: summarizer doctor lists those that the server has")
        may_send(profile.base_url, key, insecure=profile.insecure)
        self._profile = profile
        self._count = lru_cache(maxsize=64)(count_tokens)
        self._clock, self._sleep = clock, sleep
        proxy = proxy_for(profile.base_url)
        self._transport = Transport(profile.base_url, key, limits.concurrency, limits.timeout, proxy)
        self._redactor = Redactor(key)
        self._in_flight = asyncio.Semaphore(limits.concurrency)
        self._ledger = Ledger(profile.budget, price_of(profile))
        self._pacer = Pacer(limits.requests_per_minute, limits.tokens_per_minute, clock, sleep)
        self._counts = self._ledger.counts_tokens or limits.tokens_per_minute is not None
        self._models: dict[str, Endpoint] = {}
        self._stopper = Stopper()
        if is_insecure(profile.base_url):
            _log.warning("%s is not encrypted: what is sent can be read on the way", profile.base_url)
        if proxy is not None:
            _log.warning("requests to %s go through the proxy %s", profile.host, proxy)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.close()

    def prepare(self) -> None:
        """Load the library under the connections, which takes a second or two; it may be done in another thread."""
        self._transport.open()

    @property
    def transport(self) -> Transport:
        """The connections, for whoever reads the endpoint's other pages."""
        return self._transport

    @property
    def stopped(self) -> str | None:
        """Why nothing more is sent (wrong key, model or address, no money), None while questions are sent."""
        return self._stopper.reason

    def spent(self) -> Spent:
        """Requests, tokens and cost so far, failed attempts included."""
        return self._ledger.spent()

    def rung(self, model: str) -> Rung:
        """The rung of structured output that this model is asked on now."""
        return self._known(model).ladder.rung

    def changed(self, model: str) -> tuple[str, ...]:
        """What this model's endpoint did not take as it was sent, and what is sent instead."""
        return self._known(model).parameters.told()

    async def ask(self, request: ChatRequest) -> Answer:
        """Return the answer or the failure after all retries. Raises only BudgetReached and cancellation."""
        self._transport.open()  # before the first clock runs
        if self._stopper.reason is not None:
            return Answer(Outcome.FAILED, error=f"not asked: {self._stopper.reason}")
        crowded = does_not_fit(request, self._profile, self._count)
        if crowded is not None:
            return Answer(Outcome.FAILED, error=str(Fault(FaultKind.TOO_LONG, crowded)))
        call = _Call(request)
        result = await with_retries(lambda: self._attempt(call), self._profile.limits, self._clock, self._sleep)
        retries = call.attempts - 1
        if isinstance(result, Fault):
            outcome = Outcome.FILTERED if result.kind is FaultKind.FILTERED else Outcome.FAILED
            tried = f" (after {call.attempts} attempts)" if retries else ""
            self._stopper.failed(result)
            return Answer(outcome, result.raw, None, call.lost, f"{result}{tried}", retries)
        self._stopper.answered()
        return replace(result, usage=add(result.usage, call.lost), transport_retries=retries)

    async def _attempt(self, call: _Call) -> Answer | Fault:
        """One attempt of the retry policy: it takes several requests when the endpoint rejects what it does not know."""
        if self._stopper.reason is not None:
            return Fault(FaultKind.REJECTED, f"not asked: {self._stopper.reason}")
        call.attempts += 1
        known = self._known(call.request.model)
        ladder, structured = known.ladder, call.request.response_format is not None
        rung = await ladder.current() if structured else ladder.rung
        unexplained: Fault | None = None
        while True:
            body = self._body(call.request, rung, known)
            sent = known.parameters.accepted(body)
            try:
                result = await self._send(call, rung, sent)
            except BaseException:
                ladder.failed()
                raise
            if not isinstance(result, Fault):
                if result.outcome is Outcome.EMPTY and not call.empty:
                    call.empty += 1  # DeepSeek says of json_object that it may answer with nothing: asked again once
                    call.lost = add(call.lost, result.usage)
                    continue
                return known.judged(call.request, rung, result)
            if known.parameters.accepted(self._body(call.request, rung, known)) != sent and _may_change(result):
                continue  # another request has learned it meanwhile
            if known.parameters.rejected(sent, result):
                if known.parameters.accepted(self._body(call.request, rung, known)) != sent:
                    continue
            elif structured and ladder.rejected(rung, result):
                rung = ladder.rung
                continue
            elif structured and unexplained is None and not known.parameters.named(sent, result):
                below = ladder.below(rung, result)
                if below is not None:
                    unexplained, rung = result, below
                    continue
            ladder.failed()
            return result if unexplained is None or result.retryable else unexplained

    def _body(self, request: ChatRequest, rung: Rung, known: Endpoint) -> dict[str, Any]:
        """The body with everything that goes along with every question: a limit of the answer, the stream."""
        profile = self._profile
        if known.parameters.context is not None:
            profile = profile.model_copy(update={"context": known.parameters.context})
        request = bounded(request, profile, self._count)
        body = wire.request_body(request, rung)
        if wire.announced_output(request) is None and not any(name in body for name in wire.LIMITS):
            body[profile.output_field] = natural_limit(request)
        if profile.stream or known.parameters.streams:
            body |= {"stream": True, "stream_options": {"include_usage": True}}
        return body

    async def _send(self, call: _Call, rung: Rung, body: dict[str, Any]) -> Answer | Fault:
        async with self._in_flight:
            announced = self._announced(call.request, rung, body)
            await self._ledger.reserve(announced)
            try:
                await self._pacer.wait(announced.input_tokens + announced.output_tokens)
            except asyncio.CancelledError:
                self._ledger.release(announced)
                raise
            result: Answer | Fault | None = None
            try:
                content = await self._transport.post(body)
                result = self._redacted(content if isinstance(content, Fault) else read_reply(content))
            finally:
                self._book(call, announced, result)
            return result

    def _announced(self, request: ChatRequest, rung: Rung, body: dict[str, Any]) -> Usage:
        """Tokens that the request will cost: input exactly, output at most (without a limit: the largest so far)."""
        if not self._counts:
            return Usage()
        limit = next((body[name] for name in wire.LIMITS if isinstance(body.get(name), int)), None)
        return Usage(input_tokens(request, rung, self._count), self._ledger.largest_output if limit is None else limit)

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

    def _redacted(self, result: Answer | Fault) -> Answer | Fault:
        """Some endpoints repeat the key in their errors, and a stream may have brought it in pieces."""
        if isinstance(result, Fault):
            redact = self._redactor.text
            return replace(result, message=redact(result.message), raw=redact(result.raw))
        error = None if result.error is None else self._redactor.text(result.error)
        return replace(result, text=self._redactor.answer(result.text), error=error)

    def _known(self, model: str) -> Endpoint:
        """What has been found out about a model at this endpoint."""
        if model not in self._models:
            self._models[model] = Endpoint.of(self._profile)
        return self._models[model]


def _may_change(fault: Fault) -> bool:
    return fault.rejected or fault.kind is FaultKind.TOO_LONG
