"""``summarizer clean``: what was kept of a file, what was dropped and why, its quality flags and its facts."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from summarizer.source.facts import Facts
    from summarizer.source.text import CleanText, SourceText

__all__ = ["register"]

_EXCERPT = 60
_HELP = """Show what cleaning keeps of a file and what it drops, with the reason for each dropped range.

Offsets count characters of the decoded text, half open. The kept text itself is printed with --text.

Example: summarizer clean report.html --json
"""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(name="clean", help=_HELP)(_clean)


def _clean(
    path: Annotated[Path, typer.Argument(help="A text, Markdown, HTML, PDF or Word file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    text: Annotated[bool, typer.Option("--text", help="Print the clean text and nothing else.")] = False,
) -> None:
    from summarizer.source.clean import clean
    from summarizer.source.facts import facts
    from summarizer.source.read import read

    source = read(path)
    cleaned = clean(source)
    if text:
        typer.echo(cleaned.text, nl=not cleaned.text.endswith("\n"))
        return
    report = _report(source, cleaned, facts(source, cleaned))
    typer.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else _readable(report))


def _report(source: SourceText, cleaned: CleanText, found: Facts) -> dict[str, Any]:
    from summarizer.source.quality import quality

    described = {field.name: getattr(found, field.name) for field in dataclasses.fields(found)}
    described["meeting"] = found.meeting.model_dump()
    flags = [*quality(source, cleaned), *described.pop("notes")]
    return {
        "path": source.path,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "chars": {"source": len(source.text), "clean": len(cleaned.text)},
        "facts": described,
        "quality": [flag.model_dump(mode="json") for flag in flags],
        "kept": [{"start": start, "end": end} for start, end in cleaned.kept],
        "dropped": [
            {**dataclasses.asdict(drop), "excerpt": _excerpt(source.text[drop.start : drop.end])}
            for drop in cleaned.dropped
        ],
    }


def _excerpt(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1] + "…"


def _readable(report: dict[str, Any]) -> str:
    source, kept = report["chars"]["source"], report["chars"]["clean"]
    lines = [f"{report['path']}: {kept:,} of {source:,} characters kept", "", "facts"]
    facts = report["facts"]
    meeting = {f"meeting {key}": value for key, value in facts["meeting"].items()}
    for name, value in ({key: value for key, value in facts.items() if key != "meeting"} | meeting).items():
        lines.append(f"  {name:<14} {'—' if value is None else value}")
    lines += ["", "quality" if report["quality"] else "quality: nothing to remark"]
    for flag in report["quality"]:
        place = f"[{flag['span']['start']}, {flag['span']['end']})" if flag["span"] else ""
        lines.append(f"  {flag['flag']:<18} {place:<16} {flag['detail']}")
    lines += ["", "dropped" if report["dropped"] else "dropped: nothing"]
    for drop in report["dropped"]:
        place = f"[{drop['start']}, {drop['end']})"
        lines.append(f"  {drop['reason']:<12} {place:<16} {drop['excerpt']}  ({drop['detail']})")
    return "\n".join(lines)
