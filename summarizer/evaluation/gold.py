"""Gold: what a careful reader marked in a fixture, and the loader that refuses whatever does not fit its text.

A gold file is an :class:`Annotation`; together with the text it was made for it is a :class:`Gold`. Offsets count code
points of the source text, half open.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, ValidationError

from summarizer.errors import DataError, SourceError
from summarizer.schema import Level, Model, Number, Op, Span, Status, TaskKind
from summarizer.source.read import read

__all__ = ["SPLITS", "Annotation", "Gold", "GoldIndicator", "GoldTask", "faults_of", "load_gold", "load_split"]

SPLITS = ("documents", "dev", "test", "stress")


class GoldTask(Span):
    """One task. ``title`` is null where the annotator saw no headline; ``optional`` items count neither way."""

    ordinal: int = Field(ge=1)
    title: str | None
    marker: str | None
    kind: TaskKind = TaskKind.TASK
    optional: bool = False
    lead: tuple[str, ...] = ()
    deadline: str | None = None
    themes: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """Whether missing it is an error: an ordinary task that every careful reader would cut like this."""
        return self.kind is TaskKind.TASK and not self.optional


class GoldIndicator(Span):
    """One indicator. ``value`` is a number or ``[low, high]``; ``quote`` is the text of the span and holds ``raw``."""

    name: str
    value: Number | tuple[Number, Number]
    raw: str
    unit: str | None
    op: Op
    status: Status
    period: str | None
    base: Number | None
    quote: str
    optional: bool = False


class Annotation(Model):
    """One gold file. ``annotated_ranges`` is where indicators were marked, null for the whole text."""

    document: str
    sha256: str
    title: str | None
    issuer: str | None
    region: str | None
    level: Level | None
    meeting_date: str | None
    place: str | None
    published: str | None
    genre: str | None
    declared_task_count: int | None
    quality: tuple[str, ...]
    annotated_ranges: tuple[tuple[int, int], ...] | None
    tasks: tuple[GoldTask, ...]
    indicators: tuple[GoldIndicator, ...]
    decoys: tuple[str, ...]


@dataclass(frozen=True)
class Gold:
    """An annotation with the source text it was made for. ``name`` is the fixture's file name, ``path`` the fixture."""

    name: str
    path: Path
    text: str
    annotation: Annotation
    sha256: str = ""
    """Hash of the gold file's bytes."""

    @property
    def tasks(self) -> tuple[GoldTask, ...]:
        return self.annotation.tasks

    @property
    def indicators(self) -> tuple[GoldIndicator, ...]:
        return self.annotation.indicators

    def scores_indicators_at(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` lies in a stretch where the annotator marked every indicator."""
        ranges = self.annotation.annotated_ranges
        return ranges is None or any(low <= start and end <= high for low, high in ranges)


def load_gold(gold_path: Path, fixture: Path) -> Gold:
    """Read one gold file with its fixture.

    Raises ``DataError``, naming the file and the item, for an unknown or missing field, a wrong hash, a span whose text is
    another, an item given twice, or a decoy that does not stand in the text.
    """
    try:
        raw = gold_path.read_bytes()
        annotation = Annotation.model_validate(json.loads(raw))
    except OSError as error:
        raise DataError(str(gold_path), error.strerror or str(error)) from error
    except json.JSONDecodeError as error:
        raise DataError(str(gold_path), f"no JSON: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DataError(str(gold_path), f"{place}: {first['msg']}") from error
    try:
        source = read(fixture)
    except SourceError as error:
        raise DataError(str(gold_path), f"its fixture cannot be read: {error}") from error
    if source.sha256 != annotation.sha256:
        raise DataError(
            str(gold_path),
            f"made for a file with sha256 {annotation.sha256[:12]}…, {fixture} has {source.sha256[:12]}…",
        )
    gold = Gold(fixture.name, fixture, source.text, annotation, hashlib.sha256(raw).hexdigest())
    for fault in faults_of(gold):
        raise DataError(str(gold_path), fault)
    return gold


def faults_of(gold: Gold) -> Iterator[str]:
    """Yield what in a gold does not fit its text, one sentence each; nothing for a sound one."""
    annotation, text = gold.annotation, gold.text
    if annotation.document != gold.name:
        yield f"document is {annotation.document!r}, its fixture {gold.name!r}"
    yield from _twice("task", (task.ordinal for task in annotation.tasks))
    yield from _twice("indicator", ((i.start, i.end, i.name, i.raw) for i in annotation.indicators))
    for task in annotation.tasks:
        if task.end > len(text) or task.start == task.end:
            yield f"task {task.ordinal}: the span [{task.start}, {task.end}) is empty or leaves the text"
        if task.title is not None and task.title not in text[task.start : task.end]:
            yield f"task {task.ordinal}: the title {task.title!r} does not stand in its span"
    for indicator in annotation.indicators:
        item = f"indicator {indicator.name} {indicator.raw}"
        if text[indicator.start : indicator.end] != indicator.quote:
            yield f"{item}: [{indicator.start}, {indicator.end}) reads {text[indicator.start : indicator.end]!r}"
        if indicator.raw not in indicator.quote:
            yield f"{item}: the quote does not hold the value"
        if not indicator.optional and not gold.scores_indicators_at(indicator.start, indicator.end):
            yield f"{item}: stands outside the annotated ranges"
    for decoy in annotation.decoys:
        if not decoy or decoy not in text:
            yield f"decoy {decoy!r} does not stand in the text"
    for low, high in annotation.annotated_ranges or ():
        if not 0 <= low < high <= len(text):
            yield f"annotated range [{low}, {high}) is empty or leaves the text"


def _twice(kind: str, keys: Iterable[object]) -> Iterator[str]:
    seen: set[object] = set()
    for key in keys:
        if key in seen:
            yield f"{kind} {key} is given twice"
        seen.add(key)


def load_split(folder: Path, split: str, *, gold_folder: Path | None = None) -> tuple[Gold, ...]:
    """Load ``folder/gold/<split>`` with ``folder/fixtures/<split>``, sorted by name.

    ``gold_folder`` takes another annotation of the same fixtures, which may cover a part of them. Otherwise each gold
    file needs a fixture and each fixture a gold file. Raises ``DataError``.
    """
    golds = gold_folder if gold_folder is not None else folder / "gold" / split
    fixtures = {path.stem: path for path in sorted((folder / "fixtures" / split).glob("*.*")) if path.is_file()}
    paths = sorted(golds.glob("*.json"))
    if not paths:
        raise DataError(str(golds), "no gold files here")
    for path in paths:
        if path.stem not in fixtures:
            raise DataError(str(path), f"there is no fixture {path.stem}.* in {folder / 'fixtures' / split}")
    for stem, fixture in fixtures.items():
        if gold_folder is None and stem not in {path.stem for path in paths}:
            raise DataError(str(fixture), f"has no gold file in {golds}")
    loaded = tuple(load_gold(path, fixtures[path.stem]) for path in paths)
    for fault in _twice("fixture with sha256", (gold.annotation.sha256 for gold in loaded)):
        raise DataError(str(golds), fault)
    return loaded
