"""The one module that imports ``openai`` for questions: a request body goes out, the reply's bytes or a fault come back.

``AsyncOpenAI.post`` with ``cast_to=Response`` is the library's documented way to an endpoint without its response models:
headers, authentication and typed errors are the library's, the answer is parsed once, by us. Its own retries are off.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from summarizer.errors import UsageError
from summarizer.llm.error_bodies import error_of_page
from summarizer.llm.faults import Fault, FaultKind, from_status
from summarizer.llm.proxies import Proxy, is_insecure
from summarizer.llm.secrets import Redactor, without_password

if TYPE_CHECKING:
    from openai import APIStatusError, AsyncOpenAI

__all__ = ["NO_KEY", "Transport", "may_send"]

NO_KEY = "none"
"""Sent to servers that ask for no key; the library insists on one."""

_RAW_LIMIT = 2000
"""Characters of an error's body that are kept."""


def may_send(base_url: str, key: SecretStr | None, *, insecure: bool) -> None:
    """Raise UsageError when a key would travel unencrypted to another machine and nobody allowed it."""
    if key is not None and is_insecure(base_url) and not insecure:
        raise UsageError(
            f"{without_password(base_url)} is not encrypted, the key could be read on the way, and is not sent: use https, "
            "or allow it (summarizer --insecure …, SUMMARIZER_INSECURE=1, or insecure = true in your own configuration)"
        )


class Transport:
    """Connections to one endpoint. ``timeout`` bounds a whole attempt in seconds, a dripping body included."""

    def __init__(
        self, base_url: str, key: SecretStr | None, connections: int, timeout: float, proxy: Proxy | None = None
    ) -> None:
        self._base_url = base_url
        self._key = key
        self._connections = connections
        self._timeout = timeout
        self._proxy = proxy
        self._redactor = Redactor(key)
        self._client: AsyncOpenAI | None = None

    async def close(self) -> None:
        """Close all connections."""
        if self._client is not None:
            await self._client.close()

    async def post(self, body: dict[str, Any]) -> bytes | Fault:
        """Send one chat completion request; raises nothing but cancellation and UsageError."""
        return await self._send("POST", "/chat/completions", body)

    async def get(self, path: str) -> bytes | Fault:
        """Read a page below the address, or of the same server when ``path`` is a whole address."""
        return await self._send("GET", path, None)

    async def _send(self, method: str, path: str, body: dict[str, Any] | None) -> bytes | Fault:
        client = self.open()
        import httpx2
        from aiohttp import ClientError
        from openai import APIConnectionError, APIStatusError

        try:
            async with asyncio.timeout(self._timeout):
                if method == "GET":
                    response = await client.get(path, cast_to=httpx2.Response)
                else:
                    response = await client.post(path, cast_to=httpx2.Response, body=body)
                return self._redactor.content(response.content)
        except TimeoutError:
            return Fault(FaultKind.TIMEOUT, f"no complete reply within {self._timeout:g} s")
        except APIStatusError as error:
            return self._status_fault(error)
        except (APIConnectionError, ClientError, OSError) as error:  # aiohttp's own where the reply is no HTTP
            return self._connection_fault(error)
        except Exception as error:
            if type(error).__module__.split(".")[0] not in {"python_socks", "aiohttp_socks"}:
                raise
            return self._connection_fault(error)

    def open(self) -> AsyncOpenAI:
        """The library's client. The first time this imports the library, which takes a second or two."""
        if self._client is not None:
            return self._client
        from openai import AsyncOpenAI

        from summarizer.llm.connections import Connections

        self._client = AsyncOpenAI(
            api_key=self._key.get_secret_value() if self._key else NO_KEY,
            base_url=self._base_url,
            max_retries=0,
            timeout=None,
            http_client=Connections(self._connections, self._proxy),
        )
        return self._client

    def _status_fault(self, error: APIStatusError) -> Fault:
        content = self._redactor.content(error.response.content)
        words = error_of_page(content, error.response.reason_phrase or "no message")
        raw = self._redactor.text(content.decode("utf-8", "replace")[:_RAW_LIMIT])
        message = self._redactor.text(words.message)
        status = error.status_code
        if status >= 500 and words.status is not None and words.type in {"invalid_request_error", "BadRequestError"}:
            status = words.status  # a gateway's 500 around the 400 of what stands behind it
        return from_status(status, message, words.code, words.param, error.response.headers, raw, words.type)

    def _connection_fault(self, error: BaseException) -> Fault:
        """The innermost cause says which host refused or where the reply broke off."""
        from aiohttp import ClientConnectorError

        kind, cause = FaultKind.CONNECTION, error
        while True:
            # Before there was a connection nothing can have been charged.
            kind = FaultKind.UNREACHABLE if isinstance(cause, ClientConnectorError) else kind
            if cause.__cause__ is None:
                words = self._redactor.text(" ".join(str(cause).split())) or type(cause).__name__
                return Fault(kind, words if self._proxy is None else f"{words} (through the proxy {self._proxy})")
            cause = cause.__cause__
