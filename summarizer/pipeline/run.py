"""A run: files and settings in, a briefing out, with how it was made and everything its reader must know."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from summarizer import __version__
from summarizer.briefing.comparison import compare
from summarizer.errors import SourceError
from summarizer.extract.prompts import load_prompt
from summarizer.language.themes import load_themes
from summarizer.llm.ledger import Spent
from summarizer.pipeline.asking import Connection, insist, model_with, open_connection
from summarizer.pipeline.overview import Overview, make_overview
from summarizer.pipeline.walk import Result, Walk, walk
from summarizer.schema import Briefing, CacheUse, Problem, PromptUsed, Run, RunUsage
from summarizer.settings import Settings
from summarizer.source.text import CleanText

__all__ = ["Finished", "Progress", "Watch", "make_briefing"]

Progress = Callable[[Path, Result | SourceError], None]
"""Called after each file, in their order."""

Watch = Callable[[Path, Result | SourceError, Spent | None], None]
"""The same with what the run has spent so far, None where nobody is paid."""


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
    paths: Iterable[Path],
    settings: Settings,
    *,
    progress: Watch | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Finished:
    """Walk all files and build the briefing. A file that cannot be read becomes a problem of the briefing.

    Raises ``UsageError`` for settings that do not go together and ``DataError`` for a damaged theme file.
    """
    begun = time.monotonic()
    results: list[Result] = []
    problems: list[Problem] = []
    themes = load_themes(settings.themes)
    async with open_connection(settings) as connection:
        model = model_with(connection.asker, connection.model, settings) if connection else None
        how = Walk(themes, model, optional=settings.method == "auto", max_bytes=settings.max_file_size)
        async for path, result in walk(paths, how):
            insist(settings, connection)
            if isinstance(result, SourceError):
                problems.append(_unreadable(result))
            else:
                results.append(result)
                problems.extend(result.problems)
            if progress:
                progress(path, result, connection.spent() if connection and connection.spent else None)
        documents = tuple(result.document for result in results)
        texts = {result.document.id: result.clean for result in results}
        comparison = compare(documents, texts, themes, settings.language)
        writer = model if any(result.by_model for result in results) else None
        overview = await make_overview(documents, comparison, settings.language, writer)
        run = _run(results, overview, connection, time.monotonic() - begun)
    briefing = Briefing(
        tool_version=__version__,
        created_at=now().isoformat(timespec="seconds"),
        language=settings.language,
        run=run,
        documents=documents,
        comparison=comparison,
        overview=overview.statements,
        problems=(*problems, *overview.problems),
    )
    unreadable = sum(problem.kind == "unreadable" for problem in problems)
    return Finished(
        briefing,
        texts,
        len(results) + unreadable,
        unreadable,
        any(result.failed for result in results),
        any(result.unpaid for result in results),
    )


def _unreadable(error: SourceError) -> Problem:
    details: dict[str, str | int] = {"path": error.path, "reason": error.reason}
    return Problem(kind="unreadable", message=str(error), details=details)


def _run(results: list[Result], overview: Overview, connection: Connection | None, elapsed: float) -> Run:
    asked = connection is not None and any(result.by_model for result in results)
    spent = connection.spent() if connection and connection.spent else None
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
