"""Tasks and indicators: what a text sets and what it reports, each field with the place that proves it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from summarizer.schema.base import Evidence, Model, Number, Span

__all__ = [
    "Bound",
    "Change",
    "Decision",
    "DecisionBy",
    "Difference",
    "Doubt",
    "DoubtReason",
    "Grounding",
    "Heading",
    "Indicator",
    "Item",
    "ItemStanding",
    "MarkerStatus",
    "Nature",
    "Origin",
    "Status",
    "Step",
    "Task",
    "TaskKind",
]


class Grounding(StrEnum):
    """How a quote was found: as it stands, or after folding width, punctuation, white space or script."""

    EXACT = "exact"
    NORMALIZED = "normalized"


class Origin(StrEnum):
    """Which method found an item."""

    MODEL = "model"
    HEURISTIC = "heuristic"


class ItemStanding(StrEnum):
    """``proven``: each part is bound in the source. ``check``: a person should look; the reasons say where and why."""

    PROVEN = "proven"
    CHECK = "check"


class DoubtReason(StrEnum):
    """Why an item is to be checked; the codes are stable."""

    NAME_APART = "name_apart"
    """The program reads another name for this value, or another figure stands between the two."""
    OTHER_PERIOD = "other_period"
    """The time is printed near, and another one governs the place."""
    OTHER_STATUS = "other_status"
    """The part of the text and its words speak for the other status."""
    AMBIGUOUS = "ambiguous"
    """Two values for one name and period."""
    NEGATION = "negation"
    """A negation stands between name and value."""
    OTHER_LEVEL = "other_level"
    """Model and rules cut the tasks here on different levels."""
    OTHER_KIND = "other_kind"
    """The part of the text sets tasks of another kind than is given."""
    TITLE_APART = "title_apart"
    """The headline does not open its task."""
    UNSURE_SCAN = "unsure_scan"
    """The text was recognised from a picture, with less than the needed confidence at this place."""


class Doubt(Model):
    """One reason to check an item, and the place to look at."""

    reason: DoubtReason
    evidence: Evidence


class DecisionBy(StrEnum):
    """What settled a difference between model and rules."""

    SOURCE = "source"
    """A printed fact: the year of a heading, the head of a table, an expression of duty."""
    MODEL = "model"
    RULES = "rules"
    ASKED = "asked"
    """A question that showed both views with the passage."""


class Difference(Model):
    """One field in which model and rules differ (``field`` is ``item`` where only one of them has it), as each reads it."""

    field: str
    model: str | None = None
    rules: str | None = None


class Decision(Model):
    """How a difference between model and rules was settled for one item."""

    by: DecisionBy
    differences: tuple[Difference, ...] = Field(min_length=1)


class TaskKind(StrEnum):
    """A task of the list, a near-term reminder, or a safeguard (organisation, funding, supervision)."""

    TASK = "task"
    NEAR_TERM = "near_term"
    SAFEGUARD = "safeguard"


class MarkerStatus(StrEnum):
    """Whether the enumerator is printed as it must be, damaged, or not there."""

    INTACT = "intact"
    DAMAGED = "damaged"
    MISSING = "missing"


class Heading(Model):
    """A headline above a task: the enumerator as printed, the words, and where both stand."""

    marker: str | None = None
    title: str
    evidence: Evidence


class Duties(Model):
    """Who does it and by when, as far as it is printed for this task or step, in the source's words.

    ``lead_evidence`` and ``support_evidence`` run parallel to ``lead`` and ``support``. ``deadline_date`` is the last day
    that is still in time, resolved against the document's own year; null when the text does not decide it.
    """

    lead: tuple[str, ...] = ()
    lead_evidence: tuple[Evidence, ...] = ()
    support: tuple[str, ...] = ()
    support_evidence: tuple[Evidence, ...] = ()
    deadline: str | None = None
    deadline_evidence: Evidence | None = None
    deadline_date: date | None = None


class Step(Duties):
    """A concrete step inside a task (具体举措): a whole clause or an item of the level below."""

    marker: str | None = None
    text: str
    evidence: Evidence


class Item(Model):
    """What tasks and indicators have in common: an id, the quote, where it came from, how a difference was settled."""

    id: str
    themes: tuple[str, ...] = ()
    evidence: Evidence
    grounding: Grounding = Grounding.EXACT
    origin: Origin
    confirmed_by: Origin | None = None
    decision: Decision | None = None
    confidence: float | None = None
    """Of the weakest recognised character in its evidence, where the text is a scan."""
    standing: ItemStanding = ItemStanding.PROVEN
    reasons: tuple[Doubt, ...] = ()


class Task(Item, Duties):
    """A unit of work set for the period ahead. ``evidence`` runs from the marker to the last character, steps included.

    ``group`` are the headlines above it, outermost first.
    """

    ordinal: int = Field(ge=1)
    marker: str | None
    marker_status: MarkerStatus
    title: str
    kind: TaskKind = TaskKind.TASK
    group: tuple[Heading, ...] = ()
    steps: tuple[Step, ...] = ()


class Bound(StrEnum):
    """How the printed value bounds the quantity: 5%以上 is ge, 超过5% gt, 5%左右 approx."""

    EQ = "eq"
    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    APPROX = "approx"
    RANGE = "range"


class Change(StrEnum):
    """The direction of a change by the value (增长5%); an indicator without one is a level (达到5%)."""

    UP = "up"
    DOWN = "down"


class Status(StrEnum):
    """Reached, or to be reached."""

    ACHIEVED = "achieved"
    TARGET = "target"


class Nature(StrEnum):
    """约束性 / 预期性, only when printed."""

    BINDING = "binding"
    EXPECTED = "expected"


class Indicator(Item):
    """A named quantity with a printed value. ``raw`` as printed with its unit; 万 and 亿 are expanded in ``value``.

    ``name`` names what is measured so that it can stand alone, in the words of the spans ``name_evidence``.
    ``period`` and ``base_period`` are as printed; ``…_start`` and ``…_end`` their days, half open, null where the text does
    not decide them.
    """

    name: str
    name_evidence: tuple[Span, ...] = ()
    value: Number
    value_high: Number | None = None
    raw: str
    value_evidence: Evidence | None = None
    """Where the value stands with its unit; its quote is ``raw``."""
    unit: str
    bound: Bound
    change: Change | None = None
    status: Status
    nature: Nature | None = None
    period: str | None = None
    period_start: date | None = None
    period_end: date | None = None
    period_evidence: Evidence | None = None
    base: Number | None = None
    base_evidence: Evidence | None = None
    base_period: str | None = None
    base_period_start: date | None = None
    base_period_end: date | None = None
    task_id: str | None = None
