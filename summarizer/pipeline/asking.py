"""From settings to somebody who answers: the live client behind the stores, or the stores alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from summarizer.chunk.tokens import SHIPPED, TokenCounter, counter_for
from summarizer.chunk.windows import default_budget, fitted_budget
from summarizer.errors import UsageError
from summarizer.exchange import Asker, ChatRequest, Message
from summarizer.extract.document import Model
from summarizer.extract.prompts import Prompt, load_prompt
from summarizer.extract.wire import RESPONSE_FORMAT
from summarizer.llm.ledger import Spent
from summarizer.llm.output_limit import Fitted
from summarizer.llm.tokens import input_tokens
from summarizer.recordings.asker import Mode, RecordedAsker
from summarizer.recordings.files import FileStore
from summarizer.recordings.local import LocalStore
from summarizer.recordings.store import LayeredStore
from summarizer.settings import Settings

__all__ = ["Connection", "insist", "model_with", "open_connection", "open_store"]


@dataclass(frozen=True)
class Connection:
    """Who answers: ``asker`` with the model's name; ``host`` is None for recordings alone.

    ``stopped`` says why nobody is asked any more, None while questions are sent.
    """

    asker: Asker
    model: str
    host: str | None
    spent: Callable[[], Spent] | None = None
    stopped: Callable[[], str | None] = lambda: None


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
    prompt = load_prompt("extract")
    profile = settings.endpoint.model_copy(update={"model": name})
    context = profile.known_context
    budget = settings.chunk_tokens or (
        default_budget(name) if context is None else fitted_budget(context, _around(prompt, counter))
    )
    return Model(Fitted(asker, profile, known.count), name, prompt, counter, budget, profile.parameters)


def _around(prompt: Prompt, counter: TokenCounter) -> int:
    """Tokens of a question besides its chunk: the instructions, the marks, the schema."""
    user = prompt.render("user", number=1, total=1, mark_open="", mark_close="", content="")
    messages = (Message("system", prompt.render("system")), Message("user", user))
    return input_tokens(ChatRequest("", messages, {}, RESPONSE_FORMAT), "json_schema", counter.count)


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

    settings.check_endpoint()
    endpoint = settings.endpoint
    async with Client(endpoint, key=settings.api_key, count_tokens=counter_for(endpoint.model).count) as client:
        asker = RecordedAsker(client, store, Mode(settings.cache_mode))
        host = urlsplit(endpoint.base_url).hostname
        yield Connection(asker, endpoint.model, host, client.spent, lambda: client.stopped)


def _recorded_model(settings: Settings) -> str:
    """The model whose recordings are looked up: the one that is asked for, else the one of the committed recordings."""
    named = settings.source_of("endpoint.model").kind != "default"
    return settings.endpoint.model if named or settings.endpoint_configured else settings.recorded_model


def insist(settings: Settings, connection: Connection | None) -> None:
    """Raise UsageError when a run that wants the model alone (``--method model``) has nobody left to ask."""
    stopped = connection.stopped() if connection is not None and settings.method == "model" else None
    if stopped is not None:
        raise UsageError(f"the model cannot be asked: {stopped}")
