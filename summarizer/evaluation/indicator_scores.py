"""Indicators: found at their place, with the right value, with everything that makes the value mean something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from summarizer.evaluation.alignment import assign
from summarizer.evaluation.annotation import GoldIndicator
from summarizer.evaluation.counts import Counts, Mean, Share
from summarizer.evaluation.findings import Finding, Outcome
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.overlap import SolidText
from summarizer.evaluation.proof_scores import ProofScore
from summarizer.evaluation.times import same_time
from summarizer.language.fold import fold
from summarizer.schema import Document, Indicator, Model, Span

__all__ = ["IndicatorScore", "score_indicators"]

LOCATED = 0.5
"""Overlap (IoU) of two quotes that speak of the same indicator when their values do not stand at the same place."""
_NAMED = 0.5


class IndicatorScore(Model):
    """Counts of one document, each level over the one before.

    ``located``: predicted at the place of a required gold indicator. ``correct``: also the value and the unit. ``full``:
    also bound, change, status and period. ``wrong_value`` is the share of located ones whose value is another; ``unit``,
    ``bound``, ``change``, ``status``, ``period`` and ``name`` the shares of located ones that agree. ``dates`` are the
    resolved periods, ``base`` the start values and ``base_dates`` their resolved periods: shares of the located ones in
    which either side has them. ``full_name`` is how like the name is to the one that can stand alone. ``decoys`` are the
    decoys that came out, of those there are; ``proof`` counts correct ones as true, others that weigh against as false. What
    the annotator is unsure of counts as right.
    """

    located: Counts = Counts()
    correct: Counts = Counts()
    full: Counts = Counts()
    wrong_value: Share = Share()
    unit: Share = Share()
    bound: Share = Share()
    change: Share = Share()
    status: Share = Share()
    period: Share = Share()
    dates: Share = Share()
    base: Share = Share()
    base_dates: Share = Share()
    name: Share = Share()
    full_name: Mean = Mean()
    decoys: Share = Share()
    proof: ProofScore = ProofScore()


_Dates = tuple[date | None, date | None]


@dataclass(frozen=True)
class _Pair:
    """A gold indicator, a prediction that may be meant for it, and where the two agree."""

    gold: GoldIndicator
    predicted: Indicator
    same_place: bool
    iou: float
    year: int | None

    @property
    def located(self) -> bool:
        return self.same_place or self.iou >= LOCATED

    @property
    def value(self) -> bool:
        same = (self.predicted.value, self.predicted.value_high) == (self.gold.low, self.gold.high)
        return same or not self.gold.asks("value")

    @property
    def unit(self) -> bool:
        return self.gold.unit is None or fold(self.gold.unit).text == fold(self.predicted.unit).text

    @property
    def bound(self) -> bool:
        return self.predicted.bound in (self.gold.bound, *self.gold.bound_also) or not self.gold.asks("bound", "op")

    @property
    def change(self) -> bool:
        return self.predicted.change in (self.gold.change, *self.gold.change_also) or not self.gold.asks("change", "op")

    @property
    def status(self) -> bool:
        return self.gold.status is self.predicted.status or not self.gold.asks("status")

    @property
    def period(self) -> bool:
        return (
            same_time(self.gold.period, self.predicted.period, self.year)
            or (_known(self.dates[0]) and _agree(*self.dates))
            or not self.gold.asks("period")
        )

    @property
    def dates(self) -> tuple[_Dates, _Dates]:
        """The resolved periods of both sides."""
        gold, predicted = self.gold, self.predicted
        return (gold.period_start, gold.period_end), (predicted.period_start, predicted.period_end)

    @property
    def base_dates(self) -> tuple[_Dates, _Dates]:
        """The resolved periods of both sides' start values."""
        gold, predicted = self.gold, self.predicted
        return (
            (gold.base_period_start, gold.base_period_end),
            (predicted.base_period_start, predicted.base_period_end),
        )

    @property
    def name(self) -> bool:
        return _likeness(self.gold.name, self.predicted.name) >= _NAMED

    @property
    def correct(self) -> bool:
        return self.value and self.unit

    @property
    def full(self) -> bool:
        return self.correct and self.bound and self.change and self.status and self.period

    @property
    def weight(self) -> float:
        """What the pair is worth: the printed value's place, then the value, then name and wording."""
        if not self.located:
            return 0.0
        likeness = _likeness(self.gold.name, self.predicted.name)
        return 1 + 4 * self.same_place + 2 * self.value + 0.5 * self.unit + 0.3 * likeness + 0.15 * self.iou


