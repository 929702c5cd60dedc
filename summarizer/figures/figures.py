"""The one room of figures: what a printed number says, asked by the rules that find it and by the proof that checks it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from summarizer.figures.measured import Measured, Putaside
from summarizer.figures.periods import Period, Periods
from summarizer.figures.resolution import Days, resolve
from summarizer.figures.sentence import read_sentence
from summarizer.figures.status import status_of
from summarizer.figures.tables import Table, find_tables
from summarizer.language.quantities import Quantity
from summarizer.reading.reading import Reading
from summarizer.reading.year import DocumentYear
from summarizer.schema import CleanOffset, Horizon, Span, Status
from summarizer.source.text import CleanRange, TextRange, clean_range

__all__ = ["Figures", "Sentence"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence ``[start, end)`` with what its figures measure, and the figures that were put aside."""

    start: CleanOffset
    end: CleanOffset
    measured: tuple[Measured, ...]
    aside: tuple[Putaside, ...]


@dataclass(frozen=True)
class Figures:
    """The figures of one reading: tables, sentences, times and status; ``spoken`` is the year the text speaks from."""

    reading: Reading
    spoken: DocumentYear | None = None

    @cached_property
    def periods(self) -> Periods:
        """The times of the text, to be asked for the one that governs a place."""
        return Periods(self.reading.text, self.reading.times, self.reading.outline.sections, self.year)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The tables of indicators."""
        return tuple(find_tables(self.reading.text))

    @cached_property
    def passed(self) -> list[CleanRange]:
        """Ranges in which no sentences are read: tables, and passages about other things; sorted and disjoint."""
        return _joined([*((table.start, table.end) for table in self.tables), *self.reading.kind.elsewhere])

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence that holds figures outside the ranges to pass over, read from left to right."""
        return tuple(self._sentences())

    @cached_property
    def _measured(self) -> dict[int, Measured]:
        return {one.quantity.start: one for sentence in self.sentences for one in sentence.measured}

    def measured_at(self, start: int) -> Measured | None:
        """What the figure that begins at ``start`` measures, as its sentence is read; None for one that was put aside."""
        return self._measured.get(start)

    def in_table(self, offset: int) -> bool:
        """Whether a place stands in a table of indicators."""
        return any(table.start <= offset < table.end for table in self.tables)

    def measured_in(self, start: int, end: int) -> Iterator[Measured]:
        """What the figures that begin in ``[start, end)`` measure."""
        for figure in self.reading.figures_in(start, end):
            if measured := self._measured.get(figure.start):
                yield measured

    def _sentences(self) -> Iterator[Sentence]:
        reading, starts = self.reading, [start for start, _ in self.passed]
        inside: list[Quantity] = []
        start = end = 0
        for figure in reading.figures:
            place = bisect_right(starts, figure.start) - 1
            if place >= 0 and figure.start < self.passed[place][1]:
                continue
            if inside and figure.start < end:
                inside.append(figure)
                continue
            if inside:
                end = max(end, inside[-1].end)
                yield self._read(start, end, inside)
            after = max(end, self.passed[place][1] if place >= 0 else 0)
            first, last = reading.sentence(figure.start)
            start, end = max(after, first), last
            inside = [figure]
        if inside:
            yield self._read(start, max(end, inside[-1].end), inside)

    def _read(self, start: int, end: int, inside: list[Quantity]) -> Sentence:
        measured, aside = read_sentence(self.reading.text, start, end, inside)
        return Sentence(*clean_range(start, end), tuple(measured), tuple(aside))

    def period(self, offset: int, sentence: int) -> Period | None:
        """The time that governs a figure at ``offset`` in the sentence that begins at ``sentence``."""
        return self.periods.of(offset, sentence, self.reading.section(offset))

    def status(self, clause: TextRange, sentence: int, period: Period | None) -> Status:
        """Reached or to be reached, for the figure that ends ``clause``."""
        return status_of(self.reading.text, clause, sentence, self.horizon(clause[1] - 1), period)

    def horizon(self, offset: int) -> Horizon:
        """What the part speaks of that holds ``offset``."""
        section = self.reading.section(offset)
        return section.horizon if section else Horizon.OTHER

    @property
    def year(self) -> int | None:
        """The year the text speaks from, where it is known."""
        return self.spoken.year if self.spoken else None

    def days(self, printed: str | None) -> Days:
        """The days of a printed time, read from the text's own year."""
        return resolve(printed, self.year) if printed else (None, None)

    def as_printed(self, words: str, start: int, end: int, first: int) -> str:
        """Words read in simplified characters as the source prints them, piece by piece (parted by spaces): in ``[start, end)``,
        else nearest before it from ``first`` on.
        """
        reading = self.reading
        if not reading.converted:
            return words
        pieces = []
        for piece in words.split(" "):
            at = reading.text.find(piece, start, end)
            at = at if at >= 0 else reading.text.rfind(piece, first, end)
            pieces.append(reading.printed(*clean_range(at, at + len(piece))) if at >= 0 else piece)
        return " ".join(pieces)

    def name_spans(self, name: str, start: int, end: int, sentence: int) -> tuple[Span, ...]:
        """Where the pieces of a name (parted by spaces) stand: in ``[start, end)``, else nearest before it in its sentence."""
        text, spans = self.reading.text, list[Span]()
        for piece in name.split():
            at = text.find(piece, start, end)
            at = at if at >= 0 else text.rfind(piece, sentence, end)
            if at >= 0:
                place = self.reading.evidence(*clean_range(at, at + len(piece)))
                spans.append(Span(start=place.start, end=place.end))
        return tuple(spans)


def _joined(ranges: list[CleanRange]) -> list[CleanRange]:
    """The ranges in order, those that overlap made one."""
    joined: list[CleanRange] = []
    for start, end in sorted(ranges):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
