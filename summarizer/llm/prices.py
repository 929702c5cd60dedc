"""What tokens cost: the profile's own price, else the ready profiles'. A price that is in neither is unknown, never 0."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from summarizer.exchange import Usage
from summarizer.profiles import Price, Profile, facts_of

__all__ = ["cost", "price_of"]

_MILLION = Decimal(1_000_000)


def price_of(profile: Profile) -> Price | None:
    """The profile's own price, else the one that is known for its address and model, else None."""
    if profile.price is not None:
        return profile.price
    facts = facts_of(profile)
    return None if facts is None else facts.price


def cost(usage: Usage, price: Price, when: datetime | None = None) -> Decimal:
    """Cost of one request in the price's currency, at the hour of ``when`` (None: at the dearest hour).

    Cached input tokens are part of the input tokens, as endpoints report them. Tiers go by the request's input.
    """
    rate, factor = price.rate(usage.input_tokens, when)
    cached = min(usage.cached_input_tokens, usage.input_tokens)
    cached_price = rate.input if rate.cached_input is None else rate.cached_input
    total = (usage.input_tokens - cached) * rate.input + cached * cached_price + usage.output_tokens * rate.output
    return total * factor / _MILLION
