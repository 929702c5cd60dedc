"""The same text given twice: under two names, in two formats, printed by two sites. It counts once.

Texts that resemble each other are copies only when the second says nothing that the first does not: a revised version, or
last year's plan with other figures, stands in full beside the other and is compared with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.language.fold import fold
from summarizer.pipeline.document import Result
from summarizer.schema import Document, Problem, ProblemKind, Task, problem
from summarizer.source.duplicates import KnownTexts

__all__ = ["Single", "count_once"]


@dataclass(frozen=True)
class Single:
    """Results of which each text counts once, and what is to be said of the copies."""

    results: tuple[Result, ...]
    problems: tuple[Problem, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents that are listed: a copy in another form is one of them, without items."""
        return tuple(result.document for result in self.results)

    @property
    def counted(self) -> tuple[Document, ...]:
        """The documents that are compared and summed up: no copies."""
        return tuple(document for document in self.documents if document.duplicate_of is None)


def count_once(results: Sequence[Result]) -> Single:
    """Take the copies out, the first of several stands.

    A file with the same bytes as an earlier one is left out: it would have the same id. The same text in other bytes stays
    as a document that names the first (``duplicate_of``) and has no items of its own.
    """
    known = KnownTexts()
    first: dict[str, Result] = {}
    single: list[Result] = []
    problems: list[Problem] = []
    for given in results:
        # What a line of a corpus says of copies holds for that corpus and not for this run.
        result = replace(given, document=given.document.model_copy(update={"duplicate_of": None}))
        document = result.document
        if document.id in first:
            problems.append(_named(document, first[document.id].document))
            continue
        first[document.id] = result
        same = known.find(result.sketch)
        if same is not None and _says_nothing_new(document, first[same].document):
            of = first[same].document
            problems.append(_named(document, of))
            copy = document.model_copy(
                update={"duplicate_of": of.id, "tasks": (), "indicators": (), "rejected": ()},
            )
            single.append(replace(result, document=copy, problems=()))
            continue
        known.keep(document.id, result.sketch)
        single.append(result)
    return Single(tuple(single), tuple(problems))


def _named(copy: Document, of: Document) -> Problem:
    return problem(ProblemKind.DUPLICATE, {"path": copy.path, "of": of.path}, document=of.id)


def _says_nothing_new(copy: Document, of: Document) -> bool:
    """Whether each statement of a text that resembles another is one of that other's, of the same year and place."""
    if copy.year != of.year or copy.region != of.region:
        return False
    return _statements(copy) <= _statements(of)


def _statements(document: Document) -> frozenset[str]:
    """The headlines and the figures, as they read without spaces and in one script."""
    words = (item.title if isinstance(item, Task) else item.raw for item in document.items)
    return frozenset("".join(fold(one).text.split()) for one in words)
