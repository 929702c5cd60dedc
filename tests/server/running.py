"""The server in a thread of its own, for tests of whole programs."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from server.model_server import ModelServer, Script


@contextmanager
def serving(script: Script) -> Iterator[ModelServer]:
    """Yield the running server."""
    server = ModelServer(script)
    ready, done = threading.Event(), threading.Event()

    async def serve() -> None:
        async with server:
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait()
    try:
        yield server
    finally:
        done.set()
        thread.join()
