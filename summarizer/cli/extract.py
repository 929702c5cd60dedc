"""``summarizer extract``: a corpus as JSON lines."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.brief import DryRun, announce
from summarizer.cli.exits import Exit
from summarizer.cli.options import RUN, Apart, AsJson, Inputs, Verbose, complain, with_settings
from summarizer.cli.outputs import check_targets
from summarizer.cli.progress import log_to_stderr, progress_on_terminal

if TYPE_CHECKING:
    from summarizer.pipeline.corpus import Extracted
    from summarizer.pipeline.session import Session
    from summarizer.settings import Settings
    from summarizer.source.byte_source import ByteSource

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(extract)


@with_settings(RUN)
def extract(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", "-o", help="The JSON lines file; documents in it are not done again.")],
    *,
    settings: Settings,
    dry_run: DryRun = False,
    verbose: Verbose = False,
    as_json: AsJson = False,
) -> None:
    """Write one document a line, streamed and resumable: the same command goes on where it was stopped.

    Example: summarizer extract corpus/ -o corpus.jsonl
    """
    from summarizer.pipeline.session import Session

    log_to_stderr(verbose=verbose)
    session = Session(settings)
    apart = Apart()
    files = session.sources(inputs, apart, written=[out])
    if dry_run:
        announce(list(files), session, as_json=as_json)
        return
    check_targets([out], [named for name in inputs if (named := Path(name)).is_file()])
    try:
        counts = asyncio.run(_extract(files, out, session))
    except KeyboardInterrupt:
        complain(f"interrupted; the same command goes on after the documents in {out}")
        raise
    apart.close()
    counts.passed_over, counts.unreadable = apart.passed_over, counts.unreadable + apart.unreadable
    if as_json:
        typer.echo(json.dumps({"written_to": str(out), **asdict(counts)}))
    complain(f"{', '.join(f'{count} {name}' for name, count in asdict(counts).items())} → {out}")
    raise typer.Exit(_exit(counts))


async def _extract(files: Iterable[ByteSource], out: Path, session: Session) -> Extracted:
    from summarizer.pipeline.corpus import extract_corpus

    async with session:
        out.parent.mkdir(parents=True, exist_ok=True)
        with progress_on_terminal(None) as progress:
            return await extract_corpus(
                files, out, session, progress=progress, on_duplicate=lambda same: complain(same.message)
            )


def _exit(counts: Extracted) -> Exit:
    if counts.unpaid:
        return Exit.BUDGET
    if counts.unreadable and not counts.written and not counts.before:
        return Exit.USAGE
    return Exit.PARTIAL if counts.failed or counts.unreadable else Exit.DONE
