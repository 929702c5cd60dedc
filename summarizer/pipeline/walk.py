"""One file after the other, from bytes to a document.

bytes → source text → clean text → outline and facts → (chunks → answers → proven items) beside the rules → document
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from summarizer.errors import SourceError
from summarizer.exchange import Outcome, Usage
from summarizer.extract.crosscheck import cross_check
from summarizer.extract.document import AskedDocument, ChunkResult, Model, ask_document
from summarizer.extract.merge import to_indicators, to_tasks
from summarizer.heuristic.indicators import extract_indicators
from summarizer.heuristic.tasks import extract_tasks
from summarizer.language.themes import ThemeTable, themes_of
from summarizer.outline.build import outline
from summarizer.outline.model import Outline
from summarizer.schema import (
    Chars,
    Coverage,
    Document,
    Flag,
    Indicator,
    MarkerStatus,
    Problem,
    Quality,
    Rejected,
    Span,
    Task,
    TaskKind,
)
from summarizer.source.clean import clean
from summarizer.source.facts import Facts, facts
from summarizer.source.quality import quality
from summarizer.source.read import DEFAULT_MAX_BYTES, read
from summarizer.source.text import CleanText, SourceText

__all__ = ["Analysis", "Result", "Walk", "analyse", "by_model", "by_rules", "walk"]


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


@dataclass(frozen=True)
class Result:
    """One document with what its reader must know, and how it was made; ``clean`` is the text it was read from.

    ``by_model`` and ``by_rules`` tell which methods had a part in it; ``failed`` that a chunk got no answer,
    ``unpaid`` that the budget was reached.
    """

    document: Document
    clean: CleanText
    problems: tuple[Problem, ...] = ()
    by_model: bool = False
    by_rules: bool = False
    failed: bool = False
    unpaid: bool = False
    usage: Usage = field(default_factory=Usage)
    requests: int = 0
    hits: int = 0
    misses: int = 0


@dataclass(frozen=True)
class Walk:
    """How a walk is made: the theme table, the model to ask (None: rules only), and the size limit of a file in bytes.

    ``optional`` lets a document without any recorded answer go to the rules without a word (method ``auto``);
    otherwise each missing answer is a failure. ``at_once`` documents are in work at a time.
    """

    themes: ThemeTable
    model: Model | None = None
    optional: bool = False
    max_bytes: int = DEFAULT_MAX_BYTES
    at_once: int = 4


def analyse(path: Path, max_bytes: int = DEFAULT_MAX_BYTES) -> Analysis:
    """Read a file and take it through every stage that needs no model. Raises ``SourceError``."""
    source = read(path, max_bytes=max_bytes)
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


def by_rules(analysis: Analysis, themes: ThemeTable) -> Result:
    """The document as the rules see it."""
    document = _document(analysis, analysis.tasks, analysis.indicators, themes)
    return Result(document, analysis.clean, (*analysis.problems, *_source_problems(analysis)), by_rules=True)


async def by_model(analysis: Analysis, walk: Walk, model: Model) -> Result:
    """The document as the model answers and the source proves it, checked against the rules."""
    expected = [
        (start, end)
        for task in analysis.tasks
        if task.marker is not None
        and task.kind is TaskKind.TASK
        and (start := analysis.clean.to_clean(task.evidence.start)) is not None
        and (end := analysis.clean.to_clean(task.evidence.end - 1)) is not None
    ]
    asked = await ask_document(analysis.clean, analysis.outline, analysis.facts.title, model, expected)
    if walk.optional and all(_is_missing(result) for result in asked.results):
        result = by_rules(analysis, walk.themes)
        return replace(result, misses=sum(len(part.answers) for part in asked.results))
    return _checked(analysis, walk.themes, asked)


def _is_missing(result: ChunkResult) -> bool:
    return result.failure is not None and result.failure[0] is Outcome.MISSING


def _checked(analysis: Analysis, themes: ThemeTable, asked: AskedDocument) -> Result:
    """Merge the model's items with the rules', and tell everything that went wrong on the way."""
    doc_id = analysis.source.id
    unanswered = [_source_range(analysis.clean, result) for result in asked.results if result.failure]
    rejected = [one for result in asked.results for proposals in result.proposals for one in proposals.rejected]
    checked = cross_check(
        (
            to_tasks(asked.merged.tasks, analysis.clean, doc_id),
            to_indicators(asked.merged.indicators, analysis.clean, doc_id),
        ),
        (analysis.tasks, analysis.indicators),
        unanswered,
        doc_id,
        in_pieces=len(asked.results) > 1,
        rejected=rejected,
    )
    flags = tuple(_instruction(analysis.clean.evidence(*place)) for place in asked.instructions)
    document = _document(
        replace(analysis, quality=(*analysis.quality, *flags)),
        checked.tasks,
        checked.indicators,
        themes,
        rejected=tuple(dict.fromkeys((*rejected, *asked.merged.rejected))),
        coverage=_coverage(asked.results),
    )
    answers = [answer for result in asked.results for answer in result.answers]
    return Result(
        document,
        analysis.clean,
        (*_answer_problems(asked.results, doc_id), *checked.problems, *_source_problems(analysis)),
        by_model=any(not result.failure for result in asked.results),
        by_rules=bool(unanswered),
        failed=bool(unanswered),
        unpaid=any(answer.outcome is Outcome.UNPAID for answer in answers),
        usage=asked.usage,
        requests=sum(
            not answer.from_cache and answer.outcome not in (Outcome.MISSING, Outcome.UNPAID) for answer in answers
        ),
        hits=sum(answer.from_cache for answer in answers),
        misses=sum(not answer.from_cache for answer in answers),
    )


def _source_range(cleaned: CleanText, result: ChunkResult) -> tuple[int, int]:
    return cleaned.to_source(result.chunk.start), cleaned.to_source(result.chunk.end, "left")


def _instruction(place: Span) -> Quality:
    detail = "the text gives orders to whoever reads it; they were not followed"
    return Quality(flag=Flag.INJECTION_ATTEMPT, detail=detail, span=Span(start=place.start, end=place.end))


def _coverage(results: Sequence[ChunkResult]) -> Coverage:
    failed = sum(result.failure is not None for result in results)
    return Coverage(
        chunks=len(results),
        answered=len(results) - failed,
        from_cache=sum(
            bool(result.answers) and all(answer.from_cache for answer in result.answers) for result in results
        ),
        by_heuristic=failed,
        failed=failed,
    )


def _answer_problems(results: Sequence[ChunkResult], doc_id: str) -> list[Problem]:
    problems: list[Problem] = []
    for result in results:
        number = result.chunk.index + 1
        if result.failure:
            outcome, reason = result.failure
            message = f"chunk {number}: {outcome}; the rules stand in: {reason}"
            problems.append(
                Problem(kind=str(outcome), message=message, details={"reason": reason}, document=doc_id, chunk=number)
            )
        for proposals in result.proposals:
            for kind, message in proposals.notes:
                problems.append(
                    Problem(kind=kind, message=message, details={"reason": message}, document=doc_id, chunk=number)
                )
    return problems


def _source_problems(analysis: Analysis) -> tuple[Problem, ...]:
    """What of the text's own damage bears on completeness."""
    grave = (Flag.TRUNCATED, Flag.PAYWALLED, Flag.MOJIBAKE, Flag.INJECTION_ATTEMPT)
    return tuple(
        Problem(kind=str(flag.flag), message=flag.detail, document=analysis.source.id, span=flag.span)
        for flag in analysis.quality
        if flag.flag in grave
    )


