"""How texts print who does a task and by when (``data/duties.toml``)."""

from __future__ import annotations

from functools import cache

from summarizer.language.tables import Cues, Form, Table, Words, load

__all__ = ["DutyTable", "duty_cues"]


class _Labels(Table):
    lead: Cues
    support: Cues
    deadline: Cues
    measures: Cues
    title: Cues


class _Roles(Table):
    lead: Form
    support: Form


class _Deadline(Table):
    before: Form
    whole_year: Form
    bare: Cues
    done: Form
    final: Form


class _Proof(Table):
    leads: Form
    supports: Form
    label: Form
    due: Form


class DutyTable(Table):
    """``data/duties.toml``; the reason of each row says what it is for."""

    labels: _Labels
    roles: _Roles
    deadline: _Deadline
    shared: Form
    separator: Form
    plural: Words
    rest: Words
    numbering: Words
    finished: Words
    proof: _Proof


@cache
def duty_cues() -> DutyTable:
    """The table, read once."""
    return load(DutyTable, "duties.toml")
