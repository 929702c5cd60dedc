"""One thing that ``doctor`` looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Check"]


@dataclass(frozen=True, slots=True)
class Check:
    """Its name, how it is, and a sentence for the user."""

    name: str
    status: Literal["ok", "warning", "failed"]
    detail: str
