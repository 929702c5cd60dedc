"""``summarizer chunk``: where a file is cut, how many tokens each piece has, and what travels with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.chunk import Chunk, TokenCounter
    from summarizer.source.text import CleanText, SourceText

__all__ = ["register"]

_EXCERPT = 24
_HELP = """Show the chunks of a file: their tokens, their place, what travels with them, and why each ends where it ends.

Tokens are counted as the chunk is sent, with its context. Offsets count characters of the decoded text, half open.

Example: summarizer chunk report.txt --model gpt-4o-mini --max-tokens 1500
"""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(name="chunk", help=_HELP)(_chunk)


def _chunk(
    path: Annotated[Path, typer.Argument(help="A text, Markdown, HTML, PDF or Word file.")],
    max_tokens: Annotated[
        int | None, typer.Option("--max-tokens", help="Most tokens a chunk, context included; default by model.")
    ] = None,
    model: Annotated[str | None, typer.Option("--model", help="Model or encoding whose tokens are counted.")] = None,
    overlap: Annotated[int, typer.Option("--overlap", help="Characters repeated from before each chunk.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    from summarizer.chunk import counter_for, default_budget, split
    from summarizer.cli.options import settings_from
    from summarizer.outline.build import outline
    from summarizer.source.clean import clean
    from summarizer.source.facts import facts
    from summarizer.source.read import read

    settings = settings_from(model=model, chunk_tokens=max_tokens)
    name = settings.endpoint.model
    counter = counter_for(name)
    source = read(path)
    cleaned = clean(source)
    budget = settings.chunk_tokens or default_budget(name)
    title = facts(source, cleaned).title
    chunks = split(cleaned, outline(cleaned), counter, budget, title=title, overlap=overlap)
    report = _report(source, cleaned, chunks, counter, budget)
    typer.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else _readable(report))


def _report(
    source: SourceText, cleaned: CleanText, chunks: Sequence[Chunk], counter: TokenCounter, budget: int
) -> dict[str, Any]:
    return {
        "path": source.path,
        "chars": {"source": len(source.text), "clean": len(cleaned.text)},
        "budget": budget,
        "counting": {"name": counter.name, "exact": counter.exact, "note": counter.note},
        "chunks": [_described(cleaned, chunk) for chunk in chunks],
    }


def _described(cleaned: CleanText, chunk: Chunk) -> dict[str, Any]:
    context = chunk.context
    return {
        "index": chunk.index,
        "tokens": chunk.tokens,
        "clean": {"start": chunk.start, "end": chunk.end},
        "source": {"start": cleaned.to_source(chunk.start), "end": cleaned.to_source(chunk.end, "left")},
        "cut": chunk.cut.name.lower(),
        "context": {
            "title": context.title,
            "headings": list(context.headings),
            "horizon": context.horizon.value if context.horizon else None,
            "previous_marker": context.previous_marker,
        },
        "overlap": chunk.overlap,
        "text": chunk.text,
    }


def _readable(report: dict[str, Any]) -> str:
    chunks = report["chunks"]
    lines = [
        f"{report['path']}: {report['chars']['clean']:,} characters in {len(chunks)} chunks of at most "
        f"{report['budget']:,} tokens ({report['counting']['note']})"
    ]
    for chunk in chunks:
        place = f"[{chunk['source']['start']}, {chunk['source']['end']})"
        context = chunk["context"]
        above = [*context["headings"], *([f"after {context['previous_marker']}"] if context["previous_marker"] else [])]
        lines.append(
            f"{chunk['index'] + 1:>4} {chunk['tokens']:>6} tokens  {place:<16} ends at {chunk['cut']:<10} "
            f"{_ends(chunk['text'])}{'  under ' + ' > '.join(above) if above else ''}"
        )
    return "\n".join(lines)


def _ends(text: str) -> str:
    """The first and the last characters of a chunk on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 2 * _EXCERPT else f"{line[:_EXCERPT]} … {line[-_EXCERPT:]}"
