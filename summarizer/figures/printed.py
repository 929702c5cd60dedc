"""What is printed at a place: the figure, its relation, its status, the figure a change starts from.

The proof of a model's items asks here; the readings are those that the rules use. A model's word stands where the text leaves
it open, the text's where it does not.
"""

from __future__ import annotations

import re

from summarizer.figures.figures import Figures
from summarizer.figures.relation import Relation
from summarizer.figures.verb_phrase import Move, change_of, named_change, read_after, read_verb_phrase
from summarizer.language.characters import CLAUSE_ENDS, FULL_STOP
from summarizer.language.figure_cues import figure_cues
from summarizer.language.lexicon import lexicon
from summarizer.language.numerals import parse_number, read_numeral
from summarizer.language.quantities import Quantity, find_quantities
from summarizer.language.units import match_unit
from summarizer.reading.reading import Reading
from summarizer.schema import Bound, Change, Nature
from summarizer.source.text import CleanRange, clean_range

__all__ = [
    "base_beside",
    "cell_at",
    "is_piece",
    "printed_nature",
    "printed_unit",
    "quantity_at",
    "relation_at",
]

_NEAR_A_NATURE = 60
# The head of a number before one of its digits, and its rest behind one of them.
_DIGIT_BEFORE = re.compile(r"\d[.\uff0e]?\Z")
_DIGIT_BEHIND = re.compile(r"[.\uff0e]?\d|[,\uff0c]\d{3}(?!\d)")
# A cell between bars or tabs, or brackets behind a name, that hold a unit and nothing else.
_CLAUSE_MARKS = CLAUSE_ENDS + FULL_STOP
# Further figures of a list between this one and the comparator behind all of them.
_CUES = figure_cues().printed
_LISTED = _CUES.listed.pattern
_UNIT_CELL = re.compile(
    r"(?:[|\uff5c\t]\s*|[\uff08(])(?P<unit>[^|\uff5c\t\uff08\uff09()\s]{1,8})(?=\s*[|\uff5c\t\uff09)])"
)


def is_piece(text: str, value_at: CleanRange) -> bool:
    """Whether a value's place cuts a number printed in digits: 80 of 80.2, 3 of 3.1, 6 of 1.6."""
    start, end = value_at
    head = text[start].isdecimal() and _DIGIT_BEFORE.search(text, max(0, start - 2), start)
    rest = text[end - 1].isdecimal() and _DIGIT_BEHIND.match(text, end)
    return bool(head or rest)


def quantity_at(figures: Figures, value_at: CleanRange) -> Quantity | None:
    """The figure that the program reads at the place where a value is quoted; ``None`` when there is none.

    The quoted value must be the figure, or the figure without its last words: a piece of a longer number (6万 of 1.6万)
    is another number.
    """
    text, (start, end) = figures.reading.text, value_at
    quantity = figures.reading.figure_at(start) or next(iter(figures.reading.figures_in(start, end)), None)
    if quantity is None:
        return None
    if quantity.start == start:
        behind = text[quantity.end : end].strip("".join(_CUES.behind.words))
        return quantity if quantity.end >= end or not behind else None
    if quantity.start < start and end <= quantity.end:
        inside = text[quantity.start : start]
        return None if any(character.isdecimal() or character in ".．" for character in inside) else quantity
    return None


def cell_at(text: str, row: CleanRange, value_at: CleanRange) -> Quantity | None:
    """The bare number of a table cell, with the unit that a cell of its own or the name's brackets print in the row."""
    numeral = read_numeral(text, value_at[0], row[1])
    if numeral is None or numeral.end != value_at[1]:
        return None
    for match in _UNIT_CELL.finditer(text, *row):
        unit = match_unit(text, match.start("unit"), match.end("unit"))
        if unit is not None and unit.end == match.end("unit"):
            raw = text[numeral.start : numeral.end]
            return Quantity(numeral.start, numeral.end, numeral.value, None, raw, unit.name, unit.kind)
    return None


