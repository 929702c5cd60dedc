"""The outline of a clean text: its parts with their horizon, its lists as a tree, and the number of tasks it announces."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.language.characters import BLANKS, ZERO_WIDTH
from summarizer.language.cues import is_tail, outline_cues
from summarizer.language.markers import Marker, scan_damaged, scan_markers
from summarizer.language.numerals import parse_number
from summarizer.outline.chains import Chain, chain_markers, with_damaged
from summarizer.outline.frame import Frame
from summarizer.outline.model import Item, Outline, Section
from summarizer.outline.paragraphs import Paragraph
from summarizer.outline.repair import Entry, entries_of
from summarizer.outline.sections import cut_sections
from summarizer.schema import CleanOffset, Horizon
from summarizer.source.text import CleanRange, TextRange, clean_range

__all__ = ["outline", "read_markers"]

_LEAST_SIBLINGS = 3
_FLOOD = 2000
"""More enumerators than this with fewer than ``_LEAST_ITEM`` characters each are a flood of them and no lists."""
_LEAST_ITEM = 10
_HEADING_LENGTH = 30
_TRAILING = BLANKS + ZERO_WIDTH + "\r\n…"


def read_markers(text: str) -> list[Marker]:
    """The enumerators of ``text`` in order; none where a flood of them shows that they are no lists."""
    markers = list(scan_markers(text))
    return [] if len(markers) > _FLOOD and len(markers) * _LEAST_ITEM > len(text) else markers


def outline(text: str, markers: Sequence[Marker], paragraphs: Sequence[Paragraph], *, sets_work: bool) -> Outline:
    """The outline of ``text`` (simplified characters) with its enumerators and paragraphs; offsets are of ``text``.

    ``sets_work`` is the decision of the text's kind. Cost is linear in the length.
    """
    if not text:
        return Outline((), ())
    sections = cut_sections(text, paragraphs, markers, sets_work=sets_work)
    frame = Frame(text, paragraphs, sections)
    candidates = with_damaged(list(markers), list(scan_damaged(text)))
    chains = chain_markers(candidates, frame.section_starts, [str(section.horizon) for section in sections])
    items: list[Item] = []
    adrift = [chain for chain in chains if chain.parent is None]
    while adrift:
        behind: list[Chain] = []
        items.extend(_items_of_lists(frame, adrift, (0, len(text)), 0, behind))
        adrift = behind
    items.sort(key=lambda item: item.start)
    declared = _declared(text, sections)
    return Outline(tuple(sections), tuple(items), *declared)


def _items_of_lists(
    frame: Frame, chains: Sequence[Chain], room: TextRange, depth: int, adrift: list[Chain]
) -> Iterator[Item]:
    """The items of all lists that stand in one place; a list ends before the next one begins."""
    starts = sorted(chain.markers[0].start for chain in chains)
    for chain in chains:
        following = bisect_right(starts, chain.last.start)
        end = min(room[1], starts[following]) if following < len(starts) else room[1]
        yield from _items(frame, chain, (room[0], end), depth, adrift)


def _items(frame: Frame, chain: Chain, room: TextRange, depth: int, adrift: list[Chain]) -> list[Item]:
    """The items of one list, each closed where the next begins; ``room`` is body and end of the item that holds it.

    Lists that begin behind the end of the item they were read in are appended to ``adrift``: they stand by themselves.
    """
    entries = [entry for entry in entries_of(chain, frame, *room) if entry.body <= room[1]]
    if not entries:
        return []
    stops = [_middle_stop(frame, a, b) for a, b in pairwise(entries)]
    stops.append(_last_stop(frame, entries, room[1]))
    items = []
    for entry, stop in zip(entries, _before_tails(frame, entries, stops), strict=True):
        inside = [child for child in entry.children if entry.start <= child.markers[0].start < stop]
        adrift.extend(child for child in entry.children if not entry.start <= child.markers[0].start < stop)
        inner = list(_items_of_lists(frame, inside, (entry.body, stop), depth + 1, adrift))
        end = max([_trimmed_end(frame.text, entry.body, stop), *(item.end for item in inner)])
        items.append(
            Item(
                *clean_range(entry.start, entry.body),
                CleanOffset(end),
                entry.value,
                depth,
                entry.marker,
                entry.style,
                entry.status,
                tuple(inner),
            )
        )
    return items


def _middle_stop(frame: Frame, entry: Entry, following: Entry) -> int:
    """The next item's start, or what closes the text before it."""
    index = bisect_right(frame.section_starts, entry.start)
    while index < len(frame.sections) and frame.sections[index].start < following.start:
        section = frame.sections[index]
        closes = section.horizon in (Horizon.CLOSING, Horizon.SAFEGUARD)
        if closes and entry.at_line and not _goes_on(entry, section.start):
            return section.start
        index += 1
    return following.start