def score_indicators(gold: Gold, prediction: Document, solid: SolidText) -> tuple[IndicatorScore, tuple[Finding, ...]]:
    """Score the indicators of one document.

    Two indicators speak of the same thing when their printed values stand at the same place, or their quotes overlap by
    :data:`LOCATED`. What is paired with an optional gold item, and what stands outside the annotated ranges and is
    paired with nothing, counts neither way.
    """
    pairs = _align(gold, prediction.indicators, solid)
    required = [pair for pair in pairs if not pair.gold.optional]
    paired = {id(pair.predicted) for pair in pairs}
    loose = [p for p in prediction.indicators if id(p) not in paired]
    extra = [p for p in loose if _counts_against(gold, p, solid)]
    wanted = sum(not indicator.optional for indicator in gold.indicators)
    predicted = len(required) + len(extra)
    hits = _decoys_hit(gold, loose)
    score = IndicatorScore(
        located=_counts(len(required), predicted, wanted),
        correct=_counts(sum(pair.correct for pair in required), predicted, wanted),
        full=_counts(sum(pair.full for pair in required), predicted, wanted),
        wrong_value=Share.of(not pair.value for pair in required),
        unit=Share.of(pair.unit for pair in required),
        bound=Share.of(pair.bound for pair in required),
        change=Share.of(pair.change for pair in required),
        status=Share.of(pair.status for pair in required),
        period=Share.of(pair.period for pair in required),
        dates=Share.of(_agree(*pair.dates) for pair in required if _asks_dates(pair)),
        base=Share.of(pair.gold.base == pair.predicted.base for pair in required if _asks_base(pair)),
        base_dates=Share.of(_agree(*pair.base_dates) for pair in required if _asks_base_dates(pair)),
        name=Share.of(pair.name for pair in required),
        full_name=Mean.of(
            _similarity(pair.gold.name_full, pair.predicted.name)
            for pair in required
            if pair.gold.name_full is not None
        ),
        decoys=Share(right=len(set(hits.values())), n=len(set(gold.annotation.decoys))),
        proof=ProofScore.of(
            [pair.predicted for pair in required if pair.correct],
            [*(pair.predicted for pair in required if not pair.correct), *extra],
        ),
    )
    return score, tuple(sorted(_findings(gold, pairs, loose, extra, hits), key=lambda f: (f.start, f.end, f.outcome)))


def _align(gold: Gold, predicted: Sequence[Indicator], solid: SolidText) -> list[_Pair]:
    """The best pairing with all gold items, the optional ones too: a prediction of one of those belongs to it."""
    places = [_said_place(p) for p in predicted]
    year = gold.annotation.document_year
    rows: list[list[_Pair]] = []
    for g in gold.indicators:
        own = list(_value_places(g.start, g.quote, g.raw))
        rows.append(
            [
                _Pair(g, p, any(_meet(a, theirs) for a in own), solid.iou(g, p.evidence), year)
                for p, theirs in zip(predicted, places, strict=True)
            ]
        )
    return [rows[r][c] for r, c in assign([[pair.weight for pair in row] for row in rows])]


def _said_place(predicted: Indicator) -> tuple[int, int]:
    """Where a prediction's value stands; where it does not say, the first place in its quote that prints it."""
    place = predicted.value_evidence or predicted.evidence
    if predicted.value_evidence is None:
        return next(_value_places(place.start, place.quote, predicted.raw), (place.start, place.end))
    return place.start, place.end


def _value_places(start: int, quote: str, raw: str) -> Iterator[tuple[int, int]]:
    """Where the printed value stands in the text, every place when the quote holds it several times."""
    at = quote.find(raw) if raw else -1
    while at >= 0:
        yield start + at, start + at + len(raw)
        at = quote.find(raw, at + 1)


def _meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _counts_against(gold: Gold, predicted: Indicator, solid: SolidText) -> bool:
    """Whether a prediction without a partner is a false alarm: inside the annotated ranges, and no optional item again."""
    if not gold.scores_indicators_at(predicted.evidence.start, predicted.evidence.end):
        return False
    said = _said_place(predicted)
    return not any(
        _meet(place, said) for g in gold.indicators if g.optional for place in _value_places(g.start, g.quote, g.raw)
    )


def _counts(hits: int, predicted: int, gold: int) -> Counts:
    return Counts(tp=hits, fp=predicted - hits, fn=gold - hits)


def _decoys_hit(gold: Gold, loose: Sequence[Indicator]) -> dict[int, str]:
    """Predictions (by identity) whose printed value is, or stands in, a decoy; what is paired with gold is none."""
    hits: dict[int, str] = {}
    for p in loose:
        said = _said_place(p)
        for decoy in gold.annotation.decoys:
            if any(_meet(said, place) for place in _value_places(0, gold.text, decoy)):
                hits[id(p)] = decoy
                break
    return hits


