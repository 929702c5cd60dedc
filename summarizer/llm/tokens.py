"""How many tokens a request costs before it is sent, and what a whole run will cost (``--dry-run``)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from summarizer.exchange import ChatRequest, Usage
from summarizer.llm import wire
from summarizer.llm.prices import cost, price_of
from summarizer.profiles import Profile, Rung

__all__ = ["CountTokens", "Estimate", "estimate", "input_tokens"]

CountTokens = Callable[[str], int]
"""Exact number of tokens of one text; handed in, because this package knows no tokenizer."""

_PER_MESSAGE = 3
_PER_REPLY = 3
"""Tokens of the chat format around each message and before the reply, besides one for the role
(OpenAI cookbook, "How to count tokens with tiktoken")."""


def input_tokens(request: ChatRequest, rung: Rung, count: CountTokens) -> int:
    """Tokens of the messages as sent on this rung, and of the schema where the endpoint is given it as a parameter."""
    total = _PER_REPLY
    for message in wire.messages_on(request, rung):
        total += _PER_MESSAGE + 1 + count(message.content)
    if request.response_format is not None and rung in {"json_schema", "tool"}:
        total += count(json.dumps(request.response_format.schema, ensure_ascii=False))
    return total


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run is expected to take. ``output_tokens`` None: not known; ``cost`` None: price or output not known."""

    requests: int
    input_tokens: int
    output_tokens: int | None
    cost: Decimal | None
    currency: str | None


def estimate(
    requests: Iterable[ChatRequest],
    profile: Profile,
    count_tokens: CountTokens,
    expected_output: Callable[[ChatRequest], int | None] = wire.announced_output,
) -> Estimate:
    """Count requests and tokens without sending anything; retries and re-asks are not foreseen.

    ``expected_output`` gives the tokens that a request's answer is expected to have, by default the most it may have.
    """
    price = price_of(profile)
    number, total_input, total_output = 0, 0, 0
    output_known, money = True, Decimal(0)
    for request in requests:
        number += 1
        asked = input_tokens(request, profile.rung or "json_schema", count_tokens)
        output = expected_output(request)
        output_known = output_known and output is not None
        total_input += asked
        total_output += output or 0
        if price is not None:
            money += cost(Usage(asked, output or 0), price)  # one by one: tiers go by a request's input
    known = price is not None and output_known
    return Estimate(
        number,
        total_input,
        total_output if output_known else None,
        money if known else None,
        price.currency if price else None,
    )
