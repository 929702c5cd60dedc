"""One file after the other, from bytes to a document, several in work at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import SourceError
from summarizer.extract.document import Model
from summarizer.language.themes import ThemeTable
from summarizer.pipeline.analysis import analyse
from summarizer.pipeline.document import Result, by_model, by_rules
from summarizer.source.read import DEFAULT_MAX_BYTES

__all__ = ["Walk", "walk"]


@dataclass(frozen=True)
class Walk:
    """How a walk is made: the theme table, the model to ask (None: rules only), and the size limit of a file in bytes.

    ``optional`` lets a document without any recorded answer go to the rules without a word (method ``auto``);
    otherwise each missing answer is a failure. ``at_once`` documents are in work at a time.
    """

    themes: ThemeTable
    model: Model | None = None
    optional: bool = False
    max_bytes: int = DEFAULT_MAX_BYTES
    at_once: int = 4


async def walk(paths: Iterable[Path], how: Walk) -> AsyncIterator[tuple[Path, Result | SourceError]]:
    """Yield each file's result in the order of the paths, at most ``how.at_once`` in work: memory stays bounded.

    A file that cannot be read yields its error.
    """
    waiting: list[tuple[Path, asyncio.Task[Result | SourceError]]] = []
    try:
        for path in paths:
            waiting.append((path, asyncio.create_task(_one(path, how))))
            if len(waiting) >= how.at_once:
                done, task = waiting[0]
                result = await task
                waiting.pop(0)
                yield done, result
        while waiting:
            done, task = waiting[0]
            result = await task
            waiting.pop(0)
            yield done, result
    finally:
        for _, task in waiting:
            task.cancel()
        await asyncio.gather(*(task for _, task in waiting), return_exceptions=True)


async def _one(path: Path, how: Walk) -> Result | SourceError:
    try:
        analysis = analyse(path, how.max_bytes)
    except SourceError as error:
        return error
    if how.model is None:
        return by_rules(analysis, how.themes)
    return await by_model(analysis, how.themes, how.model, optional=how.optional)
