"""The word lists of ``damage.toml``: signs of truncation, wrong decoding, flattened tables, synonym swapping and injection."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

__all__ = ["Damage", "InjectionWords", "damage"]


@dataclass(frozen=True, slots=True)
class InjectionWords:
    """Words that address a reading machine, as the data file groups them."""

    verbs: tuple[str, ...]
    back: tuple[str, ...]
    objects: tuple[str, ...]
    negations: tuple[str, ...]
    phrases: tuple[str, ...]
    marks: tuple[str, ...]
    turns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Damage:
    """All lists; ``spun`` holds a wording and its weight."""

    injection: InjectionWords
    truncated: tuple[str, ...]
    mojibake: tuple[str, ...]
    table_heads: frozenset[str]
    spun: tuple[tuple[str, int], ...]


@cache
def damage() -> Damage:
    """Load the lists once."""
    file = resources.files("summarizer.language") / "data" / "damage.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    words = {key: tuple(value) for key, value in data["injection"].items()}
    return Damage(
        injection=InjectionWords(**words),
        truncated=tuple(data["truncated"]["words"]),
        mojibake=tuple(data["mojibake"]["words"]),
        table_heads=frozenset(data["table"]["heads"]),
        spun=tuple((word, weight) for word, weight in data["spun"]["tells"]),
    )
