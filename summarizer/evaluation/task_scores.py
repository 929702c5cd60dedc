"""Tasks: spans found, and what is said about the found ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.evaluation.alignment import assign
from summarizer.evaluation.annotation import GoldStep, GoldTask
from summarizer.evaluation.counts import Counts, Share
from summarizer.evaluation.duty_scores import DutyScore, duty_differences, folded, score_duties
from summarizer.evaluation.findings import Finding, Outcome
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.overlap import SolidText
from summarizer.evaluation.proof_scores import ProofScore
from summarizer.language.fold import fold
from summarizer.schema import Document, Model, Span, Step, Task, TaskKind

__all__ = ["RELAXED", "STRICT", "TaskScore", "match_spans", "score_tasks"]

RELAXED = 0.5
"""A task is found when its span shares at least half of the united characters with the gold's."""
STRICT = 0.9
"""… and found exactly when it shares nine tenths."""

_INSIDE_IGNORED = 0.5
_NOT_ANNOTATED = ("ordinal", "group", "lead", "support", "deadline", "themes")
"""What a headline of another level does not say about the task it makes."""


class TaskScore(Model):
    """Counts of one document.

    ``relaxed`` and ``strict`` count spans. The others judge the tasks found relaxed: ``title`` (equal after folding) and
    ``ordinal`` where the gold has them; ``group`` the headlines above, where either side has any; ``steps`` the items
    marked inside a task, of tasks that have such, ``step_marker`` the found ones whose marker is right; ``theme`` counts
    values. ``other_level`` are the tasks that came out as right items of another level, of all that came out. ``count`` is
    whether as many tasks came out as there are, ``declared`` whether the announced number was read, where one is printed;
    ``proof`` counts the tasks found relaxed as true, the false alarms as false.
    """

    relaxed: Counts = Counts()
    strict: Counts = Counts()
    title: Share = Share()
    ordinal: Share = Share()
    group: Share = Share()
    steps: Counts = Counts()
    step_marker: Share = Share()
    theme: Counts = Counts()
    duties: DutyScore = DutyScore()
    other_level: Share = Share()
    count: Share = Share()
    declared: Share = Share()
    proof: ProofScore = ProofScore()


def score_tasks(gold: Gold, prediction: Document, solid: SolidText) -> tuple[TaskScore, tuple[Finding, ...]]:
    """Score the tasks of one document.

    Only tasks of kind ``task`` are asked for. A prediction of another kind, or one that stands by more than half in an
    optional, near-term or safeguard item of the gold and matches no required one, counts neither way. Where another level
    sets work as strongly, the level that fits the prediction better is the gold.
    """
    asked = [task for task in prediction.tasks if task.kind is TaskKind.TASK]
    spans = [task.evidence for task in asked]
    required, other = _levels(gold, spans, solid)
    relaxed = match_spans(required, spans, solid, RELAXED)
    strict = match_spans(required, spans, solid, STRICT)
    left = [column for column in range(len(asked)) if column not in {taken for _, taken in relaxed}]
    ignored = {column for column in left if _stands_in_ignored(asked[column], gold.tasks, solid)}
    counted = len(asked) - len(ignored)
    elsewhere = [column for column in left if column not in ignored]
    levelled = {elsewhere[at] for _, at in match_spans(other, [spans[at] for at in elsewhere], solid, RELAXED)}
    pairs = [(required[row], asked[column]) for row, column in relaxed]
    steps = [match for pair in pairs if pair[0].steps for match in [_steps(*pair, solid)]]
    declared = gold.annotation.declared_task_count
    score = TaskScore(
        relaxed=_counts(len(relaxed), counted, len(required)),
        strict=_counts(len(strict), counted, len(required)),
        title=Share.of(_same(g.title, p.title) for g, p in pairs if g.title is not None),
        ordinal=Share.of(g.ordinal == p.ordinal for g, p in pairs if g.asks("ordinal")),
        group=Share.of(_same_group(g, p) for g, p in pairs if _asks_group(g, p)),
        steps=sum((match.counts for match in steps), Counts()),
        step_marker=Share.of(_same(g.marker, p.marker) for match in steps for g, p in match.pairs),
        theme=_themes(pairs) if any(task.themes for task in gold.tasks) else Counts(),
        duties=score_duties(pairs),
        other_level=Share(right=len(levelled), n=counted),
        count=Share(right=int(counted == len(required)), n=1),
        declared=Share.of([prediction.declared_task_count == declared] if declared is not None else []),
        proof=ProofScore.of([p for _, p in pairs], [asked[column] for column in elsewhere]),
    )
    became = dict.fromkeys(ignored, Outcome.IGNORED) | dict.fromkeys(levelled, Outcome.OTHER_LEVEL)
    return score, _findings(gold, prediction, required, asked, relaxed, became)


def _levels(gold: Gold, spans: Sequence[Span], solid: SolidText) -> tuple[list[GoldTask], list[Span]]:
    """The tasks that are asked for, and the items of other levels that would be right there.

    The alternative level is asked for where it is strong and more of the items on both sides find a partner in it.
    """
    main = [task for task in gold.tasks if task.required]
    steps: list[Span] = [step for task in main for step in task.steps or ()]
    alternative = gold.annotation.alternative_level
    if alternative is None:
        return main, steps
    tasks = [
        GoldTask(
            start=heading.start,
            end=heading.end,
            ordinal=number,
            title=heading.title,
            marker=heading.marker,
            unsure=_NOT_ANNOTATED,
        )
        for number, heading in enumerate(alternative.tasks, 1)
    ]
    if alternative.strength == "strong" and _fit(tasks, spans, solid) > _fit(main, spans, solid):
        return tasks, [*main, *steps]
    return main, [*tasks, *steps]


