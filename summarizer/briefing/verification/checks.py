"""One claim and its verdict, and the claims that every span makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.language.fold import fold
from summarizer.schema import Evidence, Span
from summarizer.source.text import UNREAD

__all__ = ["Check", "folded", "inside", "quoted", "worded"]


@dataclass(frozen=True, slots=True)
class Check:
    """One claim: whether it holds, where it is made (an item's id, a document's path), what to say when it does not."""

    holds: bool
    where: str
    message: str


def folded(text: str) -> str:
    """A text as words are compared: without width, script and spaces."""
    return fold(text).text


def quoted(evidence: Evidence, text: str, where: str, what: str) -> Iterator[Check]:
    """The source at the evidence's offsets reads as the evidence quotes it; ``text`` may have zero-width blanks in it."""
    printed = text[evidence.start : evidence.end]
    yield Check(
        len(printed) == len(evidence.quote)
        and all(mine in (theirs, UNREAD) for mine, theirs in zip(printed, evidence.quote, strict=True)),
        where,
        f"{what}: the source at {evidence.start}-{evidence.end} reads otherwise than quoted",
    )


def worded(value: str, spans: Iterable[Span], text: str, where: str, what: str) -> Iterator[Check]:
    """A field's words are those that stand at its spans, one after the other."""
    printed = "".join(text[span.start : span.end] for span in spans)
    yield Check(
        folded(printed) == folded(value), where, f"{what}: {value!r} does not stand at its place, but {printed!r}"
    )


def inside(span: Span, text: str, where: str, what: str) -> Iterator[Check]:
    """A span without a quote lies within the source."""
    yield Check(span.end <= len(text), where, f"{what}: span {span.start}-{span.end} runs past the source")
