"""Checking a briefing against its source files, with no model: hashes, spans, wording, values, dates and citations.

Everything that a briefing states as printed is looked up again in the source as it is read today. What the briefing
derives (an issuer's full name, a level, a theme, an operator) is not a quotation and is not checked here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from summarizer.briefing.numbering import in_characters
from summarizer.errors import SourceError
from summarizer.language.fold import fold
from summarizer.language.numerals import parse_number
from summarizer.language.quantities import Quantity, find_quantities
from summarizer.language.units import implied_unit
from summarizer.language.values import PRINTED_NUMBER, printed_values
from summarizer.schema import Briefing, Document, Evidence, Indicator, Span, Statement, Task
from summarizer.source.clean import clean
from summarizer.source.text import CleanText, SourceText

__all__ = ["Finding", "Verification", "verify"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim that the source does not bear out: ``where`` is the item's id or the document's path."""

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """``checked`` counts the claims looked up; the briefing holds when there is no finding and no unreadable source."""

    checked: int
    findings: tuple[Finding, ...]
    unreadable: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Check:
    """One claim: whether it holds, and what to say when it does not."""

    holds: bool
    where: str
    message: str


def verify(briefing: Briefing, read: Callable[[str], SourceText]) -> Verification:
    """Check every document, item and citation. ``read`` gets a document's path; its ``SourceError`` is reported."""
    checks: list[_Check] = []
    unreadable: list[Finding] = []
    for document in briefing.documents:
        try:
            source = read(document.path)
        except SourceError as error:
            unreadable.append(Finding(document.path, error.reason))
            continue
        checks.extend(_document(document, source))
        for phrase in briefing.comparison.new_phrases:
            if phrase.document == document.id:
                checks.append(_quoted(phrase.evidence, source.text, document.path, f"new phrase {phrase.phrase}"))
    checks.extend(_identities(briefing))
    checks.extend(_overview(briefing))
    failed = tuple(Finding(check.where, check.message) for check in checks if not check.holds)
    return Verification(len(checks), failed, tuple(unreadable))


def _document(document: Document, source: SourceText) -> Iterator[_Check]:
    where = document.path
    yield _Check(
        document.sha256 == source.sha256, where, "the file's sha256 is another one: it was changed or replaced"
    )
    yield _Check(document.id == document.sha256[:12], where, f"id {document.id} is not the head of the sha256")
    yield _Check(document.chars.source == len(source.text), where, f"the source has {len(source.text)} characters")
    # What a person reads: a mark of Markdown or a zero-width blank inside a name is in the source and not in the name.
    cleaned = clean(source)
    folded = fold(source.text).text + "\n" + fold(cleaned.text).text
    if document.title is not None:
        yield _Check(fold(document.title).text in folded, where, f"title is not in the source: {document.title}")
    for name, value in (("published", document.published), ("meeting date", document.meeting.date)):
        if value is not None:
            yield _Check(_date_printed(value, source.text), where, f"{name} {value}: its month and day are not printed")
    for quality in document.quality:
        yield from _inside(quality.span, source.text, where, f"quality flag {quality.flag}")
    for task in document.tasks:
        yield from _task(task, cleaned)
    for indicator in document.indicators:
        yield from _indicator(indicator, cleaned, folded)


def _inside(span: Span | None, text: str, where: str, what: str) -> Iterator[_Check]:
    if span is not None:
        yield _Check(span.end <= len(text), where, f"{what}: span {span.start}-{span.end} runs past the source")


def _date_printed(value: str, text: str) -> bool:
    """Whether month and day of an ISO date stand together in the text; the year may come from elsewhere in it."""
    _, _, rest = value.partition("-")
    parts = [int(part) for part in rest.split("-") if part.isdecimal()]
    digits = r"\D{1,3}".join(f"0?{part}" for part in parts)
    characters = "月".join(in_characters(part) for part in parts)
    return bool(parts) and re.search(rf"(?<!\d){digits}(?!\d)|{characters}", text) is not None


def _quoted(evidence: Evidence, text: str, where: str, what: str) -> _Check:
    return _Check(
        text[evidence.start : evidence.end] == evidence.quote,
        where,
        f"{what}: the source at {evidence.start}-{evidence.end} reads otherwise than quoted",
    )


