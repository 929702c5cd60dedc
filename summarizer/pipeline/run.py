"""A run: files and settings in, a briefing out, with how it was made and everything its reader must know."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from summarizer import __version__
from summarizer.briefing.comparison import compare
from summarizer.errors import SourceError
from summarizer.extract.prompts import load_prompt
from summarizer.pipeline.copies import count_once
from summarizer.pipeline.document import Result
from summarizer.pipeline.overview import Overview, make_overview
from summarizer.pipeline.session import Session, Watch
from summarizer.schema import Briefing, CacheUse, Problem, ProblemKind, PromptUsed, Run, RunUsage, problem
from summarizer.source.byte_source import PassedOver, Source
from summarizer.source.text import CleanText

__all__ = ["Finished", "make_briefing"]


@dataclass(frozen=True)
class Finished:
    """A briefing, the texts it was made from by document id, and what the exit code depends on.

    ``unreadable`` of ``files`` files could not be read.
    """

    briefing: Briefing
    texts: dict[str, CleanText]
    files: int
    unreadable: int
    failed: bool
    unpaid: bool


async def make_briefing(
    sources: Iterable[Source],
    session: Session,
    *,
    apart: Sequence[PassedOver | SourceError] = (),
    progress: Watch | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Finished:
    """Make the briefing of all files, asking through the open session. A file that cannot be read becomes a problem of it.

    ``apart`` is what the expansion of the inputs met besides the sources: it is named among the problems.
    """
    begun = time.monotonic()
    results: list[Result] = []
    problems: list[Problem] = [_not_read(one) for one in apart]
    language = session.settings.language
    async with aclosing(session.documents(sources)) as made:
        async for source, result in made:
            session.insist()
            if isinstance(result, SourceError):
                problems.append(_not_read(result))
            else:
                results.append(result)
            if progress:
                progress(source, result, session.spent())
    single = count_once(results)
    problems += [*(one for result in single.results for one in result.problems), *single.problems]
    texts = {result.document.id: result.clean for result in single.results}
    comparison = compare(single.counted, texts, session.themes, language)
    writer = session.model if any(result.by_model for result in results) else None
    overview = await make_overview(single.counted, comparison, language, writer)
    run = _run(results, overview, session, time.monotonic() - begun)
    briefing = Briefing(
        tool_version=__version__,
        created_at=now().isoformat(timespec="seconds"),
        language=language,
        run=run,
        documents=single.documents,
        comparison=comparison,
        overview=overview.statements,
        problems=(*problems, *overview.problems),
    )
    unreadable = sum(one.kind is ProblemKind.UNREADABLE for one in problems)
    return Finished(
        briefing,
        texts,
        len(results) + unreadable,
        unreadable,
        any(result.failed for result in results),
        any(result.unpaid for result in results),
    )


def _not_read(one: SourceError | PassedOver) -> Problem:
    kind = ProblemKind.PASSED_OVER if isinstance(one, PassedOver) else ProblemKind.UNREADABLE
    return problem(kind, {"path": one.path, "reason": one.reason})


def _run(results: list[Result], overview: Overview, session: Session, elapsed: float) -> Run:
    connection, spent = session.connection, session.spent()
    asked = connection is not None and any(result.by_model for result in results)
    used = [load_prompt("extract"), *([overview.prompt] if overview.prompt else [])] if asked else []
    hits = sum(answer.from_cache for answer in overview.answers)
    misses = len(overview.answers) - hits
    return Run(
        method=_method(results, replayed=connection is not None and connection.host is None),
        model=connection.model if connection and asked else None,
        endpoint_host=connection.host if connection and asked else None,
        prompts={prompt.name: PromptUsed(version=prompt.version, sha256=prompt.sha256) for prompt in used},
        cache=CacheUse(
            hits=hits + sum(result.hits for result in results),
            misses=misses + sum(result.misses for result in results),
        ),
        usage=RunUsage(
            requests=spent.requests if spent else 0,
            input_tokens=spent.usage.input_tokens if spent else 0,
            output_tokens=spent.usage.output_tokens if spent else 0,
            cost=spent.cost if spent else None,
            currency=spent.currency if spent else None,
        ),
        elapsed_s=round(elapsed, 3),
    )


def _method(results: list[Result], *, replayed: bool) -> Literal["model", "replay", "heuristic", "mixed"]:
    """``mixed`` as soon as the rules stood in anywhere beside a model."""
    by_model = any(result.by_model for result in results)
    if by_model and any(result.by_rules for result in results):
        return "mixed"
    if by_model:
        return "replay" if replayed else "model"
    return "heuristic"
