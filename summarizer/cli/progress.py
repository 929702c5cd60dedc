"""What a long run says on stderr: which file could not be read, and on a terminal how far it is and what it has cost."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from summarizer.cli.options import complain

if TYPE_CHECKING:
    from summarizer.errors import SourceError
    from summarizer.llm.ledger import Spent
    from summarizer.pipeline.session import Counted, Watch
    from summarizer.source.byte_source import Source

__all__ = ["log_to_stderr", "progress_on_terminal"]


@contextmanager
def progress_on_terminal(files: int | None) -> Iterator[Watch]:
    """Yield what a run calls after each of ``files`` files (None: nobody knows how many); the bar needs a terminal."""
    from summarizer.errors import SourceError

    if not sys.stderr.isatty():

        def name_unreadable(source: Source, result: Counted | SourceError, spent: Spent | None) -> None:
            if isinstance(result, SourceError):
                complain(str(result))

        yield name_unreadable
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from summarizer.source import ocr

    columns = (
        TextColumn("summarizer"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[told]}", markup=False),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("documents", total=files, told="")
        cached = asked = 0

        def report(source: Source, result: Counted | SourceError, spent: Spent | None) -> None:
            nonlocal cached, asked
            if isinstance(result, SourceError):
                complain(str(result))
            else:
                cached += result.hits
                asked += result.requests
            parts = [f"{cached} cached", f"{asked} asked"] if cached or asked else []
            if spent is not None and spent.cost is not None:
                parts.append(f"{spent.cost:.4f} {spent.currency}")
            bar.update(task, advance=1, told=" · ".join([*parts, source.name]))

        # A scan takes seconds a page: show its pages where recognition runs in this process's own threads.
        ocr.progress = lambda page, pages: bar.update(task, told=f"page {page} of {pages} recognised")
        try:
            yield report
        finally:
            ocr.progress = None


class _Stderr(logging.Handler):
    """To wherever stderr is at the moment: a progress bar puts itself in between."""

    def emit(self, record: logging.LogRecord) -> None:
        place = "" if record.levelno >= logging.WARNING else f"{record.name}: "
        complain(place + self.format(record))


def log_to_stderr(*, verbose: bool = False) -> None:
    """Show the package's warnings on stderr, with ``verbose`` everything it logs."""
    logger = logging.getLogger("summarizer")
    if not any(isinstance(handler, _Stderr) for handler in logger.handlers):
        logger.addHandler(_Stderr())
        logger.propagate = False
    logger.setLevel(logging.DEBUG if verbose else logging.WARNING)
