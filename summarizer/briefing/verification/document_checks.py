"""A document's own claims: its file, its printed facts, its kind, parts, quality and rejections; then those of its items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import BaseModel

from summarizer.briefing.verification.checks import Check, folded, inside, quoted
from summarizer.briefing.verification.item_checks import indicator_checks, task_checks
from summarizer.language.characters import ZEROS
from summarizer.language.dates import MONTH
from summarizer.language.numerals import chinese_digits, chinese_number
from summarizer.schema import Document, Evidence, Origin, Part, Rejected
from summarizer.source.clean import clean
from summarizer.source.text import SourceText

__all__ = ["document_checks"]


def document_checks(document: Document, source: SourceText) -> Iterator[Check]:
    """All claims of one document against its file as it is read today."""
    where = document.path
    # Items are read from the clean text: a mark of Markdown inside a name is in the source and not in the name.
    text = clean(source).readable
    words = folded(text)
    for evidence in _evidence(document):
        yield from quoted(evidence, source.text, where, "evidence")
    yield Check(document.sha256 == source.sha256, where, "the file's sha256 is another one: it was changed or replaced")
    yield Check(document.id == document.sha256[:12], where, f"id {document.id} is not the head of the sha256")
    yield Check(document.chars.source == len(source.text), where, f"the source has {len(source.text)} characters")
    yield from _facts(document, source.text, folded(source.text) + words)
    for evidence in document.kind_evidence:
        yield from quoted(evidence, text, where, f"kind of text {document.kind}")
    for part in document.parts:
        yield from _part(part, text, where)
    for quality in document.quality:
        if quality.span is not None:
            yield from inside(quality.span, text, where, f"quality flag {quality.flag}")
    for one in document.rejected:
        yield from _rejected(one, source.text, text, where)
    for task in document.tasks:
        yield from task_checks(task, document, text)
    for indicator in document.indicators:
        yield from indicator_checks(indicator, document, text, words)


def _evidence(value: object) -> Iterator[Evidence]:
    """Every evidence that a document holds, in whatever field."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _evidence(getattr(value, name))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _evidence(one)


def _facts(document: Document, text: str, words: str) -> Iterator[Check]:
    where = document.path
    if document.title is not None:
        yield Check(folded(document.title) in words, where, f"title is not in the source: {document.title}")
    for name, value in (("published", document.published), ("meeting date", document.meeting.date)):
        if value is not None:
            yield Check(_date_printed(value, text), where, f"{name} {value}: its month and day are not printed")
    if document.year is not None:
        yield from _year(document.year, document, text)
    if document.declared_task_count is not None:
        count = document.declared_task_count
        printed = re.search(rf"(?<!\d){count}(?!\d)|{chinese_number(count)}", words)
        yield Check(printed is not None, where, f"the announced count of {count} tasks is not printed")


def _year(year: int, document: Document, text: str) -> Iterator[Check]:
    """The year the text speaks from is printed at its evidence, or that of the meeting or the publication."""
    where, evidence = document.path, document.year_evidence
    message = f"the year {year} is printed nowhere that it is said to be"
    if evidence is None:
        dates = (document.meeting.date, document.published)
        yield Check(any(date is not None and date.startswith(str(year)) for date in dates), where, message)
        return
    yield from quoted(evidence, text, where, "year")
    digits = str(year)
    forms = (digits, *(chinese_digits(digits, zero) for zero in ZEROS))
    yield Check(any(form in folded(evidence.quote) for form in forms), where, message)


def _date_printed(value: str, text: str) -> bool:
    """Whether month and day of an ISO date stand together in the text; the year may come from elsewhere in it."""
    _, _, rest = value.partition("-")
    parts = [int(part) for part in rest.split("-") if part.isdecimal()]
    digits = r"\D{1,3}".join(f"0?{part}" for part in parts)
    characters = MONTH.join(chinese_number(part) for part in parts)
    return bool(parts) and re.search(rf"(?<!\d){digits}(?!\d)|{characters}", text) is not None


def _part(part: Part, text: str, where: str) -> Iterator[Check]:
    """A part lies in the source, and its headline is printed in it."""
    what = f"part {part.heading or part.horizon}"
    yield from inside(part, text, where, what)
    if part.heading is not None:
        printed = folded(part.heading) in folded(text[part.start : part.end])
        yield Check(printed, where, f"{what}: the headline does not stand in the part")


def _rejected(one: Rejected, source: str, text: str, where: str) -> Iterator[Check]:
    """A rejection points into the source; what the rules put aside is quoted as it stands there, with or without marks."""
    if one.span is None:
        return
    what = f"rejected {one.item} ({one.reason})"
    yield from inside(one.span, text, where, what)
    if one.origin is Origin.HEURISTIC:
        printed = (folded(words[one.span.start : one.span.end]) for words in (source, text))
        yield Check(folded(one.raw) in printed, where, f"{what}: {one.raw!r} does not stand at its place")
