"""The paired test against the enumeration of all swaps, its false alarms, Holm, verdicts."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evaluation.paired import Verdict, compare_pairs, holm, swap_test, verdict_of

Pairs = list[tuple[float, float]]
_PAIR = st.tuples(st.integers(0, 9), st.integers(1, 9)).map(lambda p: (float(min(p)), float(max(p))))


def _exact_p(a: Pairs, b: Pairs) -> float:
    """Every way of swapping, counted in plain Python."""

    def gap(swaps: tuple[bool, ...]) -> float:
        first = [y if swap else x for x, y, swap in zip(a, b, swaps, strict=True)]
        second = [x if swap else y for x, y, swap in zip(a, b, swaps, strict=True)]
        one, two = (sum(p for p, _ in side) / sum(w for _, w in side) for side in (first, second))
        return abs(two - one)

    observed = gap((False,) * len(a))
    gaps = [gap(swaps) for swaps in product((False, True), repeat=len(a))]
    return sum(value >= observed - 1e-12 for value in gaps) / len(gaps)


@given(st.lists(st.tuples(_PAIR, _PAIR), min_size=2, max_size=6))
def test_few_documents_give_the_exact_p(documents: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    a, b = [x for x, _ in documents], [y for _, y in documents]
    assert compare_pairs(a, b).p == pytest.approx(_exact_p(a, b))


def test_drawn_swaps_come_near_the_exact_p() -> None:
    chance = np.random.default_rng(5)
    rows = np.column_stack([chance.integers(3, 9, 14), np.full(14, 10), chance.integers(4, 10, 14), np.full(14, 10)])
    a, b = [(float(r[0]), 10.0) for r in rows], [(float(r[2]), 10.0) for r in rows]
    assert swap_test(rows.astype(float), rounds=20_000) == pytest.approx(_exact_p(a, b), abs=0.01)


def test_equal_runs_are_no_news_and_their_interval_is_not_without_width() -> None:
    pairs = [(8.0, 10.0)] * 20
    found = compare_pairs(pairs, pairs)
    assert (found.difference, found.p) == (0.0, 1.0)
    assert found.interval is not None
    assert found.interval.low == -found.interval.high < -0.05
    assert found.detectable is None


def test_the_same_gain_everywhere_has_an_interval_around_it() -> None:
    found = compare_pairs([(5.0, 10.0)] * 20, [(8.0, 10.0)] * 20)
    assert found.interval is not None
    assert 0 < found.interval.low < 0.3 < found.interval.high


def test_sides_are_mirrored() -> None:
    a, b = [(k % 5, 5.0) for k in range(20)], [((k + 2) % 5, 5.0) for k in range(20)]
    there, back = compare_pairs(a, b, seed=1), compare_pairs(b, a, seed=1)
    assert there.difference is not None
    assert there.interval is not None
    assert back.interval is not None
    assert back.difference == -there.difference
    assert there.interval.low == pytest.approx(-back.interval.high)
    assert there.p == back.p


def test_undefined_sides_have_no_difference() -> None:
    found = compare_pairs([(0.0, 0.0)] * 3, [(1.0, 2.0)] * 3)
    assert (found.a, found.b, found.difference, found.p) == (None, 0.5, None, None)


def test_other_documents_cannot_be_paired() -> None:
    with pytest.raises(ValueError, match="2 documents against 1"):
        compare_pairs([(1, 2), (1, 2)], [(1, 2)])


def test_a_clear_gain_is_found_and_larger_than_what_is_detectable() -> None:
    chance = np.random.default_rng(2)
    a = [(float(chance.binomial(20, 0.6)), 20.0) for _ in range(40)]
    b = [(min(20.0, part + 4 + k % 3), 20.0) for k, (part, _) in enumerate(a)]
    found = compare_pairs(a, b)
    assert found.p is not None
    assert found.difference is not None
    assert found.detectable is not None
    assert 0 < found.p < 0.001
    assert found.difference > found.detectable


def test_the_detectable_effect_is_detected_four_times_in_five() -> None:
    """Power in a simulation at exactly the effect that a large pilot calls detectable with 30 documents."""
    chance = np.random.default_rng(11)

    def runs(effect: float, n: int) -> tuple[Pairs, Pairs]:
        base = chance.beta(12, 6, n)
        first = chance.binomial(40, base) / 40
        second = chance.binomial(40, np.clip(base + effect, 0, 1)) / 40
        return [(float(v), 1.0) for v in first], [(float(v), 1.0) for v in second]

    pilot = [compare_pairs(*runs(0.0, 30)).detectable for _ in range(100)]
    effect = float(np.mean([value for value in pilot if value is not None]))
    found = [compare_pairs(*runs(effect, 30)).p for _ in range(150)]
    assert 0.70 <= np.mean([p is not None and p <= 0.05 for p in found]) <= 0.90


def test_false_alarms_are_about_one_in_twenty() -> None:
    """A small run of eval/bench/coverage.py: 600 pairs of equally good systems, so 1.8 points of chance."""
    chance = np.random.default_rng(3)
    alarms = 0
    for _ in range(600):
        items = 1 + chance.poisson(10, 12)
        rates = chance.beta(6, 3, 12)
        columns = []
        for _ in "AB":
            hits = chance.binomial(items, np.clip(rates + chance.normal(0, 0.1, 12), 0, 1))
            columns += [2.0 * hits, 1.0 * hits + items]
        alarms += swap_test(np.column_stack(columns)) <= 0.05
    assert 0.02 <= alarms / 600 <= 0.08


def test_holm_is_the_worked_example() -> None:
    """Holm 1979: sorted p times 4, 3, 2, 1, never falling."""
    found = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005, "e": None})
    assert found == {
        "a": pytest.approx(0.03),
        "b": pytest.approx(0.06),
        "c": pytest.approx(0.06),
        "d": pytest.approx(0.02),
        "e": None,
    }
    assert holm({"a": 0.9, "b": 0.8}) == {"a": 1.0, "b": 1.0}


@pytest.mark.parametrize(
    ("difference", "p", "lower", "verdict"),
    [
        (0.1, 0.01, False, Verdict.BETTER),
        (-0.1, 0.01, False, Verdict.WORSE),
        (-0.1, 0.01, True, Verdict.BETTER),
        (0.1, 0.06, False, Verdict.INCONCLUSIVE),
        (None, None, False, Verdict.INCONCLUSIVE),
    ],
)
def test_verdicts_need_evidence(difference: float | None, p: float | None, lower: bool, verdict: Verdict) -> None:
    assert verdict_of(difference, p, lower_is_better=lower) is verdict
