"""What a run would ask and has no answer for: the requests of a batch, and what a run is expected to cost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import aclosing
from dataclasses import dataclass

from summarizer.briefing.comparison import compare
from summarizer.chunk.tokens import counter_for
from summarizer.errors import SourceError
from summarizer.exchange import Answer, Asker, ChatRequest, Outcome
from summarizer.llm.tokens import Estimate, estimate
from summarizer.pipeline.copies import count_once
from summarizer.pipeline.document import Result
from summarizer.pipeline.job import Ask, Tools, make_document
from summarizer.pipeline.model import model_name, model_with, open_store
from summarizer.pipeline.overview import make_overview
from summarizer.pipeline.session import Session
from summarizer.recordings.key import key_of
from summarizer.recordings.store import Store
from summarizer.source.byte_source import Source

__all__ = ["Planned", "announce", "plan_requests"]

# Tokens of an answer for each token of the question's text: 1.5 over thirteen real chunks, 2.7 in the densest with figures.
_OUTPUT_PER_INPUT = 1.5


def announce(sources: Iterable[Source], session: Session, on_error: Callable[[SourceError], None]) -> Estimate:
    """Requests, tokens and cost that a run is expected to take; recorded answers cost nothing. Sends nothing.

    Second questions are not foreseen. ``cost`` is None when the price is unknown.
    """
    endpoint = session.settings.endpoint
    count = counter_for(endpoint.model).count

    def output(request: ChatRequest) -> int:
        return round(_OUTPUT_PER_INPUT * count(request.messages[-1].content))

    return estimate(plan_requests(sources, session, on_error), endpoint, count, output)


def plan_requests(
    sources: Iterable[Source], session: Session, on_error: Callable[[SourceError], None]
) -> Iterator[ChatRequest]:
    """Yield, source by source, the requests without a recorded answer, then the overview's; none by method ``heuristic``.

    What builds on an answer comes when that is there: second questions after their first, the overview of these documents
    after all of them. The model is the endpoint's when one is named, otherwise the recordings' own. A source that cannot
    be read is told to ``on_error`` and passed over.
    """
    if session.settings.method == "heuristic":
        return
    with asyncio.Runner() as runner:
        planned = _planned(sources, session, on_error)
        try:
            while (request := runner.run(anext(planned, None))) is not None:
                yield request
        finally:
            runner.run(planned.aclose())


async def _planned(
    sources: Iterable[Source], session: Session, on_error: Callable[[SourceError], None]
) -> AsyncGenerator[ChatRequest, None]:
    store = _Recorded(open_store(session.settings))
    results: list[Result] | None = []
    async with aclosing(session.documents(sources, planned_document, asker=store)) as made:
        async for _, planned in made:
            if isinstance(planned, SourceError):
                on_error(planned)
                continue
            if planned.wanted:
                results = None
            elif results is not None:
                results.append(planned.result)
            for request in planned.wanted:
                yield request
    if results:
        documents = count_once(results).counted
        texts = {result.document.id: result.clean for result in results}
        language = session.settings.language
        comparison = compare(documents, texts, session.themes, language)
        wanted: list[ChatRequest] = []
        model = model_with(_Noting(store, wanted), model_name(session.settings), session.settings)
        await make_overview(documents, comparison, language, model)
        for request in wanted:
            yield request


@dataclass(frozen=True)
class Planned:
    """A document from the answers that are recorded, and the questions that are not answered."""

    result: Result
    wanted: tuple[ChatRequest, ...]


def planned_document(tools: Tools, source: Source, ask: Ask) -> Planned:
    """Make the document and note, in the order of the text, what could not be answered. Raises ``SourceError``."""
    asked: list[tuple[ChatRequest, Future[Answer]]] = []

    def noting(request: ChatRequest) -> Future[Answer]:
        asked.append((request, ask(request)))
        return asked[-1][1]

    result = make_document(tools, source, noting)
    return Planned(result, tuple(request for request, answer in asked if answer.result().outcome is Outcome.MISSING))


@dataclass(frozen=True)
class _Recorded(Asker):
    """Answers from the store and asks nobody."""

    store: Store

    async def ask(self, request: ChatRequest) -> Answer:
        return self.store.get(key_of(request)) or Answer(Outcome.MISSING)


@dataclass(frozen=True)
class _Noting(Asker):
    """Notes what the other cannot answer."""

    other: Asker
    wanted: list[ChatRequest]

    async def ask(self, request: ChatRequest) -> Answer:
        answer = await self.other.ask(request)
        if answer.outcome is Outcome.MISSING:
            self.wanted.append(request)
        return answer
