"""Parts of a text and their horizon: which stretch looks back, orients, sets goals, sets work, or closes.

Three kinds of evidence, strongest first: headings; who speaks at the beginning of a sentence (会议要求，…) and the openers
of lists; and, for a chapter whose heading says nothing, what its sentences lean to. Offsets are of the scanned text.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.language.cues import target_year
from summarizer.language.markers import Marker
from summarizer.outline.headings import read_heading, read_headlines
from summarizer.outline.model import Section
from summarizer.outline.paragraphs import Paragraph
from summarizer.outline.running_text import read_running_text
from summarizer.outline.walk import SOFT, Cut, Walk
from summarizer.schema import Horizon
from summarizer.source.text import CleanRange, clean_range

__all__ = ["cut_sections", "title_lines"]

_TITLE_LINES = 12
_TITLE_LENGTH = 72
_NO_TITLE = 40
"""Of a text without title lines so many characters are taken for one."""


def title_lines(text: str, paragraphs: Sequence[Paragraph]) -> list[CleanRange]:
    """The ranges of the short lines before the running text: title, subtitle, document number, addressee."""
    lines = []
    for paragraph in paragraphs[:_TITLE_LINES]:
        if paragraph.end - paragraph.start > _TITLE_LENGTH or (paragraph.marker and paragraph.marker.value == 1):
            break
        lines.append(clean_range(paragraph.start, paragraph.end))
    return lines or [clean_range(0, min(len(text), _NO_TITLE))]


def cut_sections(
    text: str, paragraphs: Sequence[Paragraph], markers: Sequence[Marker], *, sets_work: bool
) -> list[Section]:
    """The parts of ``text`` (simplified characters) in order; they cover it. ``sets_work`` is the decision of its kind."""
    titles = title_lines(text, paragraphs)
    walk = Walk(text, markers, sets_work, target_year(text))
    walk.cut(Cut(0, Horizon.LEAD, SOFT, "beginning"))
    in_title = True
    for index, paragraph in enumerate(paragraphs):
        in_title = in_title and index < len(titles) and not paragraph.marker
        if in_title and paragraph.is_heading:
            continue
        if not read_heading(walk, paragraph, paragraphs, index):
            read_headlines(walk, paragraphs, index)
            read_running_text(walk, paragraph, heads=_heads(paragraphs, index + 1))
    return _sections(walk)


def _heads(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether the paragraph at ``index`` is a bare heading line."""
    return index < len(paragraphs) and paragraphs[index].is_heading and paragraphs[index].marker is None


def _sections(walk: Walk) -> list[Section]:
    """Close each part where the next begins. In a text that sets no work only what a meeting asks for is believed."""
    silent = {Horizon.WORK, Horizon.SAFEGUARD, Horizon.NEAR_TERM}
    sections = []
    for cut, end in zip(walk.cuts, [*(c.start for c in walk.cuts[1:]), len(walk.text)], strict=True):
        horizon, reason = cut.horizon, cut.reason
        if not walk.sets_work and not cut.asked and horizon in silent:
            horizon, reason = Horizon.OTHER, f"a text that sets no work; {reason}"
        sections.append(Section(*clean_range(cut.start, end), horizon, cut.heading, reason))
    return sections
