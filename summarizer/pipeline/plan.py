"""What a run would ask and has no answer for: the requests of a batch."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.briefing.comparison import compare
from summarizer.chunk.tokens import counter_for
from summarizer.errors import SourceError
from summarizer.exchange import Answer, ChatRequest, Outcome
from summarizer.language.themes import load_themes
from summarizer.llm.tokens import Estimate, estimate
from summarizer.pipeline.analysis import analyse
from summarizer.pipeline.asking import model_with, open_store
from summarizer.pipeline.document import Result, by_model
from summarizer.pipeline.overview import make_overview
from summarizer.recordings.key import key_of
from summarizer.recordings.store import Store
from summarizer.settings import Settings

__all__ = ["announce", "plan_requests"]

# Tokens of an answer for each token of the question's text: 1.5 over thirteen real chunks, 2.7 in the densest with figures.
_OUTPUT_PER_INPUT = 1.5


def announce(paths: Iterable[Path], settings: Settings, on_error: Callable[[SourceError], None]) -> Estimate:
    """Requests, tokens and cost that a run is expected to take; recorded answers cost nothing. Sends nothing.

    Second questions are not foreseen. ``cost`` is None when the price is unknown.
    """
    count = counter_for(settings.endpoint.model).count

    def output(request: ChatRequest) -> int:
        return round(_OUTPUT_PER_INPUT * count(request.messages[-1].content))

    return estimate(plan_requests(paths, settings, on_error), settings.endpoint, count, output)


@dataclass
class _Collector:
    """An asker that answers from the store and notes what it cannot answer."""

    store: Store
    wanted: list[ChatRequest] = field(default_factory=list)

    async def ask(self, request: ChatRequest) -> Answer:
        answer = self.store.get(key_of(request))
        if answer is None:
            self.wanted.append(request)
            return Answer(Outcome.MISSING)
        return answer


def plan_requests(
    paths: Iterable[Path], settings: Settings, on_error: Callable[[SourceError], None]
) -> Iterator[ChatRequest]:
    """Yield, file by file, the requests without a recorded answer, then the overview's.

    What builds on an answer comes when that is there: second questions after their first, the overview of these files
    after all of them. The model is the endpoint's when one is named, otherwise the recordings' own. A file that cannot
    be read is told to ``on_error`` and passed over.
    """
    named = settings.source_of("endpoint.model").kind != "default"
    name = settings.endpoint.model if named or settings.endpoint_configured else settings.recorded_model
    collector = _Collector(open_store(settings))
    model = model_with(collector, name, settings)
    themes = load_themes(settings.themes)
    results: list[Result] | None = []
    for path in paths:
        try:
            analysis = analyse(path, settings.max_file_size)
        except SourceError as error:
            on_error(error)
            continue
        result = asyncio.run(by_model(analysis, themes, model))
        if collector.wanted:
            results = None
        elif results is not None:
            results.append(result)
        yield from collector.wanted
        collector.wanted.clear()
    if results:
        documents = tuple(result.document for result in results)
        texts = {result.document.id: result.clean for result in results}
        comparison = compare(documents, texts, themes, settings.language)
        asyncio.run(make_overview(documents, comparison, settings.language, model))
        yield from collector.wanted
