"""One file: its facts, the kind of its text, its parts, its quality, what it sets and what it reports."""

from __future__ import annotations

from enum import StrEnum

from summarizer.schema.base import Evidence, Model, Span
from summarizer.schema.items import Indicator, ItemStanding, Task
from summarizer.schema.problems import Rejected

__all__ = ["Chars", "Coverage", "Document", "Flag", "Horizon", "Level", "Meeting", "Part", "Quality", "TextKind"]


class Level(StrEnum):
    """Administrative level of the issuing body."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


class TextKind(StrEnum):
    """What sort of text it is: the one decision that every stage uses."""

    SETS_WORK = "sets_work"
    """A plan, notice, speech, readout or report that sets tasks."""
    FIGURES = "figures"
    """A report of figures: a bulletin, a statistical communiqué, news of results."""
    RULES = "rules"
    """Rules in force: a law, a regulation, a benefit standard, a list of prices. Articles are no tasks."""
    INTERPRETATION = "interpretation"
    """Reasons and explanations of a policy that another text sets."""
    NEWS = "news"
    """News, interviews and profiles about government work."""
    UNRELATED = "unrelated"
    """About something else than government work."""


class Horizon(StrEnum):
    """What a part of the text speaks of; only ``WORK`` sets tasks, only ``PAST`` and ``OUTLOOK`` decide a figure's status alone."""

    LEAD = "lead"
    """导语: who met where; also an opening address."""
    PAST = "past"
    """回顾, 总结, achievements of the year or the five years behind."""
    SITUATION = "situation"
    """形势, problems and difficulties."""
    PRINCIPLES = "principles"
    """指导思想, 总体要求, 基本原则, orientation lists."""
    OUTLOOK = "outlook"
    """Goals of a planning period or of the year: targets, but no tasks."""
    WORK = "work"
    """部署: the part that sets the tasks."""
    SAFEGUARD = "safeguard"
    """保障措施, 组织实施."""
    NEAR_TERM = "near_term"
    """Reminders for the next weeks and requirements after the list."""
    CLOSING = "closing"
    """Attendance, closing formula, signatures, sources."""
    OTHER = "other"
    """Text of a kind that sets no tasks (news, interview, profile, another body's tasks told again)."""


class Flag(StrEnum):
    """Kinds of damage and of page matter that a reader should know of."""

    BOILERPLATE = "boilerplate"
    SPAM = "spam"
    TRUNCATED = "truncated"
    PAYWALLED = "paywalled"
    CENSORED = "censored"
    SPUN = "spun"
    DAMAGED_MARKERS = "damaged_markers"
    MOJIBAKE = "mojibake"
    INJECTED_PINYIN = "injected_pinyin"
    NO_PARAGRAPHS = "no_paragraphs"
    DUPLICATED_BODY = "duplicated_body"
    FLATTENED_TABLE = "flattened_table"
    UNREAD = "unread"
    UNCERTAIN_TEXT = "uncertain_text"
    INJECTION_ATTEMPT = "injection_attempt"
    INFERRED_DATE = "inferred_date"


class Quality(Model):
    """One quality flag with its reason and, where it has a place, the place."""

    flag: Flag
    detail: str
    span: Span | None = None


class Meeting(Model):
    """The meeting a text reports or was given at; what is not printed is null. ``date`` is ISO 8601."""

    name: str | None = None
    date: str | None = None
    place: str | None = None


class Part(Span):
    """A part of the text: the source range from its first to its last character, its headline as printed, and what it speaks of."""

    heading: str | None = None
    horizon: Horizon


class Coverage(Model):
    """How many chunks there were and who answered them."""

    chunks: int = 0
    answered: int = 0
    from_cache: int = 0
    by_heuristic: int = 0
    failed: int = 0


class Chars(Model):
    """Lengths in code points."""

    source: int
    clean: int


class Document(Model):
    """One file. ``kind_evidence`` are the words that decided ``kind``; ``duplicate_of`` is the id of the same or a near-same text."""

    id: str
    path: str
    sha256: str
    media_type: str
    encoding: str | None
    chars: Chars
    title: str | None = None
    issuer: str | None = None
    publisher: str | None = None
    region: str | None = None
    level: Level | None = None
    genre: str | None = None
    published: str | None = None
    script: str | None = None
    year: int | None = None
    """The year the text speaks from: relative times (今年, 五年来) are resolved against it."""
    year_evidence: Evidence | None = None
    """Where it is printed; null when it is that of ``meeting.date`` or ``published``."""
    meeting: Meeting = Meeting()
    kind: TextKind
    kind_evidence: tuple[Evidence, ...] = ()
    parts: tuple[Part, ...] = ()
    quality: tuple[Quality, ...] = ()
    duplicate_of: str | None = None
    declared_task_count: int | None = None
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    coverage: Coverage = Coverage()

    @property
    def proven(self) -> Document:
        """The document with its proven items alone: what comparison, overview and tables use."""
        tasks = tuple(task for task in self.tasks if task.standing is ItemStanding.PROVEN)
        indicators = tuple(one for one in self.indicators if one.standing is ItemStanding.PROVEN)
        return self.model_copy(update={"tasks": tasks, "indicators": indicators})

    @property
    def items(self) -> tuple[Task | Indicator, ...]:
        """Everything with an id: tasks, then indicators."""
        return (*self.tasks, *self.indicators)
