"""``summarizer chunk``: where a file is cut, how many tokens each piece has, and what travels with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.options import ProfileName, counted, with_settings

if TYPE_CHECKING:
    from summarizer.chunk import Chunk
    from summarizer.pipeline.analysis import Analysis
    from summarizer.pipeline.session import Cut
    from summarizer.settings import Settings
    from summarizer.source.text import CleanText

__all__ = ["register"]

_EXCERPT = 24
_OPTIONS = {
    "chunk_tokens": Annotated[
        int | None, typer.Option("--max-tokens", min=1, help="Most tokens a chunk, context included; default by model.")
    ],
    "profile": ProfileName,
    "model": Annotated[str | None, typer.Option("--model", help="The model that would be asked.")],
}


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(chunk)


@with_settings(_OPTIONS)
def chunk(
    named: Annotated[str, typer.Argument(metavar="INPUT", help="One text that brief can read.")],
    *,
    settings: Settings,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show the chunks that brief asks about: their tokens, their place, what travels with them, why each ends where it ends.

    Tokens are counted as the chunk is sent, with its context. Offsets count characters of the decoded text, half open.

    Example: summarizer chunk report.txt --model gpt-4o-mini --max-tokens 1500
    """
    from summarizer.pipeline.session import Session

    session = Session(settings)
    analysis = session.analyse(session.source(named))
    report = _report(analysis, session.cut(analysis))
    typer.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else _readable(report))


def _report(analysis: Analysis, cut: Cut) -> dict[str, Any]:
    return {
        "path": analysis.source.path,
        "chars": {"source": len(analysis.source.text), "clean": len(analysis.clean.text)},
        "model": cut.model,
        "budget": cut.budget,
        "counting": {"name": cut.counter.name, "exact": cut.counter.exact, "note": cut.counter.note},
        "chunks": [_described(analysis.clean, chunk) for chunk in cut.chunks],
    }


def _described(cleaned: CleanText, chunk: Chunk) -> dict[str, Any]:
    context = chunk.context
    start, end = cleaned.to_source_range(chunk.start, chunk.end)
    return {
        "index": chunk.index,
        "tokens": chunk.tokens,
        "clean": {"start": chunk.start, "end": chunk.end},
        "source": {"start": start, "end": end},
        "cut": chunk.cut.name.lower(),
        "context": {
            "title": context.title,
            "headings": list(context.headings),
            "horizon": context.horizon.value if context.horizon else None,
            "previous_marker": context.previous_marker,
        },
        "text": chunk.text,
    }


def _readable(report: dict[str, Any]) -> str:
    chunks = report["chunks"]
    lines = [
        f"{report['path']}: {report['chars']['clean']:,} characters in {counted(len(chunks), 'chunk')} of at most "
        f"{report['budget']:,} tokens for {report['model']} ({report['counting']['note']})"
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
