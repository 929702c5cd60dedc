"""The meter between a method and whoever answers: re-asks, cuts, tokens, live or replayed."""

from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest

from summarizer.errors import UsageError
from summarizer.exchange import Answer, ChatRequest, Message, Outcome, Usage
from summarizer.pipeline.document import Result
from summarizer.pipeline.methods import Tally, opened_methods
from summarizer.profiles import Price
from summarizer.schema import Coverage, Document
from summarizer.settings import Settings
from summarizer.source.duplicates import sketch
from summarizer.source.text import CleanText


class Script:
    """Gives its answers in order."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)

    async def ask(self, request: ChatRequest) -> Answer:
        return self.answers.pop(0)


def _answer(outcome: Outcome = Outcome.ANSWERED, *, cached: bool = False) -> Answer:
    return Answer(outcome, "{}", usage=Usage(100, 10), from_cache=cached)


def _metered(*asked: tuple[int, Answer]) -> Tally:
    """Ask questions in order; attempt 0 begins a new one, the others ask the last one again."""
    tally = Tally(Script(*(answer for _, answer in asked)))
    question = 0
    for attempt, _ in asked:
        question += attempt == 0
        asyncio.run(tally.ask(ChatRequest("m", (Message("user", str(question)),), attempt=attempt)))
    return tally


def _result(chunks: int, failed: int) -> Result:
    document = Document.model_construct(coverage=Coverage(chunks=chunks, failed=failed))
    return Result(document, CleanText("", ()), sketch(""))


def test_a_reask_takes_the_first_answer_off_the_valid_ones() -> None:
    tally = _metered((0, _answer()), (1, _answer()), (0, _answer()), (0, _answer(Outcome.CUT)), (1, _answer()))
    facts = tally.facts(_result(3, 1), None, 2.0)
    assert (facts.requests, facts.reasks, facts.cut) == (5, 2, 1)
    assert (facts.valid_at_first, facts.valid_in_the_end) == (1, 2)
    assert (facts.input_tokens, facts.output_tokens, facts.cost) == (500, 50, None)


def test_seconds_are_told_only_of_live_answers() -> None:
    live = _metered((0, _answer())).facts(_result(1, 0), None, 2.0)
    replayed = _metered((0, _answer(cached=True))).facts(_result(1, 0), None, 2.0)
    mixed = _metered((0, _answer(cached=True)), (0, _answer())).facts(_result(2, 0), None, 2.0)
    assert [(f.source, f.latency_s) for f in (live, replayed, mixed)] == [
        ("live", 2.0),
        ("replayed", None),
        ("mixed", None),
    ]


def test_cost_needs_a_price() -> None:
    price = Price(input=Decimal(2), output=Decimal(10), currency="CNY")
    facts = _metered((0, _answer())).facts(_result(1, 0), price, 1.0)
    assert (facts.cost, facts.currency) == (Decimal("0.0003"), "CNY")


def test_unknown_methods_are_refused_before_anything_is_opened() -> None:
    with pytest.raises(UsageError, match="oracle"), opened_methods(["oracle"], lambda name: Settings()):
        pass
