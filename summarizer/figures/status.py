"""Reached or to be reached: the part of the text decides first, then printed times, then near words."""

from __future__ import annotations

import re

from summarizer.figures.periods import Period
from summarizer.language.figure_cues import figure_cues
from summarizer.language.lexicon import lexicon
from summarizer.schema import Horizon, Status

__all__ = ["DECIDED", "status_of"]

_PLANNED = frozenset({Horizon.OUTLOOK, Horizon.WORK, Horizon.SAFEGUARD, Horizon.NEAR_TERM})
DECIDED = _PLANNED | {Horizon.PAST}
"""Parts whose horizon says by itself what a figure in them is."""


def status_of(
    text: str, clause: tuple[int, int], sentence_start: int, horizon: Horizon, period: Period | None = None
) -> Status:
    """Status of a figure whose clause is ``text[clause]`` in a part with this horizon.

    A report's own parts decide (提高到 stands in both); only an explicit cue or a year on the other side overrules them.
    Elsewhere the year decides, then the nearest cue of the sentence; without any a printed figure is a fact.
    """
    words = lexicon()
    start, end = clause
    lean = period.lean if period else None
    if horizon is Horizon.PAST:
        ahead = (
            period is not None
            and lean is Status.TARGET
            and period.printed.startswith(figure_cues().periods.until.words)
        )
        return Status.TARGET if ahead or words.target_inside_past.search(text, start, end) else Status.ACHIEVED
    if horizon in _PLANNED:
        if lean is not Status.ACHIEVED and not words.past_inside_plan.search(text, start, end):
            return Status.TARGET
        return Status.ACHIEVED
    if lean is not None:
        return lean
    for low in (start, sentence_start):
        target, achieved = (_last(cues, text, low, end) for cues in (words.target, words.achieved))
        if target != achieved:
            return Status.TARGET if target > achieved else Status.ACHIEVED
    this_year = (
        period is not None
        and period.printed.startswith(figure_cues().periods.this_year.words)
        and horizon is Horizon.SITUATION
    )
    return Status.TARGET if this_year else Status.ACHIEVED


def _last(cues: re.Pattern[str], text: str, start: int, end: int) -> int:
    return max((match.start() for match in cues.finditer(text, start, end)), default=-1)
