"""Briefings from Chinese government work texts in which every item is proven against the source."""

from __future__ import annotations

__all__ = ["__version__"]

__version__: str


def __getattr__(name: str) -> str:
    """The version is looked up when somebody asks: reading package metadata takes longer than the rest of the start."""
    if name == "__version__":
        from importlib.metadata import version

        return version("summarizer")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
