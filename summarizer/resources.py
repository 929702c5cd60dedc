"""Where the files that travel with the program are found: in the wheel, or in the checkout beside the package."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["prompts_folder", "vocabulary_folder"]

_PACKAGE = Path(__file__).resolve().parent


@cache
def _shipped(name: str, in_checkout: str) -> Path:
    """Return the wheel's copy of a folder, or the checkout's when the package runs from there."""
    packed = _PACKAGE / "_shipped" / name
    return packed if packed.is_dir() else _PACKAGE.parent / in_checkout


def prompts_folder() -> Path:
    """The folder that holds ``<prompt>/<version>/``."""
    return _shipped("prompts", "prompts")


def vocabulary_folder() -> Path:
    """The folder in the layout of ``TIKTOKEN_CACHE_DIR`` with the shipped token vocabulary."""
    return _shipped("tiktoken", "cache/tiktoken")
