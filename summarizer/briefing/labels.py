"""The words that overview and renderers put around the data, in a language. The table is ``labels.toml`` beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["LANGUAGES", "Labels", "labels_for"]

Labels = dict[str, str]

LANGUAGES = ("zh", "en")
"""The order of the two words in a row of the table."""


@cache
def _rows() -> dict[str, list[str]]:
    return tomllib.loads((files("summarizer.briefing") / "labels.toml").read_text(encoding="utf-8"))


def labels_for(language: str) -> Labels:
    """The labels of a language, ``zh`` or ``en``."""
    at = LANGUAGES.index(language)
    return {name: words[at] for name, words in _rows().items()}
