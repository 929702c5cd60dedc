"""The policy of transport retries, composed of tenacity's strategies.

Tried again: 408, 409, 429, 5xx, timeouts, lost connections, damaged replies. Between tries: the endpoint's Retry-After,
otherwise exponential with jitter. Stopped by the number of attempts or by the total time, whichever comes first. How an
attempt went is a value (:class:`Fault` or a reply), so cancellation is never mistaken for a fault.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

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
from summarizer.settings import Limits

__all__ = ["Clock", "Sleep", "retrying"]

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


def retrying(limits: Limits, clock: Clock, sleep: Sleep) -> AsyncRetrying:
    """A fresh controller for one request; tenacity's controllers keep state and may not be shared between tasks.

    It returns the last attempt's value when it gives up.
    """
    return AsyncRetrying(
        sleep=sleep,
        retry=retry_if_result(lambda result: isinstance(result, Fault) and result.retryable),
        wait=_WaitAsAsked(wait_exponential_jitter(max=60)),
        stop=stop_after_attempt(limits.max_attempts) | _StopBeforeTotal(limits.max_total_seconds, clock),
        retry_error_callback=lambda state: state.outcome.result() if state.outcome is not None else None,
    )
