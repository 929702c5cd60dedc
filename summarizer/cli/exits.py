"""Exit codes, and the one place where errors become them."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Exit"]


class Exit(IntEnum):
    """What the process tells its caller."""

    DONE = 0
    INTERNAL = 1
    USAGE = 2
    PARTIAL = 3
    GATE = 4
    BUDGET = 5
    INTERRUPTED = 130
