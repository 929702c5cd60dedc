"""Indicators of a text: every printed figure that measures something, with its name, relation, status and period.

Figures are found in one scan, then read sentence by sentence from left to right, because a figure's name may stand in
the clause before (总值9000亿元、增长5%) or be one part of a list (甲、乙分别增长5%、6%).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.heuristic.reading import Measured, read_sentence
from summarizer.heuristic.status import Periods, status_of
from summarizer.language.dates import find_times
from summarizer.language.quantities import Quantity, find_quantities
from summarizer.outline.model import Horizon, Outline, Section
from summarizer.schema import Indicator, Origin
from summarizer.source.text import CleanText

__all__ = ["extract_indicators"]

_SENTENCE = re.compile(r"[^。！？!?；;\n]{0,500}[。！？!?；;\n]?")
"""Sentences; a stretch without any end is cut, so that no reading looks further back than this."""


def extract_indicators(clean: CleanText, outline: Outline, doc_id: str) -> tuple[Indicator, ...]:
    """Indicators in the order of the text, ids ``<doc_id>.i<n>``; ``task_id`` and ``themes`` are left to later stages."""
    text = clean.text
    times = tuple(find_times(text))
    periods = Periods(text, times)
    sections = iter(outline.sections)
    section = next(sections, None)
    found: list[Indicator] = []
    for start, end, quantities in _sentences(text):
        for item in read_sentence(text, start, end, quantities):
            while section is not None and section.end <= item.quantity.start:
                section = next(sections, None)
            found.append(_indicator(clean, item, periods, start, section, f"{doc_id}.i{len(found) + 1}"))
    return tuple(found)


def _indicator(
    clean: CleanText, item: Measured, periods: Periods, sentence: int, section: Section | None, number: str
) -> Indicator:
    quantity = item.quantity
    horizon = section.horizon if section else Horizon.OTHER
    return Indicator(
        id=number,
        name=item.name,
        value=quantity.value,
        value_high=quantity.value_high,
        raw=quantity.raw,
        unit=quantity.unit,
        op=item.op,
        status=status_of(clean.text, (item.clause, item.quantity.end), sentence, horizon),
        period=periods.of(quantity.start, sentence, section),
        base=item.base,
        base_period=item.base_period,
        evidence=clean.evidence(item.start, item.end),
        origin=Origin.HEURISTIC,
    )


def _sentences(text: str) -> Iterator[tuple[int, int, list[Quantity]]]:
    """Sentences that hold figures: ``(start, end, figures)``."""
    quantities = find_quantities(text)
    ahead = next(quantities, None)
    at = 0
    while ahead is not None:
        match = _SENTENCE.match(text, at)
        end = match.end() if match and match.end() > at else at + 1
        inside = []
        while ahead is not None and ahead.start < end:
            inside.append(ahead)
            ahead = next(quantities, None)
        if inside:
            yield at, max(end, inside[-1].end), inside
        at = max(end, inside[-1].end) if inside else end
