"""A worker process: jobs come in on stdin, questions and results go out on stdout, each as a length and a pickle.

It is started as a plain program and not through ``multiprocessing``: that would import the caller's main module again, which
a script without a guard does not survive, and forking a process with threads is not safe.
"""

from __future__ import annotations

import itertools
import logging
import os
import pickle
import struct
import sys
import threading
from concurrent.futures import Future
from typing import IO, Any

__all__ = ["HEAD", "frame", "main"]

HEAD = struct.Struct("!Q")
"""Length of the pickle that follows."""


def frame(*content: object) -> bytes:
    """One message: its length and its pickle."""
    data = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)
    return HEAD.pack(len(data)) + data


def main() -> None:
    """Work until stdin ends, which it also does when the parent is killed."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not be taken for a message
    # os._exit: threads in the middle of a document are not waited for.
    try:
        _Child(sys.stdin.buffer, out).serve()
    except (EOFError, BrokenPipeError):
        os._exit(0)


class _Child:
    def __init__(self, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        self._in, self._out = incoming, outgoing
        self._writing = threading.Lock()
        self._numbers = itertools.count()
        self._waiting: dict[int, Future[Any]] = {}

    def serve(self) -> None:
        """Raises EOFError when nothing comes any more."""
        recipe, level = self._read()
        _forward_logs(self._send, level)
        from summarizer.pipeline.job import Tools, perform

        tools = Tools(recipe)

        def run(number: int, work: Any, source: Any) -> None:
            self._send("done", number, perform(work, tools, source, lambda request: self._ask(number, request)))

        while True:
            kind, number, *content = self._read()
            if kind == "job":
                threading.Thread(target=run, args=(number, *content), daemon=True).start()
            elif kind == "answer":
                self._waiting.pop(number).set_result(content[0])
            else:
                self._waiting.pop(number).set_exception(content[0])

    def _ask(self, job: int, request: object) -> Future[Any]:
        number, future = next(self._numbers), Future[Any]()
        self._waiting[number] = future
        self._send("ask", job, number, request)
        return future

    def _read(self) -> Any:
        head = self._exactly(HEAD.size)
        return pickle.loads(self._exactly(*HEAD.unpack(head)))  # noqa: S301 - from the parent, over its own pipe

    def _exactly(self, size: int) -> bytes:
        data = self._in.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def _send(self, *content: object) -> None:
        data = frame(*content)
        with self._writing:
            self._out.write(data)
            self._out.flush()


def _forward_logs(send: Any, level: int) -> None:
    """Log records of the package go to the parent, who alone knows what becomes of them."""

    class Forward(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            send("log", record.name, record.levelno, self.format(record))

    logger = logging.getLogger("summarizer")
    logger.addHandler(Forward())
    logger.setLevel(level)
    logger.propagate = False
