"""Every error that a user of the package can meet.

SummarizerError
├── UsageError        the command line or a setting is wrong: nothing was started     (exit 2)
├── SourceError       one file cannot be read: the others go on                       (exit 3, or 2 when none is left)
├── ReplayMiss        a request has no recorded answer and the network is refused     (exit 3)
├── BudgetReached     the money, tokens or requests that the user allowed are spent   (exit 5)
└── DataError         a file of the project's own formats is damaged: names file and place
"""

from __future__ import annotations

__all__ = ["BudgetReached", "DataError", "ReplayMiss", "SourceError", "SummarizerError", "UsageError"]


class SummarizerError(Exception):
    """Root of the errors that carry a message written for the user."""


class UsageError(SummarizerError):
    """A wrong option, setting or combination of them."""


class _FileError(SummarizerError):
    """``reason`` is one sentence, ``path`` the file."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type[_FileError], tuple[str, str]]:
        return type(self), (self.path, self.reason)  # an exception is pickled by its message alone


class SourceError(_FileError):
    """A file that cannot be turned into source text; ``reason`` is one sentence, ``path`` the file."""


class ReplayMiss(SummarizerError):
    """A request without a recorded answer; the message names the nearest recording and the field that differs."""


class BudgetReached(SummarizerError):
    """The allowed money, tokens or requests are spent; nothing more is sent."""


class DataError(_FileError):
    """A file in one of the project's formats (recording, gold, themes, briefing) that is damaged or of another version."""
