"""Briefings from Chinese government work texts in which every item is proven against the source."""

from importlib.metadata import version

__version__ = version("summarizer")
