"""Figures that measure nothing: why a printed quantity is no indicator."""

from __future__ import annotations

from decimal import Decimal

from summarizer.figures.verb_phrase import Move, VerbPhrase
from summarizer.language.figure_cues import figure_cues
from summarizer.language.lexicon import lexicon
from summarizer.language.quantities import Quantity
from summarizer.language.units import UnitKind, implied_unit

__all__ = ["is_decoy"]

_QUOTED = 14
"""Within quotation marks this close together a figure belongs to a name or slogan: “1571”, “14+1”, “百县千乡”."""
_CUES = figure_cues().decoys
_OPEN = _CUES.opens.pattern
_CLOSE = _CUES.closes.pattern
_ORDINAL = _CUES.rank.pattern
_MODIFIER = _CUES.modifier.pattern
_UNITLESS = _CUES.unitless.pattern
_STEP = _CUES.step.pattern
_AGE_OF = _CUES.age_of.pattern
_AGE_GROUP = _CUES.age_group.pattern
_OWN_ITEMS = 30
"""Up to so many things a text numbers itself: 以下八项任务, 24个主要指标."""
_SIDES = _CUES.sides.words
_ACTIONS = _CUES.actions.words
_FRACTION = _CUES.fraction.pattern
_STREAK = _CUES.streak.pattern
_FLOW = _CUES.flow.words


def is_decoy(
    text: str, quantity: Quantity, verb_phrase: VerbPhrase, name: str, clause: str, base: Decimal | None
) -> bool:
    """Whether the figure names, orders, dates or qualifies something instead of measuring it.

    ``name`` is what it would measure, ``clause`` the text from the clause's start to the figure, ``base`` the figure from
    which a change to this one starts.
    """
    start, end, kind = quantity.start, quantity.end, quantity.kind
    words = lexicon()
    if _OPEN.search(text, max(0, start - _QUOTED - 1), start) and _CLOSE.match(text, end, end + _QUOTED + 2):
        return True
    if kind is UnitKind.TIME:
        cues = words.times if quantity.unit in _CUES.times.words else words.durations
        return bool(_STREAK.search(clause)) or not (cues.search(clause) or cues.search(name))
    if kind is UnitKind.AGE:
        return not (_AGE_OF.search(clause) or words.ages.search(name)) or _AGE_GROUP.match(text, end) is not None
    if quantity.raw.endswith(_CUES.place.words) and _ORDINAL.search(text, max(0, start - 4), start):
        return True
    if kind is UnitKind.AMOUNT and _MODIFIER.match(text, end):
        return True
    if quantity.unit == "" and kind is UnitKind.RATIO and base is None:
        return _only_a_number(quantity, verb_phrase, name)
    if quantity.chinese and kind is not UnitKind.RATIO and quantity.value < 10:
        return not clause.endswith(_FLOW) or quantity.value == 1
    if (
        (quantity.unit in _CUES.general.words and _STEP.match(text, end))
        or name.endswith(_CUES.and_so_on.words)
        or words.beside.search(name)
    ):
        return True
    if kind is UnitKind.AMOUNT and name.endswith(_ACTIONS):
        return True
    return (
        kind is not UnitKind.RATIO
        and quantity.value <= _OWN_ITEMS
        and (
            name in words.alone
            or words.not_measured.at_end(name) is not None
            or words.not_measured.at_start(name, 0) in _SIDES
        )
    )


def _only_a_number(quantity: Quantity, verb_phrase: VerbPhrase, name: str) -> bool:
    """Whether a figure without a unit measures nothing: it needs a name that is a ratio, and a verb where it is no fraction."""
    if quantity.value == 0 or _FRACTION.search(quantity.raw):
        return False
    if implied_unit(name, quantity.raw):
        return False
    led = verb_phrase.move is not Move.NONE or verb_phrase.bound is not None
    return not _UNITLESS.search(name) or not (led or quantity.raw[-1] in _CUES.magnitude.words)
