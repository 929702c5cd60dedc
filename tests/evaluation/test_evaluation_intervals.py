"""Each estimator against an independent oracle, and the intervals against a known truth."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from summarizer.evaluation.intervals import BOOTSTRAP_FROM, Ratios, bootstrap_t, estimate, jackknife_t, wilson

_PAIRS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda p: (min(p), max(p))), max_size=12)


def _jackknife_by_hand(pairs: list[tuple[float, float]]) -> tuple[float, float]:
    """The definition, written out with loops."""

    def logit(share: float, whole: float) -> float:
        value = sum(p for p, _ in pairs) / whole
        margin = min(0.5 / whole, value / 2, (1 - value) / 2)
        share = min(max(share, margin), 1 - margin)
        return math.log(share / (1 - share))

    n, whole = len(pairs), sum(w for _, w in pairs)
    centre = logit(sum(p for p, _ in pairs) / whole, whole)
    left_out = []
    for skipped in range(n):
        rest = [pair for index, pair in enumerate(pairs) if index != skipped]
        left_out.append(logit(sum(p for p, _ in rest) / sum(w for _, w in rest), whole))
    mean = sum(left_out) / n
    error = math.sqrt((n - 1) / n * sum((value - mean) ** 2 for value in left_out))
    reach = stats.t.ppf(0.975, n - 1) * error
    return 1 / (1 + math.exp(reach - centre)), 1 / (1 + math.exp(-reach - centre))


@given(_PAIRS.filter(lambda pairs: len([p for p in pairs if p[1]]) > 1))
def test_jackknife_is_its_definition(pairs: list[tuple[float, float]]) -> None:
    kept = [pair for pair in pairs if pair[1]]
    share = sum(p for p, _ in kept) / sum(w for _, w in kept)
    found = jackknife_t(Ratios.of(pairs))
    assert found is not None
    assert 0 <= found.low <= share <= found.high <= 1
    assert found.low < found.high
    if found.method == "jackknife-t":
        assert (found.low, found.high) == pytest.approx(_jackknife_by_hand(kept))


@pytest.mark.parametrize("part", [0, 5])
def test_all_or_nothing_right_is_never_without_width(part: float) -> None:
    found = jackknife_t(Ratios.of([(part, 5)] * 8))
    expected = stats.binomtest(8 if part else 0, 8).proportion_ci(method="wilson")
    assert found is not None
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_equal_documents_are_not_without_width_either() -> None:
    found = jackknife_t(Ratios.of([(3, 5)] * 8))
    assert found is not None
    assert found.high - found.low > 0.2


def test_one_document_has_no_interval_and_none_has_no_value() -> None:
    one, none = estimate([(3, 5)]), estimate([(0, 0)])
    assert (one.value, one.interval, one.n) == (0.6, None, 1)
    assert (none.value, none.interval, none.n) == (None, None, 0)


@given(st.integers(0, 60), st.integers(1, 60))
def test_wilson_is_scipys(right: int, n: int) -> None:
    right = min(right, n)
    expected = stats.binomtest(right, n).proportion_ci(method="wilson")
    found = wilson(right, n)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_wilson_is_wider_when_items_of_a_document_stand_or_fall_together() -> None:
    pairs = [(10.0, 10.0)] * 8 + [(0.0, 10.0)] * 2
    alone, clustered = wilson(80, 100), wilson(80, 100, clusters=Ratios.of(pairs))
    assert alone is not None
    assert clustered is not None
    assert clustered.high - clustered.low > 2 * (alone.high - alone.low)
    assert wilson(0, 0) is None


def _bootstrap_by_hand(pairs: list[tuple[float, float]], rounds: int) -> tuple[float, float]:
    """Studentized bootstrap with a loop and index draws of its own."""
    data, chance = np.array(pairs, dtype=float), np.random.default_rng(99)
    n = len(data)

    def value_and_error(rows: np.ndarray) -> tuple[float, float]:
        value = rows[:, 0].sum() / rows[:, 1].sum()
        residual = rows[:, 0] - value * rows[:, 1]
        return value, math.sqrt(n / (n - 1) * (residual**2).sum()) / rows[:, 1].sum()

    value, error = value_and_error(data)
    scores = []
    for _ in range(rounds):
        again, its_error = value_and_error(data[chance.integers(0, n, n)])
        scores.append((again - value) / its_error)
    low, high = np.quantile(scores, [0.025, 0.975])
    return value - high * error, value - low * error


def test_bootstrap_is_its_definition_up_to_chance() -> None:
    chance = np.random.default_rng(4)
    wholes = chance.integers(5, 30, 70)
    pairs = [(float(chance.binomial(w, 0.7)), float(w)) for w in wholes]
    found = bootstrap_t(Ratios.of(pairs), rounds=4000)
    assert found is not None
    assert (found.low, found.high) == pytest.approx(_bootstrap_by_hand(pairs, 4000), abs=0.004)


def test_bootstrap_depends_on_its_seed_alone() -> None:
    ratios = Ratios.of([(k % 7, 7) for k in range(40)])
    assert bootstrap_t(ratios, seed=3) == bootstrap_t(ratios, seed=3) != bootstrap_t(ratios, seed=4)


def test_the_quoted_interval_changes_with_the_number_of_documents() -> None:
    pairs = [(float(k % 7), 7.0) for k in range(BOOTSTRAP_FROM)]
    many, few = estimate(pairs), estimate(pairs[:-1])
    assert many.interval == many.bootstrap
    assert few.interval == few.jackknife
    assert few.bootstrap is not None


@pytest.mark.parametrize("n", [12, 30, 60])
def test_intervals_hold_the_truth_about_as_often_as_they_say(n: int) -> None:
    """A small run of eval/bench/coverage.py: 95 % nominal, 400 rounds, so 3 points of chance beside the 2 that are allowed."""
    chance = np.random.default_rng([7, n])
    rounds, rate, weight = 400, 0.85, 9.0

    def draw(shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
        items = 1 + chance.poisson(chance.gamma(2, 6, shape))
        rates = chance.beta(rate * weight, (1 - rate) * weight, shape)
        hits = chance.binomial(items, rates)
        return 2.0 * hits, hits + items + chance.poisson(0.5 * items * (1 - rates)) + 0.0

    parts, wholes = draw((300_000,))
    truth = parts.sum() / wholes.sum()
    parts, wholes = draw((rounds, n))
    inside = 0
    for index in range(rounds):
        ratios = Ratios(parts[index], wholes[index])
        found = bootstrap_t(ratios, rounds=400) if n >= BOOTSTRAP_FROM else jackknife_t(ratios)
        inside += found is not None and found.low <= truth <= found.high
    assert 0.95 - 0.05 <= inside / rounds <= 0.95 + 0.05
