"""The cells of the tables that more than one rendering has; blank where nothing is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from summarizer.briefing.view import View
from summarizer.briefing.wording import printed_base, printed_deadline, printed_group, printed_period, printed_step
from summarizer.schema import Document, Indicator, IndicatorRow, Task, ThemeRow

__all__ = [
    "INDICATOR_COLUMNS",
    "TASK_COLUMNS",
    "aligned_cell",
    "figure_in_its_time",
    "groups_of",
    "indicator_cells",
    "task_cells",
    "theme_cell",
]

_LONGEST_CELL = 80
TASK_COLUMNS = ("ordinal", "task", "steps", "lead", "support", "deadline", "target", "place")
"""重点任务分解表."""
INDICATOR_COLUMNS = ("name", "unit", "base", "value", "status", "nature", "period", "place")
"""主要指标表."""


def task_cells(task: Task, view: View, *, most: int | None = None) -> tuple[str, ...]:
    """One cell a column, plain text: each step with the duties printed for it, the figures the task sets.

    With ``most`` so many steps and figures stand for all of them, and no cell of theirs is long.
    """
    labels = view.labels
    return (
        str(task.ordinal),
        " ".join(task.title.split()),
        _listed([printed_step(step, labels) for step in task.steps], view, most),
        labels["and"].join(task.lead),
        labels["and"].join(task.support),
        printed_deadline(task, labels),
        _listed([view.figure(one) for one in view.targets.get(task.id, ())], view, most),
        view.place(task),
    )


def _listed(parts: Sequence[str], view: View, most: int | None) -> str:
    whole = view.labels["list"].join(parts)
    if most is None:
        return whole
    cut = view.labels["list"].join(parts[:most])[:_LONGEST_CELL]
    return cut if cut == whole else cut + view.labels["and_so_on"]


def indicator_cells(indicator: Indicator, view: View) -> tuple[str, ...]:
    """One cell a column, plain text: the value with its bound and change, times with the days they mean."""
    labels = view.labels
    return (
        " ".join(indicator.name.split()),
        indicator.unit,
        printed_base(indicator, labels),
        view.values[indicator.id],
        labels[f"status.{indicator.status}"],
        labels[f"nature.{indicator.nature}"] if indicator.nature else "",
        printed_period(indicator, labels),
        view.place(indicator),
    )


def groups_of(tasks: Sequence[Task]) -> Iterator[tuple[str, list[Task]]]:
    """Neighbouring tasks under the same headlines, with these as one line (empty without any)."""
    for group, members in groupby(tasks, key=lambda task: task.group):
        yield printed_group(group), list(members)


def theme_cell(row: ThemeRow, document: Document, view: View) -> str:
    """How many tasks a document has on a theme, and how they stand to the baseline's."""
    count = str(len(row.tasks[document.id])) if row.tasks.get(document.id) else "—"
    standing = row.standing.get(document.id)
    return f"{count} {view.labels[f'standing.{standing}']}" if standing else count


def aligned_cell(row: IndicatorRow, document: Document, view: View) -> str:
    """A document's figures of one row, each with its time and status."""
    told = (figure_in_its_time(one, view) for one in view.members(row, document.id))
    return view.labels["list"].join(told) or view.labels["not_mentioned"]


def figure_in_its_time(indicator: Indicator, view: View) -> str:
    """Value, time and status: 5%左右 今年（2026年） 目标."""
    parts = (
        view.values[indicator.id],
        printed_period(indicator, view.labels),
        view.labels[f"status.{indicator.status}"],
    )
    return " ".join(filter(None, parts))
