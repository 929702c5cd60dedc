"""Words that certainly speak to a program and not to people (``data/injections.toml``)."""

from __future__ import annotations

from functools import cache

from summarizer.language.tables import Cues, Form, Pattern, Row, Table, load

__all__ = ["InjectionTable", "injection_cues"]


class _Block(Row):
    """The marks of a turn inside a paragraph, of a fence, and lines that only a prompt or an answer has."""

    open: str
    close: str
    fence: Pattern
    line: tuple[Pattern, ...]


class InjectionTable(Table):
    """``data/injections.toml``; the reason of each row says what it is for."""

    chinese: Cues
    english: Cues
    block: _Block
    suspect: Form


@cache
def injection_cues() -> InjectionTable:
    """The table, read once."""
    return load(InjectionTable, "injections.toml")
