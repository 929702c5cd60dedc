"""Encoding blocks of text on several cores while the caller already works on the first of them."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Relay", "Tokens", "helpers"]

Tokens = NDArray[np.unsignedinteger[Any]]
"""Numbers of the tokens of a stretch."""


class Relay:
    """The tokens of ``blocks``, each taken once, in any order. Whoever is free encodes the next block: a helper, or the
    caller who would wait otherwise, so that nothing is lost when helpers are busy or gone.
    """

    def __init__(self, encode: Callable[[str], Tokens], blocks: Sequence[str]) -> None:
        """Begin with the blocks but the first in other threads, and encode the first here (``encode`` frees the interpreter)."""
        self._encode = encode
        self._blocks = blocks
        self._waiting = deque(range(1, len(blocks)))
        self._done: SimpleQueue[tuple[int, Tokens | None]] = SimpleQueue()
        for _ in range(min(len(self._waiting), helpers())):
            _pool().submit(self._help)
        self._tokens: dict[int, Tokens] = {0: encode(blocks[0])}

    def take(self, index: int) -> Tokens:
        """The tokens of a block."""
        while index not in self._tokens:
            block, tokens = self._next()
            self._tokens[block] = self._encode(self._blocks[block]) if tokens is None else tokens
        return self._tokens.pop(index)

    def stop(self) -> None:
        """Leave the blocks that nobody has begun."""
        self._waiting.clear()

    def _next(self) -> tuple[int, Tokens | None]:
        """A block that a helper has finished, or else one that is still to be encoded, or else the next to be finished."""
        if self._done.empty():
            try:
                return self._waiting.popleft(), None
            except IndexError:
                pass
        return self._done.get()

    def _help(self) -> None:
        while True:
            try:
                block = self._waiting.popleft()
            except IndexError:
                return
            tokens = None
            try:
                tokens = self._encode(self._blocks[block])
            finally:
                # What failed here fails again for the caller, who sees why.
                self._done.put((block, tokens))


@cache
def helpers() -> int:
    """Threads besides the caller's that encode at the same time."""
    return min((os.cpu_count() or 1) - 1, 7)


@cache
def _pool() -> ThreadPoolExecutor:
    """One pool for the process; idle threads cost nothing and end with it."""
    return ThreadPoolExecutor(max(1, helpers()), thread_name_prefix="tokens")
