"""Works for worker processes, which find them by the name of this module (its folder is put into PYTHONPATH)."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from pathlib import Path
from typing import Any

from summarizer.errors import DataError, SourceError
from summarizer.exchange import ChatRequest, Message
from summarizer.pipeline.job import Ask, Tools


def question(text: str) -> ChatRequest:
    """A request that is told apart by its text."""
    return ChatRequest("m", (Message("user", text),))


def name_of(tools: Tools, source: Path, ask: Ask) -> str:
    """The name, read from nowhere."""
    return source.name


def process_of(tools: Tools, source: Path, ask: Ask) -> int:
    """Which process does the work."""
    return os.getpid()


def asked(tools: Tools, source: Path, ask: Ask) -> str:
    """One question, its answer."""
    return ask(question(source.name)).result().text


def asked_twice(tools: Tools, source: Path, ask: Ask) -> str:
    """One question after the other."""
    return ask(question(source.name)).result().text + ask(question(source.name + " again")).result().text


def refused(tools: Tools, source: Path, ask: Ask) -> str:
    """Every second one cannot be read."""
    if int(source.stem) % 2:
        raise SourceError(str(source), "the file is empty")
    return source.name


def faulty(tools: Tools, source: Path, ask: Ask) -> str:
    """A fault of the program."""
    if source.stem == "1":
        raise KeyError("marker")
    return source.name


def without_a_store(tools: Tools, source: Path, ask: Ask) -> str:
    """What ends a whole run."""
    raise DataError("answers.sqlite", "the local store cannot be written")


def killed(tools: Tools, source: Path, ask: Ask) -> str:
    """The third one takes its process with it, whenever it is tried."""
    if source.stem == "2":
        os.kill(os.getpid(), signal.SIGKILL)
    return source.name


def logged(tools: Tools, source: Path, ask: Ask) -> str:
    """Say something on every way that there is."""
    logging.getLogger("summarizer.extract").debug("%s was left", source.name)
    print("a library prints to stdout")
    return source.name


def imported(tools: Tools, source: Path, ask: Ask) -> str:
    """Where a module of the standard library comes from."""
    import colorsys

    return str(colorsys.__file__)


async def several(tools: Tools, source: Path, ask: Ask, count: int) -> list[Any]:
    """Many questions at once."""
    return await asyncio.gather(*(asyncio.wrap_future(ask(question(f"{source.name} {n}"))) for n in range(count)))


def fifty_questions(tools: Tools, source: Path, ask: Ask) -> int:
    """A big document."""
    return len(asyncio.run(several(tools, source, ask, 50)))
