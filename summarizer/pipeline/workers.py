"""Where jobs are done: threads of this process for a little work, worker processes for much.

Both tell the same things to the schedule, always on its event loop.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import summarizer
from summarizer.exchange import Answer, ChatRequest
from summarizer.pipeline.child import HEAD, frame
from summarizer.pipeline.job import Outcome, Recipe, Tools, Work, perform, portable
from summarizer.source.byte_source import Source

__all__ = ["ProcessWorker", "Reply", "Reports", "ThreadWorker", "Worker", "processors"]

_log = logging.getLogger(__name__)

_PROGRAM = """
import sys
sys.path.append(sys.argv[1])
from summarizer.pipeline.child import main
main()
"""
"""The folder of the package comes last in the child's path: it is there already, unless the package is not installed."""


class Reply(Protocol):
    """Takes the answer to a question, or the error that it ended with."""

    def __call__(self, answer: Answer | BaseException, /) -> None: ...


class Reports(Protocol):
    """What a schedule hears from its workers."""

    def asked(self, number: int, request: ChatRequest, reply: Reply) -> None:
        """The job has a question."""

    def finished(self, number: int, outcome: Outcome) -> None:
        """The job is done."""

    def ended(self, worker: Worker, reason: str) -> None:
        """The worker is no more, its jobs are not done."""


class Worker(Protocol):
    """Does jobs; ``close`` ends it with everything it has in work."""

    def submit(self, number: int, work: Work[Any], source: Source) -> None:
        """Begin a job; its number comes back with its questions and its outcome."""

    async def close(self) -> None:
        """Stop at once."""


class ThreadWorker:
    """A thread a job. Python's threads share one core, so this is for few and small documents."""

    def __init__(self, recipe: Recipe, reports: Reports) -> None:
        self._recipe, self._reports = recipe, reports
        self._loop = asyncio.get_running_loop()
        self._tools: Tools | None = None
        self._loading = threading.Lock()
        self._waiting: set[Future[Answer]] = set()

    def submit(self, number: int, work: Work[Any], source: Source) -> None:
        """Begin the job in a thread that does not keep the process from ending."""
        threading.Thread(target=self._run, args=(number, work, source), daemon=True).start()

    async def close(self) -> None:
        """Let the jobs' questions be cancelled, which ends their threads."""
        for future in list(self._waiting):
            future.cancel()

    def _run(self, number: int, work: Work[Any], source: Source) -> None:
        with self._loading:
            if self._tools is None:
                self._tools = Tools(self._recipe)
        try:
            outcome = perform(work, self._tools, source, partial(self._ask, number))
        except asyncio.CancelledError:
            return
        self._tell(self._reports.finished, number, outcome)

    def _ask(self, number: int, request: ChatRequest) -> Future[Answer]:
        future: Future[Answer] = Future()
        self._waiting.add(future)
        future.add_done_callback(self._waiting.discard)
        self._tell(self._reports.asked, number, request, partial(_settle, future))
        return future

    def _tell(self, what: Any, *about: Any) -> None:
        try:
            self._loop.call_soon_threadsafe(what, *about)
        except RuntimeError:  # the loop is closed: nobody wants to know any more
            _log.debug("a thread outlived its run")


def _settle(future: Future[Answer], answer: Answer | BaseException) -> None:
    if not future.set_running_or_notify_cancel():
        return
    if isinstance(answer, BaseException):
        future.set_exception(answer)
    else:
        future.set_result(answer)


class ProcessWorker:
    """A process of its own, with as many jobs at a time as it is given."""

    def __init__(self, process: asyncio.subprocess.Process, reports: Reports) -> None:
        assert process.stdin is not None
        self._process, self._reports = process, reports
        self._stdin = process.stdin
        self._closing = False
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def start(cls, recipe: Recipe, reports: Reports) -> ProcessWorker:
        """Start the process; jobs can be submitted at once. Raises OSError or NotImplementedError where none can be."""
        folder = str(Path(summarizer.__file__).parents[1])
        process = await asyncio.create_subprocess_exec(
            # -P: a file in the working folder must not stand in for a module.
            *(sys.executable, "-P", "-c", _PROGRAM, folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            limit=1 << 20,
            **_own_group(),
        )
        worker = cls(process, reports)
        worker._send(recipe, logging.getLogger("summarizer").getEffectiveLevel())
        return worker

    def submit(self, number: int, work: Work[Any], source: Source) -> None:
        """Send the job."""
        self._send("job", number, work, source)

    async def close(self) -> None:
        """Kill the process: nothing that it holds is worth waiting for."""
        self._closing = True
        if self._process.returncode is None:
            self._process.kill()
        self._stdin.close()
        await self._listening  # to the end of the pipe, so that asyncio lets go of it

    async def _listen(self) -> None:
        incoming = self._process.stdout
        assert incoming is not None
        try:
            while True:
                (length,) = HEAD.unpack(await incoming.readexactly(HEAD.size))
                self._take(*pickle.loads(await incoming.readexactly(length)))  # noqa: S301 - our own child
        except (asyncio.IncompleteReadError, ConnectionError):
            code = await self._process.wait()
            if self._closing:
                return
            self._reports.ended(self, f"signal {-code}" if code < 0 else f"exit code {code}")

    def _take(self, kind: str, *content: Any) -> None:
        if kind == "ask":
            job, number, request = content
            self._reports.asked(job, request, partial(self._reply, number))
        elif kind == "done":
            self._reports.finished(*content)
        else:
            name, level, message = content
            logger = logging.getLogger(name)
            if logger.isEnabledFor(level):
                logger.handle(logging.LogRecord(name, level, "", 0, message, (), None))

    def _reply(self, number: int, answer: Answer | BaseException) -> None:
        if isinstance(answer, BaseException):
            self._send("error", number, portable(answer))
        else:
            self._send("answer", number, answer)

    def _send(self, *content: object) -> None:
        if not self._stdin.is_closing():
            self._stdin.write(frame(*content))


def processors() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _own_group() -> dict[str, Any]:
    """Ctrl-C on the terminal is for the parent, who ends its workers in order."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"process_group": 0}
