"""Tasks: spans found, and what is said about the found ones."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.evaluation.alignment import assign
from summarizer.evaluation.counts import Counts, Share
from summarizer.evaluation.findings import Finding, Outcome
from summarizer.evaluation.gold import Gold, GoldTask
from summarizer.evaluation.overlap import SolidText
from summarizer.language.fold import fold
from summarizer.schema import Document, Model, Span, Task, TaskKind

__all__ = ["RELAXED", "STRICT", "TaskScore", "match_spans", "score_tasks"]

RELAXED = 0.5
"""A task is found when its span shares at least half of the united characters with the gold's."""
STRICT = 0.9
"""… and found exactly when it shares nine tenths."""

_INSIDE_IGNORED = 0.5


class TaskScore(Model):
    """Counts of one document.

    ``relaxed`` and ``strict`` count spans. The others judge the tasks found relaxed: ``title`` (equal after folding) and
    ``ordinal`` where the gold has them; ``theme``, ``lead`` and ``deadline`` count values. ``count`` is whether as many
    tasks came out as there are, ``declared`` whether the announced number was read, where one is printed.
    """

    relaxed: Counts = Counts()
    strict: Counts = Counts()
    title: Share = Share()
    ordinal: Share = Share()
    theme: Counts = Counts()
    lead: Counts = Counts()
    deadline: Counts = Counts()
    count: Share = Share()
    declared: Share = Share()


def score_tasks(gold: Gold, prediction: Document, solid: SolidText) -> tuple[TaskScore, tuple[Finding, ...]]:
    """Score the tasks of one document.

    Only tasks of kind ``task`` are asked for. A prediction of another kind, or one that stands by more than half in an
    optional, near-term or safeguard item of the gold and matches no required one, counts neither way.
    """
    required = [task for task in gold.tasks if task.required]
    asked = [task for task in prediction.tasks if task.kind is TaskKind.TASK]
    spans = [task.evidence for task in asked]
    relaxed = match_spans(required, spans, solid, RELAXED)
    strict = match_spans(required, spans, solid, STRICT)
    taken = {column for _, column in relaxed}
    ignored = {
        column
        for column, task in enumerate(asked)
        if column not in taken and _stands_in_ignored(task, gold.tasks, solid)
    }
    counted = len(asked) - len(ignored)
    pairs = [(required[row], asked[column]) for row, column in relaxed]
    asks_themes = any(task.themes for task in gold.tasks)
    score = TaskScore(
        relaxed=_counts(len(relaxed), counted, len(required)),
        strict=_counts(len(strict), counted, len(required)),
        title=Share.of(_same(g.title, p.title) for g, p in pairs if g.title is not None),
        ordinal=Share.of(g.ordinal == p.ordinal for g, p in pairs),
        theme=_values([(g.themes, p.themes) for g, p in pairs]) if asks_themes else Counts(),
        lead=_values([(g.lead, p.lead) for g, p in pairs]),
        deadline=_values([(_one(g.deadline), _one(p.deadline)) for g, p in pairs]),
        count=Share(right=int(counted == len(required)), n=1),
        declared=Share.of(
            [prediction.declared_task_count == gold.annotation.declared_task_count]
            if gold.annotation.declared_task_count is not None
            else []
        ),
    )
    return score, _findings(gold, prediction, required, asked, relaxed, ignored)


def match_spans(
    gold: Sequence[Span], predicted: Sequence[Span], solid: SolidText, threshold: float
) -> tuple[tuple[int, int], ...]:
    """Pair spans whose IoU reaches the threshold: as many pairs as possible, among those the closest.

    Each pair weighs 1 for being one and less than 1 / pairs for being close, so that closeness never costs a pair.
    """
    scale = 1 / (2 * max(len(gold), len(predicted), 1))
    overlaps = [[solid.iou(g, p) for p in predicted] for g in gold]
    return assign([[1 + scale * iou if iou >= threshold else 0.0 for iou in row] for row in overlaps])


def _stands_in_ignored(task: Task, golds: Sequence[GoldTask], solid: SolidText) -> bool:
    return any(solid.share_inside(task.evidence, g) > _INSIDE_IGNORED for g in golds if not g.required)


def _counts(hits: int, predicted: int, gold: int) -> Counts:
    return Counts(tp=hits, fp=predicted - hits, fn=gold - hits)


def _same(a: str | None, b: str | None) -> bool:
    return fold(a or "").text.strip(",.;:") == fold(b or "").text.strip(",.;:")


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _values(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Counts:
    """Count the values of set-like fields, equal after folding."""
    counts = Counts()
    for gold, predicted in pairs:
        expected, said = {fold(value).text for value in gold}, {fold(value).text for value in predicted}
        hits = len(expected & said)
        counts += Counts(tp=hits, fp=len(said) - hits, fn=len(expected) - hits)
    return counts


def _findings(
    gold: Gold,
    prediction: Document,
    required: Sequence[GoldTask],
    asked: Sequence[Task],
    pairs: Sequence[tuple[int, int]],
    ignored: set[int],
) -> tuple[Finding, ...]:
    """Each item once, in text order."""
    found: list[Finding] = []
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    for row, column in pairs:
        g, p = required[row], asked[column]
        notes = tuple(_differences(g, p))
        outcome = Outcome.PARTIAL if notes else Outcome.RIGHT
        found.append(_finding(outcome, g, _shown(gold, g), _label(p.ordinal, p.title), notes))
    found += [_finding(Outcome.MISSED, g, _shown(gold, g), None) for row, g in enumerate(required) if row not in rows]
    for column, p in enumerate(asked):
        if column not in columns:
            outcome = Outcome.IGNORED if column in ignored else Outcome.EXTRA
            found.append(_finding(outcome, p.evidence, None, _label(p.ordinal, p.title)))
    found += [
        _finding(Outcome.IGNORED, p.evidence, None, _label(p.ordinal, p.title), (p.kind.value,))
        for p in prediction.tasks
        if p.kind is not TaskKind.TASK
    ]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.outcome)))


def _differences(gold: GoldTask, predicted: Task) -> list[str]:
    notes = []
    if (gold.start, gold.end) != (predicted.evidence.start, predicted.evidence.end):
        notes.append(f"span [{gold.start}, {gold.end}) → [{predicted.evidence.start}, {predicted.evidence.end})")
    if gold.title is not None and not _same(gold.title, predicted.title):
        notes.append(f"title {gold.title} → {predicted.title}")
    if gold.ordinal != predicted.ordinal:
        notes.append(f"ordinal {gold.ordinal} → {predicted.ordinal}")
    if gold.themes and set(gold.themes) != set(predicted.themes):
        notes.append(f"themes {' '.join(sorted(gold.themes))} → {' '.join(sorted(predicted.themes)) or '–'}")
    if set(gold.lead) != set(predicted.lead):
        notes.append(f"lead {'、'.join(gold.lead) or '–'} → {'、'.join(predicted.lead) or '–'}")
    if gold.deadline != predicted.deadline:
        notes.append(f"deadline {gold.deadline or '–'} → {predicted.deadline or '–'}")
    return notes


def _shown(gold: Gold, task: GoldTask) -> str:
    return _label(task.ordinal, task.title or gold.text[task.start : task.end][:30])


def _label(ordinal: int, title: str) -> str:
    return f"{ordinal}. {title}"


def _finding(
    outcome: Outcome, span: Span, expected: str | None, predicted: str | None, notes: tuple[str, ...] = ()
) -> Finding:
    return Finding(
        kind="task",
        outcome=outcome,
        start=span.start,
        end=span.end,
        expected=expected,
        predicted=predicted,
        notes=notes,
    )
