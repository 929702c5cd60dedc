"""Words that claim a rank or a size (``data/claims.toml``): wherever they are written, a source must hold them."""

from __future__ import annotations

from functools import cache

from summarizer.language.tables import Table, Words, load

__all__ = ["claims_in"]


class ClaimTable(Table):
    """``data/claims.toml``."""

    rank: Words
    praise: Words
    english: Words


@cache
def _words() -> tuple[str, ...]:
    table = load(ClaimTable, "claims.toml")
    return (*table.rank.words, *table.praise.words, *table.english.words)


def claims_in(text: str) -> tuple[str, ...]:
    """The claim words that stand in a text, in the table's order."""
    lowered = text.lower()
    return tuple(word for word in _words() if word in lowered)
