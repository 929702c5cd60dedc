"""Cues of the kind of a text: whether it sets work (``data/genres.toml``), and what it is when it does not (``data/kinds.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["KindCue", "kind_cues", "work_cues"]

_BODY_LIMIT = 3000


@dataclass(frozen=True, slots=True)
class KindCue:
    """A kind with the words of a title that name it; ``body`` is what the text must hold too."""

    kind: str
    pattern: re.Pattern[str]
    body: re.Pattern[str] | None


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("summarizer.language").joinpath("data", name).read_text(encoding="utf-8"))


def _any(cues: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{cue})" for cue in cues))


@cache
def kind_cues() -> tuple[KindCue, ...]:
    """The rows of ``kinds.toml`` in order."""
    return tuple(
        KindCue(row["kind"], _any(row["any"]), re.compile(row["body"]) if "body" in row else None)
        for row in _data("kinds.toml")["kind"]
    )


@cache
def _work() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    return tuple((row["scope"], float(row["weight"]), _any(row["any"])) for row in _data("genres.toml")["cue"])


def work_cues(text: str, titles: Sequence[tuple[int, int]]) -> tuple[float, tuple[tuple[int, int], ...]]:
    """The sum of the weights of all cue groups that occur, and the place of each: above zero, the text sets work.

    ``text`` is in simplified characters; ``titles`` are the ranges of the short lines before its running text.
    """
    title = "\n".join(text[start:end] for start, end in titles)
    body = text[:_BODY_LIMIT]
    total, places = 0.0, list[tuple[int, int]]()
    for scope, weight, cue in _work():
        found = cue.search(title if scope == "title" else body)
        if found:
            total += weight
            places.append(_in_text(found.span(), titles) if scope == "title" else found.span())
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
