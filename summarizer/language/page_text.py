"""What shows that a line belongs to an article, and what has to go from inside one (``data/page_text.toml``).

The reason of each row says what it is for.
"""

from __future__ import annotations

from functools import cache

from summarizer.language.tables import Form, Table, load

__all__ = ["PageTextTable", "page_text_cues"]


class LinesCues(Table):
    """Forms of :mod:`summarizer.source.lines`."""

    marker: Form
    chapter: Form
    salutation: Form


class InlineCues(Table):
    """Forms of :mod:`summarizer.source.inline`."""

    paywall: Form
    page_number: Form
    page_line: Form
    credit: Form
    spam: Form
    enforcement: Form


class PageTextTable(Table):
    """``data/page_text.toml``, a table for each module that reads lines."""

    lines: LinesCues
    inline: InlineCues


@cache
def page_text_cues() -> PageTextTable:
    """The table, read once."""
    return load(PageTextTable, "page_text.toml")
