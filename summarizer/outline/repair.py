"""What must be item 5, whatever it is called: filling the numbers that a list lacks.

Enumerators of which something is left were read with the intact ones (chains). Here: between two items, and before the
first, every paragraph start, or sentence start for a list in running text, may be the lost item. Each pair of candidate
and missing number has a score: whether another list begins there, whether the count of paragraphs fits. The assignment that keeps the order
and has the highest sum wins; a number that nothing fits stays unfilled.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from summarizer.language.cues import starts_imperative
from summarizer.language.markers import DAMAGED, Marker
from summarizer.outline.chains import Chain
from summarizer.outline.frame import Frame
from summarizer.outline.paragraphs import sentence_starts
from summarizer.schema import MarkerStatus

__all__ = ["Entry", "entries_of"]

_OTHER_LIST = 1.0
_OTHER_STYLE = 2.0
_COUNT_FITS = 0.6
_LEAST_SINGLE = 2
_HEADLINE = 20
_UNNUMBERED = frozenset(["dash", "bullet"])


class _Cut(Enum):
    """Where an item of a list may begin: at a line, at a sentence, or also behind a semicolon."""

    LINES = 1
    SENTENCES = 2
    SEMICOLONS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a list before its end is known; ``children`` are the lists inside it."""

    start: int
    body: int
    value: int
    style: str
    marker: str | None
    status: MarkerStatus
    at_line: bool
    children: tuple[Chain, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """The text around a list, the body and end of the item that holds it, and the lists that begin inside it."""

    frame: Frame
    floor: int
    limit: int
    restarts: dict[int, Marker]
    inside: frozenset[int]


def entries_of(chain: Chain, frame: Frame, floor: int, limit: int) -> list[Entry]:
    """The items of ``chain`` in order, lost ones filled in, each with the lists that stand inside it.

    ``floor`` and ``limit`` are the body and the end of the item that holds the list.
    """
    text = frame.text
    entries = [_entry(text, marker, value) for marker, value in zip(chain.markers, chain.values, strict=True)]
    inner = [child for group in chain.children for child in group]
    restarts = {child.markers[0].start: child.markers[0] for child in inner}
    place = _Place(frame, floor, limit, restarts, frozenset(m.start for child in inner for m in child.markers))
    if len(entries) > 1:
        entries = _repaired(place, entries, runs_on=chain.continues is not None)
    return _with_children(entries, inner)


def _repaired(place: _Place, entries: list[Entry], *, runs_on: bool) -> list[Entry]:
    if entries[0].style in _UNNUMBERED:
        return _with_plain_paragraphs(place, entries) if entries[0].at_line else entries
    if entries[0].value > 1 and not runs_on:
        entries = _with_head(place, entries)
    return _with_gaps_filled(place, entries) if entries[-1].value > len(entries) else entries


def _entry(text: str, marker: Marker, value: int) -> Entry:
    status = MarkerStatus.DAMAGED if marker.style is DAMAGED else MarkerStatus.INTACT
    printed = text[marker.start : marker.body].strip(" \t\u3000\n|｜")
    return Entry(marker.start, marker.body, value, marker.style.name, printed, status, marker.at_line)


def _with_children(entries: list[Entry], inner: Sequence[Chain]) -> list[Entry]:
    if not inner:
        return entries
    starts = [entry.start for entry in entries]
    held: list[list[Chain]] = [[] for _ in entries]
    for child in inner:
        held[max(bisect_right(starts, child.markers[0].start) - 1, 0)].append(child)
    return [
        replace(entry, children=tuple(group)) if group else entry for entry, group in zip(entries, held, strict=True)
    ]


def _candidates(place: _Place, start: int, end: int, cut: _Cut) -> list[int]:
    """Places in ``[start, end)`` where an item could begin."""
    if cut is not _Cut.LINES:
        return sentence_starts(place.frame.text, start, end, semicolons=cut is _Cut.SEMICOLONS)
    low, high = bisect_left(place.frame.paragraph_starts, start), bisect_left(place.frame.paragraph_starts, end)
    found = place.frame.paragraphs[low:high]
    return [p.start for p in found if p.marker is None or p.start not in place.inside or p.start in place.restarts]


def _between(place: _Place, first: Entry, second: Entry, cut: _Cut) -> list[int]:
    """Places strictly between two items where another could begin."""
    return [offset for offset in _candidates(place, first.start, second.start, cut) if offset > first.start]


def _habit(place: _Place, entries: Sequence[Entry]) -> _Cut | None:
    """What the items of a list are one of: a line, a sentence, a clause group between semicolons; ``None`` if they vary."""
    pairs = [(a, b) for a, b in pairwise(entries) if b.value == a.value + 1]
    cuts = [_Cut.LINES] if entries[-1].at_line else [_Cut.SENTENCES, _Cut.SEMICOLONS]
    for cut in reversed(cuts):
        if pairs and not any(_between(place, a, b, cut) for a, b in pairs):
            return cut
    return None


def _with_gaps_filled(place: _Place, entries: list[Entry]) -> list[Entry]:
    habit = _habit(place, entries)
    filled = [entries[0]]
    for entry in entries[1:]:
        before = filled[-1]
        missing = range(before.value + 1, entry.value)
        if missing:
            lines = before.at_line and entry.at_line
            spots = _between(place, before, entry, habit or (_Cut.LINES if lines else _Cut.SENTENCES))
            fits = len(spots) == len(missing) and habit is not None
            filled.extend(_assign(place, spots, missing, fits, lines))
        filled.append(entry)
    return filled


def _with_plain_paragraphs(place: _Place, entries: list[Entry]) -> list[Entry]:
    """A list of —— or •: a paragraph with an imperative headline between single-paragraph items lost its dash."""
    between = [_between(place, a, b, _Cut.LINES) for a, b in pairwise(entries)]
    if sum(not spots for spots in between) < _LEAST_SINGLE or not any(between):
        return entries
    found = [entries[0]]
    for spots, entry in zip(between, entries[1:], strict=True):
        lost = [spot for spot in spots if starts_imperative(place.frame.text[spot : spot + _HEADLINE])]
        found.extend(Entry(spot, spot, 0, "none", None, MarkerStatus.MISSING, True) for spot in lost)
        found.append(entry)
    return [replace(entry, value=value) for value, entry in enumerate(found, 1)]


def _assign(place: _Place, spots: Sequence[int], missing: range, fits: bool, lines: bool) -> list[Entry]:
    """The best order-preserving assignment of missing numbers to places (dynamic programme over both)."""
    best: list[tuple[float, tuple[Entry, ...]]] = [(0.0, ())] * (len(missing) + 1)
    for spot in spots:
        row = list(best)
        for index, value in enumerate(missing):
            scored = _score(place, spot, value, fits, lines)
            if scored is None:
                continue
            for reached in range(index + 1):
                total = best[reached][0] + scored[0]
                if all(entry.value < value for entry in best[reached][1][-1:]) and total > row[index + 1][0]:
                    row[index + 1] = (total, (*best[reached][1], scored[1]))
        best = row
    return list(max(best, key=lambda found: found[0])[1])


def _score(place: _Place, spot: int, value: int, fits: bool, lines: bool) -> tuple[float, Entry] | None:
    """How well ``value`` stands at ``spot``; ``None`` when nothing speaks for it."""
    restart = place.restarts.get(spot)
    if restart is not None:
        printed = place.frame.text[restart.start : restart.body]
        entry = Entry(spot, restart.body, value, restart.style.name, printed, MarkerStatus.DAMAGED, lines)
        return _OTHER_LIST + fits, entry
    marker = _other_marker(place, spot, value) if lines else None
    if marker is not None:
        printed = place.frame.text[marker.start : marker.body].strip()
        return _OTHER_STYLE, Entry(spot, marker.body, value, marker.style.name, printed, MarkerStatus.DAMAGED, lines)
    return (_COUNT_FITS, Entry(spot, spot, value, "none", None, MarkerStatus.MISSING, lines)) if fits else None


def _other_marker(place: _Place, spot: int, value: int) -> Marker | None:
    """An enumerator of another style at ``spot`` that shows the missing number: 三. between 二是 and 四是."""
    paragraph = place.frame.paragraphs[bisect_left(place.frame.paragraph_starts, spot)]
    marker = paragraph.marker
    return marker if marker is not None and marker.value == value else None


def _with_head(place: _Place, entries: list[Entry]) -> list[Entry]:
    """A list that begins at 2: its first item is what stands between the opener and it."""
    first = entries[0]
    section = place.frame.sections[bisect_right(place.frame.section_starts, first.start) - 1]
    habit = _habit(place, entries)
    missing = range(1, first.value)
    spots = _candidates(place, max(section.start, place.floor), first.start, habit or _Cut.LINES)[-len(missing) :]
    fits = len(spots) == len(missing) and habit is not None
    return [*_assign(place, spots, missing, fits, first.at_line), *entries]
