"""``summarizer brief``: files or folders in, a briefing out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.exits import Exit
from summarizer.cli.options import (
    Base,
    BudgetMoney,
    BudgetRequests,
    BudgetTokens,
    Cache,
    Language,
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
    from summarizer.pipeline.run import Finished
    from summarizer.settings import Settings

__all__ = ["register"]

Out = Annotated[
    list[Path] | None,
    typer.Option(
        "--out", "-o", help="A file to write; its suffix is the format (.md .html .docx .xlsx .json). Repeatable."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(brief)


def brief(
    paths: Paths,
    out: Out = None,
    method: Method = None,
    language: Language = None,
    themes: Themes = None,
    profile: ProfileName = None,
    model: ModelName = None,
    base_url: Base = None,
    cache: Cache = None,
    max_tokens: MaxTokens = None,
    budget_money: BudgetMoney = None,
    budget_tokens: BudgetTokens = None,
    budget_requests: BudgetRequests = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be asked and its cost; send nothing.")
    ] = False,
    show: Annotated[bool, typer.Option("--open", help="Show the page (.html) that was written in a browser.")] = False,
) -> None:
    """Make a briefing of all files; Markdown on stdout without -o.

    Example: summarizer brief reports/ -o briefing.md -o briefing.json
    """
    from summarizer.source.read import find_files

    settings = settings_from(
        method=method,
        language=language,
        themes=themes,
        profile=profile,
        model=model,
        base_url=base_url,
        cache_mode=cache,
        chunk_tokens=max_tokens,
        budget_money=budget_money,
        budget_tokens=budget_tokens,
        budget_requests=budget_requests,
    )
    if dry_run:
        _announce(list(find_files(paths)), settings)
        return
    finished = _make(list(find_files(paths)), settings, out or [], show=show)
    raise typer.Exit(_exit(finished.files, finished.unreadable, failed=finished.failed, unpaid=finished.unpaid))


def _make(files: list[Path], settings: Settings, targets: list[Path], *, show: bool) -> Finished:
    """Run, write every target (Markdown to stdout without one), and show the page when that is wanted."""
    import asyncio
    import webbrowser

    from summarizer.briefing.render import check_suffix, render
    from summarizer.cli.progress import progress_on_terminal
    from summarizer.errors import UsageError
    from summarizer.pipeline.run import make_briefing

    for target in targets:
        check_suffix(target)
    page = next((target for target in targets if target.suffix.lower() == ".html"), None)
    if show and page is None:
        raise UsageError("--open shows a page: give one with -o, for example -o briefing.html")
    with progress_on_terminal(len(files)) as progress:
        finished = asyncio.run(make_briefing(files, settings, progress=progress))
    for target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(render(finished.briefing, target.suffix.lower(), finished.texts))
    if not targets:
        sys.stdout.buffer.write(render(finished.briefing, ".md", finished.texts))
    if show and page is not None:
        webbrowser.open(page.resolve().as_uri())
    for problem in finished.briefing.problems:
        if problem.kind == "unreadable":
            complain(problem.message)
    return finished


def _announce(files: list[Path], settings: Settings) -> None:
    """Print the expected requests, tokens and cost."""
    from summarizer.pipeline.plan import announce

    expected = announce(files, settings, lambda error: complain(str(error)))
    cost = "unknown" if expected.cost is None else f"{expected.cost:.4f} {expected.currency}"
    typer.echo(
        f"model\t{settings.endpoint.model}\nrequests\t{expected.requests}\ninput tokens\t{expected.input_tokens}"
    )
    typer.echo(f"output tokens\t{expected.output_tokens}\ncost\t{cost}")


def _exit(files: int, unreadable: int, *, failed: bool, unpaid: bool) -> Exit:
    if unpaid:
        return Exit.BUDGET
    if files and unreadable == files:
        return Exit.USAGE
    return Exit.PARTIAL if failed or unreadable else Exit.DONE
