"""Cues of the kind of a text: whether it sets work (``data/genres.toml``), and what it is when it does not (``data/kinds.toml``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Literal

from summarizer.language.tables import Cues, Pattern, Table, compiled, load

__all__ = ["GenreTable", "KindCue", "KindTable", "kind_cues", "work_cues"]

_BODY_LIMIT = 3000


class _WorkCue(Cues):
    scope: Literal["title", "body"]
    weight: float


class GenreTable(Table):
    """``data/genres.toml``."""

    cue: tuple[_WorkCue, ...]


class KindCue(Cues):
    """A kind with the words of a title that name it; ``body`` is what the text must hold too."""

    kind: Literal["rules", "interpretation", "figures"]
    body: Pattern | None = None

    @cached_property
    def article(self) -> re.Pattern[str] | None:
        """``body``, compiled."""
        return compiled(self.body) if self.body else None


class KindTable(Table):
    """``data/kinds.toml``."""

    kind: tuple[KindCue, ...]


def kind_cues() -> tuple[KindCue, ...]:
    """The rows of ``kinds.toml`` in order."""
    return load(KindTable, "kinds.toml").kind


def work_cues(text: str, titles: Sequence[tuple[int, int]]) -> tuple[float, tuple[tuple[int, int], ...]]:
    """The sum of the weights of all cue groups that occur, and the place of each: above zero, the text sets work.

    ``text`` is in simplified characters; ``titles`` are the ranges of the short lines before its running text.
    """
    title = "\n".join(text[start:end] for start, end in titles)
    body = text[:_BODY_LIMIT]
    total, places = 0.0, list[tuple[int, int]]()
    for cue in load(GenreTable, "genres.toml").cue:
        found = cue.pattern.search(title if cue.scope == "title" else body)
        if found:
            total += cue.weight
            places.append(_in_text(found.span(), titles) if cue.scope == "title" else found.span())
    return total, tuple(places)


def _in_text(span: tuple[int, int], titles: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """From the joined titles back to the text; a cue that runs over the end of a line ends with it."""
    at = 0
    for start, end in titles:
        if span[0] <= at + end - start:
            first = start + span[0] - at
            return first, min(end, first + span[1] - span[0])
        at += end - start + 1
    return titles[-1]
