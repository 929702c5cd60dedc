"""``summarizer clean``: what was kept of a file, what was dropped and why, its quality flags and its facts."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.options import settings_from

if TYPE_CHECKING:
    from summarizer.pipeline.analysis import Analysis

__all__ = ["register"]

_EXCERPT = 60


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(clean)


def clean(
    named: Annotated[str, typer.Argument(metavar="INPUT", help="One text that brief can read.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    text: Annotated[bool, typer.Option("--text", help="Print the clean text and nothing else.")] = False,
) -> None:
    """Show what cleaning keeps of a file and what it drops, with the reason for each dropped range.

    Offsets count characters of the decoded text, half open. The kept text itself is printed with --text.

    Example: summarizer clean report.html --json
    """
    from summarizer.pipeline.session import Session

    session = Session(settings_from())
    analysis = session.analyse(session.source(named))
    if text:
        kept = analysis.clean.text
        typer.echo(kept, nl=not kept.endswith("\n"))
        return
    report = _report(analysis)
    typer.echo(json.dumps(report, ensure_ascii=False, indent=2) if as_json else _readable(report))


def _report(analysis: Analysis) -> dict[str, Any]:
    source, cleaned, found = analysis.source, analysis.clean, analysis.facts
    described = {field.name: getattr(found, field.name) for field in dataclasses.fields(found) if field.name != "notes"}
    described["meeting"] = found.meeting.model_dump()
    return {
        "path": source.path,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "chars": {"source": len(source.text), "clean": len(cleaned.text)},
        "facts": described,
        "quality": [flag.model_dump(mode="json") for flag in analysis.quality],
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
