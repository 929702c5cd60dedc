"""One file through every stage that needs no model.

bytes → source text → clean text → reading → facts, and what the rules find
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer.figures.figures import Figures
from summarizer.heuristic.indicators import find_indicators
from summarizer.heuristic.tasks import find_tasks
from summarizer.language.characters import ENUMERATION_COMMA
from summarizer.language.markers import unnumbered
from summarizer.reading.reading import Reading, read_clean
from summarizer.reading.year import decide_year
from summarizer.schema import Flag, Indicator, MarkerStatus, Problem, Quality, Rejected, Span, Task
from summarizer.settings import MAX_FILE_SIZE
from summarizer.source.clean import clean
from summarizer.source.facts import Facts, facts
from summarizer.source.quality import quality
from summarizer.source.read import read
from summarizer.source.text import CleanText, SourceText

__all__ = ["Analysis", "analyse"]


@dataclass(frozen=True)
class Analysis:
    """One file after every stage that needs no model.

    ``tasks`` and ``indicators`` are what the rules find, ``rejected`` what they see and put aside; ``year`` is the year
    the text speaks from.
    """

    source: SourceText
    figures: Figures
    facts: Facts
    quality: tuple[Quality, ...]
    tasks: tuple[Task, ...]
    indicators: tuple[Indicator, ...]
    rejected: tuple[Rejected, ...]
    problems: tuple[Problem, ...]

    @property
    def reading(self) -> Reading:
        """The reading that all of it was made from."""
        return self.figures.reading

    @property
    def clean(self) -> CleanText:
        """The clean text."""
        return self.reading.clean


def analyse(path: Path, max_bytes: int = MAX_FILE_SIZE) -> Analysis:
    """Read a file and take it through every stage that needs no model. Raises ``SourceError``."""
    source = read(path, max_bytes=max_bytes)
    reading = read_clean(clean(source))
    known = facts(source, reading.view)
    figures = Figures(reading, decide_year(reading.text, reading.times, (known.meeting.date, known.published)))
    found = find_tasks(reading, figures.year, source.id)
    measured = find_indicators(figures, source.id)
    flags = (*quality(source, reading.clean), *known.notes, *_damaged_markers(found.tasks))
    return Analysis(source, figures, known, flags, found.tasks, measured.indicators, measured.rejected, found.problems)


def _damaged_markers(tasks: Sequence[Task]) -> tuple[Quality, ...]:
    hurt = [task for task in tasks if task.marker_status is MarkerStatus.DAMAGED]
    if not hurt:
        return ()
    detail = ENUMERATION_COMMA.join(task.marker or unnumbered(task.ordinal) for task in hurt)
    place = Span(start=hurt[0].evidence.start, end=hurt[0].evidence.start + len(hurt[0].marker or ""))
    return (Quality(flag=Flag.DAMAGED_MARKERS, detail=detail, span=place),)
