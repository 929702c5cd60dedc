"""Readings of invented texts, for tests: the whole text is clean."""

from __future__ import annotations

from dataclasses import replace

from summarizer.figures.figures import Figures
from summarizer.figures.relation import Relation
from summarizer.heuristic.indicators import find_indicators
from summarizer.heuristic.tasks import TaskFindings, find_tasks
from summarizer.outline.model import Outline, Section
from summarizer.reading.reading import Reading, read_clean
from summarizer.schema import Bound, Change, Horizon, Indicator
from summarizer.source.text import CleanText


def whole(text: str) -> CleanText:
    """A text of which nothing is dropped."""
    return CleanText(text, ((0, len(text)),))


def reading_of(text: str) -> Reading:
    """The reading of a text."""
    return read_clean(whole(text))


def outlined(text: str) -> Outline:
    """The outline of a text."""
    return reading_of(text).outline


def tasks_of(text: str, document: str = "d") -> TaskFindings:
    """The tasks that the rules find."""
    figures = Figures(reading_of(text))
    return find_tasks(figures.reading, figures.year, document)


def with_sections(clean: CleanText, sections: list[Section] | tuple[Section, ...]) -> Figures:
    """The figures of a text whose parts are given and not read."""
    return Figures(replace(read_clean(clean), outline=Outline(tuple(sections), ())))


def indicators_of(*parts: tuple[Horizon, str], headed: bool = False) -> tuple[Indicator, ...]:
    """The rules' indicators of a text of these parts; ``headed``: the first line of each part but the lead is its heading."""
    text = "".join(part for _, part in parts)
    sections, start = [], 0
    for horizon, part in parts:
        heading = (start, start + part.index("\n")) if headed and horizon is not Horizon.LEAD else None
        sections.append(Section(start, start + len(part), horizon, heading, "test"))
        start += len(part)
    return find_indicators(with_sections(whole(text), sections), "d").indicators


def said(relation: Relation | Indicator) -> str:
    """Bound and change in a few words: ``eq``, ``ge``, ``up`` (eq by a change), ``ge up``."""
    bound = relation.bound.value
    if relation.change is None:
        return bound
    change = "up" if relation.change is Change.UP else "down"
    return change if relation.bound is Bound.EQ else f"{bound} {change}"
