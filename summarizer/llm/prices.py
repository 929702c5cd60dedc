"""What tokens cost: a dated table beside this module. A price that is not in it is unknown, never 0."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from summarizer.exchange import Usage
from summarizer.settings import Price, Profile

__all__ = ["cost", "price_of"]

_MILLION = Decimal(1_000_000)
_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")


@cache
def _table() -> dict[tuple[str, str], Price]:
    data = tomllib.loads((Path(__file__).parent / "prices.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    return {
        (host, model): Price(currency=provider["currency"], **price)
        for host, provider in data["hosts"].items()
        for model, price in provider["models"].items()
    }


def price_of(profile: Profile) -> Price | None:
    """The profile's own price, else the table's for its host and model (a dated snapshot counts as its model), else None."""
    if profile.price is not None:
        return profile.price
    host = urlsplit(profile.base_url).hostname or ""
    return _table().get((host, _SNAPSHOT.sub("", profile.model)))


def cost(usage: Usage, price: Price) -> Decimal:
    """Cost in the price's currency; cached input tokens are part of the input tokens, as endpoints report them."""
    cached = min(usage.cached_input_tokens, usage.input_tokens)
    cached_price = price.input if price.cached_input is None else price.cached_input
    total = (usage.input_tokens - cached) * price.input + cached * cached_price + usage.output_tokens * price.output
    return total / _MILLION
