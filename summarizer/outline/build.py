"""The outline of a clean text: its parts with their horizon, its lists as a tree, and the number of tasks it announces."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.language.cues import simplified
from summarizer.language.markers import scan_markers
from summarizer.language.numerals import parse_number
from summarizer.outline.chains import Chain, chain_markers
from summarizer.outline.model import Horizon, Item, Outline, Section
from summarizer.outline.paragraphs import Paragraph, paragraphs_of
from summarizer.outline.repair import Entry, entries_of
from summarizer.outline.sections import cut_sections
from summarizer.source.text import CleanText

__all__ = ["outline"]

_TRAILING = " \t\r\n\u3000\xa0\u200b\ufeff…"
_DECLARED = re.compile(
    r"(?:以下|如下|抓好|做好|推进|完成|实施|落实|部署|从|办好)[^。；，,\n0-9一二三四五六七八九十]{0,10}([一二三四五六七八九十]{1,3}|\d{1,2})"
    r"(?:个|大)?(?:方面|项|件|大|点)(?:[^。；，,\n]{0,10}(?:任务|工作|举措|措施|事项|发力|着手|入手))?(?=[^。；，,\n]{0,8}[。：:；\n])"
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is known about a text before its lists are closed."""

    text: str
    paragraphs: Sequence[Paragraph]
    paragraph_starts: Sequence[int]
    sections: Sequence[Section]
    section_starts: Sequence[int]


def outline(clean: CleanText) -> Outline:
    """The outline of ``clean``; all offsets are of ``clean.text``. Cost is linear in its length."""
    text = simplified(clean.text)
    if not text:
        return Outline((), ())
    markers = list(scan_markers(text))
    paragraphs = paragraphs_of(text, markers)
    sections = cut_sections(text, paragraphs, markers)
    section_starts = [section.start for section in sections]
    frame = _Frame(text, paragraphs, [paragraph.start for paragraph in paragraphs], sections, section_starts)
    chains = chain_markers(markers, section_starts, [str(section.horizon) for section in sections])
    items = [item for chain in chains if chain.parent is None for item in _items(frame, chain, len(text), 0)]
    items.sort(key=lambda item: item.start)
    declared = _declared(text, sections)
    return Outline(tuple(sections), tuple(items), *declared)


def _items(frame: _Frame, chain: Chain, limit: int, depth: int) -> list[Item]:
    """The items of one list, each closed where the next begins; ``limit`` is the end of the item that holds it."""
    entries = entries_of(
        chain, frame.text, frame.paragraphs, frame.paragraph_starts, frame.sections, frame.section_starts
    )
    stops = [entry.start for entry in entries[1:]]
    stops.append(_last_stop(frame, entries, limit))
    items = []
    for entry, stop in zip(entries, stops, strict=True):
        inner = [item for child in entry.children for item in _items(frame, child, stop, depth + 1)]
        end = _trimmed_end(frame.text, entry.body, stop)
        items.append(
            Item(
                entry.start, entry.body, end, entry.value, depth, entry.marker, entry.style, entry.status, tuple(inner)
            )
        )
    return items


def _trimmed_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return end


def _last_stop(frame: _Frame, entries: Sequence[Entry], limit: int) -> int:
    """Where the last item of a list ends: with its line in running text, else with its part or its neighbours' habit."""
    last = entries[-1]
    if not last.at_line and len(entries) > 1:
        return min(limit, _line_end(frame.text, last.body))
    behind = max([last.start, *(child.reach for child in last.children)])
    section = bisect_right(frame.section_starts, behind)
    if section < len(frame.section_starts):
        limit = min(limit, frame.section_starts[section])
    index = bisect_left(frame.paragraph_starts, last.start)
    counts = {_paragraph_count(frame, a, b) for a, b in pairwise(entries)}
    if (
        len(counts) == 1
        and not last.children
        and (count := counts.pop()) <= 2
        and index + count < len(frame.paragraphs)
    ):
        limit = min(limit, frame.paragraphs[index + count].start)
    return limit


def _paragraph_count(frame: _Frame, first: Entry, second: Entry) -> int:
    return bisect_left(frame.paragraph_starts, second.start) - bisect_left(frame.paragraph_starts, first.start)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _declared(text: str, sections: Sequence[Section]) -> tuple[int | None, tuple[int, int] | None]:
    """The number of tasks that an opener in a part that sets work announces, with the place of the phrase."""
    for section in sections:
        if section.horizon is not Horizon.WORK:
            continue
        match = _DECLARED.search(text, section.start, section.end)
        value = parse_number(match[1]) if match else None
        if match and value and value > 1:
            return int(value), match.span()
    return None, None
