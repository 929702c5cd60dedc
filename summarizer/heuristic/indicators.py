"""Indicators of a text: every printed figure that measures something, with its name, relation, status and period.

Tables of indicators are read by their columns. All other figures are found in one scan and read sentence by sentence from
left to right, because a figure's name may stand in the clause before (总值9000亿元、增长5%) or be one part of a list
(甲、乙分别增长5%、6%).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from summarizer.heuristic.measured import Measured
from summarizer.heuristic.reading import read_sentence
from summarizer.heuristic.status import Periods, status_of
from summarizer.heuristic.subject import other_matter
from summarizer.heuristic.tables import Row, Table, find_tables
from summarizer.language.cues import simplified
from summarizer.language.dates import Time, find_times
from summarizer.language.quantities import Quantity, find_quantities
from summarizer.language.units import implied_unit
from summarizer.outline.model import Horizon, Outline, Section
from summarizer.schema import Indicator, Origin, Status
from summarizer.source.text import CleanText

__all__ = ["extract_indicators"]

_SENTENCE = re.compile(r"[^。！？!?；;\n]{0,500}[。！？!?；;\n]?")
"""Sentences; a stretch without any end is cut, so that no reading looks further back than this."""


def extract_indicators(clean: CleanText, outline: Outline, doc_id: str) -> tuple[Indicator, ...]:
    """Indicators in the order of the text, ids ``<doc_id>.i<n>``; ``task_id`` and ``themes`` are left to later stages.

    Traditional characters are read as simplified ones; names, quotes and raw values are the source's own. Cost is linear.
    """
    return tuple(_Reader(clean, simplified(clean.text), outline).read(doc_id))


@dataclass
class _Reader:
    """One text with its parts and times; ``text`` is the clean text in simplified characters, offset for offset."""

    clean: CleanText
    text: str
    outline: Outline

    def __post_init__(self) -> None:
        self._periods = Periods(self.text, tuple(find_times(self.text)), self.outline.sections)
        self._starts = [section.start for section in self.outline.sections]

    def read(self, doc_id: str) -> list[Indicator]:
        """All indicators; one whose figure page matter cuts in two has no verbatim quote and is left out."""
        other = list(other_matter(self.text))
        if other == [(0, len(self.text))]:
            return []
        tables = list(find_tables(self.text))
        builders: list[tuple[int, int, Callable[[str], Indicator]]] = [
            (row.start, row.end, partial(self._from_row, row, table)) for table in tables for row in table.rows
        ]
        passed = _joined([*((table.start, table.end) for table in tables), *other])
        for start, end, quantities in _sentences(self.text, self._periods.times, passed):
            for item in read_sentence(self.text, start, end, quantities):
                quantity = item.quantity
                builders.append((quantity.start, quantity.end, partial(self._from_sentence, item, start)))
        found: list[Indicator] = []
        for first, stop, build in sorted(builders, key=lambda builder: builder[0]):
            indicator = build(f"{doc_id}.i{len(found) + 1}")
            # Blanks and marks that print nothing may part a figure in the source, words may not.
            if indicator.raw in indicator.evidence.quote or self.clean.unbroken(first, stop) == stop:
                found.append(indicator)
        return found

    def _section(self, offset: int) -> Section | None:
        place = bisect_right(self._starts, offset) - 1
        return self.outline.sections[place] if place >= 0 else None

    def _from_sentence(self, item: Measured, sentence: int, number: str) -> Indicator:
        quantity = item.quantity
        section = self._section(quantity.start)
        raw = self.clean.text[quantity.start : quantity.end]
        horizon = section.horizon if section else Horizon.OTHER
        period = self._periods.of(quantity.start, sentence, section)
        return Indicator(
            id=number,
            name=self._printed(item.name, item.start, item.end),
            value=quantity.value,
            value_high=quantity.value_high,
            raw=raw,
            unit=self._unit(quantity) or implied_unit(item.name, raw),
            op=item.op,
            status=status_of(self.text, (item.clause, quantity.end), sentence, horizon, period),
            period=self._somewhere(period.printed if period else None),
            base=item.base,
            base_period=self._somewhere(item.base_period),
            evidence=self.clean.evidence(item.start, item.end),
            origin=Origin.HEURISTIC,
        )

    def _from_row(self, row: Row, table: Table, number: str) -> Indicator:
        section = self._section(row.start)
        horizon = section.horizon if section else Horizon.OTHER
        planned = table.planned or horizon in (Horizon.OUTLOOK, Horizon.WORK)
        return Indicator(
            id=number,
            name=self._printed(row.name, row.start, row.end),
            value=row.value,
            value_high=row.value_high,
            raw=row.raw,
            unit=row.unit,
            op=row.op,
            status=Status.TARGET if planned else Status.ACHIEVED,
            nature=row.nature,
            period=self._somewhere(row.period),
            base=row.base,
            base_period=self._somewhere(row.base_period),
            evidence=self.clean.evidence(row.start, row.end),
            origin=Origin.HEURISTIC,
        )

    def _printed(self, name: str, start: int, end: int) -> str:
        """A name as the source prints it, part by part, where it was read in simplified characters."""
        if self.text is self.clean.text or self.text == self.clean.text:
            return name
        return " ".join(self._original(part, start, end) for part in name.split(" "))

    def _unit(self, quantity: Quantity) -> str:
        """The unit in the source's own characters; a folded form (％ read as %) stays folded."""
        unit, end = quantity.unit, quantity.end
        return self.clean.text[end - len(unit) : end] if self.text[end - len(unit) : end] == unit else unit

    def _somewhere(self, printed: str | None) -> str | None:
        return None if printed is None else self._printed(printed, 0, len(self.text))

    def _original(self, part: str, start: int, end: int) -> str:
        at = self.text.find(part, start, end)
        return part if at < 0 else self.clean.text[at : at + len(part)]


def _sentences(
    text: str, times: Sequence[Time], passed: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, list[Quantity]]]:
    """Sentences that hold figures outside the ranges to pass over: ``(start, end, figures)``."""
    starts = [start for start, _ in passed]
    inside: list[Quantity] = []
    start = end = 0
    for quantity in find_quantities(text, times=times):
        place = bisect_right(starts, quantity.start) - 1
        if place >= 0 and quantity.start < passed[place][1]:
            continue
        if inside and quantity.start < end:
            inside.append(quantity)
            continue
        if inside:
            end = max(end, inside[-1].end)
            yield start, end, inside
        after = max(end, passed[place][1] if place >= 0 else 0)
        start, end = _sentence_around(text, after, quantity.start)
        inside = [quantity]
    if inside:
        yield start, max(end, inside[-1].end), inside


def _joined(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in order, those that overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _sentence_around(text: str, at: int, offset: int) -> tuple[int, int]:
    """Start and end of the sentence that holds ``offset``, searched forward from ``at``."""
    while True:
        match = _SENTENCE.match(text, at)
        end = max(match.end() if match else at, at + 1)
        if end > offset:
            return at, end
        at = end
