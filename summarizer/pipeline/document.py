"""From an analysis, and a model's answers where one is asked, to the document with everything that went wrong on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from summarizer.exchange import Outcome, Usage
from summarizer.extract.crosscheck import cross_check
from summarizer.extract.document import AskedDocument, ChunkResult, Model, ask_document
from summarizer.extract.merge import to_indicators, to_tasks
from summarizer.heuristic.groups import groups_above
from summarizer.language.fold import simplified
from summarizer.language.themes import ThemeTable, themes_of
from summarizer.outline.model import Section
from summarizer.pipeline.analysis import Analysis
from summarizer.pipeline.standing import stand_indicators
from summarizer.pipeline.task_standing import stand_tasks
from summarizer.pipeline.trace import trace_analysis, trace_document
from summarizer.reading.reading import Reading
from summarizer.schema import (
    Chars,
    Coverage,
    Document,
    Evidence,
    Flag,
    Heading,
    Indicator,
    Part,
    Problem,
    ProblemKind,
    Quality,
    Rejected,
    SourceOffset,
    Span,
    Task,
    TaskKind,
    problem,
)
from summarizer.source.duplicates import Sketch, sketch
from summarizer.source.text import CleanText

__all__ = ["Result", "by_model", "by_rules"]


@dataclass(frozen=True)
class Result:
    """One document with what its reader must know, and how it was made; ``clean`` is the text it was read from,
    ``sketch`` what other copies of that text are known by.

    ``by_model`` and ``by_rules`` tell which methods had a part in it; ``failed`` that a chunk got no answer,
    ``unpaid`` that the budget was reached.
    """

    document: Document
    clean: CleanText
    sketch: Sketch
    problems: tuple[Problem, ...] = ()
    by_model: bool = False
    by_rules: bool = False
    failed: bool = False
    unpaid: bool = False
    usage: Usage = field(default_factory=Usage)
    requests: int = 0
    hits: int = 0
    misses: int = 0


def by_rules(analysis: Analysis, themes: ThemeTable) -> Result:
    """The document as the rules see it."""
    trace_analysis(analysis)
    document = _document(analysis, analysis.tasks, analysis.indicators, themes)
    trace_document(document)
    problems = (*analysis.problems, *_source_problems(analysis))
    return Result(document, analysis.clean, sketch(analysis.clean.text), problems, by_rules=True)


async def by_model(analysis: Analysis, themes: ThemeTable, model: Model, *, optional: bool = False) -> Result:
    """The document as the model answers and the source proves it, checked against the rules.

    ``optional`` lets a document without any recorded answer go to the rules without a word (method ``auto``); otherwise
    each missing answer is a failure.
    """
    expected = [
        (start, end)
        for task in analysis.tasks
        if task.marker is not None
        and task.kind is TaskKind.TASK
        and (start := analysis.clean.to_clean(task.evidence.start)) is not None
        and (end := analysis.clean.to_clean(SourceOffset(task.evidence.end - 1))) is not None
    ]
    asked = await ask_document(analysis.figures, analysis.facts.title, model, expected)
    if optional and all(_is_missing(result) for result in asked.results):
        result = by_rules(analysis, themes)
        return replace(result, misses=sum(len(part.answers) for part in asked.results))
    trace_analysis(analysis)
    return _checked(analysis, themes, asked)


def _is_missing(result: ChunkResult) -> bool:
    return result.failure is not None and result.failure[0] is Outcome.MISSING


def _checked(analysis: Analysis, themes: ThemeTable, asked: AskedDocument) -> Result:
    """Merge the model's items with the rules', and tell everything that went wrong on the way."""
    doc_id = analysis.source.id
    unanswered = [
        analysis.clean.to_source_range(result.chunk.start, result.chunk.end)
        for result in asked.results
        if result.failure
    ]
    rejected = [one for result in asked.results for proposals in result.proposals for one in proposals.rejected]
    checked = cross_check(
        (
            to_tasks(asked.merged.tasks, analysis.figures, doc_id),
            to_indicators(asked.merged.indicators, analysis.figures, doc_id),
        ),
        (analysis.tasks, analysis.indicators),
        unanswered,
        doc_id,
        in_pieces=len(asked.results) > 1,
        declared=analysis.reading.outline.declared,
        rejected=rejected,
    )
    flags = tuple(_instruction(analysis.clean.evidence(*place)) for place in asked.instructions)
    document = _document(
        replace(analysis, quality=(*analysis.quality, *flags)),
        checked.tasks,
        checked.indicators,
        themes,
        rejected=tuple(_once((*rejected, *asked.merged.rejected))),
        coverage=_coverage(asked.results),
    )
    trace_document(document)
    answers = [answer for result in asked.results for answer in result.answers]
    return Result(
        document,
        analysis.clean,
        sketch(analysis.clean.text),
        (*_answer_problems(asked.results, doc_id), *checked.problems, *_source_problems(analysis)),
        by_model=any(not result.failure for result in asked.results),
        by_rules=bool(unanswered) or checked.failed,
        failed=bool(unanswered) or checked.failed,
        unpaid=any(answer.outcome is Outcome.UNPAID for answer in answers),
        usage=asked.usage,
        requests=sum(
            not answer.from_cache and answer.outcome not in (Outcome.MISSING, Outcome.UNPAID) for answer in answers
        ),
        hits=sum(answer.from_cache for answer in answers),
        misses=sum(not answer.from_cache for answer in answers),
    )


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


_FAILURES = {
    Outcome.REFUSED: ProblemKind.CHUNK_REFUSED,
    Outcome.FILTERED: ProblemKind.CHUNK_FILTERED,
    Outcome.EMPTY: ProblemKind.CHUNK_EMPTY,
    Outcome.FAILED: ProblemKind.CHUNK_FAILED,
    Outcome.MISSING: ProblemKind.CHUNK_MISSING,
    Outcome.UNPAID: ProblemKind.CHUNK_UNPAID,
    Outcome.CUT: ProblemKind.CHUNK_CUT,
}


def _once(rejected: Sequence[Rejected]) -> list[Rejected]:
    """Each rejection once, whatever number of answers proposed it."""
    return list({one.model_dump_json(): one for one in rejected}.values())


def _answer_problems(results: Sequence[ChunkResult], doc_id: str) -> list[Problem]:
    problems: list[Problem] = []
    for result in results:
        number = result.chunk.index + 1
        if result.failure:
            outcome, reason = result.failure
            problems.append(problem(_FAILURES[outcome], {"reason": reason}, document=doc_id, chunk=number))
        for proposals in result.proposals:
            problems.extend(note.model_copy(update={"document": doc_id, "chunk": number}) for note in proposals.notes)
    return problems


_GRAVE = {
    Flag.TRUNCATED: ProblemKind.TRUNCATED,
    Flag.PAYWALLED: ProblemKind.PAYWALLED,
    Flag.MOJIBAKE: ProblemKind.MOJIBAKE,
    Flag.UNREAD: ProblemKind.UNREAD,
    Flag.UNCERTAIN_TEXT: ProblemKind.UNCERTAIN_TEXT,
    Flag.INJECTION_ATTEMPT: ProblemKind.INJECTION_ATTEMPT,
}


def _source_problems(analysis: Analysis) -> tuple[Problem, ...]:
    """What of the text's own damage bears on completeness."""
    return tuple(
        problem(_GRAVE[flag.flag], {"detail": flag.detail}, document=analysis.source.id, span=flag.span)
        for flag in analysis.quality
        if flag.flag in _GRAVE
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
    source, known, reading = analysis.source, analysis.facts, analysis.reading
    themed = tuple(
        task.model_copy(
            update={
                "group": task.group or _groups(analysis, task),
                "themes": themes_of(simplified(task.title), _read(analysis, task), themes),
                "confidence": source.confidence(task.evidence.start, task.evidence.end),
            }
        )
        for task in tasks
    )
    themed, unprinted = stand_tasks(analysis, themed)
    placed = [_placed(analysis, indicator, themed, themes) for indicator in indicators]
    stood, unbound = stand_indicators(analysis.figures, placed)
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
        year=analysis.figures.year,
        year_evidence=_year_place(analysis),
        kind=reading.kind.kind,
        kind_evidence=tuple(reading.evidence(start, end) for start, end in reading.kind.evidence),
        parts=tuple(_part(reading, section) for section in reading.outline.sections),
        quality=analysis.quality,
        declared_task_count=reading.outline.declared,
        tasks=themed,
        indicators=stood,
        rejected=(*rejected, *unprinted, *unbound, *analysis.rejected),
        coverage=coverage or Coverage(chunks=1, answered=0, by_heuristic=1),
    )