def _document(
    analysis: Analysis,
    tasks: tuple[Task, ...],
    indicators: tuple[Indicator, ...],
    themes: ThemeTable,
    *,
    rejected: tuple[Rejected, ...] = (),
    coverage: Coverage | None = None,
) -> Document:
    source, known = analysis.source, analysis.facts
    themed = tuple(
        task.model_copy(update={"themes": themes_of(task.title, task.evidence.quote, themes)}) for task in tasks
    )
    return Document(
        id=source.id,
        path=source.path,
        sha256=source.sha256,
        media_type=source.media_type,
        encoding=source.encoding,
        chars=Chars(source=len(source.text), clean=len(analysis.clean.text)),
        title=known.title,
        issuer=known.issuer,
        publisher=known.publisher,
        region=known.region,
        level=known.level,
        genre=known.genre,
        published=known.published,
        script=known.script,
        meeting=known.meeting,
        quality=analysis.quality,
        declared_task_count=analysis.outline.declared,
        tasks=themed,
        indicators=tuple(_placed(indicator, themed, themes) for indicator in indicators),
        rejected=rejected,
        coverage=coverage or Coverage(chunks=1, answered=0, by_heuristic=1),
    )


def _placed(indicator: Indicator, tasks: Sequence[Task], themes: ThemeTable) -> Indicator:
    """Give an indicator the task that it stands in, and its themes."""
    start, end = indicator.evidence.start, indicator.evidence.end
    task = next((task for task in tasks if task.evidence.start <= start and end <= task.evidence.end), None)
    found = themes_of(indicator.name, indicator.evidence.quote, themes) or (task.themes if task else ())
    return indicator.model_copy(update={"task_id": task.id if task else None, "themes": found})


async def walk(paths: Iterable[Path], how: Walk) -> AsyncIterator[tuple[Path, Result | SourceError]]:
    """Yield each file's result in the order of the paths, at most ``how.at_once`` in work: memory stays bounded.

    A file that cannot be read yields its error.
    """
    waiting: list[tuple[Path, asyncio.Task[Result | SourceError]]] = []
    try:
        for path in paths:
            waiting.append((path, asyncio.create_task(_one(path, how))))
            if len(waiting) >= how.at_once:
                done, task = waiting[0]
                result = await task
                waiting.pop(0)
                yield done, result
        while waiting:
            done, task = waiting[0]
            result = await task
            waiting.pop(0)
            yield done, result
    finally:
        for _, task in waiting:
            task.cancel()
        await asyncio.gather(*(task for _, task in waiting), return_exceptions=True)


async def _one(path: Path, how: Walk) -> Result | SourceError:
    try:
        analysis = analyse(path, how.max_bytes)
    except SourceError as error:
        return error
    return by_rules(analysis, how.themes) if how.model is None else await by_model(analysis, how, how.model)
