"""Floors: figures that a change must not fall below, in a committed file that can be lowered only in plain sight.

``floors.json`` pins the corpus by hash, so that a floor cannot be met by changing what is measured. A floor that is lower
than in the history (or gone) passes only with an entry in ``lowered`` that names the step and the reason.
"""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from summarizer.errors import DataError
from summarizer.evaluation.findings import Finding, Outcome
from summarizer.evaluation.metrics import METRICS, Metric, measure, metric_named
from summarizer.evaluation.runs import Run, Sample
from summarizer.schema import Model

__all__ = [
    "Check",
    "Floor",
    "Floors",
    "check_floors",
    "check_lowering",
    "committed_floors",
    "dump_floors",
    "load_floors",
    "raised_floors",
]


class Floor(Model):
    """``bound`` is the least value of a figure, or the greatest of one where lower is better."""

    split: str
    method: str
    metric: str
    bound: float

    @property
    def place(self) -> tuple[str, str, str]:
        return self.split, self.method, self.metric


class Lowered(Model):
    """A step down that somebody answers for; ``to`` null takes the floor away."""

    split: str
    method: str
    metric: str
    was: float
    to: float | None
    reason: str = Field(min_length=10)


class Floors(Model):
    """``floors.json``: ``corpus`` is the hash of fixtures and gold by split."""

    schema_version: Literal["1"] = "1"
    corpus: dict[str, str]
    floors: tuple[Floor, ...]
    lowered: tuple[Lowered, ...] = ()


_MOST_NAMED = 10
_AGAINST = frozenset(set(Outcome) - {Outcome.RIGHT, Outcome.PARTIAL, Outcome.IGNORED})
_FIELDS = {
    "indicator_full_f1": ("bound ", "change ", "status ", "period "),
    "indicator_bound": ("bound ",),
    "indicator_change": ("change ",),
    "indicator_dates": ("dates ", "period "),
    "task_strict_f1": ("span ",),
}
"""How the notes begin of a difference in a side field that weighs against a figure."""


class Check(Model):
    """One thing the gate looked at: ``name`` for people, ``detail`` what was found.

    ``items`` names what a figure below its floor lost, the worst first, so that nobody has to look for it.
    """

    name: str
    passed: bool
    detail: str
    items: tuple[str, ...] = ()