def _groups(analysis: Analysis, task: Task) -> tuple[Heading, ...]:
    """The headlines above a model's task, which is not asked for them: they are printed."""
    start = analysis.clean.to_clean(task.evidence.start)
    return () if start is None else groups_above(analysis.reading, start)


def _read(analysis: Analysis, item: Task | Indicator) -> str:
    """An item's quote as it is read: in simplified characters."""
    return analysis.reading.view.source[item.evidence.start : item.evidence.end]


def _year_place(analysis: Analysis) -> Evidence | None:
    spoken = analysis.figures.spoken
    return analysis.reading.evidence(*spoken.place) if spoken and spoken.place else None


def _part(reading: Reading, section: Section) -> Part:
    place = reading.evidence(section.start, section.end)
    heading = reading.printed(*section.heading).strip() if section.heading else None
    return Part(start=place.start, end=place.end, heading=heading or None, horizon=section.horizon)


def _placed(analysis: Analysis, indicator: Indicator, tasks: Sequence[Task], themes: ThemeTable) -> Indicator:
    """Give an indicator the task that it stands in, and its themes."""
    start, end = indicator.evidence.start, indicator.evidence.end
    task = next((task for task in tasks if task.evidence.start <= start and end <= task.evidence.end), None)
    found = themes_of(simplified(indicator.name), _read(analysis, indicator), themes)
    return indicator.model_copy(
        update={
            "task_id": task.id if task else None,
            "themes": found or (task.themes if task else ()),
            "confidence": analysis.source.confidence(start, end),
        }
    )
