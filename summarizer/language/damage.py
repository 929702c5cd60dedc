"""Signs of damage: truncation, wrong decoding, flattened tables, synonym swapping, injection (``data/damage.toml``)."""

from __future__ import annotations

from functools import cache

from summarizer.language.tables import Row, Table, Words, load

__all__ = ["DamageTable", "damage"]


class _Injection(Table):
    """Words that address a reading machine."""

    verbs: Words
    back: Words
    objects: Words
    negations: Words
    phrases: Words
    marks: Words
    turns: Words


class _Spun(Row):
    """Wordings with their weight."""

    tells: tuple[tuple[str, int], ...]


class DamageTable(Table):
    """``data/damage.toml``; the reason of each row says what it is for."""

    injection: _Injection
    truncated: Words
    mojibake: Words
    table: Words
    spun: _Spun


@cache
def damage() -> DamageTable:
    """The table, read once."""
    return load(DamageTable, "damage.toml")
