"""Pacing, ledger, prices, token counts and estimates, the ladder's patience: each on its own."""

from __future__ import annotations

import asyncio
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_helpers import FakeTime, question

from summarizer.errors import BudgetReached
from summarizer.exchange import Usage
from summarizer.llm.faults import FaultKind, from_status, retry_after
from summarizer.llm.ledger import Ledger
from summarizer.llm.pacing import Pacer
from summarizer.llm.prices import cost, price_of
from summarizer.llm.tokens import estimate, input_tokens
from summarizer.profiles import Budget, Price, Profile


def _starts(requests: list[int], rpm: int | None, tpm: int | None) -> list[float]:
    """When requests of so many tokens start, asked for one after the other."""
    time = FakeTime()
    pacer = Pacer(rpm, tpm, time.clock, time.sleep)
    starts: list[float] = []

    async def run() -> None:
        for tokens in requests:
            await pacer.wait(tokens)
            starts.append(time.now)

    asyncio.run(run())
    return starts


@given(st.lists(st.integers(1, 400), min_size=1, max_size=60), st.integers(1, 300), st.integers(400, 5000))
def test_within_any_minute_no_more_requests_and_tokens_start_than_allowed(
    tokens: list[int], rpm: int, tpm: int
) -> None:
    starts = _starts(tokens, rpm, tpm)
    for first in range(len(starts)):
        within = [n for n in range(first, len(starts)) if starts[n] < starts[first] + 60 - 1e-6]
        assert len(within) <= rpm
        assert sum(tokens[n] for n in within[:-1]) <= tpm


def test_without_limits_nobody_waits() -> None:
    assert set(_starts([1000] * 50, None, None)) == {1000.0}


def test_pacing_runs_at_the_limit_and_not_below() -> None:
    starts = _starts([10] * 61, 60, None)
    assert starts[-1] - starts[0] == pytest.approx(60)


def test_tokens_used_beyond_the_announced_move_the_next_start() -> None:
    time = FakeTime()
    pacer = Pacer(None, 60, time.clock, time.sleep)

    async def run() -> None:
        await pacer.wait(10)
        pacer.correct(5)
        await pacer.wait(1)

    asyncio.run(run())
    assert time.slept == [pytest.approx(15)]


PRICE = Price(input=Decimal(2), output=Decimal(8), cached_input=Decimal("0.5"), currency="CNY")


def test_cost_charges_cached_input_at_its_own_price() -> None:
    assert cost(Usage(1_000_000, 500_000, 400_000), PRICE) == Decimal("0.6") * 2 + Decimal("0.2") + 4
    assert cost(Usage(1000, 0, 1000), Price(input=Decimal(3), output=Decimal(0))) == Decimal("0.003")


@pytest.mark.parametrize("model", ["gpt-4.1-mini", "gpt-4.1-mini-2025-04-14"])
def test_the_table_knows_a_model_and_its_snapshots(model: str) -> None:
    price = price_of(Profile(model=model))
    assert price is not None
    assert (price.input, price.currency) == (Decimal("0.40"), "USD")


@pytest.mark.parametrize(
    "profile",
    [
        Profile(model="gpt-99"),
        Profile(model="gpt-4.1-mini", base_url="https://other.example/v1"),
        Profile(model="gpt-4.1-mini-x"),
    ],
)
def test_what_the_table_does_not_list_is_unknown(profile: Profile) -> None:
    assert price_of(profile) is None


def test_a_profiles_own_price_goes_first() -> None:
    assert price_of(Profile(price=PRICE)) == PRICE


def test_amounts_under_way_count_and_are_waited_for() -> None:
    async def run() -> None:
        ledger = Ledger(Budget(tokens=100), None)
        await ledger.reserve(Usage(80, 0))
        second = asyncio.ensure_future(ledger.reserve(Usage(60, 0)))
        await asyncio.sleep(0)
        assert not second.done()
        ledger.settle(Usage(80, 0), Usage(30, 5), confirmed=True)
        await second
        ledger.settle(Usage(60, 0), Usage(60, 5), confirmed=True)
        assert ledger.spent().usage == Usage(90, 10)

    asyncio.run(run())


