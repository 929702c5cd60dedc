"""How a text tells of the meeting that it reports (``data/meetings.toml``)."""

from __future__ import annotations

from functools import cache

from summarizer.language.tables import Form, Table, load

__all__ = ["MeetingTable", "meeting_cues"]


class MeetingTable(Table):
    """``data/meetings.toml``; the reason of each row says what it is for."""

    held: Form
    dateline: Form
    name: Form
    place: Form
    speech: Form
    at: Form
    planned: Form
    reviewed: Form
    before_name: Form


@cache
def meeting_cues() -> MeetingTable:
    """The table, read once."""
    return load(MeetingTable, "meetings.toml")
