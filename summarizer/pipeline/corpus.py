"""A corpus: one document a line, written as it comes, so that a run can be stopped and gone on with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import DataError, SourceError
from summarizer.pipeline.job import Ask, Tools, make_document
from summarizer.pipeline.session import Session, Watch
from summarizer.schema import Problem, ProblemKind, problem
from summarizer.source.byte_source import Source

__all__ = ["Extracted", "Line", "extract_corpus"]


@dataclass
class Extracted:
    """Documents of a run: written, done before, and of those written how many are failed in part or unpaid.

    ``passed_over`` and ``unreadable`` count what the inputs held besides, ``duplicates`` the files that are the same, byte for
    byte, as one whose document is there.
    """

    written: int = 0
    before: int = 0
    unreadable: int = 0
    failed: int = 0
    unpaid: int = 0
    passed_over: int = 0
    duplicates: int = 0


@dataclass(frozen=True)
class Line:
    """A document as a line of JSON; the rest as in :class:`summarizer.pipeline.document.Result`."""

    text: str
    id: str
    path: str
    failed: bool
    unpaid: bool
    requests: int
    hits: int


async def extract_corpus(
    sources: Iterable[Source],
    target: Path,
    session: Session,
    *,
    progress: Watch | None = None,
    on_duplicate: Callable[[Problem], None] | None = None,
) -> Extracted:
    """Append each source's document to ``target`` as one line of JSON; sources that are there already are passed over.

    A file with the same bytes as one whose document is there gets no line, so that ids stand once; ``on_duplicate`` is told.
    A last line that a kill cut short is removed first. Memory holds the documents in work, whatever the corpus.
    Raises ``DataError`` when ``target`` is no such file.
    """
    done = dict(_done(target))
    paths = {id_: path for path, id_ in done.items()}
    counts = Extracted()

    def remaining() -> Iterator[Source]:
        for source in sources:
            if str(source) in done:
                counts.before += 1
            else:
                yield source

    with target.open("a", encoding="utf-8", newline="\n") as lines:
        async with aclosing(session.documents(remaining(), document_line)) as made:
            async for source, result in made:
                session.insist()
                if isinstance(result, SourceError):
                    counts.unreadable += 1
                elif result.id in paths:
                    counts.duplicates += 1
                    if on_duplicate:
                        on_duplicate(problem(ProblemKind.DUPLICATE, {"path": result.path, "of": paths[result.id]}))
                else:
                    paths[result.id] = result.path
                    lines.write(result.text)
                    lines.flush()
                    counts.written += 1
                    counts.failed += result.failed
                    counts.unpaid += result.unpaid
                if progress:
                    progress(source, result, session.spent())
    return counts


def document_line(tools: Tools, source: Source, ask: Ask) -> Line:
    """A file's document as the line that is written, made where the document is. Raises ``SourceError``."""
    result = make_document(tools, source, ask)
    text = result.document.model_dump_json() + "\n"
    return Line(
        text, result.document.id, result.document.path, result.failed, result.unpaid, result.requests, result.hits
    )


def _done(target: Path) -> Iterator[tuple[str, str]]:
    """Path and id of each document in the file; what follows the last line break is cut off."""
    if not target.exists():
        return
    whole = 0
    with target.open("rb+") as lines:
        for number, line in enumerate(lines, 1):
            if not line.endswith(b"\n"):
                break
            try:
                document = json.loads(line)
                yield str(document["path"]), str(document["id"])
            except (ValueError, KeyError, TypeError) as error:
                raise DataError(str(target), f"line {number} is no document: give another file with -o") from error
            whole += len(line)
        lines.truncate(whole)
