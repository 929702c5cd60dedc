"""When two printed names are the same indicator (``data/indicator_aliases.toml``)."""

from __future__ import annotations

from functools import cache

from pydantic import Field

from summarizer.language.tables import Row, Table, Words, load
from summarizer.schema import Level

__all__ = ["AliasTable", "aliases"]


class _OwnArea(Row):
    words: dict[Level, tuple[str, ...]]


class _Wording(Row):
    """One wording for others inside a name."""

    printed: tuple[str, ...] = Field(alias="from")
    to: str


class _Name(Row):
    """Whole names of one thing; the first is only the key."""

    same: tuple[str, ...]


class AliasTable(Table):
    """``data/indicator_aliases.toml``; the reason of each row says what it is for."""

    own_area: _OwnArea
    word: tuple[_Wording, ...]
    name: tuple[_Name, ...]
    general: Words
    change: Words
    particles: Words


@cache
def aliases() -> AliasTable:
    """The table, read once."""
    return load(AliasTable, "indicator_aliases.toml")
