"""``summarizer brief``: files or folders in, a briefing out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.exits import Exit
from summarizer.cli.options import RUN, Apart, Inputs, Language, Verbose, complain, counted, with_settings
from summarizer.cli.outputs import check_targets, write_whole
from summarizer.cli.progress import log_to_stderr, progress_on_terminal
from summarizer.cli.saved import to_keep

if TYPE_CHECKING:
    from summarizer.pipeline.run import Finished
    from summarizer.pipeline.session import Session
    from summarizer.settings import Settings
    from summarizer.source.byte_source import ByteSource

__all__ = ["DryRun", "announce", "register"]

Out = Annotated[
    list[Path] | None,
    typer.Option(
        "--out", "-o", help="A file to write; its suffix is the format (.md .html .docx .xlsx .json). Repeatable."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would be asked and its cost; send nothing.")]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(brief)


@with_settings(RUN | {"language": Language})
def brief(
    inputs: Inputs,
    out: Out = None,
    *,
    settings: Settings,
    dry_run: DryRun = False,
    show: Annotated[bool, typer.Option("--open", help="Show the page (.html) that was written in a browser.")] = False,
    verbose: Verbose = False,
    as_json: Annotated[bool, typer.Option("--json", help="Report what was written as JSON on stdout.")] = False,
) -> None:
    """Make a briefing of all inputs; Markdown on stdout without -o.

    Example: summarizer brief reports/ -o briefing.md -o briefing.json
    """
    from summarizer.errors import UsageError
    from summarizer.pipeline.session import Session

    log_to_stderr(verbose=verbose)
    session = Session(settings)
    apart = Apart()
    files = list(session.sources(inputs, apart))
    apart.close()
    if dry_run:
        announce(files, session, as_json=as_json)
        return
    targets = out or []
    if as_json and not targets:
        raise UsageError("--json reports what was written: say where to with -o")
    _check(targets, files, show=show)
    finished = _make(files, apart, session, targets)
    if show:
        _open_page(targets)
    code = _exit(finished)
    report = _report(finished, targets, code)
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=1))
    complain(_closing(report))
    raise typer.Exit(code)


def announce(files: list[ByteSource], session: Session, *, as_json: bool) -> None:
    """Print the expected requests, tokens and cost of a run over these files."""
    from dataclasses import asdict

    from summarizer.pipeline.model import model_name
    from summarizer.pipeline.plan import announce

    expected = announce(files, session, lambda error: complain(str(error)))
    rows = {"model": model_name(session.settings), **asdict(expected)}
    if as_json:
        typer.echo(json.dumps(rows, default=str, indent=1))
        return
    cost = "unknown" if expected.cost is None else f"{expected.cost:.4f} {expected.currency}"
    for name, value in (rows | {"cost": cost}).items():
        if name != "currency":
            typer.echo(f"{name.replace('_', ' ')}\t{value}")


def _check(targets: list[Path], files: list[ByteSource], *, show: bool) -> None:
    """Find out before any work what could not be written after it. Raises ``UsageError``."""
    from summarizer.briefing.render import check_suffix
    from summarizer.errors import UsageError

    for target in targets:
        check_suffix(target)
    check_targets(targets, [file.path for file in files if file.path is not None])
    if show and not any(target.suffix.lower() == ".html" for target in targets):
        raise UsageError("--open shows a page: give one with -o, for example -o briefing.html")


def _make(files: list[ByteSource], apart: Apart, session: Session, targets: list[Path]) -> Finished:
    """Run, and write every target (Markdown to stdout without one), beside it the texts that are no files."""
    import asyncio

    from summarizer.briefing.render import render
    from summarizer.pipeline.run import make_briefing
    from summarizer.schema import ProblemKind

    async def run() -> Finished:
        async with session:
            with progress_on_terminal(len(files)) as progress:
                return await make_briefing(files, session, apart=apart.met, progress=progress)

    finished = asyncio.run(run())
    for one in finished.briefing.problems:
        if one.kind is ProblemKind.DUPLICATE:
            complain(one.message)
    if targets:
        rendered = (render(finished.briefing, target.suffix.lower(), finished.texts) for target in targets)
        write_whole(dict(zip(targets, rendered, strict=True)) | to_keep(targets, files))
    else:
        sys.stdout.buffer.write(render(finished.briefing, ".md", finished.texts))
    return finished


def _open_page(targets: list[Path]) -> None:
    import webbrowser

    page = next(target for target in targets if target.suffix.lower() == ".html")
    webbrowser.open(page.resolve().as_uri())


def _report(finished: Finished, targets: list[Path], code: Exit) -> dict[str, Any]:
    """What the run came to, in figures."""
    documents, run = finished.briefing.documents, finished.briefing.run
    return {
        "written": [str(target) for target in targets],
        "method": run.method,
        "model": run.model,
        "documents": len(documents),
        "tasks": sum(len(document.tasks) for document in documents),
        "indicators": sum(len(document.indicators) for document in documents),
        "unreadable": finished.unreadable,
        "problems": len(finished.briefing.problems),
        "requests": run.usage.requests,
        "cost": str(run.usage.cost) if run.usage.cost is not None else None,
        "currency": run.usage.currency,
        "exit_code": int(code),
    }


def _closing(report: dict[str, Any]) -> str:
    where = ", ".join(report["written"]) or "stdout"
    parts = [
        f"{', '.join(counted(report[noun + 's'], noun) for noun in ('document', 'task', 'indicator'))} → {where}",
        f"method {report['method']}" + (f", {report['model']}" if report["model"] else ""),
    ]
    if report["requests"]:
        cost = f", {float(report['cost']):.4f} {report['currency']}" if report["cost"] is not None else ""
        parts.append(f"{counted(report['requests'], 'request')}{cost}")
    if report["unreadable"]:
        parts.append(f"{report['unreadable']} unreadable")
    if report["problems"]:
        parts.append(counted(report["problems"], "problem"))
    return "; ".join(parts)


def _exit(finished: Finished) -> Exit:
    if finished.unpaid:
        return Exit.BUDGET
    if not finished.briefing.documents:
        return Exit.USAGE
    return Exit.PARTIAL if finished.failed or finished.unreadable else Exit.DONE
