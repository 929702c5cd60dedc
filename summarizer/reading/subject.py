"""Whether a text, or a paragraph of it, is about government work: figures of a match or a sale are no indicators of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.language.cues import outline_cues
from summarizer.language.lexicon import lexicon
from summarizer.source.text import CleanRange, clean_range

__all__ = ["other_matter"]

_OPENING = 20_000
"""A text shows what it is about in its first characters, so many at most are looked at."""
_TELLING = 120
"""Shorter texts may be a single sentence of a report and need show no sign of government work."""
_SIGNS = 3
"""So many different words of another sphere in one paragraph are no accident."""
_SIGNS_OF_TEXT = 2
"""A whole text has its own signs of government work to outweigh these."""
_PARAGRAPH = 2_000
"""A line longer than this holds a whole text and not one paragraph."""


def other_matter(text: str) -> Iterator[CleanRange]:
    """Ranges of ``text`` (simplified characters) about other things, in order: the whole text, or single paragraphs.

    The whole text when it shows no sign of government work, or at most half as many different ones as (two or more) of
    sport, trade, weather, traffic, entertainment, the stock market, foreign affairs, war or spaceflight; a paragraph when it
    shows three of those and none of government work. Cost is linear.
    """
    words = lexicon()
    opening = text[:_OPENING]
    work, other = _distinct(words.government, opening), _distinct(words.elsewhere, opening)
    silent = work == 0 and len(text) >= _TELLING
    if not outline_cues().paper.pattern.match(opening) and (silent or (other >= _SIGNS_OF_TEXT and 2 * work <= other)):
        yield clean_range(0, len(text))
        return
    done = 0
    for match in words.elsewhere.finditer(text):
        if match.start() < done:
            continue
        start = text.rfind("\n", done, match.start()) + 1 or done
        done = text.find("\n", match.end()) % (len(text) + 1)
        line = text[start:done]
        if len(line) > _PARAGRAPH:
            continue
        if _distinct(words.elsewhere, line) >= _SIGNS and not words.government.search(line):
            yield clean_range(start, done)


def _distinct(pattern: re.Pattern[str], text: str) -> int:
    return len({match[0] for match in pattern.finditer(text)})
