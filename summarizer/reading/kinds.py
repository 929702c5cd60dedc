"""The kind of a text, decided once: it sets work, reports figures, is a rule in force, explains, tells news, or is unrelated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.language.genres import kind_cues, work_cues
from summarizer.reading.subject import other_matter
from summarizer.schema import TextKind
from summarizer.source.text import CleanRange, clean_range

__all__ = ["KindDecision", "decide_kind"]

_OPENING = 600
"""A text says what it is about in its first characters."""
_REPORT = (5, 100)
"""So many figures, and one for every so many characters, make a report of figures."""
_TOLD_REPORT = (8, 40)
"""More and denser ones are asked of a text that tells or interviews: an account of an experience has some figures too."""


@dataclass(frozen=True, slots=True)
class KindDecision:
    """The kind, the clean ranges of the words that decided it, and the passages that are about other things."""

    kind: TextKind
    evidence: tuple[CleanRange, ...]
    elsewhere: tuple[CleanRange, ...]

    @property
    def sets_work(self) -> bool:
        """Whether the text as a whole sets work; news may still tell what a meeting asks for."""
        return self.kind is TextKind.SETS_WORK


def decide_kind(text: str, titles: Sequence[CleanRange], figures: int) -> KindDecision:
    """Decide for ``text`` (simplified characters); ``titles`` are the short lines before its running text, ``figures`` counts
    its quantities. A text about other things is unrelated; otherwise rules in force and explanations that are certain come
    first (their sentences read like tasks), then the weighed cues of work, then what the title or the number of figures
    says. Linear.
    """
    elsewhere = tuple(other_matter(text))
    if elsewhere == ((0, len(text)),):
        return KindDecision(TextKind.UNRELATED, (), elsewhere)
    named = _named(text, titles, certain=True)
    if named is not None:
        return KindDecision(*named, elsewhere)
    score, cues = work_cues(text, titles)
    evidence = tuple(clean_range(*place) for place in cues)
    if score > 0:
        return KindDecision(TextKind.SETS_WORK, evidence, elsewhere)
    named = _named(text, titles, certain=False)
    if named is not None:
        return KindDecision(*named, elsewhere)
    least, every = _TOLD_REPORT if score < 0 else _REPORT
    many = figures >= least and figures * every >= len(text)
    return KindDecision(TextKind.FIGURES if many else TextKind.NEWS, evidence, elsewhere)


def _named(text: str, titles: Sequence[CleanRange], *, certain: bool) -> tuple[TextKind, tuple[CleanRange, ...]] | None:
    """The kind that a title or the opening names, with the place; only rows that are ``certain``, or only the others."""
    opening = (clean_range(0, min(len(text), _OPENING)),)
    for cue in kind_cues():
        if cue.certain is not certain:
            continue
        for start, end in titles if cue.scope == "title" else opening:
            found = cue.pattern.search(text, start, end)
            if found and cue.holds(text):
                return TextKind(cue.kind), (clean_range(*found.span()),)
    return None
