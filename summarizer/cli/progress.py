"""How far a long run is, on stderr and only on a terminal: documents, cached or asked, cost so far, time left."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from summarizer.errors import SourceError
    from summarizer.llm.ledger import Spent
    from summarizer.pipeline.document import Result
    from summarizer.pipeline.run import Watch

__all__ = ["progress_on_terminal"]


@contextmanager
def progress_on_terminal(files: int) -> Iterator[Watch | None]:
    """Yield what a run calls after each of ``files`` files, or None where nobody looks at stderr."""
    if not sys.stderr.isatty():
        yield None
        return
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

        def report(path: Path, result: Result | SourceError, spent: Spent | None) -> None:
            nonlocal cached, asked
            cached += getattr(result, "hits", 0)
            asked += getattr(result, "requests", 0)
            parts = [f"{cached} cached", f"{asked} asked"] if cached or asked else []
            if spent is not None and spent.cost is not None:
                parts.append(f"{spent.cost:.4f} {spent.currency}")
            bar.update(task, advance=1, told=" · ".join([*parts, path.name]))

        yield report
