"""Themes of tasks: the list is data that a user of another field replaces by an own file in the same form.

The shipped list is ``data/themes.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from summarizer.errors import DataError
from summarizer.language.tables import Table, alternation, load, parse

__all__ = ["Theme", "ThemeFile", "ThemeRow", "ThemeTable", "load_themes", "themes_of"]

_SHIPPED = "themes.toml"


class _Cue(Table):
    words: tuple[str, ...] = Field(min_length=1)
    weight: float = Field(default=1.0, gt=0)


class ThemeRow(Table):
    """One theme of a file."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    example: str = ""
    cues: tuple[_Cue, ...] = Field(min_length=1)


class ThemeFile(Table):
    """A theme file in the form of ``data/themes.toml``; ``example`` is the headline of a task that has the theme."""

    headline_weight: float = Field(default=4.0, gt=0)
    threshold: float = Field(default=3.0, gt=0)
    share: float = Field(default=0.45, gt=0, le=1)
    theme: tuple[ThemeRow, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with its labels and the weights of its cue words."""

    key: str
    zh: str
    en: str
    weights: dict[str, float]
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ThemeTable:
    """All themes in their order of presentation, and how the scores are read.

    A cue in the headline counts ``headline_weight`` times. A theme is given when its score reaches ``threshold`` and
    ``share`` of the highest score.
    """

    themes: tuple[Theme, ...]
    headline_weight: float
    threshold: float
    share: float

    def label(self, key: str, language: str = "zh") -> str:
        """The label of a theme; the key itself when the table does not know it."""
        for theme in self.themes:
            if theme.key == key:
                return theme.zh if language == "zh" else theme.en
        return key


def load_themes(path: Path | None = None) -> ThemeTable:
    """Read a theme file, the shipped one without ``path``.

    Raises :class:`~summarizer.errors.DataError` naming the file and the field when it cannot be read, is no TOML, misses
    or exceeds the fields, or names a theme twice.
    """
    if path is None:
        return _shipped()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(str(path), f"cannot be read: {error}") from error
    return _table(parse(ThemeFile, text, str(path)), str(path))


@cache
def _shipped() -> ThemeTable:
    return _table(load(ThemeFile, _SHIPPED), _SHIPPED)


def _table(data: ThemeFile, name: str) -> ThemeTable:
    keys = [row.key for row in data.theme]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise DataError(name, f"theme {twice!r} stands twice")
    return ThemeTable(tuple(_theme(row) for row in data.theme), data.headline_weight, data.threshold, data.share)


def _theme(row: ThemeRow) -> Theme:
    weights = {word: cue.weight for cue in row.cues for word in cue.words}
    return Theme(row.key, row.zh, row.en, weights, alternation(tuple(weights)))


def themes_of(title: str, text: str, table: ThemeTable) -> tuple[str, ...]:
    """The themes of a task, strongest first (the table's order on a tie); both texts are read in simplified characters.

    The score of a theme is the sum of the weights of the different cue words found, those of the title counted
    ``headline_weight`` times.
    """
    scores = []
    for theme in table.themes:
        in_title = set(theme.pattern.findall(title))
        in_text = set(theme.pattern.findall(text)) - in_title
        score = sum(theme.weights[word] for word in in_title) * table.headline_weight
        scores.append(score + sum(theme.weights[word] for word in in_text))
    top = max(scores, default=0.0)
    floor = max(table.threshold, table.share * top)
    ranked = sorted(range(len(scores)), key=lambda index: -scores[index])
    return tuple(table.themes[index].key for index in ranked if scores[index] >= floor)
