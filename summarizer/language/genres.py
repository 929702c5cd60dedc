"""Does a text set work at all? Plans, notices, speeches and readouts do; news, interviews and experience reports do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from summarizer.language.tables import Cues, Table, load

__all__ = ["work_score"]

_BODY_LIMIT = 3000


class _Cue(Cues):
    scope: Literal["title", "body"]
    weight: float


class GenreTable(Table):
    """``data/genres.toml``."""

    cue: tuple[_Cue, ...]


def work_score(text: str, titles: Sequence[str]) -> float:
    """The sum of the weights of all cue groups that occur: above zero, the text sets work.

    ``text`` is in simplified characters; ``titles`` are the short lines before its running text.
    """
    title, body = "\n".join(titles), text[:_BODY_LIMIT]
    cues = load(GenreTable, "genres.toml").cue
    return sum(cue.weight for cue in cues if cue.pattern.search(title if cue.scope == "title" else body))
