"""``summarizer extract``: a corpus as JSON lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.exits import Exit
from summarizer.cli.options import (
    Base,
    Cache,
    MaxTokens,
    Method,
    ModelName,
    Paths,
    ProfileName,
    Themes,
    complain,
    settings_from,
)

if TYPE_CHECKING:
    from summarizer.errors import SourceError
    from summarizer.pipeline.document import Result

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(extract)


def extract(
    paths: Paths,
    out: Annotated[Path, typer.Option("--out", "-o", help="The JSON lines file; documents in it are not done again.")],
    method: Method = None,
    themes: Themes = None,
    profile: ProfileName = None,
    model: ModelName = None,
    base_url: Base = None,
    cache: Cache = None,
    max_tokens: MaxTokens = None,
) -> None:
    """Write one document a line, streamed and resumable.

    Example: summarizer extract corpus/ -o corpus.jsonl
    """
    import asyncio

    from summarizer.pipeline.corpus import extract_corpus
    from summarizer.source.read import find_files

    settings = settings_from(
        method=method,
        themes=themes,
        profile=profile,
        model=model,
        base_url=base_url,
        cache_mode=cache,
        chunk_tokens=max_tokens,
    )
    counts = asyncio.run(extract_corpus(find_files(paths), out, settings, progress=_report))
    complain(", ".join(f"{count} {name}" for name, count in counts.items()))
    if counts["unpaid"]:
        raise typer.Exit(Exit.BUDGET)
    if counts["unreadable"] and not counts["written"] and not counts["before"]:
        raise typer.Exit(Exit.USAGE)
    raise typer.Exit(Exit.PARTIAL if counts["failed"] or counts["unreadable"] else Exit.DONE)


def _report(path: Path, result: Result | SourceError) -> None:
    """Say at once which file could not be read; nothing else, stdout is the file's."""
    from summarizer.errors import SourceError

    if isinstance(result, SourceError):
        complain(str(result))
