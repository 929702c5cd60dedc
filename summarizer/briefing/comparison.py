"""Documents beside each other: themes against the national text, the same indicator over regions and years, new phrases.

Whatever is looked up in a text is looked up in its folded form (width, script, spaces), so that a text in traditional
characters stands as its simplified twin does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from summarizer.briefing.indicator_names import IndicatorKey, indicator_key
from summarizer.briefing.labels import labels_for
from summarizer.briefing.new_phrases import new_phrases
from summarizer.language.fold import fold
from summarizer.language.themes import ThemeTable
from summarizer.schema import (
    Comparison,
    Document,
    Indicator,
    IndicatorRow,
    Level,
    Status,
    Task,
    TaskKind,
    ThemeRow,
    ThemeStanding,
)
from summarizer.source.text import CleanText

__all__ = ["OTHER", "baseline_of", "compare"]

OTHER = "other"
"""The row of the tasks that no theme of the table claims."""

_NAMES_THEME = 2
"""Weight from which a cue of the theme table names its theme alone."""


def compare(
    documents: Sequence[Document], texts: Mapping[str, CleanText], themes: ThemeTable, language: str
) -> Comparison:
    """Compare the proven items of all documents; ``texts`` are their clean texts by id.

    One document alone has its themes, nothing more.
    """
    labels = _theme_labels(documents, themes, language)
    documents = [document.proven for document in documents]
    if len(documents) < 2:
        return Comparison(theme_labels=labels, themes=_theme_rows(documents, None, themes, language))
    baseline = baseline_of(documents)
    return Comparison(
        baseline=baseline.id if baseline else None,
        theme_labels=labels,
        themes=_theme_rows(documents, baseline, themes, language),
        indicators=_indicator_rows(documents),
        new_phrases=new_phrases(documents, texts, baseline),
    )


def baseline_of(documents: Sequence[Document]) -> Document | None:
    """The national document: of several the one that sets most tasks, the first of equals."""
    national = [document for document in documents if document.level is Level.NATIONAL and document.tasks]
    return max(national, key=lambda document: len(_listed(document)), default=None)


def _listed(document: Document) -> list[Task]:
    return [task for task in document.tasks if task.kind is TaskKind.TASK]


def _theme_labels(documents: Sequence[Document], themes: ThemeTable, language: str) -> dict[str, str]:
    """The themes that any item has, in the table's order; ``other`` when an item has none."""
    had = {key for document in documents for item in document.items for key in item.themes or (OTHER,)}
    labels = {theme.key: themes.label(theme.key, language) for theme in themes.themes if theme.key in had}
    return labels | ({OTHER: labels_for(language)["theme.other"]} if OTHER in had else {})


def _theme_rows(
    documents: Sequence[Document], baseline: Document | None, themes: ThemeTable, language: str
) -> tuple[ThemeRow, ...]:
    """One row a theme that any document has, in the table's order, ``other`` last."""
    words = {document.id: [fold(task.evidence.quote).text for task in document.tasks] for document in documents}
    rows = []
    for key in [*(theme.key for theme in themes.themes), OTHER]:
        tasks = {document.id: found for document in documents if (found := _tasks_of(document, key))}
        if not tasks:
            continue
        figures = _figures(documents, tasks, baseline)
        rows.append(
            ThemeRow(
                theme=key,
                label=labels_for(language)["theme.other"] if key == OTHER else themes.label(key, language),
                tasks=tasks,
                standing={}
                if key == OTHER
                else _standing(documents, tasks, figures, baseline, _naming(words, _cues(themes, key))),
                figures={} if key == OTHER else figures,
            )
        )
    return tuple(rows)


def _tasks_of(document: Document, theme: str) -> tuple[str, ...]:
    listed = _listed(document)
    if theme == OTHER:
        return tuple(task.id for task in listed if not task.themes)
    return tuple(task.id for task in listed if theme in task.themes)


def _figures(
    documents: Sequence[Document], tasks: Mapping[str, tuple[str, ...]], baseline: Document | None
) -> dict[str, tuple[str, ...]]:
    """Target figures inside a document's tasks whose indicator the baseline's text has no figure for."""
    if baseline is None or baseline.id not in tasks:
        return {}
    known = {indicator_key(one, baseline) for one in baseline.indicators}
    figures = {}
    for document in documents:
        found = tuple(
            one.id
            for one in document.indicators
            if one.task_id in tasks.get(document.id, ())
            and one.status is Status.TARGET
            and document is not baseline
            and ((key := indicator_key(one, document)) is None or key not in known)
        )
        if found:
            figures[document.id] = found
    return figures


def _cues(themes: ThemeTable, key: str) -> tuple[str, ...]:
    """The words that name a theme by themselves, folded as the texts are."""
    return tuple(
        fold(word).text
        for theme in themes.themes
        if theme.key == key
        for word, weight in theme.weights.items()
        if weight >= _NAMES_THEME
    )


def _naming(words: Mapping[str, Sequence[str]], cues: tuple[str, ...]) -> frozenset[str]:
    """The documents of which a task names the theme; ``words`` are the folded texts of their tasks."""
    return frozenset(id_ for id_, texts in words.items() if any(cue in text for text in texts for cue in cues))


def _standing(
    documents: Sequence[Document],
    tasks: Mapping[str, tuple[str, ...]],
    figures: Mapping[str, tuple[str, ...]],
    baseline: Document | None,
    naming: frozenset[str],
) -> dict[str, ThemeStanding]:
    """How each document but the baseline stands; one that neither has is left out."""
    if baseline is None:
        return {}
    known = baseline.id in tasks or baseline.id in naming
    standing = {}
    for document in documents:
        if document is baseline or not (document.id in tasks or baseline.id in tasks):
            continue
        if document.id not in tasks:
            standing[document.id] = ThemeStanding.MENTIONED if document.id in naming else ThemeStanding.MISSING
        elif not known:
            standing[document.id] = ThemeStanding.ADDED
        else:
            standing[document.id] = ThemeStanding.QUANTIFIED if document.id in figures else ThemeStanding.TAKEN_UP
    return standing


def _indicator_rows(documents: Sequence[Document]) -> tuple[IndicatorRow, ...]:
    """One row for each indicator that at least two documents have; those that most documents have come first."""
    groups: dict[IndicatorKey, list[tuple[Document, Indicator]]] = defaultdict(list)
    for document in documents:
        for indicator in document.indicators:
            key = indicator_key(indicator, document)
            if key is not None:
                groups[key].append((document, indicator))
    rows = []
    for key, members in groups.items():
        reach = len({document.id for document, _ in members})
        if reach > 1:
            name = Counter(indicator.name for _, indicator in members).most_common(1)[0][0]
            ids = tuple(indicator.id for _, indicator in members)
            rows.append((reach, IndicatorRow(name=name, unit=key.unit, change=key.change, indicators=ids)))
    rows.sort(key=lambda row: -row[0])
    return tuple(row for _, row in rows)
