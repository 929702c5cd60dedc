"""The whole result of a run: documents beside each other, the overview, how it was made, what to know before relying on it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from summarizer.schema.base import Evidence, Model, Number
from summarizer.schema.document import Document
from summarizer.schema.items import Change
from summarizer.schema.problems import Problem

__all__ = [
    "SCHEMA_VERSION",
    "Briefing",
    "CacheUse",
    "Comparison",
    "IndicatorRow",
    "NewPhrase",
    "PromptUsed",
    "Run",
    "RunUsage",
    "Statement",
    "ThemeRow",
    "ThemeStanding",
]

SCHEMA_VERSION: Literal["2"] = "2"


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
    prompts: dict[str, PromptUsed] = Field(default_factory=dict)
    cache: CacheUse = CacheUse()
    usage: RunUsage = RunUsage()
    elapsed_s: float = 0.0


class ThemeStanding(StrEnum):
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
    standing: dict[str, ThemeStanding] = Field(default_factory=dict)
    figures: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class IndicatorRow(Model):
    """One quantity over documents and years: the ids of the indicators that are the same thing.

    ``name`` is the wording most of them print; ``change`` tells a growth (by 5 %) from a level (5 %).
    """

    name: str
    unit: str
    change: Change | None = None
    indicators: tuple[str, ...]


class NewPhrase(Model):
    """A phrase that the document ``against`` (an earlier year's, or the baseline) does not have, with its place."""

    phrase: str
    document: str
    against: str | None = None
    evidence: Evidence


class Comparison(Model):
    """Documents beside each other; ``baseline`` is the national document's id when there is one.

    ``theme_labels`` names every theme that an item has, in the briefing's language, whether it has a row or not.
    """

    baseline: str | None = None
    theme_labels: dict[str, str] = Field(default_factory=dict)
    themes: tuple[ThemeRow, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    new_phrases: tuple[NewPhrase, ...] = ()


class Statement(Model):
    """One sentence of the overview with the ids of the items that prove it."""

    text: str
    cites: tuple[str, ...] = Field(min_length=1)


class Briefing(Model):
    """What ``-o briefing.json`` holds."""

    schema_version: Literal["2"] = SCHEMA_VERSION
    tool_version: str
    created_at: str
    language: Literal["zh", "en"] = "zh"
    run: Run
    documents: tuple[Document, ...]
    comparison: Comparison = Comparison()
    overview: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()
