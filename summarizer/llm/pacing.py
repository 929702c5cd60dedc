"""One pacing for requests and tokens a minute: each request takes its share of the minute, the next starts after it.

This is the leaky bucket (GCRA without burst): within any 60 seconds no more starts than the limit allows, whatever the
endpoint's own window is.
"""

from __future__ import annotations

from summarizer.llm.retry import Clock, Sleep

__all__ = ["Pacer"]


class Pacer:
    """Gives out start times. Limits are per minute, None is no limit."""

    def __init__(
        self, requests_per_minute: int | None, tokens_per_minute: int | None, clock: Clock, sleep: Sleep
    ) -> None:
        self._per_request = 60 / requests_per_minute if requests_per_minute else 0.0
        self._per_token = 60 / tokens_per_minute if tokens_per_minute else 0.0
        self._clock = clock
        self._sleep = sleep
        self._free_at = clock()

    async def wait(self, tokens: int) -> None:
        """Return when a request of so many tokens may start."""
        start = max(self._clock(), self._free_at)
        self._free_at = start + max(self._per_request, tokens * self._per_token)
        delay = start - self._clock()
        if delay > 0:
            await self._sleep(delay)

    def correct(self, tokens: int) -> None:
        """Tokens that were used beyond the announced ones (negative: fewer) move the next start."""
        self._free_at += tokens * self._per_token

    def hold(self, seconds: float) -> None:
        """Nobody starts for so long: the endpoint said so to one, it means all."""
        self._free_at = max(self._free_at, self._clock() + seconds)
