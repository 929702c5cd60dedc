"""Intervals for figures that are ratios of sums over documents.

Items of one document resemble each other, so the document is the unit: a figure is ``sum(parts) / sum(wholes)`` over
documents (micro F1: parts ``2 tp``, wholes ``2 tp + fp + fn``; a mean over documents: wholes all 1), and what varies is which
documents were drawn. Coverage of these intervals is simulated in ``eval/bench/coverage.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from summarizer.schema import Model

__all__ = ["BOOTSTRAP_FROM", "Estimate", "Interval", "Ratios", "bootstrap_t", "estimate", "jackknife_t", "wilson"]

BOOTSTRAP_FROM = 60
"""From so many documents on the bootstrap is the interval that is quoted; below it the jackknife."""
_ROUNDS = 2000
_CELLS = 4_000_000
"""Most random counts drawn at once: 32 MB."""

FloatArray = npt.NDArray[np.float64]


class Interval(Model):
    """``[low, high]`` and the estimator that gave it."""

    low: float
    high: float
    method: str


class Estimate(Model):
    """A figure over documents. Undefined is null.

    ``n`` counts the documents that have something to count. ``interval`` is the one to quote, ``jackknife`` and
    ``bootstrap`` both are shown where they exist.
    """

    value: float | None
    n: int
    interval: Interval | None = None
    jackknife: Interval | None = None
    bootstrap: Interval | None = None


@dataclass(frozen=True)
class Ratios:
    """Parts and wholes, one pair a document; documents whose whole is 0 say nothing and are left out by :meth:`of`."""

    parts: FloatArray
    wholes: FloatArray

    @classmethod
    def of(cls, pairs: Sequence[tuple[float, float]]) -> Ratios:
        kept = np.array([pair for pair in pairs if pair[1] > 0], dtype=float).reshape(-1, 2)
        return cls(kept[:, 0], kept[:, 1])

    @property
    def n(self) -> int:
        return len(self.wholes)

    @property
    def value(self) -> float | None:
        return float(self.parts.sum() / self.wholes.sum()) if self.n else None

    def without_each(self) -> FloatArray:
        """The figure n times, each time without one document (n of 2 and more)."""
        return (self.parts.sum() - self.parts) / (self.wholes.sum() - self.wholes)  # type: ignore[no-any-return]


def jackknife_t(ratios: Ratios, level: float = 0.95) -> Interval | None:
    """Delete-one-document jackknife on the log-odds scale with Student's t, n - 1 degrees of freedom.

    ``logit(v) ± t · sqrt((n-1)/n · Σ(logit(v_-i) - mean)²)``, mapped back to [0, 1] (Tukey 1958; Efron & Tibshirani 1993,
    ch. 11; the scale after Miller 1974). On that scale figures stay half an item (for means
    half the distance of ``v``) away from 0 and 1. All or nothing right:
    the jackknife sees no variance, and the interval is Wilson's for n documents, never ±0. Fewer than two documents: None.
    """
    if ratios.n < 2:
        return None
    value, whole = ratios.parts.sum() / ratios.wholes.sum(), ratios.wholes.sum()
    if value <= 0 or value >= 1:
        return wilson(round(value) * ratios.n, ratios.n, level)
    margin = min(0.5 / whole, value / 2, (1 - value) / 2)
    logits = _logit(np.clip(ratios.without_each(), margin, 1 - margin))
    centre = float(_logit(np.clip(value, margin, 1 - margin)))
    error = float(np.sqrt((ratios.n - 1) / ratios.n * ((logits - logits.mean()) ** 2).sum()))
    if error < 1e-12:
        return wilson(value * ratios.n, ratios.n, level)
    reach = float(stats.t.ppf(0.5 + level / 2, ratios.n - 1)) * error
    return Interval(low=_logistic(centre - reach), high=_logistic(centre + reach), method="jackknife-t")


def bootstrap_t(ratios: Ratios, level: float = 0.95, *, seed: int = 0, rounds: int = _ROUNDS) -> Interval | None:
    """Studentized bootstrap over documents (Efron & Tibshirani 1993, ch. 12.5), cut to [0, 1].

    Each round draws n documents with replacement and takes ``(v* - v) / se*`` with the linearised standard error of a
    ratio, ``se² = n/(n-1) · Σ(part_i - v·whole_i)² / (Σ whole)²`` (Cochran 1977, ch. 6). Rounds without variance are left out;
    when that are more than half, or fewer than two documents are there: None. Same seed, same interval.
    """
    n = ratios.n
    if n < 2:
        return None
    x, y = ratios.parts, ratios.wholes
    value = float(x.sum() / y.sum())
    error = _linear_error(n, ((x - value * y) ** 2).sum(), y.sum())
    random = np.random.default_rng(seed)
    scores = []
    step = max(1, min(rounds, _CELLS // n))
    for first in range(0, rounds, step):
        drawn = random.multinomial(n, np.full(n, 1 / n), size=min(step, rounds - first))
        wholes = drawn @ y
        values = drawn @ x / wholes
        squares = drawn @ (x * x) - 2 * values * (drawn @ (x * y)) + values**2 * (drawn @ (y * y))
        errors = _linear_error(n, np.maximum(squares, 0.0), wholes)
        useful = errors > 1e-9
        scores.append((values[useful] - value) / errors[useful])
    score = np.concatenate(scores)
    if error < 1e-9 or len(score) < rounds / 2:
        return None
    low, high = np.quantile(score, [0.5 - level / 2, 0.5 + level / 2])
    return Interval(
        low=max(0.0, value - float(high) * float(error)),
        high=min(1.0, value - float(low) * float(error)),
        method="bootstrap-t",
    )


def _linear_error(n: int, squares: FloatArray, wholes: FloatArray) -> FloatArray:
    return np.sqrt(n / (n - 1) * squares) / wholes


def estimate(pairs: Sequence[tuple[float, float]], *, seed: int = 0, level: float = 0.95) -> Estimate:
    """The figure of ``(part, whole)`` pairs, one a document, with both intervals."""
    ratios = Ratios.of(pairs)
    jackknife = jackknife_t(ratios, level)
    bootstrap = bootstrap_t(ratios, level, seed=seed)
    quoted = bootstrap if ratios.n >= BOOTSTRAP_FROM and bootstrap is not None else jackknife
    return Estimate(value=ratios.value, n=ratios.n, interval=quoted, jackknife=jackknife, bootstrap=bootstrap)


def wilson(right: float, n: float, level: float = 0.95, *, clusters: Ratios | None = None) -> Interval | None:
    """Wilson's score interval for a rate (Wilson 1927); None of nothing.

    With ``clusters`` (the same items by document) n is divided by the design effect, the jackknife's variance over the
    binomial one where that is larger than 1 (Kish 1965; Dean & Pagano 2015): items of one document are not independent.
    """
    if n <= 0:
        return None
    share = right / n
    if clusters is not None and clusters.n > 1 and 0 < share < 1:
        loo = clusters.without_each()
        variance = (clusters.n - 1) / clusters.n * float(((loo - loo.mean()) ** 2).sum())
        n /= max(1.0, variance / (share * (1 - share) / n))
    z = float(stats.norm.ppf(0.5 + level / 2))
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * float(np.sqrt(share * (1 - share) / n + z * z / (4 * n * n)))
    return Interval(low=max(0.0, centre - reach), high=min(1.0, centre + reach), method="wilson")


def _logit(share: FloatArray | float) -> FloatArray:
    return np.log(share / (1 - np.asarray(share)))


def _logistic(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))
