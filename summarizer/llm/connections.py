"""The connections under the openai client: aiohttp's, behind httpx2's interface.

The library's own ``DefaultAioHttpClient`` walks through httpx2's layers of cookies, redirects, authentication flows and
streams, of which a chat completion needs none; without them a request costs a third less CPU.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import aiohttp
import httpx2

from summarizer.errors import UsageError
from summarizer.llm.proxies import Proxy

__all__ = ["Connections"]


class Connections(httpx2.AsyncClient):
    """At most ``size`` kept-alive connections, through ``proxy`` when one is given; redirects are not followed.

    There is no timeout here: the caller bounds the whole request. aiohttp's errors come out as they are.
    """

    def __init__(self, size: int, proxy: Proxy | None = None) -> None:
        # The parent is never asked to send, so it needs no TLS context of its own.
        super().__init__(transport=httpx2.AsyncBaseTransport(), trust_env=False)
        self._size = size
        self._proxy = proxy
        self._aiohttp: aiohttp.ClientSession | None = None
        self._parsed = lru_cache(maxsize=8)(httpx2.URL)

    def build_request(self, method: str, url: httpx2.URL | str, **given: Any) -> httpx2.Request:
        """A request with exactly the headers and the content given."""
        return httpx2.Request(method, self._parsed(url), headers=given.get("headers"), content=given.get("content"))

    async def send(self, request: httpx2.Request, **_: Any) -> httpx2.Response:
        """Send and read the whole reply."""
        if self._aiohttp is None:
            self._aiohttp = self._open()
        async with self._aiohttp.request(
            request.method, str(request.url), headers=request.headers, data=request.content, allow_redirects=False
        ) as reply:
            content = await reply.read()
        return httpx2.Response(reply.status, headers=reply.raw_headers, content=content, request=request)

    async def aclose(self) -> None:
        """Close all connections."""
        if self._aiohttp is not None:
            await self._aiohttp.close()
        await super().aclose()

    def _open(self) -> aiohttp.ClientSession:
        socks = self._proxy is not None and self._proxy.socks
        return aiohttp.ClientSession(
            connector=_socks(self._proxy, self._size) if socks else aiohttp.TCPConnector(limit=self._size),
            timeout=aiohttp.ClientTimeout(total=None),
            headers={"Accept-Encoding": "gzip, deflate"},
            # httpx2 decodes by the reply's header.
            auto_decompress=False,
            proxy=None if self._proxy is None or socks else self._proxy.address,
        )


def _socks(proxy: Proxy | None, size: int) -> aiohttp.BaseConnector:
    """Connections through a SOCKS proxy, which looks names up itself."""
    assert proxy is not None
    try:
        from aiohttp_socks import ProxyConnector
    except ImportError:
        raise UsageError(
            f"the environment names the SOCKS proxy {proxy}: install summarizer[socks], or name the host in NO_PROXY"
        ) from None
    address = proxy.address.replace("socks5h://", "socks5://", 1).replace("socks4a://", "socks4://", 1)
    address = address.replace("socks://", "socks5://", 1)
    connector: aiohttp.BaseConnector = ProxyConnector.from_url(address, rdns=True, limit=size)
    return connector
