"""Indicators by rule: every printed figure that measures something, with its name, relation, status and period.

What the figures say is read in :mod:`summarizer.figures`; here each becomes an item with its evidence, and what was put aside
is told with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.figures.figures import Figures, Sentence
from summarizer.figures.measured import Measured
from summarizer.figures.periods import Period
from summarizer.figures.printed import printed_unit
from summarizer.figures.tables import Row, Table
from summarizer.language.fold import fold
from summarizer.language.quantities import Quantity
from summarizer.language.units import implied_unit
from summarizer.schema import (
    CleanOffset,
    Evidence,
    Horizon,
    Indicator,
    Origin,
    Rejected,
    RejectionReason,
    Status,
    rejected,
)

__all__ = ["IndicatorFindings", "find_indicators"]


@dataclass(frozen=True, slots=True)
class IndicatorFindings:
    """The indicators in the order of the text, and the figures that the rules saw and put aside."""

    indicators: tuple[Indicator, ...]
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """An indicator still without its number, and where its figure stands."""

    at: int
    indicator: Indicator


def find_indicators(figures: Figures, doc_id: str) -> IndicatorFindings:
    """The indicators that the rules find, ids ``<doc_id>.i<n>``; ``task_id`` and ``themes`` are left to later stages.

    Names, quotes and raw values are the source's own characters. A figure that page matter cuts in two has no verbatim
    quote and is put aside. Cost is linear in the text.
    """
    found: list[_Found] = []
    aside = list(_elsewhere(figures))
    for table in figures.tables:
        found.extend(_Found(row.start, _from_row(figures, row, table)) for row in table.rows)
    for sentence in figures.sentences:
        found.extend(_Found(item.quantity.start, _from_sentence(figures, item, sentence)) for item in sentence.measured)
        aside.extend(_aside(figures, one.quantity, one.start, one.reason) for one in sentence.aside)
    kept: list[Indicator] = []
    for _, indicator in sorted(((one.at, one.indicator) for one in found), key=lambda one: one[0]):
        if _is_whole(indicator, figures):
            kept.append(indicator.model_copy(update={"id": f"{doc_id}.i{len(kept) + 1}"}))
        else:
            aside.append(_cut(indicator))
    return IndicatorFindings(tuple(kept), tuple(sorted(aside, key=lambda one: one.span.start if one.span else 0)))


def _is_whole(indicator: Indicator, figures: Figures) -> bool:
    """Whether the figure stands in the evidence in one piece: marks and blanks may part it there, words may not."""
    reading, evidence, raw = figures.reading, indicator.evidence, fold(indicator.raw).text
    if raw in fold(evidence.quote).text:
        return True
    start, words = reading.clean.kept_before(evidence.start), reading.words(evidence)
    end = CleanOffset(start + len(words))
    return raw in fold(words).text and reading.clean.unbroken(start, end) == end


def _elsewhere(figures: Figures) -> Iterator[Rejected]:
    """Figures in passages about other things than government work."""
    for start, end in figures.reading.kind.elsewhere:
        for quantity in figures.reading.figures_in(start, end):
            yield _aside(figures, quantity, figures.reading.place(quantity)[0], RejectionReason.OTHER_MATTER)


def _aside(figures: Figures, quantity: Quantity, start: CleanOffset, reason: RejectionReason) -> Rejected:
    place = figures.reading.evidence(start, figures.reading.place(quantity)[1])
    return rejected("indicator", Origin.HEURISTIC, reason, place.quote, span=place)


def _cut(indicator: Indicator) -> Rejected:
    place = indicator.evidence
    return rejected("indicator", Origin.HEURISTIC, RejectionReason.CUT_FIGURE, place.quote, span=place)


def _from_sentence(figures: Figures, item: Measured, sentence: Sentence) -> Indicator:
    reading, quantity = figures.reading, item.quantity
    period = figures.period(quantity.start, sentence.start)
    raw = reading.printed(*reading.place(quantity))
    start, end = figures.days(period.printed if period else None)
    base_start, base_end = figures.days(item.base_period)
    return Indicator(
        id="",
        name=figures.as_printed(item.name, item.start, item.end, sentence.start),
        name_evidence=figures.name_spans(item.name, item.start, item.end, sentence.start),
        value=quantity.value,
        value_high=quantity.value_high,
        raw=raw,
        value_evidence=reading.evidence(*reading.place(quantity)),
        unit=printed_unit(reading, quantity) or implied_unit(item.name, reading.text[quantity.start : quantity.end]),
        bound=item.relation.bound,
        change=item.relation.change,
        status=figures.status((item.clause, quantity.end), sentence.start, period),
        period=figures.reading.words(_of(figures, period)) if period else None,
        period_start=start,
        period_end=end,
        period_evidence=_of(figures, period) if period else None,
        base=item.base,
        base_evidence=reading.evidence(*item.base_at) if item.base_at else None,
        base_period=figures.as_printed(item.base_period, sentence.start, item.end, sentence.start)
        if item.base_period
        else None,
        base_period_start=base_start,
        base_period_end=base_end,
        evidence=reading.evidence(item.start, item.end),
        origin=Origin.HEURISTIC,
    )


def _of(figures: Figures, period: Period) -> Evidence:
    return figures.reading.evidence(period.start, period.end)


def _from_row(figures: Figures, row: Row, table: Table) -> Indicator:
    reading = figures.reading
    planned = table.planned or figures.horizon(row.start) in (Horizon.OUTLOOK, Horizon.WORK)
    start, end = figures.days(row.period)
    base_start, base_end = figures.days(row.base_period)
    return Indicator(
        id="",
        name=figures.as_printed(row.name, row.start, row.end, row.start),
        name_evidence=figures.name_spans(row.name, row.start, row.end, row.start),
        value=row.value,
        value_high=row.value_high,
        raw=reading.printed(*row.value_at),
        value_evidence=reading.evidence(*row.value_at),
        unit=figures.as_printed(row.unit, row.start, row.end, table.start),
        bound=row.bound,
        status=Status.TARGET if planned else Status.ACHIEVED,
        nature=row.nature,
        period=figures.as_printed(row.period, table.start, row.end, table.start) if row.period else None,
        period_start=start,
        period_end=end,
        base=row.base,
        base_period=figures.as_printed(row.base_period, table.start, row.end, table.start) if row.base_period else None,
        base_period_start=base_start,
        base_period_end=base_end,
        evidence=reading.evidence(row.start, row.end),
        origin=Origin.HEURISTIC,
    )
