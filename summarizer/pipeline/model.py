"""Which model is meant, how a document is put to it, and who answers: the live client behind the stores, or the stores alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from summarizer.errors import UsageError
from summarizer.exchange import Answer, Asker, ChatRequest, Message
from summarizer.llm.ledger import Spent
from summarizer.recordings.asker import Mode, RecordedAsker
from summarizer.recordings.files import FileStore
from summarizer.recordings.local import LocalStore
from summarizer.recordings.store import LayeredStore
from summarizer.settings import Settings

if TYPE_CHECKING:
    from summarizer.chunk.tokens import TokenCounter
    from summarizer.extract.document import Model
    from summarizer.extract.prompts import Prompt
    from summarizer.llm.client import Client

__all__ = ["Connection", "model_name", "model_with", "open_connection", "open_store"]

_REPLAYED_AT_ONCE = 64


@dataclass(frozen=True)
class Connection:
    """Who answers: ``asker`` with the model's name; ``host`` is None for recordings alone.

    ``at_once`` questions may be in flight; ``stopped`` says why nobody is asked any more, None while questions are sent.
    """

    asker: Asker
    model: str
    host: str | None = None
    at_once: int = _REPLAYED_AT_ONCE
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
    from summarizer.chunk.tokens import SHIPPED, counter_for
    from summarizer.chunk.windows import default_budget, fitted_budget
    from summarizer.extract.document import Model
    from summarizer.extract.prompts import load_prompt
    from summarizer.llm.output_limit import Fitted

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
    from summarizer.extract.wire import RESPONSE_FORMAT
    from summarizer.llm.tokens import input_tokens

    user = prompt.render("user", number=1, total=1, mark_open="", mark_close="", content="")
    messages = (Message("system", prompt.render("system")), Message("user", user))
    return input_tokens(ChatRequest("", messages, {}, RESPONSE_FORMAT), "json_schema", counter.count)


def model_name(settings: Settings) -> str:
    """The model that is asked, or whose recordings are replayed: the named one, the endpoint's, else the recordings' own."""
    named = settings.source_of("endpoint.model").kind != "default"
    return settings.endpoint.model if named or settings.endpoint_configured else settings.recorded_model


@asynccontextmanager
async def open_connection(settings: Settings) -> AsyncIterator[Connection | None]:
    """Yield who answers under these settings, or None when only the rules are wanted.

    ``auto`` takes the endpoint when one is configured and the recordings otherwise. Raises ``UsageError`` for a model that
    is asked for by name, or by method ``model``, where there is no endpoint or no key for it: never the rules in silence.
    """
    if settings.method == "heuristic":
        yield None
        return
    if not _is_live(settings):
        yield Connection(RecordedAsker(None, open_store(settings), Mode.REPLAY), model_name(settings))
        return
    from summarizer.llm.client import Client

    settings.check_endpoint()
    endpoint = settings.endpoint

    def count(text: str) -> int:
        from summarizer.chunk.tokens import counter_for

        return counter_for(endpoint.model).count(text)

    async with Client(endpoint, key=settings.api_key, count_tokens=count) as client:
        asker = RecordedAsker(_Prepared(client), open_store(settings), Mode(settings.cache_mode))
        host = urlsplit(endpoint.base_url).hostname
        yield Connection(asker, endpoint.model, host, endpoint.limits.concurrency, client.spent, lambda: client.stopped)


class _Prepared(Asker):
    """Loads the client's library beside the first documents, in a thread, and not in the loop when the first is asked."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._ready: asyncio.Future[None] | None = None
        # A lock wakes one waiter in a round of the loop; all of them at once would hold it up.
        self._in_turn = asyncio.Lock()

    async def ask(self, request: ChatRequest) -> Answer:
        if self._ready is None:
            self._ready = asyncio.ensure_future(asyncio.to_thread(self._client.prepare))
        if not self._ready.done():
            async with self._in_turn:
                await asyncio.shield(self._ready)
        return await self._client.ask(request)


def _is_live(settings: Settings) -> bool:
    """Whether an endpoint is asked. Raises ``UsageError`` when one is asked for that cannot be."""
    if settings.method == "replay" or settings.cache_mode == "replay":
        return False
    wanted = "--method model" if settings.method == "model" else _named(settings)
    if not settings.endpoint_configured:
        if wanted is None:
            return False
        raise UsageError(
            f"{wanted} needs an endpoint: set {settings.endpoint.api_key_env}, or --base-url for a server without keys; "
            "--method replay takes recorded answers, --method heuristic the rules"
        )
    endpoint = settings.endpoint
    if settings.api_key is None and endpoint.base_url.startswith("https:") and not _is_near(endpoint.base_url):
        missing = (
            f"there is no key for {endpoint.base_url}: set {endpoint.api_key_env} (any value for a server without keys)"
        )
        raise UsageError(settings.key_problem or missing)
    return True


def _named(settings: Settings) -> str | None:
    """The flag or variable that asks for a model or profile by name."""
    for name in ("endpoint.model", "profile"):
        source = settings.source_of(name)
        if source.kind in ("flag", "environment"):
            return source.name
    return None


def _is_near(url: str) -> bool:
    """Whether a server is on this machine or in a private network, where keys are seldom asked for."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".lan"))