def load_floors(path: Path) -> Floors:
    """Read ``floors.json``. Raises ``DataError`` for a damaged file, an unknown figure or a floor given twice."""
    try:
        return parse_floors(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise DataError(str(path), error.strerror or str(error)) from error


def dump_floors(floors: Floors) -> str:
    """The file's text: one floor a line, so that a change of one is one line of a diff."""

    def rows(entries: Sequence[Model]) -> str:
        return ",".join(f"\n  {entry.model_dump_json()}" for entry in entries) + ("\n " if entries else "")

    corpus = json.dumps(floors.corpus, indent=1, sort_keys=True).replace("\n", "\n ")
    return (
        f'{{\n "schema_version": "{floors.schema_version}",\n'
        f' "corpus": {corpus},\n'
        f' "floors": [{rows(floors.floors)}],\n'
        f' "lowered": [{rows(floors.lowered)}]\n}}\n'
    )


def parse_floors(text: str, name: str) -> Floors:
    """Floors from their JSON; ``name`` is what errors call it."""
    try:
        floors = Floors.model_validate(json.loads(text))
    except (json.JSONDecodeError, ValidationError) as error:
        raise DataError(name, str(error).splitlines()[0]) from error
    seen = set()
    for floor in floors.floors:
        if metric_named(floor.metric) is None:
            raise DataError(name, f"there is no figure {floor.metric!r}")
        if floor.place in seen:
            raise DataError(name, f"{' '.join(floor.place)} has two floors")
        seen.add(floor.place)
    return floors


def check_floors(floors: Floors, run: Run) -> list[Check]:
    """Hold a run against the floors of its split; a figure that is undefined does not pass."""
    split = run.info.split
    pinned = floors.corpus.get(split)
    checks = [
        Check(
            name=f"{split}: corpus",
            passed=pinned == run.info.corpus,
            detail=f"pinned {(pinned or 'nothing')[:12]}, run on {run.info.corpus[:12]}",
        )
    ]
    for floor in floors.floors:
        metric = metric_named(floor.metric)
        if floor.split == split and metric is not None:
            checks.append(_held(floor, metric, run))
    if len(checks) == 1:
        checks.append(Check(name=f"{split}: floors", passed=False, detail="no floor is set for this split"))
    return checks


def raised_floors(floors: Floors, run: Run) -> Floors:
    """Floors for the figures of a run that are held, rounded towards ease to whole per cents; a floor that is there only rises.

    Pins the corpus of the run. A figure that is undefined gets no floor.
    """
    held = {floor.place: floor.bound for floor in floors.floors}
    for method in run.info.methods:
        scores = [sample.score for sample in run.of(method)]
        for metric in METRICS:
            found = measure(metric, scores, seed=run.info.seed).value
            if found is None or not metric.held:
                continue
            place = (run.info.split, method, metric.key)
            bound = (math.ceil if metric.lower_is_better else math.floor)(round(found * 100, 6)) / 100
            harder = min if metric.lower_is_better else max
            held[place] = harder(held.get(place, bound), bound)
    kept = tuple(
        Floor(split=split, method=method, metric=metric, bound=bound)
        for (split, method, metric), bound in sorted(held.items())
    )
    return floors.model_copy(update={"corpus": {**floors.corpus, run.info.split: run.info.corpus}, "floors": kept})


def _held(floor: Floor, metric: Metric, run: Run) -> Check:
    samples = run.of(floor.method)
    found = measure(metric, [sample.score for sample in samples], seed=run.info.seed).value
    relation = "≤" if metric.lower_is_better else "≥"
    passed = found is not None and (found <= floor.bound if metric.lower_is_better else found >= floor.bound)
    shown = "undefined" if found is None else f"{found:.4f}"
    return Check(
        name=f"{floor.split}: {floor.method} {floor.metric}",
        passed=passed,
        detail=f"{shown}, must be {relation} {floor.bound:.4f}" if samples else f"the run has no method {floor.method}",
        items=() if passed else _lost(metric, samples),
    )


def _lost(metric: Metric, samples: Sequence[Sample]) -> tuple[str, ...]:
    """The items that weigh against a figure, a line each: document, what became of it, what was expected and predicted."""
    kind = metric.group.removesuffix("s")
    order = list(Outcome)
    worst = [
        (order.index(finding.outcome), sample.document, finding)
        for sample in samples
        for finding in sample.score.findings
        if _weighs(metric, finding) and (finding.kind == kind or kind not in ("task", "indicator"))
    ]
    worst.sort(key=lambda row: row[:2])
    shown = [
        f"{document}: {finding.outcome} {finding.kind}: {finding.expected or '–'} | {finding.predicted or '–'}"
        + (f" ({'; '.join(finding.notes)})" if finding.notes else "")
        for _, document, finding in worst[:_MOST_NAMED]
    ]
    more = len(worst) - len(shown)
    return (*shown, *([f"and {more} more"] if more > 0 else []))


def _weighs(metric: Metric, finding: Finding) -> bool:
    if finding.outcome is Outcome.PARTIAL:
        return any(note.startswith(_FIELDS.get(metric.key, ())) for note in finding.notes)
    return finding.outcome in _AGAINST


def check_lowering(before: Floors | None, now: Floors) -> list[Check]:
    """Look for floors that are weaker than in ``before`` and that no entry of ``lowered`` answers for."""
    if before is None:
        return []
    current = {floor.place: floor.bound for floor in now.floors}
    answered = {(step.split, step.method, step.metric, step.was, step.to) for step in now.lowered}
    checks = []
    for floor in before.floors:
        metric, bound = metric_named(floor.metric), current.get(floor.place)
        lower_is_better = metric is not None and metric.lower_is_better
        weaker = bound is None or (bound > floor.bound if lower_is_better else bound < floor.bound)
        if not weaker:
            continue
        checks.append(
            Check(
                name=f"{floor.split}: {floor.method} {floor.metric} was weakened",
                passed=(*floor.place, floor.bound, bound) in answered,
                detail=f"{floor.bound} → {bound}; an entry in 'lowered' must give the reason",
            )
        )
    return checks


def committed_floors(path: Path, revision: str) -> Floors | None:
    """The floors file as it is in ``revision``; None outside a checkout or where it is not in that revision."""
    done = _git_show(path, revision)
    return None if done is None else parse_floors(done, f"{revision}:{path.name}")


def _git_show(path: Path, revision: str) -> str | None:
    command: Sequence[str] = ("git", "-C", str(path.resolve().parent), "show", f"{revision}:./{path.name}")
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - fixed program
    except OSError:
        return None
    return done.stdout.decode("utf-8") if done.returncode == 0 else None
