"""What every command shares: one object that knows settings, themes, model and limits, and reads documents with them.

Whoever wants documents, cuts, plans or a briefing asks the session; no command puts stages together itself.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar, overload

from summarizer.errors import SourceError, UsageError
from summarizer.exchange import Asker
from summarizer.language.themes import ThemeTable, load_themes
from summarizer.llm.ledger import Spent
from summarizer.pipeline.job import Nobody, Recipe, Work, make_document
from summarizer.pipeline.model import Connection, model_name, model_with, open_connection
from summarizer.pipeline.schedule import Bounds, in_order
from summarizer.settings import Settings
from summarizer.source.byte_source import ByteSource, PassedOver, Source
from summarizer.source.inputs import Expansion

if TYPE_CHECKING:
    from summarizer.chunk.model import Chunk
    from summarizer.chunk.tokens import TokenCounter
    from summarizer.extract.document import Model
    from summarizer.pipeline.analysis import Analysis
    from summarizer.pipeline.document import Result

__all__ = ["Counted", "Cut", "Session", "Watch"]

Made = TypeVar("Made")


class Counted(Protocol):
    """What is told of a document while a run goes on."""

    @property
    def requests(self) -> int:
        """Questions that were sent for it."""

    @property
    def hits(self) -> int:
        """Questions that were answered from the store."""


Watch = Callable[[Source, Counted | SourceError, Spent | None], None]
"""Called after each file, in their order, with what the run has spent so far, None where nobody is paid."""


@dataclass(frozen=True)
class Cut:
    """The chunks of a document, each of at most ``budget`` tokens as ``counter`` counts them for ``model``."""

    chunks: tuple[Chunk, ...]
    model: str
    counter: TokenCounter
    budget: int


class Session:
    """One run's settings with everything that follows from them. ``async with`` opens the way to the model.

    What asks nobody (:meth:`sources`, :meth:`analyse`, :meth:`cut`) needs no opening. With ``asker`` nobody else is asked,
    whatever the settings say of an endpoint.
    """

    def __init__(self, settings: Settings, *, asker: Asker | None = None) -> None:
        """Raises ``DataError`` for a damaged theme table."""
        self.settings = settings
        self.themes: ThemeTable = load_themes(settings.themes)
        self._connection = None if asker is None else Connection(asker, model_name(settings))
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Open the connection. Raises ``UsageError`` for a model that is asked for by name and cannot be asked."""
        if self._connection is None:
            self._connection = await self._stack.enter_async_context(open_connection(self.settings))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    @property
    def connection(self) -> Connection | None:
        """Who answers; None for the rules alone."""
        return self._connection

    @property
    def model(self) -> Model | None:
        """The model that is asked; None for the rules alone."""
        connection = self._connection
        return None if connection is None else model_with(connection.asker, connection.model, self.settings)

    def spent(self) -> Spent | None:
        """What the endpoint has been paid so far; None where nobody is."""
        return self._connection.spent() if self._connection and self._connection.spent else None

    def insist(self) -> None:
        """Raise ``UsageError`` when a run that wants the model alone (``--method model``) has nobody left to ask."""
        stopped = self._connection.stopped() if self._connection and self.settings.method == "model" else None
        if stopped is not None:
            raise UsageError(f"the model cannot be asked: {stopped}")

    def sources(
        self,
        inputs: Iterable[str | Path],
        apart: Callable[[PassedOver | SourceError], None],
        written: Iterable[Path] = (),
    ) -> Iterator[ByteSource]:
        """The texts that are meant by what a user names: files, folders, globs, lists, archives, records, addresses, stdin.

        ``apart`` is told what was met and not read, and why; files that the run itself writes (``written``) are not read. Raises ``UsageError`` at once for a name without anything.
        """
        expand = Expansion(
            self.settings.max_file_size,
            self.settings.allow_private_addresses,
            written=frozenset(path.resolve() for path in written),
        )
        entries = expand([str(one) for one in inputs])  # checks the names before a file is read and an answer is paid

        def texts() -> Iterator[ByteSource]:
            for entry in entries:
                if isinstance(entry, ByteSource):
                    yield entry
                else:
                    apart(entry)

        return texts()

    def source(self, named: str) -> ByteSource:
        """The one text behind a name. Raises ``UsageError`` when there are several, ``SourceError`` when it cannot be read."""
        apart: list[PassedOver | SourceError] = []
        found = list(itertools.islice(self.sources([named], apart.append), 2))
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"{named}: holds several texts ({found[0]}, {found[1]} …): name one of them")
        reason = apart[0].reason if apart else "holds no text"
        raise SourceError(named, reason)

    def analyse(self, source: Source) -> Analysis:
        """Read a file and take it through every stage that needs no model. Raises ``SourceError``."""
        from summarizer.pipeline.analysis import analyse

        return analyse(source, self.settings.max_file_size)

    def cut(self, analysis: Analysis) -> Cut:
        """The chunks that the document is asked in."""
        from summarizer.extract.document import cut_document

        model = self._cutter
        chunks = cut_document(analysis.reading, analysis.facts.title, model.counter, model.budget)
        return Cut(chunks, model.name, model.counter, model.budget)

    @cached_property
    def _cutter(self) -> Model:
        return model_with(Nobody(), model_name(self.settings), self.settings)

    @overload
    def documents(
        self, sources: Iterable[Source], *, asker: Asker | None = None
    ) -> AsyncGenerator[tuple[Source, Result | SourceError], None]: ...

    @overload
    def documents(
        self, sources: Iterable[Source], work: Work[Made], *, asker: Asker | None = None
    ) -> AsyncGenerator[tuple[Source, Made | SourceError], None]: ...

    def documents(
        self, sources: Iterable[Source], work: Work[Any] = make_document, *, asker: Asker | None = None
    ) -> AsyncGenerator[tuple[Source, Any], None]:
        """Yield each source with its document, or why it could not be read, in their order and as they come.

        ``work`` makes something else of each, where the documents are made: a function of a module. ``asker`` answers in
        place of the session's own. Memory stays bounded whatever the number of sources; close the generator to stop.
        """
        connection = self._connection
        if asker is not None and connection is None:
            connection = Connection(asker, model_name(self.settings))
        if connection is None:
            recipe, bounds = Recipe.of(self.settings, None), Bounds(0, self.settings.workers)
            return in_order(sources, work, recipe, None, bounds)
        recipe = Recipe.of(self.settings, connection.model)
        bounds = Bounds(connection.at_once, self.settings.workers)
        return in_order(sources, work, recipe, asker or connection.asker, bounds)
