"""The policy of transport retries, composed of tenacity's strategies.

Tried again: 408, 409, 429, 5xx, timeouts, lost connections, damaged replies. Between tries: the endpoint's Retry-After,
otherwise exponential with jitter. Stopped by the number of attempts or by the total time, whichever comes first. How an
attempt went is a value (:class:`Fault` or a reply), so cancellation is never mistaken for a fault.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_result,
    stop_after_attempt,
    wait_exponential_jitter,
    wait_random,
)
from tenacity.stop import stop_base
from tenacity.wait import wait_base

from summarizer.llm.faults import Fault
from summarizer.profiles import Limits

__all__ = ["Clock", "Sleep", "with_retries"]

Result = TypeVar("Result")

Clock = Callable[[], float]
"""Monotonic seconds."""

Sleep = Callable[[float], Awaitable[None]]


class _WaitAsAsked(wait_base):
    """The endpoint's Retry-After and up to a second more, lest all requests come back at once; else ``otherwise``."""

    def __init__(self, otherwise: wait_base) -> None:
        self._otherwise = otherwise
        self._spread = wait_random(0, 1)

    def __call__(self, retry_state: RetryCallState) -> float:
        fault = _fault(retry_state)
        if fault is None or fault.wait is None:
            return self._otherwise(retry_state)
        return fault.wait + self._spread(retry_state)


class _StopBeforeTotal(stop_base):
    """As tenacity's ``stop_before_delay``, on the injected clock."""

    def __init__(self, seconds: float, clock: Clock) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def __call__(self, retry_state: RetryCallState) -> bool:
        return self._clock() + retry_state.upcoming_sleep >= self._end


def _fault(state: RetryCallState) -> Fault | None:
    result = state.outcome.result() if state.outcome is not None and not state.outcome.failed else None
    return result if isinstance(result, Fault) else None


async def with_retries(
    attempt: Callable[[], Awaitable[Result]], limits: Limits, clock: Clock, sleep: Sleep
) -> Result | Fault:
    """Call ``attempt`` until it gives something else than a retryable fault, or the policy gives up; then the last fault.

    The controller is made only when the first attempt has failed (it would cost a fifth of a good request's CPU), and is
    given that first fault as its first attempt. tenacity's controllers keep state and may not be shared between tasks.
    """
    out_of_time = _StopBeforeTotal(limits.max_total_seconds, clock)
    first = await attempt()
    if not _worth_another(first):
        return first
    results = iter([first])

    async def following() -> Result | Fault:
        for result in results:
            return result
        return await attempt()

    policy = AsyncRetrying(
        sleep=sleep,
        retry=retry_if_result(_worth_another),
        wait=_WaitAsAsked(wait_exponential_jitter(max=60)),
        stop=stop_after_attempt(limits.max_attempts) | out_of_time,
        retry_error_callback=lambda state: state.outcome.result() if state.outcome is not None else first,
    )
    last: Result | Fault = await policy(following)
    return last


def _worth_another(result: object) -> bool:
    return isinstance(result, Fault) and result.retryable
