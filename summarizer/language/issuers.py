"""Who speaks in a text, and for which level (``data/issuers.toml``)."""

from __future__ import annotations

from functools import cache

from summarizer.language.tables import Cues, Form, Row, Table, load
from summarizer.schema import Level

__all__ = ["IssuerTable", "issuer_cues"]


class _Levels(Row):
    ends: dict[str, Level]


class IssuerTable(Table):
    """``data/issuers.toml``; the reason of each row says what it is for."""

    reports: Form
    about: Form
    national: Form
    national_opening: Form
    scope: dict[Level, Cues]
    level: _Levels
    title_place: Form

    def level_of_ending(self, place: str) -> Level | None:
        """The level of a place by the last word of its name; ``None`` for an ending that tells none."""
        return next((level for end, level in self.level.ends.items() if place.endswith(end)), None)


@cache
def issuer_cues() -> IssuerTable:
    """The table, read once."""
    return load(IssuerTable, "issuers.toml")
