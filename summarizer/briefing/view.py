"""A briefing as every rendering shows it: labels, names, items by id, printed forms, facts; made once, read by all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath

from summarizer.briefing.labels import Labels, labels_for
from summarizer.briefing.wording import printed_figure, printed_period, printed_span, printed_value
from summarizer.schema import (
    Briefing,
    Document,
    Doubt,
    Evidence,
    Indicator,
    IndicatorRow,
    Item,
    ItemStanding,
    Problem,
    Rejected,
    Status,
    Task,
    TaskKind,
)

__all__ = ["FACTS", "View", "document_names", "view_of"]

FACTS = (
    "text_kind", "issuer", "region", "level", "genre", "meeting", "published", "announced", "parts", "quality", "duplicate", "source",
)  # fmt: skip
"""The facts of a document in the order in which they are shown, by their label."""

_LONGEST_NAME = 24
_LONGEST_QUOTE = 30
_MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class View:
    """What renderers read of a briefing. ``names``, ``themes``: by document id and theme key; ``values``: by indicator id.

    ``targets`` are the proven indicators that a task sets, by the task's id.
    """

    briefing: Briefing
    labels: Labels
    documents: Mapping[str, Document]
    names: Mapping[str, str]
    themes: Mapping[str, str]
    items: Mapping[str, Task | Indicator]
    targets: Mapping[str, tuple[Indicator, ...]]
    values: Mapping[str, str]

    @property
    def distinct(self) -> tuple[Document, ...]:
        """The documents that are compared: those that are no copies of another."""
        return tuple(document for document in self.briefing.documents if document.duplicate_of is None)

    @property
    def subject(self) -> str:
        """What the briefing is about: the title of its document when there is one, else how many there are."""
        documents = self.distinct
        if len(documents) == 1 and documents[0].title:
            return " ".join(documents[0].title.split())
        return f"{len(documents)}{self.labels['documents']}{self.labels['headline']}"

    @property
    def headline(self) -> str:
        """The briefing's title."""
        return f"{self.labels['briefing']}{self.labels['colon']}{self.subject}"

    @property
    def method(self) -> str:
        """How the briefing was made, by what, and when."""
        run = self.briefing.run
        model = f" {run.model}" if run.model else ""
        made = f"{self.labels['made']} {self.briefing.created_at[:10]} · summarizer {self.briefing.tool_version}"
        return f"{self.labels['method']}{self.labels['colon']}{self.labels[f'method.{run.method}']}{model} · {made}"

    def message(self, told: Problem | Rejected) -> str:
        """The sentence of a problem or a rejection in the briefing's language."""
        return told.message_zh if self.briefing.language == "zh" else told.message

    def name(self, document_id: str | None) -> str:
        """What a document is called, empty for none; an id that is not in the briefing stands for itself."""
        return self.names.get(document_id or "", document_id or "")

    def column(self, document: Document) -> str:
        """A document's head in the comparison: its name, marked when it is the baseline."""
        return self.name(document.id) + (
            self.labels["baseline"] if document.id == self.briefing.comparison.baseline else ""
        )

    def figure(self, indicator: Indicator) -> str:
        """Name and value of an indicator, one line."""
        return printed_figure(indicator, self.labels)

    def row_name(self, row: IndicatorRow) -> str:
        """The head of a row of aligned indicators: a row of changes says so."""
        kind = f"{self.labels['open']}{self.labels[f'row.{row.change}']}{self.labels['close']}" if row.change else ""
        return f"{row.name}{kind}"

    def members(self, row: IndicatorRow, document_id: str) -> list[Indicator]:
        """The indicators of a row that are one document's."""
        found = (self.items.get(id_) for id_ in row.indicators if id_.startswith(f"{document_id}."))
        return [one for one in found if isinstance(one, Indicator)]

    def place(self, item: Item) -> str:
        """Where an item stands: its id within its document, and its range of the source."""
        return f"{item.id.partition('.')[2]} {printed_span(item.evidence)}"

    def themes_of(self, item: Item) -> str:
        """The labels of an item's themes."""
        return self.labels["and"].join(self.themes.get(key, key) for key in item.themes)

    def origin(self, item: Item) -> str:
        """Which method found an item, whether the other one confirmed it, and how a difference between them was settled."""
        labels = self.labels
        told = labels[f"origin.{item.origin}"]
        if item.confirmed_by is not None:
            told = labels["confirmed"].format(origin=told, other=labels[f"origin.{item.confirmed_by}"])
        if item.decision is None:
            return told
        differences = labels["list"].join(
            labels["differs"].format(
                field=labels.get(one.field, labels.get(f"item.{one.field}", one.field)),
                model=self._read(one.field, one.model),
                rules=self._read(one.field, one.rules),
            )
            for one in item.decision.differences
        )
        by = f"{labels['decision']}{labels['colon']}{labels[f'decision.{item.decision.by}']}"
        return f"{told}{labels['list']}{by}{labels['open']}{differences}{labels['close']}"

    def _read(self, field: str, value: str | None) -> str:
        """One side of a difference in words: a value of a closed list by its label."""
        group = "relation" if field in ("bound", "change") else field
        return self.labels.get(f"{group}.{value}", value) if value else self.labels["nothing"]

    def facts(self, document: Document) -> dict[str, str]:
        """Every fact that is known of a document, by its label and in the order of :data:`FACTS`."""
        labels = self.labels
        meeting = document.meeting
        declared = document.declared_task_count
        same = document.duplicate_of
        facts = {
            "text_kind": labels[f"text_kind.{document.kind}"] + self._quoted(document.kind_evidence),
            "issuer": document.issuer,
            "region": document.region,
            "level": labels[f"level.{document.level}"] if document.level else None,
            "genre": document.genre,
            "meeting": " ".join(filter(None, (meeting.name, meeting.date, meeting.place))),
            "published": " ".join(filter(None, (document.published, document.publisher))),
            "announced": labels["declared"].format(count=declared) if declared else None,
            "parts": self._parts(document),
            "quality": labels["and"].join(
                dict.fromkeys(labels[f"flag.{quality.flag}"] for quality in document.quality)
            ),
            "duplicate": labels["same_as"].format(name=self.name(same)) if same else None,
            "source": f"{document.path} · sha256 {document.id}…",
        }
        return {name: value for name in FACTS if (value := facts[name])}

    def _quoted(self, evidence: Sequence[Evidence]) -> str:
        if not evidence:
            return ""
        words = " ".join(evidence[0].quote.split())
        quote = self.labels["quote"].format(text=_cut(words, _LONGEST_QUOTE))
        return f"{self.labels['open']}{quote}{self.labels['close']}"

    def _parts(self, document: Document) -> str:
        """What the parts speak of, neighbours of one horizon together under the headline of the first."""
        runs = [
            (horizon, next((part.heading for part in parts if part.heading), None))
            for horizon, parts in groupby(document.parts, key=lambda part: part.horizon)
        ]
        told = [
            self.labels[f"horizon.{horizon}"]
            + (
                f"{self.labels['open']}{_cut(' '.join(heading.split()), _LONGEST_QUOTE)}{self.labels['close']}"
                if heading
                else ""
            )
            for horizon, heading in runs[:_MOST_PARTS]
        ]
        return " → ".join(told) + (self.labels["and_so_on"] if len(runs) > _MOST_PARTS else "")

    def tasks(self, document: Document, kind: TaskKind = TaskKind.TASK) -> list[Task]:
        """The proven tasks of one kind, in their order."""
        return [task for task in document.proven.tasks if task.kind is kind]

    def to_check(self, document: Document) -> list[Task | Indicator]:
        """What a person should look at, the weightiest first: tasks, targets, results, those with most reasons before others."""

        def weight(item: Task | Indicator) -> tuple[int, int]:
            rank = 0 if isinstance(item, Task) else 1 if item.status is Status.TARGET else 2
            return rank, -len(item.reasons)

        return sorted((one for one in document.items if one.standing is ItemStanding.CHECK), key=weight)

    def content(self, item: Task | Indicator) -> str:
        """An item in one line: a task's headline, an indicator's name and value with its time and status."""
        if isinstance(item, Task):
            return " ".join(item.title.split())
        parts = (self.figure(item), printed_period(item, self.labels), self.labels[f"status.{item.status}"])
        return " ".join(filter(None, parts))

    def doubt(self, doubt: Doubt) -> str:
        """A reason to check an item, with the words to look at."""
        quote = self.labels["quote"].format(text=_cut(" ".join(doubt.evidence.quote.split()), _LONGEST_QUOTE))
        return f"{self.labels[f'doubt.{doubt.reason}']}{self.labels['colon']}{quote}"

    def doubts(self, item: Task | Indicator) -> str:
        """All reasons to check an item, each once."""
        return self.labels["list"].join(dict.fromkeys(map(self.doubt, item.reasons)))

    def rejections(self, rejected: Sequence[Rejected]) -> Iterator[tuple[str, list[Rejected]]]:
        """What was not accepted by its sentence, the most frequent first."""
        groups: dict[str, list[Rejected]] = defaultdict(list)
        for one in rejected:
            groups[self.message(one)].append(one)
        yield from sorted(groups.items(), key=lambda group: -len(group[1]))