def _likeness(a: str, b: str) -> float:
    """Share of the shorter name's characters that the other has too (multiset overlap), in [0, 1]."""
    left, right = fold(a).text, fold(b).text
    shorter, longer = sorted((left, right), key=len)
    if not shorter:
        return 0.0
    return sum(min(shorter.count(c), longer.count(c)) for c in set(shorter)) / len(shorter)


def _similarity(a: str, b: str) -> float:
    """Ratcliff and Obershelp's ratio over characters, in [0, 1]: 1 for equal names, white space and width not counted."""
    left, right = ("".join(fold(name).text.split()) for name in (a, b))
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _agree(gold: _Dates, predicted: _Dates) -> bool:
    return gold == predicted


def _known(dates: _Dates) -> bool:
    return any(day is not None for day in dates)


def _asks_dates(pair: _Pair) -> bool:
    return pair.gold.asks("period", "period_start", "period_end") and any(_known(side) for side in pair.dates)


def _asks_base(pair: _Pair) -> bool:
    return pair.gold.asks("base") and (pair.gold.base is not None or pair.predicted.base is not None)


def _asks_base_dates(pair: _Pair) -> bool:
    return pair.gold.asks("base_period", "base_period_start", "base_period_end") and any(
        _known(side) for side in pair.base_dates
    )


def _findings(
    gold: Gold, pairs: Sequence[_Pair], loose: Sequence[Indicator], extra: Sequence[Indicator], hits: dict[int, str]
) -> Iterator[Finding]:
    found = {id(pair.gold) for pair in pairs}
    for pair in pairs:
        notes = tuple(_differences(pair))
        outcome = Outcome.RIGHT if not notes else Outcome.PARTIAL if pair.correct else Outcome.WRONG
        yield _finding(
            Outcome.IGNORED if pair.gold.optional else outcome,
            pair.gold,
            _shown(pair.gold),
            _shown(pair.predicted),
            notes,
        )
    for g in gold.indicators:
        if id(g) not in found and not g.optional:
            yield _finding(Outcome.MISSED, g, _shown(g), None)
    against = {id(p) for p in extra}
    for p in loose:
        if id(p) in hits:
            yield _finding(Outcome.DECOY, p.evidence, None, _shown(p), (f"decoy {hits[id(p)]}",))
        else:
            yield _finding(Outcome.EXTRA if id(p) in against else Outcome.IGNORED, p.evidence, None, _shown(p))


def _differences(pair: _Pair) -> Iterator[str]:
    gold, predicted = pair.gold, pair.predicted
    if not pair.value:
        yield f"value {gold.raw} → {predicted.raw} ({predicted.value})"
    if not pair.unit:
        yield f"unit {gold.unit} → {predicted.unit}"
    if not pair.bound:
        yield f"bound {gold.bound.value} → {predicted.bound.value}"
    if not pair.change:
        yield f"change {gold.change or '–'} → {predicted.change or '–'}"
    if not pair.status:
        yield f"status {gold.status.value} → {predicted.status.value}"
    if not pair.period:
        yield f"period {gold.period or '–'} → {predicted.period or '–'}"
    elif _asks_dates(pair) and not _agree(*pair.dates):
        yield f"dates {' → '.join(_days(side) for side in pair.dates)}"
    if _asks_base(pair) and gold.base != predicted.base:
        yield f"base {_or_dash(gold.base)} → {_or_dash(predicted.base)}"
    if _asks_base_dates(pair) and not _agree(*pair.base_dates):
        yield f"base dates {' → '.join(_days(side) for side in pair.base_dates)}"
    if not pair.name:
        yield f"name {gold.name_full or gold.name} → {predicted.name}"


def _days(dates: _Dates) -> str:
    """A resolved period: [2026-01-01, 2027-01-01), … where one end is open."""
    start, end = (day.isoformat() if day is not None else "…" for day in dates)
    return f"[{start}, {end})"


def _or_dash(value: object) -> str:
    return "–" if value is None else str(value)


def _shown(item: GoldIndicator | Indicator) -> str:
    said = [item.bound.value, *([item.change.value] if item.change else []), item.status.value, item.period or "–"]
    return f"{item.name} {item.raw} [{', '.join(said)}]"


def _finding(
    outcome: Outcome, span: Span, expected: str | None, predicted: str | None, notes: tuple[str, ...] = ()
) -> Finding:
    return Finding(
        kind="indicator",
        outcome=outcome,
        start=span.start,
        end=span.end,
        expected=expected,
        predicted=predicted,
        notes=notes,
    )