def _task(task: Task, text: CleanText) -> Iterator[_Check]:
    yield _quoted(task.evidence, text.source, task.id, "task")
    folded = _readable(task.evidence, text)
    printed = [("title", task.title), ("deadline", task.deadline), *(("lead", unit) for unit in task.lead)]
    printed += [("support", unit) for unit in task.support]
    for name, value in printed:
        if value is not None:
            yield _Check(fold(value).text in folded, task.id, f"{name} does not stand in the task's evidence: {value}")
    if task.marker is not None:
        yield _Check(
            folded.startswith(fold(task.marker).text), task.id, f"the evidence does not begin with {task.marker}"
        )
    for measure in task.measures:
        yield _quoted(measure.evidence, text.source, task.id, "measure")
        inside = task.evidence.start <= measure.evidence.start and measure.evidence.end <= task.evidence.end
        yield _Check(inside, task.id, f"a measure stands outside its task: {measure.text}")
        same = fold(measure.text).text in _readable(measure.evidence, text)
        yield _Check(same, task.id, f"a measure's text is not its evidence: {measure.text}")


def _readable(evidence: Evidence, text: CleanText) -> str:
    """The quoted words folded, as they stand in the source and, behind them, as a person reads them."""
    return fold(evidence.quote).text + "\n" + fold(text.printed(evidence.start, evidence.end)).text


def _indicator(indicator: Indicator, text: CleanText, folded: str) -> Iterator[_Check]:
    where, quote = indicator.id, _readable(indicator.evidence, text)
    yield _quoted(indicator.evidence, text.source, where, "indicator")
    yield _Check(fold(indicator.raw).text in quote, where, f"the value {indicator.raw} does not stand in the evidence")
    yield _Check(
        _value_of(indicator), where, f"{indicator.raw} does not read as {indicator.value} {indicator.unit}".rstrip()
    )
    for part in indicator.name.split():
        yield _Check(fold(part).text in folded, where, f"the name is not in the source: {part}")
    for name, value in (("period", indicator.period), ("base period", indicator.base_period)):
        if value is not None:
            yield _Check(fold(value).text in folded, where, f"{name} is not in the source: {value}")
    if indicator.base is not None:
        around = text.printed(max(0, indicator.evidence.start - 120), indicator.evidence.end + 120)
        yield _Check(
            indicator.base in printed_values(around),
            where,
            f"the base {indicator.base} is not printed beside the value",
        )


def _value_of(indicator: Indicator) -> bool:
    """Whether the program's own reading of the printed value gives this value, upper value and unit."""
    if any(_same(quantity, indicator) for quantity in find_quantities(indicator.raw)):
        return True
    # In a table the unit stands in a column of its own, or behind the name; a bare 万 or 亿 leaves it to the name.
    implied = indicator.unit != "" and indicator.unit == implied_unit(indicator.name, indicator.raw)
    printed = implied or not indicator.unit or fold(indicator.unit).text in fold(indicator.evidence.quote).text
    return printed and parse_number(indicator.raw) == indicator.value and indicator.value_high is None


def _same(quantity: Quantity, indicator: Indicator) -> bool:
    """Equal as JSON numbers: a third has no finite decimal form."""
    high = (quantity.value_high, indicator.value_high)
    same_high = high[0] is high[1] if None in high else float(high[0] or 0) == float(high[1] or 0)
    return float(quantity.value) == float(indicator.value) and same_high and quantity.unit == indicator.unit


def _identities(briefing: Briefing) -> Iterator[_Check]:
    ids = [item.id for document in briefing.documents for item in document.items]
    repeated = {name for name in ids if ids.count(name) > 1} if len(ids) != len(set(ids)) else set()
    yield _Check(not repeated, "briefing", f"ids stand more than once: {', '.join(sorted(repeated))}")
    known = set(ids)
    comparison = briefing.comparison
    cited: list[tuple[str, Iterable[str]]] = [
        (f"theme {row.theme}", ids) for row in comparison.themes for ids in (*row.tasks.values(), *row.figures.values())
    ]
    cited += [(f"indicator row {row.name}", row.indicators) for row in comparison.indicators]
    cited += [(f"problem {problem.kind}", problem.items) for problem in briefing.problems]
    for document in briefing.documents:
        cited += [(item.id, [item.task_id]) for item in document.indicators if item.task_id is not None]
    for where, names in cited:
        missing = [name for name in names if name not in known]
        yield _Check(not missing, where, f"names items that are not in the briefing: {', '.join(missing)}")


def _overview(briefing: Briefing) -> Iterator[_Check]:
    evidence = {item.id: item.evidence.quote for document in briefing.documents for item in document.items}
    for number, statement in enumerate(briefing.overview, 1):
        yield from _statement(statement, evidence, f"overview sentence {number}")


def _statement(statement: Statement, evidence: dict[str, str], where: str) -> Iterator[_Check]:
    missing = [name for name in statement.cites if name not in evidence]
    yield _Check(not missing, where, f"cites items that are not in the briefing: {', '.join(missing)}")
    printed = {value for name in statement.cites for value in printed_values(evidence.get(name, ""))}
    for match in PRINTED_NUMBER.finditer(statement.text):
        yield _Check(parse_number(match[0]) in printed, where, f"the number {match[0]} stands in no cited evidence")
