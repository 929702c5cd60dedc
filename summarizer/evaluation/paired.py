"""Two runs over the same documents: is one better, or is it chance?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

import numpy as np
from scipy import stats

from summarizer.evaluation.intervals import FloatArray, Interval, wilson
from summarizer.schema import Model

__all__ = ["Difference", "Verdict", "compare_pairs", "holm", "swap_test", "verdict_of"]

_EXACT_UP_TO = 13
"""Documents up to which all 2^n swaps are tried."""
_ROUNDS = 10_000
_POWER = 0.8
_CELLS = 4_000_000

Pairs = Sequence[tuple[float, float]]


class Verdict(StrEnum):
    """What the evidence allows to say."""

    BETTER = "better"
    WORSE = "worse"
    INCONCLUSIVE = "inconclusive"


class Difference(Model):
    """B against A in one figure. ``p`` is two-sided, ``p_holm`` adjusted for all headline figures looked at.

    ``detectable`` is the smallest true difference that this many documents find with a power of 0.8 at a level of 0.05.
    ``differing`` of ``n`` documents with something to count have another result. Undefined is null.
    """

    a: float | None
    b: float | None
    difference: float | None
    interval: Interval | None
    p: float | None
    p_holm: float | None = None
    detectable: float | None
    n: int
    differing: int
    verdict: Verdict = Verdict.INCONCLUSIVE


def compare_pairs(a: Pairs, b: Pairs, *, seed: int = 0, level: float = 0.95) -> Difference:
    """Compare two runs of the same documents, given as ``(part, whole)`` a document in the same order.

    The interval is the delete-one-document jackknife of the difference with Student's t (Efron & Tibshirani 1993, ch. 11);
    documents that have nothing to count in either run are left out. Where all documents change alike the reach is Wilson's
    bound for the share of documents that might not, never ±0. A run without anything to count, or fewer than two
    documents: no difference, no interval, no p.
    """
    if len(a) != len(b):
        raise ValueError(f"{len(a)} documents against {len(b)}: only the same documents can be paired")
    kept = np.array([(*x, *y) for x, y in zip(a, b, strict=True) if x[1] > 0 or y[1] > 0], dtype=float).reshape(-1, 4)
    n, sums = len(kept), kept.sum(axis=0)
    first, second = _share(sums[0], sums[1]), _share(sums[2], sums[3])
    differing = int((kept[:, :2] != kept[:, 2:]).any(axis=1).sum())
    if first is None or second is None:
        return Difference(
            a=first, b=second, difference=None, interval=None, p=None, detectable=None, n=n, differing=differing
        )
    difference = second - first
    error = _jackknife_error(kept)
    interval = detectable = None
    if error is not None and error < 1e-12:
        interval = _nothing_varies(difference, n, level)
    elif error is not None:
        reach = float(stats.t.ppf(0.5 + level / 2, n - 1))
        interval = Interval(
            low=max(-1.0, difference - reach * error), high=min(1.0, difference + reach * error), method="jackknife-t"
        )
        detectable = (reach + float(stats.t.ppf(_POWER, n - 1))) * error
    return Difference(
        a=first,
        b=second,
        difference=difference,
        interval=interval,
        p=swap_test(kept, seed=seed) if n > 1 else None,
        detectable=detectable,
        n=n,
        differing=differing,
    )


def _nothing_varies(difference: float, n: int, level: float) -> Interval:
    """All documents change alike, as n documents would too if a few of all did not: Wilson's bound for 0 of n, both ways."""
    few = wilson(0, n, level)
    assert few is not None
    return Interval(low=max(-1.0, difference - few.high), high=min(1.0, difference + few.high), method="wilson")


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None


def _jackknife_error(kept: FloatArray) -> float | None:
    """Standard error of the difference; None when it cannot be told: one document, or a figure that hangs on one."""
    n = len(kept)
    rest = kept.sum(axis=0) - kept
    if n < 2 or not (rest[:, 1] > 0).all() or not (rest[:, 3] > 0).all():
        return None
    loo = rest[:, 2] / rest[:, 3] - rest[:, 0] / rest[:, 1]
    return float(np.sqrt((n - 1) / n * ((loo - loo.mean()) ** 2).sum()))


def swap_test(kept: FloatArray, *, seed: int = 0, rounds: int = _ROUNDS) -> float:
    """Two-sided p of the paired randomisation test: in each round every document's two results change sides or not.

    Approximate randomisation (Noreen 1989; Yeh 2000 for F1) over documents. Up to 13 documents all 2^n swaps are tried and p
    is exact; above, p = (1 + hits) / (1 + rounds) (Davison & Hinkley 1997, ch. 4). No document differs: 1.
    Columns are part A, whole A, part B, whole B.
    """
    n = len(kept)
    observed = abs(_gap(kept.sum(axis=0)[None, :])[0])
    step = kept[:, [2, 3, 0, 1]] - kept
    if not step.any():
        return 1.0
    exact = n <= _EXACT_UP_TO
    total = 2**n if exact else rounds
    random = np.random.default_rng(seed)
    hits, size = 0, max(1, _CELLS // n)
    for first in range(0, total, size):
        count = min(size, total - first)
        if exact:
            swaps = (np.arange(first, first + count)[:, None] >> np.arange(n)) & 1
        else:
            swaps = random.integers(0, 2, size=(count, n))
        gaps = np.abs(_gap(kept.sum(axis=0) + swaps @ step))
        hits += int((gaps >= observed - 1e-12).sum())
    return hits / total if exact else (hits + 1) / (total + 1)


def _gap(sums: FloatArray) -> FloatArray:
    """B minus A; a side with nothing to count after a swap counts as no difference."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(sums[:, 2] / sums[:, 3] - sums[:, 0] / sums[:, 1])


def holm(ps: Mapping[str, float | None]) -> dict[str, float | None]:
    """Holm's step-down adjustment (Holm 1979): the family's chance of one false alarm stays at the level.

    A figure without p is no test and does not count in the family.
    """
    ordered = sorted((p, name) for name, p in ps.items() if p is not None)
    adjusted: dict[str, float | None] = dict.fromkeys(ps)
    highest = 0.0
    for rank, (p, name) in enumerate(ordered):
        highest = max(highest, min(1.0, p * (len(ordered) - rank)))
        adjusted[name] = highest
    return adjusted


def verdict_of(difference: float | None, p: float | None, *, lower_is_better: bool, alpha: float = 0.05) -> Verdict:
    """Better or worse when the adjusted p is at most ``alpha``, else inconclusive."""
    if difference is None or p is None or p > alpha or difference == 0:
        return Verdict.INCONCLUSIVE
    return Verdict.BETTER if (difference > 0) is not lower_is_better else Verdict.WORSE
