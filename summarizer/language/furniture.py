"""What stands on a page around an article (``data/furniture.toml``)."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field

from summarizer.language.tables import Table, load

__all__ = ["FurnitureTable", "furniture_cues"]


class _Cue(Table):
    """Words of one kind of line; the head of the data file tells what the fields mean."""

    reason: str
    match: Literal["line", "start", "within"]
    role: Literal["drop", "edge", "meta", "list", "end"]
    why: str = Field(min_length=1)
    max: int = Field(default=0, ge=0)
    words: tuple[str, ...] = Field(min_length=1)


class FurnitureTable(Table):
    """``data/furniture.toml``."""

    cue: tuple[_Cue, ...]


@cache
def furniture_cues() -> FurnitureTable:
    """The table, read once."""
    return load(FurnitureTable, "furniture.toml")
