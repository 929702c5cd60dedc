"""The claims of tasks and indicators: every field that repeats print is compared with what stands at its span."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from summarizer.briefing.verification.checks import Check, folded, inside, quoted, worded
from summarizer.figures.resolution import deadline_day, resolve
from summarizer.language.fold import simplified
from summarizer.language.lexicon import lexicon
from summarizer.language.numerals import LOOSE, parse_number
from summarizer.language.quantities import Quantity, find_quantities
from summarizer.language.units import implied_unit
from summarizer.language.values import printed_values
from summarizer.schema import (
    Bound,
    Change,
    Document,
    Evidence,
    Heading,
    Indicator,
    Item,
    ItemStanding,
    Nature,
    Span,
    Step,
    Task,
)
from summarizer.source.text import UNREAD

__all__ = ["indicator_checks", "task_checks"]


_NEAR = 40
"""Characters before and behind an indicator's evidence in which the words of its bound and change may stand."""
_MARKER_REACH = 16
_LIKE = {
    Bound.GE: {Bound.GE, Bound.GT},
    Bound.GT: {Bound.GT, Bound.GE},
    Bound.LE: {Bound.LE, Bound.LT},
    Bound.LT: {Bound.LT, Bound.LE, Bound.APPROX},
    Bound.APPROX: {Bound.APPROX, Bound.LT},
}
"""Bounds that one word may be read as: 超过 is more than and often said for at least, 近 is about and a little less."""


def task_checks(task: Task, document: Document, text: str) -> Iterator[Check]:
    """Evidence, marker, title, the headlines above, the steps inside, and the duties of the task and of each step."""
    yield from quoted(task.evidence, text, task.id, "task")
    words = folded(_slice(text, task.evidence))
    yield Check(folded(task.title) in words, task.id, f"title does not stand in the task's evidence: {task.title}")
    if task.marker is not None:
        yield Check(words.startswith(folded(task.marker)), task.id, f"the evidence does not begin with {task.marker}")
    for heading in task.group:
        yield from _heading(heading, task, text)
    yield from _duties(task, document, text, task.id)
    yield from _standing(task, text)
    for step in task.steps:
        yield from _step(step, task, text)
        yield from _duties(step, document, text, task.id)


