"""From settings to somebody who answers: the live client behind the stores, or the stores alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from summarizer.chunk.tokens import SHIPPED, counter_for
from summarizer.chunk.windows import default_budget
from summarizer.errors import UsageError
from summarizer.exchange import Asker
from summarizer.extract.document import Model
from summarizer.extract.prompts import load_prompt
from summarizer.llm.ledger import Spent
from summarizer.recordings.asker import Mode, RecordedAsker
from summarizer.recordings.files import FileStore
from summarizer.recordings.local import LocalStore
from summarizer.recordings.store import LayeredStore
from summarizer.settings import Settings

__all__ = ["PARAMETERS", "Connection", "model_with", "open_connection", "open_store"]

PARAMETERS = {"temperature": 0}
"""What every extraction request asks of the endpoint besides the model; a part of the recordings' keys."""


@dataclass(frozen=True)
class Connection:
    """Who answers: ``asker`` with the model's name; ``host`` is None for recordings alone."""

    asker: Asker
    model: str
    host: str | None
    spent: Callable[[], Spent] | None = None


def open_store(settings: Settings) -> LayeredStore:
    """The committed recordings first, then this machine's own store; new answers go to the latter."""
    return LayeredStore(FileStore(settings.recordings_folder), LocalStore(settings.cache_folder))


def model_with(asker: Asker, name: str, settings: Settings) -> Model:
    """The extraction model for an asker: newest prompt, the model's own token counter, the budget that is set or fits it.

    A chunk's size is a matter of reading quality, so a model whose encoding is not at hand gets chunks of the usual
    length, measured in the shipped encoding; what it is charged and paced by stays bounded from above.
    """
    known = counter_for(name)
    counter = known if known.exact else counter_for(SHIPPED)
    budget = settings.chunk_tokens or default_budget(name)
    return Model(asker, name, load_prompt("extract"), counter, budget, PARAMETERS)


@asynccontextmanager
async def open_connection(settings: Settings) -> AsyncIterator[Connection | None]:
    """Yield who answers under these settings, or None when only the rules are wanted.

    Method ``model`` needs an endpoint, ``replay`` refuses one; ``auto`` takes the endpoint when one is configured and the
    recordings otherwise. Raises ``UsageError`` when method and settings do not go together.
    """
    if settings.method == "heuristic":
        yield None
        return
    live = settings.method == "model" or (settings.method == "auto" and settings.endpoint_configured)
    if settings.method == "model" and not settings.endpoint_configured:
        raise UsageError("--method model needs an endpoint: set OPENAI_API_KEY, or a profile in summarizer.toml")
    store = open_store(settings)
    if not live or settings.cache_mode == "replay":
        yield Connection(RecordedAsker(None, store, Mode.REPLAY), _recorded_model(settings), None)
        return
    from summarizer.llm.client import Client

    endpoint = settings.endpoint
    async with Client(endpoint, key=settings.api_key, count_tokens=counter_for(endpoint.model).count) as client:
        asker = RecordedAsker(client, store, Mode(settings.cache_mode))
        yield Connection(asker, endpoint.model, urlsplit(endpoint.base_url).hostname, client.spent)


def _recorded_model(settings: Settings) -> str:
    """The model whose recordings are looked up: the one that is asked for, else the one of the committed recordings."""
    named = settings.source_of("endpoint.model").kind != "default"
    return settings.endpoint.model if named or settings.endpoint_configured else settings.recorded_model
