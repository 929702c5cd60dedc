"""What a run has used up, what is under way, and whether the budget allows one request more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from summarizer.errors import BudgetReached, UsageError
from summarizer.exchange import Usage
from summarizer.llm.prices import cost
from summarizer.profiles import Budget, Price

__all__ = ["Ledger", "Spent", "add"]


def add(left: Usage, right: Usage) -> Usage:
    """Sum of two usages."""
    return Usage(
        left.input_tokens + right.input_tokens,
        left.output_tokens + right.output_tokens,
        left.cached_input_tokens + right.cached_input_tokens,
    )


@dataclass(frozen=True, slots=True)
class Spent:
    """Requests sent and tokens used. ``cost`` is None when the price is unknown.

    ``unconfirmed`` counts requests whose reply never came whole: their tokens are included as announced, because the
    endpoint may charge them.
    """

    requests: int = 0
    usage: Usage = field(default_factory=Usage)
    unconfirmed: int = 0
    cost: Decimal | None = None
    currency: str | None = None


class Ledger:
    """Holds the announced amount of each request while it is under way, then books what it really used.

    Amounts under way count as spent, so that many requests at once cannot pass the budget together. Where they alone
    stand in the way, a request waits for them to be settled. Once the budget has refused a request it refuses all. What is
    under way is held at the price of the dearest hour, and booked at that of the hour in which it ended (``now``).
    """

    def __init__(
        self, budget: Budget, price: Price | None, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        if budget.money is not None and price is None:
            raise UsageError("a money budget needs a price: set [profiles.<name>.price], or budget tokens or requests")
        self._budget = budget
        self._price = price
        self._now = now
        self._requests = 0
        self._usage = Usage()
        self._money = Decimal(0)
        self._held_money = Decimal(0)
        self._unconfirmed = 0
        self._held = Usage()
        self._held_requests = 0
        self._reached: str | None = None
        self._settled = asyncio.Event()
        self.largest_output = 0

    @property
    def counts_tokens(self) -> bool:
        """Whether the budget needs to know a request's tokens before it is sent."""
        return self._budget.tokens is not None or self._budget.money is not None

    def spent(self) -> Spent:
        """The totals so far; requests under way are not in them."""
        if self._price is None:
            return Spent(self._requests, self._usage, self._unconfirmed)
        return Spent(self._requests, self._usage, self._unconfirmed, self._money, self._price.currency)

    async def reserve(self, announced: Usage) -> None:
        """Hold the announced tokens of one request. Raises BudgetReached when they do not fit."""
        while True:
            if self._reached is None:
                money = self._money + self._dearest(announced)
                self._reached = self._exceeded(self._requests + 1, add(self._usage, announced), money)
            if self._reached is not None:
                self._settled.set()
                raise BudgetReached(self._reached)
            held = add(add(self._usage, self._held), announced)
            money = self._money + self._held_money + self._dearest(announced)
            if self._exceeded(self._requests + self._held_requests + 1, held, money) is None:
                self._held = add(self._held, announced)
                self._held_money += self._dearest(announced)
                self._held_requests += 1
                return
            self._settled.clear()
            await self._settled.wait()

    def settle(self, announced: Usage, used: Usage, confirmed: bool) -> None:
        """Book what a request used in place of what was announced for it."""
        self._requests += 1
        self._usage = add(self._usage, used)
        if self._price is not None:
            self._money += cost(used, self._price, self._now())
        self._unconfirmed += not confirmed
        self.largest_output = max(self.largest_output, used.output_tokens)
        self.release(announced)

    def release(self, announced: Usage) -> None:
        """Give back what was held; the request is settled, or was never sent."""
        self._held = add(self._held, Usage(-announced.input_tokens, -announced.output_tokens))
        self._held_money -= self._dearest(announced)
        self._held_requests -= 1
        self._settled.set()

    def _dearest(self, usage: Usage) -> Decimal:
        return Decimal(0) if self._price is None else cost(usage, self._price)

    def _exceeded(self, requests: int, usage: Usage, money: Decimal) -> str | None:
        """The sentence for the user when these totals pass a limit."""
        budget = self._budget
        if budget.requests is not None and requests > budget.requests:
            return f"the budget of {budget.requests} requests is used up"
        tokens = usage.input_tokens + usage.output_tokens
        if budget.tokens is not None and tokens > budget.tokens:
            return f"the budget of {budget.tokens} tokens would be passed by the next request ({tokens})"
        if budget.money is not None and self._price is not None and money > budget.money:
            currency = self._price.currency
            return (
                f"the budget of {budget.money} {currency} would be passed by the next request ({money:.4f} {currency})"
            )
        return None
