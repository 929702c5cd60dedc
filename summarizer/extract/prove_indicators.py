"""Proving indicators: the quote stands in the chunk, the value in the quote, the name in the text, and the program reads
the same figure there. Everything shown is the source's own wording and the program's own parsing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from summarizer.extract.grounding import Found, GroundedText, Missed
from summarizer.extract.name_grounding import Named, name_in
from summarizer.extract.proposals import IndicatorProposal
from summarizer.extract.wire import WireIndicator
from summarizer.figures.figures import Figures
from summarizer.figures.printed import (
    base_beside,
    cell_at,
    is_piece,
    printed_nature,
    quantity_at,
    relation_at,
)
from summarizer.language.quantities import Quantity
from summarizer.language.units import implied_unit
from summarizer.schema import (
    Bound,
    Change,
    CleanOffset,
    Nature,
    Origin,
    Problem,
    ProblemKind,
    Rejected,
    RejectionReason,
    Span,
    Status,
    problem,
    rejected,
)
from summarizer.source.text import CleanRange

__all__ = ["ProvenIndicators", "prove_indicators"]

# The name may stand in the clauses before the quote (全省地区生产总值达到…，增长…), not further off than a long sentence.
_NAME_WITHIN = 300
_LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class ProvenIndicators:
    """The proven indicators, what was refused, what a second question could win back, and conflicts for the reader."""

    indicators: tuple[IndicatorProposal, ...]
    rejected: tuple[Rejected, ...]
    repairable: tuple[str, ...]
    notes: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Refusal:
    reason: RejectionReason
    details: dict[str, str | int] = field(default_factory=dict)
    repairable: bool = True


def prove_indicators(
    wires: Sequence[WireIndicator], text: GroundedText, figures: Figures, window: CleanRange
) -> ProvenIndicators:
    """Prove the indicators that an answer proposes for the clean range ``window``; ``text`` is the clean text."""
    proven: list[IndicatorProposal] = []
    refused: list[Rejected] = []
    repairable: list[str] = []
    notes: list[Problem] = []
    seen: Counter[tuple[str, str]] = Counter()
    for wire in wires:
        repeat = seen[wire.quote, wire.name]
        seen[wire.quote, wire.name] += 1
        result = _prove(wire, text, figures, window, repeat)
        if isinstance(result, IndicatorProposal):
            proven.append(result)
            if result.read is not result.status:
                notes.append(_status_note(result, figures))
        else:
            raw = json.dumps(wire.model_dump(), ensure_ascii=False)
            rejection = rejected("indicator", Origin.MODEL, result.reason, raw, result.details)
            refused.append(rejection)
            if result.repairable:
                repairable.append(f"指标“{wire.name} {wire.raw}”：{rejection.message}")
    return ProvenIndicators(tuple(proven), tuple(refused), tuple(repairable), tuple(notes))


def _status_note(proven: IndicatorProposal, figures: Figures) -> Problem:
    place = figures.reading.evidence(proven.start, proven.end)
    return problem(
        ProblemKind.STATUS_DIFFERS,
        {"name": place.quote, "model": proven.status.value, "text": proven.read.value},
        span=Span(start=place.start, end=place.end),
    )


def _missed(missed: Missed, part: str) -> _Refusal:
    return _Refusal(missed.reason, {"part": part, "difference": missed.difference})


def _prove(
    wire: WireIndicator, text: GroundedText, figures: Figures, window: CleanRange, repeat: int
) -> IndicatorProposal | _Refusal:
    if len(wire.quote) > _LONGEST_QUOTE:
        return _Refusal(RejectionReason.QUOTE_TOO_LONG, {"length": len(wire.quote)})
    quote = _place(wire.quote, text, window, repeat)
    if quote is None:
        return _Refusal(RejectionReason.GIVEN_TWICE)
    if isinstance(quote, Missed):
        return _missed(quote, "quote")
    value = _value(wire, quote, text)
    if isinstance(value, Missed):
        return _Refusal(RejectionReason.VALUE_NOT_IN_QUOTE)
    if is_piece(text.text, (value.start, value.end)):
        return _Refusal(RejectionReason.PART_OF_NUMBER, {"value": repr(wire.raw)})
    sentence = figures.reading.sentence(quote.start, quote.end)
    quantity = quantity_at(figures, (value.start, value.end))
    if quantity is None or not quantity.unit:
        cell = cell_at(figures.reading.text, (quote.start, quote.end), (value.start, value.end))
        quantity = cell or quantity
    if quantity is None:
        return _Refusal(RejectionReason.NO_FIGURE, {"value": repr(wire.raw)}, repairable=False)
    name = _name(wire.name, text.text, (quote.start, quote.end), sentence, window)
    if name is None:
        return _Refusal(RejectionReason.NAME_APART)
    return _proposal(wire, text, figures, quote, quantity, name, sentence)


_CLAIMED: dict[str, tuple[Bound | None, Change | None]] = {
    "eq": (Bound.EQ, None),
    "ge": (Bound.GE, None),
    "le": (Bound.LE, None),
    "approx": (Bound.APPROX, None),
    "range": (Bound.RANGE, None),
    "delta_up": (None, Change.UP),
    "delta_down": (None, Change.DOWN),
}
"""What the one word of an answer claims of bound and change."""


def _proposal(
    wire: WireIndicator,
    text: GroundedText,
    figures: Figures,
    quote: Found,
    quantity: Quantity,
    named: Named,
    sentence: CleanRange,
) -> IndicatorProposal:
    view = figures.reading.text
    start, end = min(quote.start, quantity.start), max(quote.end, quantity.end)
    if sentence[0] <= named.start < start:
        # The shortest stretch that holds name and value.
        start = named.start
    name = " ".join(view[first:last] for first, last in named.pieces)
    period = figures.period(quantity.start, sentence[0])
    read = figures.status((max(sentence[0], start), quantity.end), sentence[0], period)
    status = Status(wire.status) if wire.status else read
    if _is_cell(view, quantity):
        # In a table the column's head decides, and that is the model's to read.
        read = status
    return IndicatorProposal(
        CleanOffset(start),
        CleanOffset(end),
        quantity,
        named.pieces,
        quantity.unit or implied_unit(name, view[quantity.start : quantity.end]),
        relation_at(figures, quantity, name, _CLAIMED[wire.op], sentence),
        status,
        read,
        printed_nature(view, quantity, Nature(wire.nature) if wire.nature else None),
        _period(wire.period, text, start),
        base_beside(figures, wire.base, sentence, quantity),
        quote.grounding,
    )


def _is_cell(text: str, quantity: Quantity) -> bool:
    """Whether a figure stands alone in a cell of a table row."""
    before = text[max(0, quantity.start - 4) : quantity.start].rstrip(" <>\u2264\u2265\uff1c\uff1e=")
    behind = text[quantity.end : quantity.end + 3].lstrip(" ")
    return before.endswith(("|", "\uff5c", "\t")) and (not behind or behind[0] in "|\uff5c\t\r\n")


def _place(quote: str, text: GroundedText, window: CleanRange, repeat: int) -> Found | Missed | None:
    """Where the quote stands; the same quote given again for the same name is the next place, None when there is no more."""
    place = text.find(quote, within=window)
    for _ in range(repeat):
        if isinstance(place, Missed):
            break
        place = text.find(quote, within=(place.end, window[1]))
    return None if repeat and isinstance(place, Missed) else place


def _value(wire: WireIndicator, quote: Found, text: GroundedText) -> Found | Missed:
    """Where the value stands in its quote: nearest behind the name, unless that place is only a piece of another number."""
    nearest = text.find(wire.raw, within=(quote.start, quote.end), near=_after_name(wire.name, quote, text))
    value = nearest
    start = quote.start
    while isinstance(value, Found) and is_piece(text.text, (value.start, value.end)):
        value = text.find(wire.raw, within=(start, quote.end))
        start = value.end if isinstance(value, Found) else start
    return value if isinstance(value, Found) else nearest


def _after_name(name: str, quote: Found, text: GroundedText) -> int:
    named = text.find(name, within=(quote.start, quote.end)) if name.strip() else Missed(RejectionReason.EMPTY)
    return named.end if isinstance(named, Found) else quote.end


def _name(name: str, text: str, quote: CleanRange, sentence: CleanRange, window: CleanRange) -> Named | None:
    """The name in the source's words: from the quote, else from its sentence, else from the sentences before."""
    before = max(window[0], quote[0] - _NAME_WITHIN)
    for start, end in (quote, (min(sentence[0], quote[0]), max(sentence[1], quote[1])), (before, quote[1])):
        if (found := name_in(name, text, start, end)) is not None:
            return found
    return None


def _period(period: str | None, text: GroundedText, near: int) -> CleanRange | None:
    """Where the text prints the period, nearest to the figure; one that is printed nowhere is dropped."""
    if not period:
        return None
    place = text.find(period, near=near)
    return (place.start, place.end) if isinstance(place, Found) and place.repaired is None else None
