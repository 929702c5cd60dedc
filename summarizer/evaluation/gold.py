"""Gold: an annotation with the text it was made for, and the loader that refuses whatever does not fit its text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from summarizer.errors import DataError, SourceError
from summarizer.evaluation.annotation import Annotation, GoldIndicator, GoldTask
from summarizer.schema import Span
from summarizer.source.read import read

__all__ = ["SPLITS", "Gold", "faults_of", "load_folder", "load_gold", "load_split"]

SPLITS = ("documents", "dev", "test", "stress")


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
    raw, entry = _read_json(gold_path)
    try:
        annotation = Annotation.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(str(gold_path), f"{_place(entry, first['loc'])}: {first['msg']}") from error
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


def _read_json(path: Path) -> tuple[bytes, Any]:
    try:
        raw = path.read_bytes()
        return raw, json.loads(raw)
    except OSError as error:
        raise DataError(str(path), error.strerror or str(error)) from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DataError(str(path), f"no JSON: {error}") from error


def _place(entry: Any, location: tuple[int | str, ...]) -> str:
    """Where a fault is, with the name of the innermost item that has one: ``indicators.3.bound (签约率)``."""
    named = ""
    for step in location:
        try:
            entry = entry[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(entry, dict):
            named = str(entry.get("name") or entry.get("title") or entry.get("marker") or named)
    place = ".".join(str(part) for part in location)
    return f"{place} ({named})" if named else place


def faults_of(gold: Gold) -> Iterator[str]:
    """Yield what in a gold does not fit its text, one sentence each; nothing for a sound one."""
    annotation, text = gold.annotation, gold.text
    if annotation.document != gold.name:
        yield f"document is {annotation.document!r}, its fixture {gold.name!r}"
    yield from _twice("task", (task.ordinal for task in annotation.tasks))
    yield from _twice("indicator", ((i.start, i.end, i.name, i.raw) for i in annotation.indicators))
    for task in annotation.tasks:
        yield from _faults_of_task(task, text)
    for indicator in annotation.indicators:
        yield from _faults_of_indicator(indicator, gold)
    for other in annotation.alternative_level.tasks if annotation.alternative_level else ():
        yield from _faults_of_span(f"the other level's {other.title}", other, other.title, text)
    for decoy in annotation.decoys:
        if not decoy or decoy not in text:
            yield f"decoy {decoy!r} does not stand in the text"
    for low, high in annotation.annotated_ranges or ():
        if not 0 <= low < high <= len(text):
            yield f"annotated range [{low}, {high}) is empty or leaves the text"


def _faults_of_task(task: GoldTask, text: str) -> Iterator[str]:
    yield from _faults_of_span(f"task {task.ordinal}", task, task.title, text)
    for step in task.steps or ():
        item = f"task {task.ordinal}, step {step.marker or ''} {step.text}"
        yield from _faults_of_span(item, step, step.text, text)
        if not task.start <= step.start <= step.end <= task.end:
            yield f"{item}: [{step.start}, {step.end}) leaves the task's span"
    for title in task.group or ():
        if title not in text[: task.start]:
            yield f"task {task.ordinal}: the headline {title!r} does not stand before it"


def _faults_of_span(item: str, span: Span, title: str | None, text: str) -> Iterator[str]:
    if span.end > len(text) or span.start == span.end:
        yield f"{item}: the span [{span.start}, {span.end}) is empty or leaves the text"
    if title is not None and title not in text[span.start : span.end]:
        yield f"{item}: the title {title!r} does not stand in its span"


def _faults_of_indicator(indicator: GoldIndicator, gold: Gold) -> Iterator[str]:
    item = f"indicator {indicator.name} {indicator.raw}"
    printed = gold.text[indicator.start : indicator.end]
    if printed != indicator.quote:
        yield f"{item}: [{indicator.start}, {indicator.end}) reads {printed!r}"
    if indicator.raw not in indicator.quote:
        yield f"{item}: the quote does not hold the value"
    if not indicator.optional and not gold.scores_indicators_at(indicator.start, indicator.end):
        yield f"{item}: stands outside the annotated ranges"


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
    paths = _gold_files(golds)
    for path in paths:
        if path.stem not in fixtures:
            raise DataError(str(path), f"there is no fixture {path.stem}.* in {folder / 'fixtures' / split}")
    for stem, fixture in fixtures.items():
        if gold_folder is None and stem not in {path.stem for path in paths}:
            raise DataError(str(fixture), f"has no gold file in {golds}")
    return _distinct(golds, tuple(load_gold(path, fixtures[path.stem]) for path in paths))


def load_folder(golds: Path, fixtures: Path) -> tuple[Gold, ...]:
    """Load every gold file of a folder with the file of ``fixtures`` that its ``document`` names, sorted by name.

    Files without gold are nobody's concern here: the folder may hold more texts than were annotated. Raises ``DataError``.
    """
    loaded = []
    for path in _gold_files(golds):
        _, entry = _read_json(path)
        document = entry.get("document") if isinstance(entry, dict) else None
        if not isinstance(document, str):
            raise DataError(str(path), "document does not name the annotated file")
        if not (fixtures / document).is_file():
            raise DataError(str(path), f"there is no {document} in {fixtures}")
        loaded.append(load_gold(path, fixtures / document))
    return _distinct(golds, tuple(loaded))


def _gold_files(folder: Path) -> list[Path]:
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise DataError(str(folder), "no gold files here")
    return paths


def _distinct(folder: Path, loaded: tuple[Gold, ...]) -> tuple[Gold, ...]:
    for fault in _twice("fixture with sha256", (gold.annotation.sha256 for gold in loaded)):
        raise DataError(str(folder), fault)
    return loaded