def _goes_on(entry: Entry, offset: int) -> bool:
    """Whether a list inside the item begins before ``offset`` and has items behind it."""
    return any(child.markers[0].start < offset <= child.reach for child in entry.children)


def _before_tails(frame: Frame, entries: Sequence[Entry], stops: list[int]) -> list[int]:
    """Cut the last item before paragraphs that speak of something else, if no other item has such paragraphs."""
    if len(entries) < _LEAST_SIBLINGS or not entries[-1].at_line:
        return stops
    tails = [_tail(frame, entry, stop) for entry, stop in zip(entries, stops, strict=True)]
    last = tails[-1]
    if last is None or any(tail is not None for tail in tails[:-1]):
        return stops
    return [*stops[:-1], last]


def _tail(frame: Frame, entry: Entry, stop: int) -> int | None:
    low, high = bisect_right(frame.paragraph_starts, entry.start), bisect_left(frame.paragraph_starts, stop)
    for before, paragraph in zip(frame.paragraphs[low - 1 : high], frame.paragraphs[low:high], strict=False):
        headed = before.end - before.start <= _HEADING_LENGTH and before.marker is None
        inside = any(child.reach >= paragraph.start for child in entry.children)
        if paragraph.marker is not None or headed or inside:
            continue
        if is_tail(frame.text, paragraph.start):
            return paragraph.start
    return None


def _trimmed_end(text: str, start: int, end: int) -> int:
    """``end`` without white space and ellipsis before it, but not before ``start``."""
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return max(start, end)


def _last_stop(frame: Frame, entries: Sequence[Entry], limit: int) -> int:
    """Where the last item of a list ends: with its line in running text, else with its part or its neighbours' habit."""
    last = entries[-1]
    behind = max([last.start, *(child.reach for child in last.children)])
    section = bisect_right(frame.section_starts, behind)
    if section < len(frame.section_starts):
        limit = min(limit, frame.section_starts[section])
    index = bisect_left(frame.paragraph_starts, last.start)
    begins = index < len(frame.paragraphs) and frame.paragraphs[index].start == last.start
    if not begins and len(entries) > 1:
        newline = frame.text.find("\n", last.body, limit)
        return limit if newline < 0 else newline
    counts = {_paragraph_count(frame, a, b) for a, b in pairwise(entries)}
    if (
        len(counts) == 1
        and not last.children
        and 1 <= (count := counts.pop()) <= 2
        and index + count < len(frame.paragraphs)
    ):
        limit = min(limit, frame.paragraphs[index + count].start)
    return limit


def _paragraph_count(frame: Frame, first: Entry, second: Entry) -> int:
    return bisect_left(frame.paragraph_starts, second.start) - bisect_left(frame.paragraph_starts, first.start)


def _declared(text: str, sections: Sequence[Section]) -> tuple[int | None, CleanRange | None]:
    """The number of tasks that an opener in the part that sets work announces, with the place of the phrase.

    ``None`` where several chapters set work: the number then counts one of them.
    """
    work = [section for section in sections if section.horizon is Horizon.WORK]
    if sum(section.heading is not None for section in work) > 1:
        return None, None
    for section in work:
        match = outline_cues().declared.pattern.search(text, section.start, section.end)
        value = parse_number(match[1]) if match else None
        if match and value and value > 1:
            return int(value), clean_range(*match.span())
    return None, None
