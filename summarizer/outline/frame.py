"""What is known about a text before its lists are closed: paragraphs and parts, with their offsets for bisection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.outline.model import Section
from summarizer.outline.paragraphs import Paragraph

__all__ = ["Frame"]


@dataclass(frozen=True)
class Frame:
    """``text`` in simplified characters with its paragraphs and its sections, both in order."""

    text: str
    paragraphs: Sequence[Paragraph]
    sections: Sequence[Section]

    @cached_property
    def paragraph_starts(self) -> list[int]:
        """Where each paragraph begins."""
        return [paragraph.start for paragraph in self.paragraphs]

    @cached_property
    def section_starts(self) -> list[int]:
        """Where each section begins."""
        return [section.start for section in self.sections]
