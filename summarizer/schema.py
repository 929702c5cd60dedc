"""The briefing's data: what ``-o briefing.json`` holds and what every stage after the reading speaks.

All offsets count Unicode code points of the source text, half open: ``source_text[start:end] == quote``.
Models are frozen; a stage makes new ones. JSON is written by :func:`Briefing.model_dump_json`, Decimals as JSON numbers.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

SCHEMA_VERSION: Literal["1"] = "1"


def _from_json_number(value: object) -> object:
    """Take a float by its shortest decimal form, so that 78.5 is Decimal('78.5') and nothing else."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def _to_json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[
    Decimal,
    BeforeValidator(_from_json_number),
    PlainSerializer(_to_json_number, return_type=int | float, when_used="json"),
]
"""An exact decimal that is a JSON number in files."""


class Model(BaseModel):
    """Base of all data here: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Model):
    """A half-open range ``[start, end)`` of code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Span:
        if self.end < self.start:
            raise ValueError(f"span ends ({self.end}) before it starts ({self.start})")
        return self


class Evidence(Span):
    """A range of the source text together with the text that stands there."""

    quote: str


class Level(StrEnum):
    """Administrative level of the issuing body."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


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
    SCANNED = "scanned"
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


class Grounding(StrEnum):
    """How a quote was found: as it stands, or after folding width, punctuation, white space or script."""

    EXACT = "exact"
    NORMALIZED = "normalized"


class Origin(StrEnum):
    """Which method found an item."""

    MODEL = "model"
    HEURISTIC = "heuristic"


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


class Measure(Model):
    """A concrete step inside a task (具体举措)."""

    text: str
    evidence: Evidence


class Task(Model):
    """A unit of work set for the period ahead. ``evidence`` runs from the marker to the last character, measures included."""

    id: str
    ordinal: int = Field(ge=1)
    marker: str | None
    marker_status: MarkerStatus
    title: str
    kind: TaskKind = TaskKind.TASK
    themes: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: str | None = None
    evidence: Evidence
    grounding: Grounding = Grounding.EXACT
    origin: Origin
    confirmed_by: Origin | None = None
    confidence: float | None = None
    """Of the weakest recognised character in its evidence, where the text is a scan."""


class Op(StrEnum):
    """Relation of the quantity to the printed value; deltas are changes by, not to."""

    EQ = "eq"
    GE = "ge"
    LE = "le"
    APPROX = "approx"
    RANGE = "range"
    DELTA_UP = "delta_up"
    DELTA_DOWN = "delta_down"


class Status(StrEnum):
    """Reached, or to be reached."""

    ACHIEVED = "achieved"
    TARGET = "target"


class Nature(StrEnum):
    """约束性 / 预期性, only when printed."""

    BINDING = "binding"
    EXPECTED = "expected"


class Indicator(Model):
    """A named quantity with a printed value. ``raw`` as printed with its unit; 万 and 亿 are expanded in ``value``."""

    id: str
    name: str
    value: Number
    value_high: Number | None = None
    raw: str
    unit: str
    op: Op
    status: Status
    nature: Nature | None = None
    period: str | None = None
    base: Number | None = None
    base_period: str | None = None
    themes: tuple[str, ...] = ()
    task_id: str | None = None
    evidence: Evidence
    grounding: Grounding = Grounding.EXACT
    origin: Origin
    confirmed_by: Origin | None = None
    confidence: float | None = None
    """Of the weakest recognised character in its evidence, where the text is a scan."""


class Rejected(Model):
    """Something that was proposed and could not be proven: ``item`` names it, ``raw`` is the answer's own text."""

    item: Literal["task", "indicator", "measure", "answer"]
    reason: str
    raw: str


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
    """One file: its facts, its quality, what it sets and what it reports."""

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
    meeting: Meeting = Meeting()
    quality: tuple[Quality, ...] = ()
    declared_task_count: int | None = None
    tasks: tuple[Task, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    coverage: Coverage = Coverage()

    @property
    def items(self) -> tuple[Task | Indicator, ...]:
        """Everything with an id: tasks, then indicators."""
        return (*self.tasks, *self.indicators)


class Problem(Model):
    """Something the reader of the briefing must know before relying on it.

    ``message`` is an English sentence; ``details`` holds what it speaks of, so that it can be said in another language.
    """

    kind: str
    message: str
    details: dict[str, str | int] = {}
    document: str | None = None
    chunk: int | None = None
    items: tuple[str, ...] = ()
    span: Span | None = None


class PromptUsed(Model):
    """Version of a prompt and the hash of its files."""

    version: str
    sha256: str


class CacheUse(Model):
    """Requests answered from the store, and requests that were not there."""

    hits: int = 0
    misses: int = 0


class RunUsage(Model):
    """Requests and tokens of the run; an unknown price leaves ``cost`` null, never 0."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Number | None = None
    currency: str | None = None


class Run(Model):
    """How the briefing was made."""

    method: Literal["model", "replay", "heuristic", "mixed"]
    model: str | None = None
    endpoint_host: str | None = None
    prompts: dict[str, PromptUsed] = {}
    cache: CacheUse = CacheUse()
    usage: RunUsage = RunUsage()
    elapsed_s: float = 0.0


class Standing(StrEnum):
    """How a document's tasks of one theme stand to the baseline's.

    ``quantified`` is taken up with target figures that the baseline does not print; ``mentioned`` is named inside a task of
    another theme; ``missing`` means not mentioned in any task.
    """

    TAKEN_UP = "taken_up"
    QUANTIFIED = "quantified"
    MENTIONED = "mentioned"
    ADDED = "added"
    MISSING = "missing"


class ThemeRow(Model):
    """One theme over the documents: document id → ids of its tasks, how they stand to the baseline, and the figures
    (ids of target indicators) that make a document ``quantified``. Tasks without a theme stand in the row ``other``.
    """

    theme: str
    label: str
    tasks: dict[str, tuple[str, ...]]
    standing: dict[str, Standing] = {}
    figures: dict[str, tuple[str, ...]] = {}


class IndicatorRow(Model):
    """One quantity over documents and years: the ids of the indicators that are the same thing.

    ``name`` is the wording most of them print. ``change`` tells a growth (by 5 %) from a level (5 %).
    """

    name: str
    unit: str
    change: bool = False
    indicators: tuple[str, ...]


class NewPhrase(Model):
    """A phrase that the document ``against`` (an earlier year's, or the baseline) does not have, with its place."""

    phrase: str
    document: str
    against: str | None = None
    evidence: Evidence


class Comparison(Model):
    """Documents beside each other; ``baseline`` is the national document's id when there is one."""

    baseline: str | None = None
    themes: tuple[ThemeRow, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    new_phrases: tuple[NewPhrase, ...] = ()


class Statement(Model):
    """One sentence of the overview with the ids of the items that prove it."""

    text: str
    cites: tuple[str, ...] = Field(min_length=1)


class Briefing(Model):
    """The whole result of a run."""

    schema_version: Literal["1"] = SCHEMA_VERSION
    tool_version: str
    created_at: str
    language: Literal["zh", "en"] = "zh"
    run: Run
    documents: tuple[Document, ...]
    comparison: Comparison = Comparison()
    overview: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()


JsonObject = dict[str, Any]