def test_who_waits_is_refused_when_what_was_under_way_cost_more() -> None:
    async def run() -> None:
        ledger = Ledger(Budget(tokens=100), None)
        await ledger.reserve(Usage(50, 0))
        second = asyncio.ensure_future(ledger.reserve(Usage(60, 0)))
        await asyncio.sleep(0)
        ledger.settle(Usage(50, 0), Usage(50, 10), confirmed=True)
        with pytest.raises(BudgetReached):
            await second
        with pytest.raises(BudgetReached):
            await ledger.reserve(Usage(1, 0))

    asyncio.run(run())


def test_a_request_that_was_never_sent_costs_nothing() -> None:
    async def run() -> None:
        ledger = Ledger(Budget(requests=1), None)
        await ledger.reserve(Usage())
        ledger.release(Usage())
        await ledger.reserve(Usage())
        assert ledger.spent().requests == 0

    asyncio.run(run())


def test_a_budget_of_nothing_refuses_the_first_request() -> None:
    async def run() -> None:
        with pytest.raises(BudgetReached):
            await Ledger(Budget(requests=0), None).reserve(Usage())

    asyncio.run(run())


def test_input_tokens_are_those_of_the_messages_as_sent() -> None:
    plain = question("问题", structured=False)
    assert input_tokens(plain, "json_schema", len) == 3 + (4 + len("你是助手。")) + (4 + 2)
    asked = question("问题")
    assert input_tokens(asked, "text", len) > input_tokens(asked, "json_schema", len) > input_tokens(plain, "text", len)


def test_an_estimate_counts_without_sending_and_knows_what_it_does_not_know() -> None:
    requests = [question("问题", max_completion_tokens=50) for _ in range(10)]
    one = input_tokens(requests[0], "json_schema", len)
    known = estimate(requests, Profile(price=PRICE), len)
    assert (known.requests, known.input_tokens, known.output_tokens) == (10, 10 * one, 500)
    assert known.cost == (Decimal(20 * one) + 500 * 8) / 1_000_000
    assert known.currency == "CNY"
    assert estimate(requests, Profile(model="gpt-99"), len).cost is None
    open_ended = estimate([question("问题")], Profile(price=PRICE), len)
    assert (open_ended.output_tokens, open_ended.cost) == (None, None)
    assert estimate([question("问题")], Profile(price=PRICE), len, lambda _request: 30).output_tokens == 30


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "2.5"}, 2.5),
        ({"retry-after": "Sun, 22 Nov 2026 08:01:00 GMT", "date": "Sun, 22 Nov 2026 08:00:00 GMT"}, 60.0),
        ({"retry-after": "Sun, 22 Nov 2026 07:00:00 GMT", "date": "Sun, 22 Nov 2026 08:00:00 GMT"}, 0.0),
        ({"retry-after": "Sun, 22 Nov 2015 08:01:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, None),
    ],
)
def test_retry_after_is_read_in_both_forms(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


@pytest.mark.parametrize(
    ("status", "code", "message", "kind"),
    [
        (429, "rate_limit_exceeded", "slow down", FaultKind.RATE_LIMITED),
        (429, "insufficient_quota", "no money", FaultKind.QUOTA),
        (402, None, "Insufficient Balance", FaultKind.QUOTA),
        (409, None, "conflict", FaultKind.SERVER),
        (529, None, "overloaded", FaultKind.SERVER),
        (403, None, "forbidden", FaultKind.REJECTED),
        (400, None, "the request exceeds the available context size", FaultKind.TOO_LONG),
        (400, None, "litellm.ContextWindowExceededError: litellm.BadRequestError", FaultKind.TOO_LONG),
    ],
)
def test_statuses_are_told_apart_by_code_then_wording_then_number(
    status: int, code: str | None, message: str, kind: FaultKind
) -> None:
    assert from_status(status, message, code, None, {}, "").kind is kind