def relation_at(
    figures: Figures, quantity: Quantity, name: str, claimed: tuple[Bound | None, Change | None], sentence: CleanRange
) -> Relation:
    """The relation to show: what the rules read of this figure, else what the words beside it say, else the claimed one
    where they allow it.
    """
    measured = figures.measured_at(quantity.start)
    if measured is not None and measured.relation != Relation():
        return measured.relation
    text, (bound, change) = figures.reading.text, claimed
    verb_phrase = read_verb_phrase(text[sentence[0] : quantity.start])
    _, after = read_after(text, quantity.end)
    printed = after or verb_phrase.bound or (Bound.GT if quantity.loose else None)
    if quantity.value_high is not None:
        printed = Bound.RANGE
    if printed is None and bound is not None:
        printed = _compared(text, quantity, bound, sentence)
    moved = change_of(verb_phrase.move) or named_change(name, quantity)
    if moved is None and change is not None and verb_phrase.move is Move.NONE and _moves(text, quantity, change):
        moved = change
    return Relation(printed or Bound.EQ, moved)


_KINDS = {
    Bound.GE: (Bound.GE, Bound.GT),
    Bound.GT: (Bound.GT, Bound.GE),
    Bound.LE: (Bound.LE, Bound.LT),
    Bound.LT: (Bound.LT, Bound.LE),
    Bound.APPROX: (Bound.APPROX,),
}
"""Bounds that one word may be claimed as: 超过 is gt, and often called at least."""


def _compared(text: str, quantity: Quantity, claimed: Bound, sentence: CleanRange) -> Bound | None:
    """The comparator of this kind that stands in the clause (至少建成1所) or behind the list (8/10万、3‰以内)."""
    words = lexicon()
    clause = max(sentence[0], *(text.rfind(mark, sentence[0], quantity.start) + 1 for mark in _CLAUSE_MARKS))
    listed = _LISTED.match(text, quantity.end)
    for bound in _KINDS.get(claimed, ()):
        if any(words.before[bound].at_start(text, at) for at in range(clause, quantity.start)):
            return bound
        if listed is not None and bound in words.after and words.after[bound].at_start(text, listed.end()):
            return bound
    return None


def _moves(text: str, quantity: Quantity, claimed: Change) -> bool:
    """Whether a word of change in this direction stands a little before or behind the figure, with no level in between."""
    words = lexicon()
    group = words.up if claimed is Change.UP else words.down
    before = text[max(0, quantity.start - 12) : quantity.start]
    behind = text[quantity.end : quantity.end + 6]
    return any(group.at_start(part, at) for part in (before, behind) for at in range(len(part)))


def base_beside(figures: Figures, printed: str | None, sentence: CleanRange, quantity: Quantity) -> Quantity | None:
    """The start figure, when a number with the claimed value stands in the sentence beside the figure."""
    if not printed:
        return None
    found = next(find_quantities(printed), None)
    claimed = found.value if found else parse_number(printed)
    others = (other for other in figures.reading.figures_in(*sentence) if other.start != quantity.start)
    return next((other for other in others if claimed is not None and other.value == claimed), None)


def printed_nature(text: str, quantity: Quantity, claimed: Nature | None) -> Nature | None:
    """约束性 or 预期性, only when it is printed near the figure (in its row or its sentence)."""
    around = text[max(0, quantity.start - _NEAR_A_NATURE) : quantity.end + _NEAR_A_NATURE]
    named = {Nature.BINDING: _CUES.binding, Nature.EXPECTED: _CUES.expected}
    return claimed if claimed is not None and named[claimed].pattern.search(around) else None


def printed_unit(reading: Reading, quantity: Quantity) -> str:
    """The unit in the source's own characters; a folded form (％ read as %) stays folded."""
    unit, start = quantity.unit, quantity.end - len(quantity.unit)
    return reading.printed(*clean_range(start, quantity.end)) if reading.text[start : quantity.end] == unit else unit
