"""The typer application and the process's way in.

Command modules import typer and each other's small helpers only; whatever is heavy is imported inside the command, so
that ``summarizer --help`` starts as fast as a bare typer program.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from summarizer.cli import batch, brief, cache, chunk, clean, config, doctor, evaluate, extract, prompts, verify
from summarizer.cli.exits import Exit
from summarizer.cli.options import complain
from summarizer.cli.progress import log_to_stderr
from summarizer.errors import BudgetReached, ReplayMiss, SummarizerError

app = typer.Typer(
    name="summarizer",
    context_settings={"help_option_names": ["-h", "--help"]},
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
    """Briefings from Chinese government work texts in which every item is proven against the source.

    Example: summarizer brief reports/ -o briefing.html -o briefing.json
    """


for _module in (brief, extract, clean, chunk, verify, evaluate, cache, batch, prompts, config, doctor):
    _module.register(app)


def _let_streams_replace() -> None:
    """A terminal of another encoding (GBK, cp1252) shows a sign for a character it lacks: the work is not lost for it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def main() -> None:
    """Run the program and turn errors into exit codes."""
    _let_streams_replace()
    log_to_stderr()
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except BudgetReached as error:
        complain(str(error))
        sys.exit(Exit.BUDGET)
    except ReplayMiss as error:
        complain(str(error))
        sys.exit(Exit.PARTIAL)
    except SummarizerError as error:
        complain(str(error))
        sys.exit(Exit.USAGE)
    except BrokenPipeError:
        # Whoever read our stdout has seen enough (a pager, head); Python must not try to flush it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.DONE)
