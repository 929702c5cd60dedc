"""Words that claim a rank or a size (``data/claims.toml``): wherever they are written, a source must hold them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["claims_in"]


@cache
def _words() -> tuple[str, ...]:
    data = tomllib.loads((files("summarizer.language") / "data" / "claims.toml").read_text(encoding="utf-8"))
    return tuple(word for group in data.values() for word in group["words"])


def claims_in(text: str) -> tuple[str, ...]:
    """The claim words that stand in a text, in the table's order."""
    lowered = text.lower()
    return tuple(word for word in _words() if word in lowered)
