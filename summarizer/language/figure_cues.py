"""Forms around printed figures: what leads to one, what names it, which time governs it (``data/figures.toml``).

The reason of each row says what it is for.
"""

from __future__ import annotations

from functools import cache

from summarizer.language.tables import Form, Row, Table, Words, load

__all__ = ["FigureTable", "figure_cues"]


class _Relative(Row):
    years: dict[str, int]


class _Halves(Row):
    months: dict[str, tuple[int, int]]


class VerbPhraseCues(Table):
    """Forms of :mod:`summarizer.figures.verb_phrase`."""

    start: Form
    against: Form
    more: Form
    apart: Form
    inner_time: Form
    streak: Form
    years: Form
    flow_apart: Form
    net: Words
    not_about: Words
    yearly: Words
    respectively: Words
    alike: Words
    upward: Words
    done: Words


class CountedCues(Table):
    """Forms of :mod:`summarizer.figures.counted`."""

    relative: Form
    predicate: Form
    next_figure: Words
    for_whom: Words
    reached: Words
    of: Words
    voltage: Words


class DecoysCues(Table):
    """Forms of :mod:`summarizer.figures.decoys`."""

    opens: Form
    closes: Form
    rank: Form
    modifier: Form
    unitless: Form
    step: Form
    age_of: Form
    age_group: Form
    sides: Words
    actions: Words
    fraction: Form
    streak: Form
    flow: Words
    place: Words
    times: Words
    general: Words
    and_so_on: Words
    magnitude: Words


class NamesCues(Table):
    """Forms of :mod:`summarizer.figures.names`."""

    enumerator: Form
    age_group: Form
    listed: Form
    noun_stop: Form
    joint: Form
    whole: Form
    leans: Form
    flows: Words
    levelled: Form
    replacing: Words
    town_and_country: Words
    goes_on: Words
    particles: Words


class SentencesCues(Table):
    """Forms of :mod:`summarizer.figures.sentence`."""

    least: Words
    joints: Words
    nearly: Words
    yearly: Words


class PeriodsCues(Table):
    """Forms of :mod:`summarizer.figures.periods`."""

    own_figure: Form
    aims: Words
    base_marks: Words
    vague: Words
    behind: Form
    changed: Words
    adverbial: Words
    ahead: Form
    opener: Form
    one_year: Form
    year: Form
    passing: Form
    now: Form
    each: Form
    attribute: Form
    multiple: Form
    same_series: Form
    until: Words
    before: Words
    plan_tail: Words
    this_year: Words


class PrintedCues(Table):
    """Forms of :mod:`summarizer.figures.printed`."""

    listed: Form
    behind: Words
    binding: Words
    expected: Words


class ResolutionCues(Table):
    """Forms of :mod:`summarizer.figures.resolution`."""

    until: Form
    since: Form
    beyond: Form
    quarter: Form
    months: Form
    first_months: Form
    month: Form
    span: Form
    past_year: Words
    back: Form
    ahead: Form
    year_end: Form
    plan_end: Form
    month_end: Words
    within: Words
    three_quarters: Words
    open: Words
    relative: _Relative
    halves: _Halves


class TablesCues(Table):
    """Forms of :mod:`summarizer.figures.tables`."""

    value: Form
    range: Form
    unit_in_name: Form
    goal: Form
    hint: Form
    labels: Words
    prose: Words
    name_label: Form
    unit_label: Form
    nature_label: Form
    value_label: Form
    about: Words
    bare_unit: Form


class BindingCues(Table):
    """Forms of :mod:`summarizer.figures.binding`."""

    of: Words
    now: Form
    negation: Form
    start: Form
    yearly: Form


class SameTimesCues(Table):
    """Forms of :mod:`summarizer.evaluation.times`."""

    relative: _Relative
    five_years: Form
    plan: Form
    around: Form


class FigureTable(Table):
    """``data/figures.toml``, a table for each module that reads figures."""

    verb_phrase: VerbPhraseCues
    counted: CountedCues
    decoys: DecoysCues
    names: NamesCues
    sentences: SentencesCues
    periods: PeriodsCues
    printed: PrintedCues
    resolution: ResolutionCues
    tables: TablesCues
    binding: BindingCues
    same_times: SameTimesCues


@cache
def figure_cues() -> FigureTable:
    """The table, read once."""
    return load(FigureTable, "figures.toml")
