"""The server: plain asyncio, HTTP/1.1 with keep-alive, one script that says what each request gets.

It speaks what ``POST /chat/completions`` speaks; ``test_server_protocol.py`` proves it with the openai client's own typed
errors. Being made of sockets it can also do what no web framework allows: stop in the middle of a body, drip, reset.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from server.replies import Reply, echo

Script = Callable[[int, dict[str, Any]], Reply]
"""``(number of the request, from 0; its body) -> what it gets``."""


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class ModelServer:
    """``async with ModelServer(script) as server: … server.base_url``; ``seen`` holds the requests in order.

    ``keep`` is off for long runs, where a list of all requests would be the memory that is measured.
    """

    script: Script = lambda _number, body: echo(body)
    keep: bool = True
    port: int = 0
    seen: list[Seen] = field(default_factory=list)
    count: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    _server: asyncio.Server | None = None
    _connections: set[_Connection] = field(default_factory=set)

    @property
    def base_url(self) -> str:
        """Address to give to a client, ``/v1`` included."""
        return f"http://127.0.0.1:{self.port}/v1"

    async def __aenter__(self) -> ModelServer:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for connection in list(self._connections):
            connection.stop()
        await asyncio.sleep(0)


class _Connection(asyncio.Protocol):
    """One client connection: requests one after the other, each answered by the script."""

    def __init__(self, server: ModelServer) -> None:
        self._server = server
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._answering: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._server._connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._server._connections.discard(self)
        if self._answering is not None:
            self._answering.cancel()

    def stop(self) -> None:
        if self._answering is not None:
            self._answering.cancel()
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        request_line, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", "0"))
        if len(rest) < length:
            return
        self._buffer = rest[length:]
        body = json.loads(rest[:length]) if length else {}
        self._take(Seen(request_line.split(" ")[1], headers, body))

    def _take(self, request: Seen) -> None:
        server = self._server
        if server.keep:
            server.seen.append(request)
        reply = server.script(server.count, request.body)
        server.count += 1
        server.in_flight += 1
        server.most_in_flight = max(server.most_in_flight, server.in_flight)
        self._answering = asyncio.ensure_future(self._answer(reply))

    async def _answer(self, reply: Reply) -> None:
        assert self._transport is not None
        try:
            if reply.delay:
                await asyncio.sleep(reply.delay)
            if reply.hang:
                await asyncio.Event().wait()
            await self._write(reply)
        finally:
            self._server.in_flight -= 1

    async def _write(self, reply: Reply) -> None:
        assert self._transport is not None
        if reply.reset_after is not None:
            if reply.reset_after:
                self._transport.write(reply.head() + reply.body[: reply.reset_after])
            await asyncio.sleep(0)
            self._reset()
        elif reply.drip is not None:
            self._transport.write(reply.head())
            for byte in reply.body:
                self._transport.write(bytes([byte]))
                await asyncio.sleep(reply.drip)
        else:
            self._transport.write(reply.head() + reply.body)

    def _reset(self) -> None:
        """Close with RST instead of FIN, as a crashed backend does (SO_LINGER with time 0)."""
        assert self._transport is not None
        raw: socket.socket = self._transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()
