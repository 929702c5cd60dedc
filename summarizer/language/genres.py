"""Does a text set work at all? Plans, notices, speeches and readouts do; news, interviews and experience reports do not."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

__all__ = ["work_score"]

_BODY_LIMIT = 3000


@cache
def _cues() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    text = files("summarizer.language").joinpath("data", "genres.toml").read_text(encoding="utf-8")
    return tuple(
        (row["scope"], float(row["weight"]), re.compile("|".join(f"(?:{cue})" for cue in row["any"])))
        for row in tomllib.loads(text)["cue"]
    )


def work_score(text: str, titles: Sequence[str]) -> float:
    """The sum of the weights of all cue groups that occur: above zero, the text sets work.

    ``text`` is in simplified characters; ``titles`` are the short lines before its running text.
    """
    title, body = "\n".join(titles), text[:_BODY_LIMIT]
    return sum(weight for scope, weight, cue in _cues() if cue.search(title if scope == "title" else body))
