"""What cites and what is cited: ids are there and stand once, and a sentence's numbers stand in what it cites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from summarizer.briefing.verification.checks import Check
from summarizer.language.fold import simplified
from summarizer.language.numerals import parse_number
from summarizer.language.values import PRINTED_NUMBER, printed_values
from summarizer.schema import Briefing, Indicator, Statement, Task
from summarizer.source.duplicates import ALIKE, Sketch, resemblance

__all__ = ["copies", "identities", "overview"]


def identities(briefing: Briefing) -> Iterator[Check]:
    """Ids of items and documents stand once, and what names one names one that is there."""
    documents = {document.id for document in briefing.documents}
    often = Counter(item.id for document in briefing.documents for item in document.items)
    repeated = sorted(name for name, count in often.items() if count > 1)
    yield Check(not repeated, "briefing", f"ids stand more than once: {', '.join(repeated)}")
    for where, names in _item_references(briefing):
        missing = [name for name in names if name not in often]
        yield Check(not missing, where, f"names items that are not in the briefing: {', '.join(missing)}")
    for where, names in _document_references(briefing):
        missing = [name for name in names if name not in documents]
        yield Check(not missing, where, f"names documents that are not in the briefing: {', '.join(missing)}")


def copies(briefing: Briefing, sketches: Mapping[str, Sketch]) -> Iterator[Check]:
    """A document that is said to be a copy resembles the one it names; ``sketches`` are those of both, by document id."""
    for document in briefing.documents:
        own, other = sketches.get(document.id), sketches.get(document.duplicate_of or "")
        if own and other:
            alike = resemblance(own, other) >= ALIKE
            yield Check(alike, document.path, f"its text is not that of {document.duplicate_of}")


def _item_references(briefing: Briefing) -> Iterator[tuple[str, Iterable[str]]]:
    comparison = briefing.comparison
    for row in comparison.themes:
        for ids in (*row.tasks.values(), *row.figures.values()):
            yield f"theme {row.theme}", ids
    for aligned in comparison.indicators:
        yield f"indicator row {aligned.name}", aligned.indicators
    for problem in briefing.problems:
        yield f"problem {problem.kind}", problem.items
    for document in briefing.documents:
        for item in document.indicators:
            if item.task_id is not None:
                yield item.id, [item.task_id]


def _document_references(briefing: Briefing) -> Iterator[tuple[str, Iterable[str]]]:
    comparison = briefing.comparison
    if comparison.baseline is not None:
        yield "comparison", [comparison.baseline]
    for row in comparison.themes:
        yield f"theme {row.theme}", {*row.tasks, *row.standing, *row.figures}
    for phrase in comparison.new_phrases:
        yield f"new phrase {phrase.phrase}", [phrase.document, *([phrase.against] if phrase.against else [])]
    for document in briefing.documents:
        if document.duplicate_of is not None:
            yield document.path, [document.duplicate_of]


def overview(briefing: Briefing) -> Iterator[Check]:
    """Each sentence cites items that are there, and each number in it is printed for one of them."""
    evidence = {item.id: _printed(item) for document in briefing.documents for item in document.items}
    for number, statement in enumerate(briefing.overview, 1):
        yield from _statement(statement, evidence, f"overview sentence {number}")


def _printed(item: Task | Indicator) -> str:
    """What is printed for an item: its evidence, the time that governs an indicator from elsewhere, and the words of its
    fields, which are held against the source by themselves (a mark or a blank may part a number in the evidence)."""
    times = (item.period, item.base_period) if isinstance(item, Indicator) else ()
    words = (item.raw,) if isinstance(item, Indicator) else (item.title, *(step.text for step in item.steps))
    return "\n".join(filter(None, (item.evidence.quote, *times, *words)))


def _statement(statement: Statement, evidence: dict[str, str], where: str) -> Iterator[Check]:
    missing = [name for name in statement.cites if name not in evidence]
    yield Check(not missing, where, f"cites items that are not in the briefing: {', '.join(missing)}")
    printed = {value for name in statement.cites for value in printed_values(simplified(evidence.get(name, "")))}
    for match in PRINTED_NUMBER.finditer(statement.text):
        yield Check(parse_number(match[0]) in printed, where, f"the number {match[0]} is printed for no cited item")
