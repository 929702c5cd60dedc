"""The methods that ``summarizer eval`` can run: the rules, a model's recorded answers, a live endpoint."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, aclosing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from summarizer.briefing.comparison import compare
from summarizer.briefing.overview import compose_overview
from summarizer.errors import BudgetReached, ReplayMiss, SourceError, UsageError
from summarizer.evaluation.execution import Method, Overview, Produced
from summarizer.evaluation.runs import Facts
from summarizer.exchange import Answer, Asker, ChatRequest, Outcome, Usage
from summarizer.llm.prices import cost, price_of
from summarizer.pipeline.document import Result
from summarizer.pipeline.session import Session
from summarizer.profiles import Price
from summarizer.schema import Document, Statement
from summarizer.settings import Settings

__all__ = ["NAMES", "Tally", "opened_methods", "overview_by_rules"]

NAMES = ("heuristic", "replay", "model")


@dataclass
class Tally(Asker):
    """Counts what passes through to ``asker``: the harness's own meter, one a document."""

    asker: Asker
    first: int = 0
    reasks: int = 0
    cut: int = 0
    usable: set[str] = field(default_factory=set)
    """The questions whose first answer was enough, so far."""
    cached: int = 0
    missing: int = 0
    usage: Usage = field(default_factory=Usage)

    async def ask(self, request: ChatRequest) -> Answer:
        """Pass the request on and count its outcome."""
        answer = await self.asker.ask(request)
        self.missing += answer.outcome is Outcome.MISSING
        self.cut += answer.outcome is Outcome.CUT
        self.cached += answer.from_cache
        question = next(message.content for message in request.messages if message.role == "user")
        if request.attempt:
            self.reasks += 1
            self.usable.discard(question)
        else:
            self.first += 1
            if answer.outcome is Outcome.ANSWERED:
                self.usable.add(question)
        self.usage = Usage(
            self.usage.input_tokens + answer.usage.input_tokens,
            self.usage.output_tokens + answer.usage.output_tokens,
            self.usage.cached_input_tokens + answer.usage.cached_input_tokens,
        )
        return answer

    def facts(self, result: Result, price: Price | None, seconds: float) -> Facts:
        """What one document cost; tokens are the recorded ones when answers were replayed, seconds are live ones only."""
        asked = self.first + self.reasks
        source: Literal["live", "replayed", "mixed"] = (
            "replayed" if self.cached == asked else "mixed" if self.cached else "live"
        )
        coverage = result.document.coverage
        return Facts(
            source=source,
            requests=asked,
            valid_at_first=len(self.usable),
            valid_in_the_end=coverage.chunks - coverage.failed,
            reasks=self.reasks,
            cut=self.cut,
            input_tokens=self.usage.input_tokens,
            output_tokens=self.usage.output_tokens,
            cost=cost(self.usage, price) if price is not None else None,
            currency=price.currency if price is not None else None,
            latency_s=round(seconds, 3) if source == "live" else None,
        )


@contextmanager
def opened_methods(names: list[str], settings_for: Callable[[str], Settings]) -> Iterator[dict[str, Method]]:
    """Yield the named methods, connections open; ``settings_for`` gives the settings of a method's name.

    Raises ``UsageError`` for an unknown name and for settings that do not allow a method.
    """
    for name in names:
        kind, _, profile = name.partition(":")
        if kind not in NAMES or (profile and kind != "model"):
            raise UsageError(f"there is no method {name!r} to evaluate; methods are {', '.join(NAMES)}, model:PROFILE")
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        try:
            methods: dict[str, Method] = {}
            for name in names:
                session = runner.run(stack.enter_async_context(Session(settings_for(name))))
                methods[name] = _method(session, runner)
            yield methods
        finally:
            runner.run(stack.aclose())


def _method(session: Session, runner: asyncio.Runner) -> Method:
    def rules(path: Path) -> Produced:
        return Produced(runner.run(_document(session, path, None)).document, Facts(source="none"))

    connection = session.connection
    if connection is None:
        return rules
    price = price_of(session.settings.endpoint) if connection.host is not None else None

    def model(path: Path) -> Produced:
        tally = Tally(connection.asker)
        begun = time.monotonic()
        result = runner.run(_document(session, path, tally))
        if result.unpaid:
            raise BudgetReached(f"the budget was reached at {path.name}; go on with --resume")
        if tally.missing == tally.first + tally.reasks > 0:
            raise ReplayMiss(f"{path.name}: none of its {tally.missing} requests has a recorded answer")
        if result.document.coverage.chunks and result.document.coverage.failed == result.document.coverage.chunks:
            raise SourceError(str(path), "no chunk was answered")
        return Produced(result.document, tally.facts(result, price, time.monotonic() - begun))

    return model


async def _document(session: Session, path: Path, asker: Asker | None) -> Result:
    """The document of one file. Raises ``SourceError``."""
    async with aclosing(session.documents([path], asker=asker)) as documents:
        async for _, result in documents:
            if isinstance(result, SourceError):
                raise result
            return result
    raise AssertionError("each source has a result")


def overview_by_rules(session: Session) -> Overview:
    """The overview as a briefing has it, composed from the documents' items; the files are read again for their wording."""

    def write(documents: Sequence[Document]) -> tuple[Statement, ...]:
        texts = {document.id: session.analyse(Path(document.path)).clean for document in documents}
        comparison = compare(tuple(documents), texts, session.themes, session.settings.language)
        return compose_overview(documents, comparison, session.settings.language)

    return write
