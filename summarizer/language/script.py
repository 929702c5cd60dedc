"""Whether a text is in simplified or traditional characters (``data/script.toml``)."""

from __future__ import annotations

from functools import cache

from summarizer.language.tables import Row, Table, load

__all__ = ["detect_script"]

_SAMPLE = 3000


class _Characters(Row):
    characters: str
    shared: str


class ScriptTable(Table):
    """``data/script.toml``."""

    simplified: _Characters
    traditional: _Characters


@cache
def _telling() -> tuple[frozenset[str], frozenset[str]]:
    """Characters of simplified texts only, and of traditional texts only."""
    table = load(ScriptTable, "script.toml")
    simplified, traditional = frozenset(table.simplified.characters), frozenset(table.traditional.characters)
    return (
        simplified - traditional - frozenset(table.simplified.shared),
        traditional - simplified - frozenset(table.traditional.shared),
    )


def detect_script(text: str) -> str | None:
    """``zh-Hans``, ``zh-Hant``, or ``None`` when the text holds no character that tells (no Chinese, a line of figures)."""
    sample = text[:_SAMPLE]
    only_simplified, only_traditional = _telling()
    traditional = sum(character in only_traditional for character in sample)
    simplified = sum(character in only_simplified for character in sample)
    if not traditional and not simplified:
        return None
    return "zh-Hant" if traditional > simplified else "zh-Hans"