def _fit(tasks: Sequence[Span], spans: Sequence[Span], solid: SolidText) -> float:
    both = len(tasks) + len(spans)
    return 2 * len(match_spans(tasks, spans, solid, RELAXED)) / both if both else 0.0


def match_spans(
    gold: Sequence[Span], predicted: Sequence[Span], solid: SolidText, threshold: float
) -> tuple[tuple[int, int], ...]:
    """Pair spans whose IoU reaches the threshold: as many pairs as possible, among those the closest.

    Each pair weighs 1 for being one and less than 1 / pairs for being close, so that closeness never costs a pair.
    """
    scale = 1 / (2 * max(len(gold), len(predicted), 1))
    overlaps = [[solid.iou(g, p) for p in predicted] for g in gold]
    return assign([[1 + scale * iou if iou >= threshold else 0.0 for iou in row] for row in overlaps])


@dataclass(frozen=True)
class _Steps:
    """The steps of one found task: how many on either side, and which are the same."""

    counts: Counts
    pairs: tuple[tuple[GoldStep, Step], ...]


def _steps(gold: GoldTask, predicted: Task, solid: SolidText) -> _Steps:
    expected, said = gold.steps or (), predicted.steps
    matched = match_spans(expected, [step.evidence for step in said], solid, RELAXED)
    pairs = tuple((expected[row], said[column]) for row, column in matched)
    return _Steps(_counts(len(pairs), len(said), len(expected)), pairs)


def _stands_in_ignored(task: Task, golds: Sequence[GoldTask], solid: SolidText) -> bool:
    return any(solid.share_inside(task.evidence, g) > _INSIDE_IGNORED for g in golds if not g.required)


def _counts(hits: int, predicted: int, gold: int) -> Counts:
    return Counts(tp=hits, fp=predicted - hits, fn=gold - hits)


def _same(a: str | None, b: str | None) -> bool:
    return fold(a or "").text.strip(",.;:") == fold(b or "").text.strip(",.;:")


def _asks_group(gold: GoldTask, predicted: Task) -> bool:
    return gold.group is not None and gold.asks("group") and bool(gold.group or predicted.group)


def _same_group(gold: GoldTask, predicted: Task) -> bool:
    expected, said = gold.group or (), predicted.group
    return len(expected) == len(said) and all(_same(a, b.title) for a, b in zip(expected, said, strict=True))


def _themes(pairs: Sequence[tuple[GoldTask, Task]]) -> Counts:
    counts = Counts()
    for gold, predicted in pairs:
        if gold.asks("themes"):
            expected, said = folded(gold.themes), folded(predicted.themes)
            hits = len(expected & said)
            counts += _counts(hits, len(said), len(expected))
    return counts


def _findings(
    gold: Gold,
    prediction: Document,
    required: Sequence[GoldTask],
    asked: Sequence[Task],
    pairs: Sequence[tuple[int, int]],
    became: dict[int, Outcome],
) -> tuple[Finding, ...]:
    """Each item once, in text order; ``became`` says what the predictions without a partner are, where not false alarms."""
    found: list[Finding] = []
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    for row, column in pairs:
        g, p = required[row], asked[column]
        notes = tuple(_differences(g, p))
        outcome = Outcome.PARTIAL if notes else Outcome.RIGHT
        found.append(_finding(outcome, g, _shown(gold, g), _label(p.ordinal, p.title), notes))
    found += [_finding(Outcome.MISSED, g, _shown(gold, g), None) for row, g in enumerate(required) if row not in rows]
    found += [
        _finding(became.get(column, Outcome.EXTRA), p.evidence, None, _label(p.ordinal, p.title))
        for column, p in enumerate(asked)
        if column not in columns
    ]
    found += [
        _finding(Outcome.IGNORED, p.evidence, None, _label(p.ordinal, p.title), (p.kind.value,))
        for p in prediction.tasks
        if p.kind is not TaskKind.TASK
    ]
    return tuple(sorted(found, key=lambda finding: (finding.start, finding.end, finding.outcome)))


def _differences(gold: GoldTask, predicted: Task) -> Iterator[str]:
    if (gold.start, gold.end) != (predicted.evidence.start, predicted.evidence.end):
        yield f"span [{gold.start}, {gold.end}) → [{predicted.evidence.start}, {predicted.evidence.end})"
    if gold.title is not None and not _same(gold.title, predicted.title):
        yield f"title {gold.title} → {predicted.title}"
    if gold.asks("ordinal") and gold.ordinal != predicted.ordinal:
        yield f"ordinal {gold.ordinal} → {predicted.ordinal}"
    if gold.themes and set(gold.themes) != set(predicted.themes):
        yield f"themes {' '.join(sorted(gold.themes))} → {' '.join(sorted(predicted.themes)) or '–'}"
    if _asks_group(gold, predicted) and not _same_group(gold, predicted):
        titles = " > ".join(heading.title for heading in predicted.group)
        yield f"group {' > '.join(gold.group or ()) or '–'} → {titles or '–'}"
    if gold.steps and len(gold.steps) != len(predicted.steps):
        yield f"steps {len(gold.steps)} → {len(predicted.steps)}"
    yield from duty_differences(gold, predicted)


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
