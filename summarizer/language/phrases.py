"""What makes a stretch of a task a fixed phrase, a 提法 (``data/phrases.toml``)."""

from __future__ import annotations

from functools import cache

from summarizer.language.tables import Table, Words, load

__all__ = ["PhraseTable", "phrase_cues"]


class PhraseTable(Table):
    """``data/phrases.toml``; the reason of each row says what it is for."""

    heads: Words
    verbs: Words
    everyday: Words


@cache
def phrase_cues() -> PhraseTable:
    """The table, read once."""
    return load(PhraseTable, "phrases.toml")
