"""The one module that imports ``openai``: a request body goes out, the reply's bytes or a fault come back.

``AsyncOpenAI.post`` with ``cast_to=Response`` is the library's documented way to an endpoint without its response models:
headers, authentication and typed errors are the library's, the answer is parsed once, by us. Its own retries are off.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import SecretStr

from summarizer.llm.faults import Fault, FaultKind, from_status

if TYPE_CHECKING:
    from openai import APIStatusError, AsyncOpenAI

__all__ = ["Transport", "is_insecure"]

_RAW_LIMIT = 2000
_MESSAGE_LIMIT = 300
"""Characters of an error's body that are kept, and that are shown."""

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def is_insecure(base_url: str) -> bool:
    """Whether the key and the texts would travel unencrypted to another machine."""
    parts = urlsplit(base_url)
    return parts.scheme == "http" and (parts.hostname or "") not in _LOOPBACK


class Transport:
    """Connections to one endpoint. ``timeout`` bounds a whole attempt in seconds, a dripping body included."""

    def __init__(self, base_url: str, key: SecretStr | None, connections: int, timeout: float) -> None:
        self._base_url = base_url
        self._key = key
        self._connections = connections
        self._timeout = timeout
        self._client: AsyncOpenAI | None = None

    async def close(self) -> None:
        """Close all connections."""
        if self._client is not None:
            await self._client.close()

    async def post(self, body: dict[str, Any]) -> bytes | Fault:
        """Send one chat completion request; raises nothing but cancellation."""
        client = self.open()
        import httpx2
        from aiohttp import ClientError
        from openai import APIConnectionError, APIStatusError

        try:
            async with asyncio.timeout(self._timeout):
                response = await client.post("/chat/completions", cast_to=httpx2.Response, body=body)
                return response.content
        except TimeoutError:
            return Fault(FaultKind.TIMEOUT, f"no complete reply within {self._timeout:g} s")
        except APIStatusError as error:
            return _status_fault(error)
        except (APIConnectionError, ClientError, OSError) as error:  # aiohttp's own where the reply is no HTTP
            return _connection_fault(error)

    def open(self) -> AsyncOpenAI:
        """The library's client. The first time this imports the library, which takes a second or two."""
        if self._client is not None:
            return self._client
        from openai import AsyncOpenAI

        from summarizer.llm.connections import Connections

        self._client = AsyncOpenAI(
            # Local servers want no key, the library wants one.
            api_key=self._key.get_secret_value() if self._key else "none",
            base_url=self._base_url,
            max_retries=0,
            timeout=None,
            http_client=Connections(self._connections),
        )
        return self._client


def _status_fault(error: APIStatusError) -> Fault:
    raw = error.response.content.decode("utf-8", "replace")[:_RAW_LIMIT]
    return from_status(error.status_code, _message(error), error.code, error.param, error.response.headers, raw)


def _message(error: APIStatusError) -> str:
    """The endpoint's own words: OpenAI's ``message``, FastAPI's ``detail``, Ollama's bare string; a page of HTML is none."""
    body = error.body
    if isinstance(body, dict):
        body = body.get("message") or body.get("detail")
    if body and not str(body).startswith("<"):
        return str(body)[:_MESSAGE_LIMIT]
    return error.response.reason_phrase or "no message"


def _connection_fault(error: BaseException) -> Fault:
    """The innermost cause says which host refused or where the reply broke off."""
    from aiohttp import ClientConnectorError

    kind, cause = FaultKind.CONNECTION, error
    while True:
        # Before there was a connection nothing can have been charged.
        kind = FaultKind.UNREACHABLE if isinstance(cause, ClientConnectorError) else kind
        if cause.__cause__ is None:
            return Fault(kind, " ".join(str(cause).split()) or type(cause).__name__)
        cause = cause.__cause__
