"""An event loop whose clock jumps to the next timer when nothing else is left to do.

A test of a timeout then neither waits for it nor depends on how busy the machine is: while anything moves, time is as slow
as it is, and a hanging server is over at once. Everything that the test waits for must live in this loop.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")

_SETTLED_S = 0.01
"""So long nothing must move; within one thread the kernel has delivered what was sent long before."""


class _Selector(selectors.DefaultSelector):  # type: ignore[valid-type, misc]
    ahead = 0.0

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None or timeout <= _SETTLED_S:
            return super().select(timeout)
        events = super().select(_SETTLED_S)
        if not events:
            self.ahead += timeout
        return events


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._moving = _Selector()
        super().__init__(self._moving)

    def time(self) -> float:
        return super().time() + self._moving.ahead


def run(main: Coroutine[Any, Any, Result]) -> Result:
    """As ``asyncio.run``."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(main)
