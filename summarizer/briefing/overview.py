"""The overview composed from the facts alone: at most eight sentences, each with the items that prove it.

A sentence quotes headlines and printed values and states no count of its own, so that every number in it stands in the
evidence of an item it cites, or in the time printed for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from summarizer.briefing.labels import Labels, labels_for
from summarizer.briefing.wording import printed_figure, printed_value
from summarizer.language.characters import CLAUSE_ENDS, FULL_STOP
from summarizer.schema import (
    Comparison,
    Document,
    Indicator,
    IndicatorRow,
    Statement,
    Status,
    Task,
    TaskKind,
    ThemeRow,
    ThemeStanding,
)

__all__ = ["MOST_SENTENCES", "compose_overview"]

MOST_SENTENCES = 8
_HEADLINES = 3
_FIGURES = 4
_REGIONS = 3
_LONG_HEADLINE = 18
"""Characters from which a headline is quoted by its first clause alone, so that the overview stays one page."""
_DIGITS = frozenset("0123456789")
_CLAUSE_END = re.compile(f"[{CLAUSE_ENDS}{FULL_STOP}]")


@dataclass(frozen=True)
class _Material:
    documents: Sequence[Document]
    comparison: Comparison
    labels: Labels
    items: Mapping[str, Task | Indicator]
    names: Mapping[str, str]


def compose_overview(documents: Sequence[Document], comparison: Comparison, language: str) -> tuple[Statement, ...]:
    """Compose the overview of the proven items of one or several documents; empty when there are none."""
    documents = [document.proven for document in documents]
    labels = labels_for(language)
    material = _Material(
        documents,
        comparison,
        labels,
        {item.id: item for document in documents for item in document.items},
        {document.id: _plain_name(document, labels, alone=len(documents) == 1) for document in documents},
    )
    makers = _several if len(documents) > 1 else _single
    return tuple(islice((one for one in makers(material) if one is not None), MOST_SENTENCES))


def _plain_name(document: Document, labels: Labels, *, alone: bool) -> str:
    """A name without digits: a year in a title is no number that an item's evidence must hold."""
    for name in (document.region, document.issuer, document.meeting.name):
        if name and not _DIGITS & set(name):
            return name
    if alone:
        return labels["this_text"]
    level = labels[f"level.{document.level}"] if document.level else ""
    return labels["unnamed"].format(level=level, genre=document.genre) if document.genre else labels["other_text"]


def _single(material: _Material) -> Iterator[Statement | None]:
    for document in material.documents:
        yield from _of_one(document, material)


def _of_one(document: Document, material: _Material) -> Iterator[Statement | None]:
    yield _headlines(document, material)
    for status in (Status.TARGET, Status.ACHIEVED):
        yield _figures_of(document, status, material)
    yield _kind(document, TaskKind.NEAR_TERM, material)
    yield _kind(document, TaskKind.SAFEGUARD, material)


def _several(material: _Material) -> Iterator[Statement | None]:
    comparison = material.comparison
    baseline = next((one for one in material.documents if one.id == comparison.baseline), None)
    if baseline is not None:
        yield _headlines(baseline, material)
    yield from _common(comparison.themes, material)
    yield _against(ThemeStanding.QUANTIFIED, comparison.themes, material)
    yield _against(ThemeStanding.ADDED, comparison.themes, material)
    yield _not_mentioned(comparison.themes, material)
    rows = [row for row in comparison.indicators if _targets(row, material)]
    for row in rows[:2]:
        yield _aligned(row, material)
    if baseline is None:
        for document in material.documents[:3]:
            yield _headlines(document, material)


def _sentence(key: str, cites: Iterable[str], material: _Material, **values: str) -> Statement | None:
    ids = tuple(dict.fromkeys(cites))
    return Statement(text=material.labels[key].format(**values), cites=ids) if ids else None


def _join(parts: Iterable[str], material: _Material) -> str:
    return material.labels["and"].join(parts)


def _quoted(task: Task, material: _Material) -> str:
    title = " ".join(task.title.split())
    if len(title) > _LONG_HEADLINE:
        title = _CLAUSE_END.split(title, maxsplit=1)[0]
    return material.labels["quote"].format(text=title.replace("“", "‘").replace("”", "’"))


def _headlines(document: Document, material: _Material) -> Statement | None:
    tasks = [task for task in document.tasks if task.kind is TaskKind.TASK][:_HEADLINES]
    titles = _join((_quoted(task, material) for task in tasks), material)
    return _sentence(
        "say.tasks", (task.id for task in tasks), material, name=material.names[document.id], titles=titles
    )


def _kind(document: Document, kind: TaskKind, material: _Material) -> Statement | None:
    tasks = [task for task in document.tasks if task.kind is kind][:_HEADLINES]
    titles = _join((_quoted(task, material) for task in tasks), material)
    return _sentence(f"say.{kind}", (task.id for task in tasks), material, titles=titles)


