"""The kind of a text, decided once: it sets work, reports figures, is a rule in force, explains, tells news, or is unrelated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from summarizer.language.genres import kind_cues, work_cues
from summarizer.reading.subject import other_matter
from summarizer.schema import TextKind
from summarizer.source.text import CleanRange, clean_range

__all__ = ["KindDecision", "decide_kind"]

_FIGURES_EVERY = 40
"""A text with a figure for every so many characters reports figures."""
_FEW = 8
"""Fewer figures than this make no report of them, however short the text is."""
_LEAST_ARTICLES = 3
"""A rule in force has at least so many articles."""


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
    its quantities. A text about other things is unrelated; otherwise rules in force come first (their articles read like
    tasks), then the weighed cues of work, then what the title or the number of figures says. Linear.
    """
    elsewhere = tuple(other_matter(text))
    if elsewhere == ((0, len(text)),):
        return KindDecision(TextKind.UNRELATED, (), elsewhere)
    named = _named(text, titles)
    if named is not None and named[0] is TextKind.RULES:
        return KindDecision(*named, elsewhere)
    score, cues = work_cues(text, titles)
    evidence = tuple(clean_range(*place) for place in cues)
    if score > 0:
        return KindDecision(TextKind.SETS_WORK, evidence, elsewhere)
    if named is not None:
        return KindDecision(*named, elsewhere)
    many = figures >= _FEW and figures * _FIGURES_EVERY > len(text)
    return KindDecision(TextKind.FIGURES if many else TextKind.NEWS, evidence, elsewhere)


def _named(text: str, titles: Sequence[CleanRange]) -> tuple[TextKind, tuple[CleanRange, ...]] | None:
    """The kind that a title names, with the place; a rule in force must have articles too."""
    for cue in kind_cues():
        for start, end in titles:
            found = cue.pattern.search(text[:end], start)
            if found and (cue.article is None or _articles(text, cue.article) >= _LEAST_ARTICLES):
                return TextKind(cue.kind), (clean_range(*found.span()),)
    return None


def _articles(text: str, article: re.Pattern[str]) -> int:
    """How many articles there are, counted up to the least number of a rule in force."""
    return sum(1 for _ in islice(article.finditer(text), _LEAST_ARTICLES))
