"""Proving indicators: the quote stands in the chunk, the value in the quote, the name in the text, and the program reads
the same figure there. Everything shown is the source's own wording and the program's own parsing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.extract.grounding import Found, GroundedText, Missed
from summarizer.extract.guards import (
    base_beside,
    cell_at,
    is_piece,
    operator_at,
    printed_nature,
    quantity_at,
    sentence_of,
    status_at,
)
from summarizer.extract.naming import Named, name_in
from summarizer.extract.proposals import IndicatorProposal
from summarizer.extract.wire import WireIndicator
from summarizer.figures.periods import Periods
from summarizer.language.dates import find_times
from summarizer.language.quantities import Quantity
from summarizer.language.units import implied_unit
from summarizer.outline.model import Outline
from summarizer.schema import Nature, Op, Rejected, Status
from summarizer.source.text import TextRange

__all__ = ["ProvenIndicators", "Reading", "prove_indicators"]

# The name may stand in the clauses before the quote (全省地区生产总值达到…，增长…), not further off than a long sentence.
_NAME_WITHIN = 300
_LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class ProvenIndicators:
    """The proven indicators, what was refused, what a second question could win back, and conflicts for the reader."""

    indicators: tuple[IndicatorProposal, ...]
    rejected: tuple[Rejected, ...]
    repairable: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Refusal:
    reason: str
    repairable: bool = True


@dataclass(frozen=True)
class Reading:
    """What proving needs of a document besides its text: the parts, and the times that figures hold for."""

    text: GroundedText
    outline: Outline

    @cached_property
    def periods(self) -> Periods:
        """The program's own reading of the times, made once."""
        return Periods(self.text.text, tuple(find_times(self.text.text)), self.outline.sections)


def prove_indicators(wires: Sequence[WireIndicator], reading: Reading, window: TextRange) -> ProvenIndicators:
    """Prove the indicators that an answer proposes for the clean range ``window``."""
    proven: list[IndicatorProposal] = []
    rejected: list[Rejected] = []
    repairable: list[str] = []
    notes: list[tuple[str, str]] = []
    seen: Counter[tuple[str, str]] = Counter()
    for wire in wires:
        repeat = seen[wire.quote, wire.name]
        seen[wire.quote, wire.name] += 1
        result = _prove(wire, reading, window, repeat)
        if isinstance(result, IndicatorProposal):
            proven.append(result)
            if result.status.value != wire.status:
                notes.append(
                    ("status", f"{result.name} {result.raw}: the answer says {wire.status}, the text {result.status}")
                )
        else:
            rejected.append(
                Rejected(item="indicator", reason=result.reason, raw=json.dumps(wire.model_dump(), ensure_ascii=False))
            )
            if result.repairable:
                repairable.append(f"指标“{wire.name} {wire.raw}”：{result.reason}")
    return ProvenIndicators(tuple(proven), tuple(rejected), tuple(repairable), tuple(notes))


def _prove(wire: WireIndicator, reading: Reading, window: TextRange, repeat: int) -> IndicatorProposal | _Refusal:
    text = reading.text
    if len(wire.quote) > _LONGEST_QUOTE:
        return _Refusal(f"its quote of {len(wire.quote)} characters is no shortest stretch")
    quote = _place(wire.quote, text, window, repeat)
    if isinstance(quote, Missed):
        return _Refusal(f"its quote: {quote.reason}")
    value = _value(wire, quote, text)
    if isinstance(value, Missed):
        return _Refusal("its value does not stand in its quote")
    if is_piece(text.text, (value.start, value.end)):
        return _Refusal(f"{wire.raw!r} is only a piece of the number that stands there")
    sentence = sentence_of(text.text, quote.start, quote.end)
    quantity = quantity_at(text.text, sentence, (value.start, value.end))
    if quantity is None or not quantity.unit:
        quantity = cell_at(text.text, (quote.start, quote.end), (value.start, value.end)) or quantity
    if quantity is None:
        return _Refusal(f"the program reads no figure at {wire.raw!r}, or a longer one", repairable=False)
    name = _name(wire.name, text.text, (quote.start, quote.end), sentence, window)
    if name is None:
        return _Refusal("its name does not stand near its value")
    return _proposal(wire, reading, quote, quantity, name, sentence)


def _proposal(
    wire: WireIndicator, reading: Reading, quote: Found, quantity: Quantity, named: Named, sentence: TextRange
) -> IndicatorProposal:
    text = reading.text.text
    start, end = min(quote.start, quantity.start), max(quote.end, quantity.end)
    if sentence[0] <= named.start < start:
        # The shortest stretch that holds name and value.
        start = named.start
    name = named.name
    section = reading.outline.section_at(quantity.start)
    raw = text[quantity.start : quantity.end]
    period = reading.periods.of(quantity.start, sentence[0], section)
    clause = (max(sentence[0], start), quantity.end)
    status = Status(wire.status)
    if not _is_cell(text, quantity):
        # In a table the column's head decides, and that is the model's to read.
        status = status_at(text, clause, sentence, section.horizon, status, period)
    return IndicatorProposal(
        start,
        end,
        (quantity.start, quantity.end),
        name,
        quantity.value,
        quantity.value_high,
        raw,
        quantity.unit or implied_unit(name, raw),
        operator_at(text, quantity, Op(wire.op), sentence),
        status,
        printed_nature(text, quantity, Nature(wire.nature) if wire.nature else None),
        _period(wire.period, reading.text, start),
        base_beside(text, wire.base, sentence, quantity),
        quote.grounding,
    )


def _is_cell(text: str, quantity: Quantity) -> bool:
    """Whether a figure stands alone in a cell of a table row."""
    before = text[max(0, quantity.start - 4) : quantity.start].rstrip(" <>\u2264\u2265\uff1c\uff1e=")
    behind = text[quantity.end : quantity.end + 3].lstrip(" ")
    return before.endswith(("|", "\uff5c", "\t")) and (not behind or behind[0] in "|\uff5c\t\r\n")


def _place(quote: str, text: GroundedText, window: TextRange, repeat: int) -> Found | Missed:
    """Where the quote stands; the same quote given again for the same name is the next place, in the order of the text."""
    place = text.find(quote, within=window)
    for _ in range(repeat):
        if isinstance(place, Missed):
            break
        place = text.find(quote, within=(place.end, window[1]))
    return Missed("the same indicator was given before") if repeat and isinstance(place, Missed) else place


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
    named = text.find(name, within=(quote.start, quote.end)) if name.strip() else Missed("")
    return named.end if isinstance(named, Found) else quote.end


def _name(name: str, text: str, quote: TextRange, sentence: TextRange, window: TextRange) -> Named | None:
    """The name in the source's words: from the quote, else from its sentence, else from the sentences before."""
    before = max(window[0], quote[0] - _NAME_WITHIN)
    for start, end in (quote, (min(sentence[0], quote[0]), max(sentence[1], quote[1])), (before, quote[1])):
        if (found := name_in(name, text, start, end)) is not None:
            return found
    return None


def _period(period: str | None, text: GroundedText, near: int) -> str | None:
    """The period as the text prints it, at the place nearest to the figure; one that is printed nowhere is dropped."""
    if not period:
        return None
    place = text.find(period, near=near)
    return text.text[place.start : place.end] if isinstance(place, Found) and place.repaired is None else None
