"""Titles, what is printed around them, and the genre that they or the text name (``data/titles.toml``)."""

from __future__ import annotations

from functools import cache

from summarizer.language.tables import Form, Row, Table, Words, load

__all__ = ["TitleTable", "title_cues"]


class _Genre(Row):
    """A genre with the words that end its titles, or stand within them."""

    name: str
    ends: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


class _NamedForm(Form):
    name: str


class _Name(Row):
    name: str


class TitleTable(Table):
    """``data/titles.toml``; the reason of each row says what it is for. The first genre that fits a title wins."""

    genre: tuple[_Genre, ...]
    report: _NamedForm
    readout: _NamedForm
    held: Form
    speech: _NamedForm
    news: _NamedForm
    other: _Name
    signed: Words
    nouns: Words
    parts: Words
    offices: Words
    nobody: Words
    weighty: Words
    subtitle: Form
    speech_place: Form
    bracket: Form
    label: Form
    published: Form
    written: Form
    publisher: Form
    addressee: Form
    paper: Form


@cache
def title_cues() -> TitleTable:
    """The table, read once."""
    return load(TitleTable, "titles.toml")
