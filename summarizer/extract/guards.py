"""Guards on values: what a model says of a figure must be what the program itself reads at that place.

The reading is the heuristic's own (numerals, comparators, parts of the text); a model's word stands where the text leaves
it open, the text's where it does not.
"""

from __future__ import annotations

import re
from decimal import Decimal

from summarizer.figures.approach import Move, read_after, read_approach
from summarizer.figures.lexicon import lexicon
from summarizer.figures.periods import Period, status_of
from summarizer.language.numerals import parse_number, read_numeral
from summarizer.language.quantities import Quantity, find_quantities
from summarizer.language.units import match_unit
from summarizer.outline.model import Horizon
from summarizer.schema import Nature, Op, Status
from summarizer.source.text import TextRange

__all__ = ["base_beside", "cell_at", "is_piece", "operator_at", "printed_nature", "quantity_at", "status_at"]

_SENTENCE_END = re.compile(r"[。！？!?\n]")
_LOOK_BACK = 160
_DECIDED = frozenset({Horizon.PAST, Horizon.OUTLOOK, Horizon.WORK, Horizon.SAFEGUARD, Horizon.NEAR_TERM})
_NATURES = {"约束性": Nature.BINDING, "预期性": Nature.EXPECTED}
_NEAR_A_NATURE = 60
# The head of a number before one of its digits, and its rest behind one of them.
_DIGIT_BEFORE = re.compile(r"\d[.\uff0e]?\Z")
_DIGIT_BEHIND = re.compile(r"[.\uff0e]?\d|[,\uff0c]\d{3}(?!\d)")
# A cell between bars or tabs, or brackets behind a name, that hold a unit and nothing else.
_CLAUSE_MARKS = "\uff0c,\uff1b;\u3002\uff1a:"
# Further figures of a list between this one and the comparator behind all of them.
_LISTED = re.compile(
    r"(?:[\u3001和及与][\d.]{1,12}[^\d\s\u3001\uff0c\u3002\uff1b,;]{0,6}?(?=[\u3001和及与以左之]|$)){1,8}"
)
_UNIT_CELL = re.compile(
    r"(?:[|\uff5c\t]\s*|[\uff08(])(?P<unit>[^|\uff5c\t\uff08\uff09()\s]{1,8})(?=\s*[|\uff5c\t\uff09)])"
)


def sentence_of(text: str, start: int, end: int) -> TextRange:
    """The sentence around a range, at most some 160 characters to either side."""
    low = max(0, start - _LOOK_BACK)
    begins = [match.end() for match in _SENTENCE_END.finditer(text, low, start)]
    ends = _SENTENCE_END.search(text, end, min(len(text), end + _LOOK_BACK))
    return (begins[-1] if begins else low), (ends.end() if ends else min(len(text), end + _LOOK_BACK))


def is_piece(text: str, value_at: TextRange) -> bool:
    """Whether a value's place cuts a number printed in digits: 80 of 80.2, 3 of 3.1, 6 of 1.6."""
    start, end = value_at
    head = text[start].isdecimal() and _DIGIT_BEFORE.search(text, max(0, start - 2), start)
    rest = text[end - 1].isdecimal() and _DIGIT_BEHIND.match(text, end)
    return bool(head or rest)


def quantity_at(text: str, within: TextRange, value_at: TextRange) -> Quantity | None:
    """The figure that the program reads at the place where a value is quoted; ``None`` when there is none.

    The quoted value must be the figure, or the figure without its last words: a piece of a longer number (6万 of 1.6万)
    is another number.
    """
    for quantity in find_quantities(text, *within):
        if quantity.start == value_at[0] and quantity.end >= value_at[1]:
            return quantity
        if quantity.start <= value_at[0] and value_at[1] <= quantity.end:
            inside = text[quantity.start : value_at[0]]
            return None if any(character.isdecimal() or character in ".．" for character in inside) else quantity
        if quantity.start == value_at[0] and text[quantity.end : value_at[1]].strip("以上内下左右约多余的了") == "":
            return quantity
    return None


