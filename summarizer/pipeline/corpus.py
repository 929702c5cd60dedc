"""A corpus: one document a line, written as it comes, so that a run can be stopped and gone on with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from summarizer.errors import DataError, SourceError
from summarizer.language.themes import load_themes
from summarizer.pipeline.asking import insist, model_with, open_connection
from summarizer.pipeline.run import Progress
from summarizer.pipeline.walk import Walk, walk
from summarizer.settings import Settings

__all__ = ["Extracted", "extract_corpus"]

Extracted = dict[str, int]
"""Counts of a run: documents written, done before, unreadable, failed, unpaid."""


async def extract_corpus(
    paths: Iterable[Path], target: Path, settings: Settings, *, progress: Progress | None = None
) -> Extracted:
    """Append each file's document to ``target`` as one line of JSON; files that are there already are passed over.

    A last line that a kill cut short is removed first. Memory holds a few documents at a time, whatever the corpus.
    Raises ``DataError`` when ``target`` is no such file.
    """
    done = set(_done(target))
    counts = {"written": 0, "before": 0, "unreadable": 0, "failed": 0, "unpaid": 0}

    def remaining() -> Iterator[Path]:
        for path in paths:
            if str(path) in done:
                counts["before"] += 1
            else:
                yield path

    async with open_connection(settings) as connection:
        model = model_with(connection.asker, connection.model, settings) if connection else None
        how = Walk(load_themes(settings.themes), model, settings.method == "auto", settings.max_file_size)
        with target.open("a", encoding="utf-8", newline="\n") as lines:
            async for path, result in walk(remaining(), how):
                insist(settings, connection)
                if isinstance(result, SourceError):
                    counts["unreadable"] += 1
                else:
                    lines.write(result.document.model_dump_json() + "\n")
                    lines.flush()
                    counts["written"] += 1
                    counts["failed"] += result.failed
                    counts["unpaid"] += result.unpaid
                if progress:
                    progress(path, result)
    return counts


def _done(target: Path) -> Iterator[str]:
    """The paths of the documents in the file; what follows the last line break is cut off."""
    if not target.exists():
        return
    whole = 0
    with target.open("rb+") as lines:
        for number, line in enumerate(lines, 1):
            if not line.endswith(b"\n"):
                break
            try:
                yield str(json.loads(line)["path"])
            except (ValueError, KeyError, TypeError) as error:
                raise DataError(str(target), f"line {number} is no document: give another file with -o") from error
            whole += len(line)
        lines.truncate(whole)
