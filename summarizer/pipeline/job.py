"""The work on one document, wherever it is done: in a thread of this process or in a worker process.

A job reads, thinks and proves, all of it CPU; whatever it has to ask is asked by somebody else, so that the loop that
holds the connections never waits for a document.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from summarizer.errors import SourceError, SummarizerError
from summarizer.exchange import Answer, Asker, ChatRequest
from summarizer.language.themes import ThemeTable, load_themes
from summarizer.llm.output_limit import Fitted
from summarizer.settings import Settings
from summarizer.source.byte_source import Source, named

if TYPE_CHECKING:
    from summarizer.extract.document import Model
    from summarizer.pipeline.document import Result

__all__ = ["Ask", "Nobody", "Outcome", "Recipe", "Tools", "Work", "make_document", "perform", "portable"]

_log = logging.getLogger(__name__)

Made = TypeVar("Made")

Ask = Callable[[ChatRequest], "Future[Answer]"]
"""Hands a request to whoever holds the connections; the future gets the answer, BudgetReached, or a DataError."""


@dataclass(frozen=True)
class Recipe:
    """How documents are made: the settings (without a key), and the model's name (None: by the rules).

    ``optional`` lets a document without any recorded answer go to the rules without a word (method ``auto``).
    """

    settings: Settings
    model: str | None = None
    optional: bool = False

    @classmethod
    def of(cls, settings: Settings, model: str | None) -> Recipe:
        """The recipe that these settings ask for."""
        return cls(settings.model_copy(update={"api_key": None}), model, settings.method == "auto")


class Tools:
    """What the jobs of one process share: loaded once, changed by nobody."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.themes: ThemeTable = load_themes(recipe.settings.themes)

    @property
    def max_bytes(self) -> int:
        """The size limit of a file."""
        return self.recipe.settings.max_file_size

    def model(self, ask: Ask) -> Model | None:
        """The model of a job, None for the rules alone."""
        model = self._model
        if model is None:
            return None
        asker = replace(model.asker, inner=_Relay(ask)) if isinstance(model.asker, Fitted) else _Relay(ask)
        return replace(model, asker=asker)

    @cached_property
    def _model(self) -> Model | None:
        from summarizer.pipeline.model import model_with

        recipe = self.recipe
        return None if recipe.model is None else model_with(Nobody(), recipe.model, recipe.settings)


Work = Callable[[Tools, Source, Ask], Made]
"""A job's function: a module's own, so that a worker process finds it by its name; what it returns can be pickled."""


def make_document(tools: Tools, source: Source, ask: Ask) -> Result:
    """A file's document with everything that its reader must know. Raises ``SourceError``."""
    given = named(source)
    if given.extracted is not None:
        from summarizer.pipeline.extracted import restored

        return restored(given, tools.max_bytes)
    from summarizer.pipeline.analysis import analyse
    from summarizer.pipeline.document import by_model, by_rules

    analysis = analyse(source, tools.max_bytes)
    model = tools.model(ask)
    if model is None:
        return by_rules(analysis, tools.themes)
    return asyncio.run(by_model(analysis, tools.themes, model, optional=tools.recipe.optional))


class Outcome(NamedTuple):
    """How a job ended: the pickle of what it made or of its ``SummarizerError``; ``stops`` when the run ends with it."""

    data: bytes
    stops: bool = False

    @classmethod
    def of_error(cls, error: SummarizerError) -> Outcome:
        """The outcome of a job that made nothing. What is wrong with more than one source stops the run."""
        return cls(_pickled(portable(error)), not isinstance(error, SourceError))


def perform(work: Work[Any], tools: Tools, source: Source, ask: Ask) -> Outcome:
    """Do a job.

    A fault of the program ends one document and not the run: it becomes a ``SourceError`` that names the line.
    """
    try:
        return Outcome(_pickled(work(tools, source, ask)))
    except SummarizerError as error:
        return Outcome.of_error(error)
    except Exception as error:  # noqa: BLE001 - a corpus of thousands must not end with one of them
        _log.debug("%s: the program failed", source, exc_info=True)
        place = traceback.extract_tb(error.__traceback__)[-1]
        said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        reason = f"the program failed: {said} ({Path(place.filename).name}:{place.lineno})"
        return Outcome.of_error(SourceError(str(source), reason))


def portable(error: BaseException) -> SummarizerError:
    """The error as another process can read it: itself, where its pickle can be read again."""
    if isinstance(error, SummarizerError):
        try:
            pickle.loads(_pickled(error))  # noqa: S301 - what we wrote ourselves
        except Exception:  # noqa: BLE001 - whatever its constructor makes of the arguments
            return SummarizerError(str(error))
        return error
    return SummarizerError(f"{type(error).__name__}: {error}")


def _pickled(value: object) -> bytes:
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


@dataclass(frozen=True)
class _Relay(Asker):
    """The asker of a job: its loop waits, the question goes elsewhere."""

    _ask: Ask

    async def ask(self, request: ChatRequest) -> Answer:
        return await asyncio.wrap_future(self._ask(request))


class Nobody(Asker):
    """Stands where each job puts its own asker."""

    async def ask(self, request: ChatRequest) -> Answer:
        raise AssertionError("a job has an asker of its own")