def cell_at(text: str, row: TextRange, value_at: TextRange) -> Quantity | None:
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


def operator_at(text: str, quantity: Quantity, claimed: Op, sentence: TextRange) -> Op:
    """The operator to show: the claimed one when the words beside the figure allow it, else what those words say."""
    approach = read_approach(text[sentence[0] : quantity.start])
    _, after = read_after(text, quantity.end)
    bound = after or approach.bound or (Op.GE if quantity.loose else None)
    readable: list[Op] = []
    if approach.move in (Move.UP, Move.DOWN):
        readable.append(Op.DELTA_UP if approach.move is Move.UP else Op.DELTA_DOWN)
    if bound is not None:
        readable.append(bound)
    if quantity.value_high is not None:
        readable.append(Op.RANGE)
    if not readable:
        readable.append(Op.EQ)
        if claimed in (Op.DELTA_UP, Op.DELTA_DOWN) and approach.move is Move.NONE and _moves(text, quantity, claimed):
            readable.append(claimed)
    if claimed in readable:
        return claimed
    if readable == [Op.EQ] and claimed in (Op.GE, Op.LE, Op.APPROX) and _compares(text, quantity, claimed, sentence):
        return claimed
    return readable[0]


def _compares(text: str, quantity: Quantity, claimed: Op, sentence: TextRange) -> bool:
    """Whether a comparator of this kind stands in the clause (至少建成1所) or behind the list (8/10万、3‰以内)."""
    words = lexicon()
    kinds = {
        Op.GE: (words.ge, words.after_ge),
        Op.LE: (words.le, words.after_le),
        Op.APPROX: (words.approx, words.after_approx),
    }
    before, behind = kinds[claimed]
    clause = max(sentence[0], *(text.rfind(mark, sentence[0], quantity.start) + 1 for mark in _CLAUSE_MARKS))
    if any(before.at_start(text, at) for at in range(clause, quantity.start)):
        return True
    listed = _LISTED.match(text, quantity.end)
    return listed is not None and behind.at_start(text, listed.end()) is not None


def _moves(text: str, quantity: Quantity, claimed: Op) -> bool:
    """Whether a word of change in this direction stands a little before or behind the figure, with no level in between."""
    words = lexicon()
    group = words.up if claimed is Op.DELTA_UP else words.down
    before = text[max(0, quantity.start - 12) : quantity.start]
    behind = text[quantity.end : quantity.end + 6]
    return any(group.at_start(part, at) for part in (before, behind) for at in range(len(part)))


def status_at(
    text: str, clause: TextRange, sentence: TextRange, horizon: Horizon, claimed: Status, period: Period | None
) -> Status:
    """The status to show: the part of the text and the year decide; where they do not, a cue in the sentence; else the model."""
    read = status_of(text, clause, sentence[0], horizon, period)
    if horizon in _DECIDED or read is claimed or (period is not None and period.lean is not None):
        return read
    words = lexicon()
    cued = any(cues.search(text, sentence[0], clause[1]) for cues in (words.target, words.achieved))
    return read if cued else claimed


def base_beside(text: str, printed: str | None, sentence: TextRange, quantity: Quantity) -> Decimal | None:
    """The start value, when a number with the claimed value stands in the sentence beside the figure."""
    if not printed:
        return None
    found = next(find_quantities(printed), None)
    claimed = found.value if found else parse_number(printed)
    others = (other.value for other in find_quantities(text, *sentence) if other.start != quantity.start)
    return claimed if claimed is not None and claimed in others else None


def printed_nature(text: str, quantity: Quantity, claimed: Nature | None) -> Nature | None:
    """约束性 or 预期性, only when it is printed near the figure (in its row or its sentence)."""
    around = text[max(0, quantity.start - _NEAR_A_NATURE) : quantity.end + _NEAR_A_NATURE]
    return claimed if any(nature is claimed and word in around for word, nature in _NATURES.items()) else None
