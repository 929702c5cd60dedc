"""Cues of the kind of a text: whether it sets work (``data/genres.toml``), and what it is when it does not (``data/kinds.toml``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from typing import Literal

from pydantic import Field

from summarizer.language.characters import SEMICOLONS
from summarizer.language.tables import Cues, Pattern, Table, compiled, load

__all__ = ["GenreTable", "KindCue", "KindTable", "kind_cues", "work_cues"]

_BODY_LIMIT = 3000
_ENDS = frozenset("。" + SEMICOLONS)


class _WorkCue(Cues):
    scope: Literal["title", "body"]
    weight: float
    least: int = Field(default=1, ge=1)


class GenreTable(Table):
    """``data/genres.toml``."""

    cue: tuple[_WorkCue, ...]


class KindCue(Cues):
    """A kind with the words of the title or the opening that name it; ``body`` is what the text must hold too, ``least`` times."""

    kind: Literal["rules", "interpretation", "figures"]
    scope: Literal["title", "opening"] = "title"
    body: Pattern | None = None
    least: int = Field(default=1, ge=1)
    certain: bool = False

    @cached_property
    def _in_body(self) -> re.Pattern[str] | None:
        return compiled(self.body) if self.body else None

    def holds(self, text: str) -> bool:
        """Whether ``text`` holds what the body must hold; for an opening it begins in the first half of the text."""
        if self._in_body is None:
            return True
        found = list(islice(self._in_body.finditer(text), self.least))
        return len(found) == self.least and (self.scope == "title" or 2 * found[0].start() <= len(text))


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
    named = [(start, end) for start, end in titles if text[start:end].rstrip()[-1:] not in _ENDS]
    body = text[:_BODY_LIMIT]
    total, places = 0.0, list[tuple[int, int]]()
    for cue in load(GenreTable, "genres.toml").cue:
        lines = titles if cue.weight > 0 else named
        read = body if cue.scope == "body" else "\n".join(text[start:end] for start, end in lines)
        found = list(islice(cue.pattern.finditer(read), cue.least))
        if len(found) == cue.least:
            total += cue.weight
            places.append(found[0].span() if cue.scope == "body" else _in_text(found[0].span(), lines))
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
