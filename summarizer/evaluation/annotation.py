"""What a careful reader marks in a text: the fields of a gold file.

Spans are half open and count code points of the source text. A field that nobody annotated is null (``kind``, ``name_full``,
``group``, ``steps``) and is not judged; so is one that the annotator names in ``unsure``.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from summarizer.schema import Bound, Change, JsonObject, Level, Model, Number, Span, Status, TaskKind, TextKind

__all__ = ["AlternativeLevel", "Annotation", "GoldHeading", "GoldIndicator", "GoldStep", "GoldTask"]

_OTHER_NAMES = {"title_or_text": "text", "ranges": "annotated_ranges"}
"""Fields that other collections of gold call otherwise."""

_REMARKS = frozenset(
    {
        "corrections",  # what a second reading changed, and why
        "first",  # the words by which an annotator named a span
        "last",
        "lead_inherited",  # units printed with the headline above
        "note",
        "op",  # the operator of the format before bound and change, kept beside them
        "why",
        "year_evidence",  # where the text's own year is printed
    }
)
"""Fields in which annotators explain themselves; nothing is judged by them."""


class _Annotated(Model):
    """Base of what stands in a gold file; ``unsure`` names fields that a careful reader could fill otherwise."""

    unsure: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _without_remarks(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        fields: JsonObject = {}
        for name, value in ((str(name), value) for name, value in raw.items()):
            if name in _REMARKS:
                continue
            known = _OTHER_NAMES.get(name, name)
            if known in fields:
                raise ValueError(f"{name} and {known} are the same field")
            fields[known] = value
        return fields

    def asks(self, *fields: str) -> bool:
        """Whether the annotator is sure of all these fields."""
        return not any(name in self.unsure for name in fields)


class GoldStep(Span, _Annotated):
    """An item that is marked inside a task: its marker, its headline or words, and the duties printed on it."""

    marker: str | None
    text: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: str | None = None
    deadline_date: date | None = None


class GoldHeading(Span, _Annotated):
    """A headline of another level that can be read as the task, with all that stands below it."""

    marker: str | None
    title: str


class GoldTask(Span, _Annotated):
    """One task. ``title`` is null where the annotator saw no headline; ``optional`` items count neither way.

    ``group`` are the headlines above it, outermost first; ``steps`` the items marked inside it, ``()`` where none is marked.
    ``deadline_date`` is the last day that is still in time, null where the text does not decide it.
    """

    ordinal: int = Field(ge=1)
    title: str | None
    marker: str | None = None
    kind: TaskKind = TaskKind.TASK
    optional: bool = False
    group: tuple[str, ...] | None = None
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: str | None = None
    deadline_date: date | None = None
    themes: tuple[str, ...] = ()
    steps: tuple[GoldStep, ...] | None = None

    @property
    def required(self) -> bool:
        """Whether missing it is an error: an ordinary task that every careful reader would cut like this."""
        return self.kind is TaskKind.TASK and not self.optional


class AlternativeLevel(_Annotated):
    """The level above or below, where it sets work too. ``strong``: a list of tasks of that level is as right."""

    level: Literal["upper", "lower"]
    strength: Literal["strong", "weak"]
    tasks: tuple[GoldHeading, ...] = Field(min_length=1)


class GoldIndicator(Span, _Annotated):
    """One indicator. ``value`` is a number or ``[low, high]``; ``quote`` is the text of the span and holds ``raw``.

    ``name_full`` can stand alone in a table. ``bound_also`` and ``change_also`` are readings that are as right. Periods are
    resolved to days, half open, null where the text does not decide them.
    """

    name: str
    name_full: str | None = None
    value: Number | tuple[Number, Number]
    raw: str
    unit: str | None
    bound: Bound
    bound_also: tuple[Bound, ...] = ()
    change: Change | None
    change_also: tuple[Change | None, ...] = ()
    status: Status
    period: str | None
    period_start: date | None
    period_end: date | None
    base: Number | None
    base_period: str | None = None
    base_period_start: date | None = None
    base_period_end: date | None = None
    quote: str
    optional: bool = False

    @model_validator(mode="after")
    def _periods_ordered(self) -> GoldIndicator:
        for start, end in ((self.period_start, self.period_end), (self.base_period_start, self.base_period_end)):
            if start is not None and end is not None and end <= start:
                raise ValueError(f"a period ends ({end}) before or when it starts ({start})")
        return self

    @property
    def low(self) -> Number:
        """The value, or the lower end of a range."""
        return self.value[0] if isinstance(self.value, tuple) else self.value

    @property
    def high(self) -> Number | None:
        """The upper end of a range, None for one value."""
        return self.value[1] if isinstance(self.value, tuple) else None


class Annotation(_Annotated):
    """One gold file. ``annotated_ranges`` is where indicators were marked, null for the whole text.

    ``kind_also`` are kinds that a careful reader could give too; ``document_year`` is the year the text speaks from.
    """

    document: str
    sha256: str
    kind: TextKind | None
    kind_also: tuple[TextKind, ...] = ()
    title: str | None = None
    issuer: str | None
    region: str | None
    level: Level | None
    meeting_date: str | None
    place: str | None = None
    published: str | None = None
    document_year: int | None
    genre: str | None
    declared_task_count: int | None
    quality: tuple[str, ...] = ()
    annotated_ranges: tuple[tuple[int, int], ...] | None
    tasks: tuple[GoldTask, ...]
    alternative_level: AlternativeLevel | None
    indicators: tuple[GoldIndicator, ...]
    decoys: tuple[str, ...]