def _slice(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _standing(item: Item, text: str) -> Iterator[Check]:
    """What is to be checked says why, and each reason points to words that stand there."""
    doubtful = item.standing is ItemStanding.CHECK
    yield Check(doubtful == bool(item.reasons), item.id, f"standing {item.standing} with {len(item.reasons)} reasons")
    for doubt in item.reasons:
        yield from quoted(doubt.evidence, text, item.id, f"reason {doubt.reason}")


def _heading(heading: Heading, task: Task, text: str) -> Iterator[Check]:
    yield from quoted(heading.evidence, text, task.id, f"headline {heading.title}")
    words = folded(_slice(text, heading.evidence))
    yield Check(folded(heading.title) in words, task.id, f"a headline's title is not its evidence: {heading.title}")
    if heading.marker is not None:
        yield Check(
            folded(heading.marker) in words, task.id, f"a headline's marker is not in its evidence: {heading.marker}"
        )
    yield Check(
        heading.evidence.start <= task.evidence.start, task.id, f"a headline stands behind its task: {heading.title}"
    )


def _step(step: Step, task: Task, text: str) -> Iterator[Check]:
    yield from quoted(step.evidence, text, task.id, "step")
    within = task.evidence.start <= step.evidence.start and step.evidence.end <= task.evidence.end
    yield Check(within, task.id, f"a step stands outside its task: {step.text}")
    words = folded(_slice(text, step.evidence))
    yield Check(folded(step.text) in words, task.id, f"a step's text is not its evidence: {step.text}")
    if step.marker is not None:
        before = folded(text[max(0, step.evidence.start - _MARKER_REACH) : step.evidence.start])
        marked = words.startswith(folded(step.marker)) or before.endswith(folded(step.marker))
        yield Check(marked, task.id, f"a step does not stand behind its marker {step.marker}: {step.text}")


def _duties(duties: Task | Step, document: Document, text: str, where: str) -> Iterator[Check]:
    """Each body and the deadline stand at their spans; the deadline's day follows from it."""
    yield from _bodies("lead", duties.lead, duties.lead_evidence, text, where)
    yield from _bodies("support", duties.support, duties.support_evidence, text, where)
    if duties.deadline is not None:
        yield from _printed("deadline", duties.deadline, duties.deadline_evidence, text, where)
    if duties.deadline_date is not None:
        day = deadline_day(duties.deadline, document.year) if duties.deadline else None
        message = f"deadline_date {duties.deadline_date} does not follow from {duties.deadline!r}"
        yield Check(day == duties.deadline_date, where, message)


def _bodies(name: str, bodies: Sequence[str], evidence: Sequence[Evidence], text: str, where: str) -> Iterator[Check]:
    yield Check(len(bodies) == len(evidence), where, f"{name}: {len(bodies)} bodies with {len(evidence)} places")
    for body, place in zip(bodies, evidence, strict=False):
        yield from _printed(name, body, place, text, where)


def _printed(name: str, value: str, evidence: Evidence | None, text: str, where: str) -> Iterator[Check]:
    """A field with the one span it stands at."""
    yield Check(evidence is not None, where, f"{name} has no place in the source: {value}")
    if evidence is not None:
        yield from quoted(evidence, text, where, name)
        yield from worded(value, [evidence], text, where, name)


def indicator_checks(indicator: Indicator, document: Document, text: str, words: str) -> Iterator[Check]:
    """Evidence, value, name, times and base; ``words`` is the folded source."""
    where, quote = indicator.id, folded(_slice(text, indicator.evidence))
    yield from quoted(indicator.evidence, text, where, "indicator")
    yield Check(folded(indicator.raw) in quote, where, f"the value {indicator.raw} does not stand in the evidence")
    if indicator.value_evidence is not None:
        yield from _printed("value", indicator.raw, indicator.value_evidence, text, where)
    yield from _standing(indicator, text)
    reads = f"{indicator.raw} does not read as {indicator.value} {indicator.unit}".rstrip()
    yield Check(_value_of(indicator, quote), where, reads)
    ranged = (indicator.bound is Bound.RANGE) == (indicator.value_high is not None)
    yield Check(ranged, where, f"bound {indicator.bound} does not go with an upper value of {indicator.value_high}")
    yield from _relation(indicator, text)
    if indicator.nature is not None:
        cues = lexicon().binding if indicator.nature is Nature.BINDING else lexicon().expected
        printed = any(cues.at_start(words, at) for at in range(len(words)))
        yield Check(printed, where, f"nature {indicator.nature} is not printed")
    yield from _name(indicator, text)
    yield from _times(indicator, document, text, words)
    if indicator.base is not None:
        yield from _base(indicator, text)


def _relation(indicator: Indicator, text: str) -> Iterator[Check]:
    """The bound is what the words directly beside the value say; without any, and for a change, a word of its kind is near.

    Near, because a list shares the words of its first or last figure.
    """
    words, where = lexicon(), indicator.id
    low, high = indicator.evidence.start - _NEAR, indicator.evidence.end + _NEAR
    around = simplified(text[max(0, low) : high]).replace(UNREAD, "")
    before, behind = _bounds_beside(indicator, text)
    message = f"the words beside the value {indicator.raw} do not say the bound {indicator.bound}"
    if indicator.bound in _LIKE:
        near = (before | behind or _bounds_in(around)) & _LIKE[indicator.bound]
        yield Check(bool(near) or any(mark in indicator.raw for mark in LOOSE), where, message)
    elif indicator.bound is Bound.EQ:
        yield Check(not behind, where, message)  # before a value the end of another word looks alike: 签约30亿元
    if indicator.change is not None:
        own = (words.up, words.rises) if indicator.change is Change.UP else (words.down, words.falls)
        said = any(group.at_start(around, at) for group in (*own, words.rates) for at in range(len(around)))
        yield Check(said, where, f"no word for a change {indicator.change} stands beside the value {indicator.raw}")


def _bounds_beside(indicator: Indicator, text: str) -> tuple[set[Bound], set[Bound]]:
    """What the comparators say that touch the value where it stands in its evidence, before it and behind it."""
    words, place = lexicon(), indicator.value_evidence
    start = place.start if place else indicator.evidence.start + max(0, indicator.evidence.quote.rfind(indicator.raw))
    end = place.end if place else start + len(indicator.raw)
    front = simplified(text[max(0, start - _NEAR) : start]).replace(UNREAD, "")
    behind = simplified(text[end : end + _NEAR]).replace(UNREAD, "")
    before = _longest((bound, group.at_end(front)) for bound, group in words.before.items())
    after = _longest((bound, group.at_start(behind)) for bound, group in words.after.items())
    return before[0], after[0]


def _longest(found: Iterable[tuple[Bound, str | None]]) -> tuple[set[Bound], int]:
    """What the longest of some words at one place says, and its length: 不低于 is not 低于."""
    words = [(bound, len(word)) for bound, word in found if word]
    longest = max((length for _, length in words), default=0)
    return {bound for bound, length in words if length == longest}, longest


def _bounds_in(text: str) -> set[Bound]:
    """What the comparators of a text say."""
    groups = [*lexicon().before.items(), *lexicon().after.items()]
    found, at = set[Bound](), 0
    while at < len(text):
        here, length = _longest((bound, group.at_start(text, at)) for bound, group in groups)
        found |= here
        at += max(1, length)
    return found


def _name(indicator: Indicator, text: str) -> Iterator[Check]:
    where = indicator.id
    yield Check(bool(indicator.name_evidence), where, f"the name has no place in the source: {indicator.name}")
    for span in indicator.name_evidence:
        yield from inside(span, text, where, "name")
    if indicator.name_evidence:
        yield from worded(indicator.name, indicator.name_evidence, text, where, "name")


def _times(indicator: Indicator, document: Document, text: str, words: str) -> Iterator[Check]:
    where = indicator.id
    if indicator.period is not None and indicator.period_evidence is not None:
        yield from _printed("period", indicator.period, indicator.period_evidence, text, where)
    elif indicator.period is not None:
        yield Check(folded(indicator.period) in words, where, f"period is not in the source: {indicator.period}")
    if indicator.base_period is not None:
        printed = folded(indicator.base_period) in words
        yield Check(printed, where, f"base period is not in the source: {indicator.base_period}")
    times = (
        ("period", indicator.period, (indicator.period_start, indicator.period_end)),
        ("base period", indicator.base_period, (indicator.base_period_start, indicator.base_period_end)),
    )
    for name, printed_time, days in times:
        if days != (None, None):
            yield Check(
                printed_time is not None and resolve(printed_time, document.year) == days,
                where,
                f"{name} {printed_time!r} does not mean {_iso(days[0])} to {_iso(days[1])}",
            )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else "…"


def _base(indicator: Indicator, text: str) -> Iterator[Check]:
    """The base is printed at its evidence; without one near the value."""
    where, evidence = indicator.id, indicator.base_evidence
    if evidence is not None:
        yield from quoted(evidence, text, where, "base")
    around = evidence or indicator.evidence
    reach = 0 if evidence else 120
    near = text[max(0, around.start - reach) : around.end + reach]
    yield Check(
        indicator.base in printed_values(simplified(near).replace(UNREAD, "")),
        where,
        f"the base {indicator.base} is not printed at its place",
    )


def _value_of(indicator: Indicator, quote: str) -> bool:
    """Whether the program's own reading of the printed value gives this value, upper value and unit."""
    raw = simplified(indicator.raw)
    if any(_same(quantity, indicator) for quantity in find_quantities(raw)):
        return True
    # In a table the unit stands in a column of its own, or behind the name; a bare 万 or 亿 leaves it to the name.
    implied = indicator.unit != "" and indicator.unit == implied_unit(indicator.name, raw)
    printed = implied or not indicator.unit or folded(indicator.unit) in quote
    return printed and parse_number(raw) == indicator.value and indicator.value_high is None


def _same(quantity: Quantity, indicator: Indicator) -> bool:
    """Equal as JSON numbers: a third has no finite decimal form."""
    high = (quantity.value_high, indicator.value_high)
    same_high = high[0] is high[1] if None in high else float(high[0] or 0) == float(high[1] or 0)
    return (
        float(quantity.value) == float(indicator.value)
        and same_high
        and folded(quantity.unit) == folded(indicator.unit)
    )
