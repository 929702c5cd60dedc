"""The typer application and the process's way in.

Command modules import typer and each other's small helpers only; whatever is heavy is imported inside the command, so
that ``summarizer --help`` starts as fast as a bare typer program.
"""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import typer

from summarizer.cli import batch, brief, cache, chunk, clean, config, doctor, evaluate, extract, prompts, verify
from summarizer.cli.exits import Exit
from summarizer.errors import BudgetReached, SummarizerError, UsageError

app = typer.Typer(
    name="summarizer",
    help="Briefings from Chinese government work texts in which every item is proven against the source.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from summarizer import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    trust_folder: Annotated[
        bool,
        typer.Option("--trust-folder", help="Let the working folder's summarizer.toml name keys and their addresses."),
    ] = False,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Send a key to an http:// address on another machine.")
    ] = False,
) -> None:
    """Briefings from Chinese government work texts in which every item is proven against the source."""


for _module in (brief, extract, clean, chunk, verify, evaluate, cache, batch, prompts, config, doctor):
    _module.register(app)


def main() -> None:
    """Run the program and turn errors into exit codes."""
    logging.basicConfig(format="summarizer: %(message)s")  # warnings, on stderr
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except BudgetReached as error:
        typer.echo(f"summarizer: {error}", err=True)
        sys.exit(Exit.BUDGET)
    except (UsageError, SummarizerError) as error:
        typer.echo(f"summarizer: {error}", err=True)
        sys.exit(Exit.USAGE)
