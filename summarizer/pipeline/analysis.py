"""One file through every stage that needs no model.

bytes → source text → clean text → outline and facts → what the rules find
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.heuristic.indicators import extract_indicators
from summarizer.heuristic.tasks import extract_tasks
from summarizer.outline.build import outline
from summarizer.outline.model import Outline
from summarizer.schema import Flag, Indicator, MarkerStatus, Problem, Quality, Span, Task
from summarizer.settings import MAX_FILE_SIZE
from summarizer.source.byte_source import Source
from summarizer.source.clean import clean
from summarizer.source.facts import Facts, facts
from summarizer.source.quality import quality
from summarizer.source.read import read
from summarizer.source.text import CleanText, SourceText

__all__ = ["Analysis", "analyse"]


@dataclass(frozen=True)
class Analysis:
    """One file after every stage that needs no model; ``tasks`` and ``indicators`` are what the rules find."""

    source: SourceText
    clean: CleanText
    outline: Outline
    facts: Facts
    quality: tuple[Quality, ...]
    tasks: tuple[Task, ...]
    indicators: tuple[Indicator, ...]
    problems: tuple[Problem, ...]


def analyse(named: Source, max_bytes: int = MAX_FILE_SIZE) -> Analysis:
    """Read a file and take it through every stage that needs no model. Raises ``SourceError``."""
    source = read(named, max_bytes=max_bytes)
    cleaned = clean(source)
    outlined = outline(cleaned)
    known = facts(source, cleaned)
    found = extract_tasks(cleaned, outlined, source.id)
    indicators = extract_indicators(cleaned, outlined, source.id)
    flags = (*quality(source, cleaned), *known.notes, *_damaged_markers(found.tasks))
    return Analysis(source, cleaned, outlined, known, flags, found.tasks, indicators, found.problems)


def _damaged_markers(tasks: Sequence[Task]) -> tuple[Quality, ...]:
    hurt = [task for task in tasks if task.marker_status is MarkerStatus.DAMAGED]
    if not hurt:
        return ()
    detail = "、".join(task.marker or f"第{task.ordinal}项无编号" for task in hurt)
    place = Span(start=hurt[0].evidence.start, end=hurt[0].evidence.start + len(hurt[0].marker or ""))
    return (Quality(flag=Flag.DAMAGED_MARKERS, detail=detail, span=place),)