def _figures_of(document: Document, status: Status, material: _Material) -> Statement | None:
    found = [one for one in document.indicators if one.status is status][:_FIGURES]
    often = Counter(one.name for one in found)
    figures = _join((_figure(one, material, timed=often[one.name] > 1) for one in found), material)
    return _sentence(f"say.{status}", (one.id for one in found), material, figures=figures)


def _figure(indicator: Indicator, material: _Material, *, timed: bool = False) -> str:
    """Name and value; with its time as printed where the sentence names one indicator for several."""
    figure = printed_figure(indicator, material.labels)
    if not timed or indicator.period is None:
        return figure
    return f"{figure}{material.labels['open']}{' '.join(indicator.period.split())}{material.labels['close']}"


def _by_document(ids: Iterable[str], material: _Material) -> list[tuple[str, Task | Indicator]]:
    """One item a document, in their order: ``(name of the document, item)``."""
    first: dict[str, Task | Indicator] = {}
    for id_ in ids:
        first.setdefault(id_.partition(".")[0], material.items[id_])
    return [(material.names[document], item) for document, item in first.items()]


def _told(
    pairs: Sequence[tuple[str, Task | Indicator]], material: _Material, tell: Callable[[Task | Indicator], str]
) -> tuple[str, list[str]]:
    some = pairs[:_REGIONS]
    return _join((f"{name}{tell(item)}" for name, item in some), material), [item.id for _, item in some]


def _common(themes: Sequence[ThemeRow], material: _Material) -> Iterator[Statement | None]:
    """The two themes that most documents share."""
    known = [row for row in themes if row.theme != "other" and len(row.tasks) > 1]
    for row in sorted(known, key=lambda row: -len(row.tasks))[:2]:
        pairs = _by_document((id_ for ids in row.tasks.values() for id_ in ids[:1]), material)
        text, cites = _told(pairs, material, lambda item: _tell(item, material))
        yield _sentence("say.common", cites, material, theme=row.label, parts=text)


def _tell(item: Task | Indicator, material: _Material) -> str:
    return _quoted(item, material) if isinstance(item, Task) else f" {_figure(item, material)}"


def _against(standing: ThemeStanding, themes: Sequence[ThemeRow], material: _Material) -> Statement | None:
    """What documents add to the baseline, or make concrete with figures."""
    source = [
        row.figures.get(id_) or row.tasks[id_]
        for row in themes
        for id_, found in row.standing.items()
        if found is standing
    ]
    pairs = _by_document((ids[0] for ids in source), material)
    text, cites = _told(pairs, material, lambda item: _tell(item, material))
    return _sentence(f"say.{standing}", cites, material, parts=text)


def _not_mentioned(themes: Sequence[ThemeRow], material: _Material) -> Statement | None:
    """The theme of the baseline that most documents do not mention; the baseline's tasks are its proof."""
    baseline = material.comparison.baseline
    if baseline is None:
        return None
    lacking = {row.theme: [id_ for id_, s in row.standing.items() if s is ThemeStanding.MISSING] for row in themes}
    # A task's first theme is what it is about; what it names besides is no task that others could have left out.
    own = [
        row for row in themes if any(_first_theme(id_, material) == row.theme for id_ in row.tasks.get(baseline, ()))
    ]
    row = max(own, key=lambda row: len(lacking[row.theme]), default=None)
    if row is None or not lacking[row.theme]:
        return None
    task = next(material.items[id_] for id_ in row.tasks[baseline] if _first_theme(id_, material) == row.theme)
    names = _join(dict.fromkeys(material.names[id_] for id_ in lacking[row.theme][: _REGIONS * 2]), material)
    assert isinstance(task, Task)
    return _sentence("say.missing", [task.id], material, title=_quoted(task, material), theme=row.label, names=names)


def _first_theme(id_: str, material: _Material) -> str | None:
    return next(iter(material.items[id_].themes), None)


def _targets(row: IndicatorRow, material: _Material) -> list[str]:
    """The row's targets when at least two documents have one."""
    ids = [id_ for id_ in row.indicators if _is_target(material.items[id_])]
    return ids if len({id_.partition(".")[0] for id_ in ids}) > 1 else []


def _is_target(item: Task | Indicator) -> bool:
    return isinstance(item, Indicator) and item.status is Status.TARGET


def _aligned(row: IndicatorRow, material: _Material) -> Statement | None:
    pairs = _by_document(_targets(row, material), material)

    def value(item: Task | Indicator) -> str:
        assert isinstance(item, Indicator)
        return f" {printed_value(item, material.labels)}"

    text, cites = _told(pairs, material, value)
    return _sentence("say.aligned", cites, material, name=row.name, parts=text)