def view_of(briefing: Briefing) -> View:
    """The view of a briefing in its own language."""
    labels = labels_for(briefing.language)
    targets: dict[str, list[Indicator]] = defaultdict(list)
    indicators = [one for document in briefing.documents for one in document.indicators]
    for one in indicators:
        if one.task_id is not None and one.standing is ItemStanding.PROVEN:
            targets[one.task_id].append(one)
    return View(
        briefing,
        labels,
        {document.id: document for document in briefing.documents},
        document_names(briefing.documents, labels),
        briefing.comparison.theme_labels,
        {item.id: item for document in briefing.documents for item in document.items},
        {task: tuple(found) for task, found in targets.items()},
        {one.id: printed_value(one, labels) for one in indicators},
    )


def document_names(documents: Sequence[Document], labels: Labels) -> dict[str, str]:
    """Names by id that tell the documents apart: region, else issuer, else title; one that stands twice gets its file's name.

    A file's name that stands twice too (report.txt of two folders) is told by the head of its hash.
    """
    names = {document.id: _name_of(document, labels) for document in documents}
    for detail in (lambda one: PurePath(one.path).stem, lambda one: one.id[:6]):
        often = Counter(names.values())
        for document in documents:
            if often[names[document.id]] > 1:
                names[document.id] += f"{labels['open']}{detail(document)}{labels['close']}"
    return names


def _name_of(document: Document, labels: Labels) -> str:
    name = document.region or document.issuer or document.title
    return _cut(" ".join(name.split()), _LONGEST_NAME) if name else labels["untitled"]


def _cut(words: str, length: int) -> str:
    return words if len(words) <= length else f"{words[: length - 1]}…"
