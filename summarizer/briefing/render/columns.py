"""The columns of 重点任务分解表 as every rendering fills them; blank where nothing is printed."""

from __future__ import annotations

from summarizer.briefing.labels import Labels, printed_value
from summarizer.schema import Document, Task

__all__ = ["TASK_COLUMNS", "task_cells"]

TASK_COLUMNS = ("ordinal", "task", "measures", "lead", "support", "deadline", "target", "place")


def task_cells(task: Task, document: Document, labels: Labels) -> tuple[str, ...]:
    """One cell a column, plain text: the measures without the punctuation at their edges, the figures the task sets."""
    targets = [one for one in document.indicators if one.task_id == task.id]
    return (
        str(task.ordinal),
        task.title,
        "；".join(measure.text.strip("；;。，, \n") for measure in task.measures),
        "、".join(task.lead),
        "、".join(task.support),
        task.deadline or "",
        "；".join(f"{one.name} {printed_value(one, labels)}" for one in targets),
        f"{task.id.partition('.')[2]} {task.evidence.start}–{task.evidence.end}",
    )
