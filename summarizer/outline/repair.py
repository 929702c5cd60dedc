"""What must be item 5, whatever it is called: filling the numbers that a list lacks.

Between two seen items (and before the first, behind the last) every paragraph start, or sentence start for a list in
running text, may be the lost item. Each pair of candidate and missing number has a score: how much is left of the
enumerator, whether another list begins there, whether the count of paragraphs fits. The assignment that keeps the order
and has the highest sum wins; a number that nothing fits stays unfilled.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarizer.language.markers import Marker, damaged_marker
from summarizer.outline.chains import Chain
from summarizer.outline.frame import Frame
from summarizer.outline.paragraphs import sentence_starts
from summarizer.schema import MarkerStatus

__all__ = ["Entry", "entries_of"]

_BY_DISTANCE = {1: 3.0, 2: 2.5, 3: 1.6, 4: 1.2}
_OTHER_LIST = 1.0
_COUNT_FITS = 0.6
_NEAR = 2
_TAIL = 4


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
    """The text around a list, where the item that holds it ends, and the lists that begin inside it."""

    frame: Frame
    limit: int
    restarts: dict[int, Marker]


def entries_of(chain: Chain, frame: Frame, limit: int) -> list[Entry]:
    """The items of ``chain`` in order, lost ones filled in before ``limit``, each with the lists that stand inside it."""
    text = frame.text
    entries = [
        Entry(
            m.start,
            m.body,
            value,
            m.style.name,
            text[m.start : m.body].strip(" \t\u3000"),
            MarkerStatus.INTACT,
            m.at_line,
        )
        for m, value in zip(chain.markers, chain.values, strict=True)
    ]
    inner = [child for group in chain.children for child in group]
    if chain.markers[0].value:
        restarts = {child.markers[0].start: child.markers[0] for child in inner}
        place = _Place(frame, limit, restarts)
        if len(entries) > 1 and (entries[0].value > 1 or chain.last.at_line or entries[-1].value >= len(entries)):
            entries = _with_gaps_filled(place, _with_tail(place, _with_head(place, entries, chain)))
    return _with_children(entries, inner)


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


def _candidates(place: _Place, start: int, end: int, *, lines: bool) -> list[int]:
    """Places strictly between ``start`` and ``end`` where an item could begin."""
    low, high = bisect_right(place.frame.paragraph_starts, start), bisect_left(place.frame.paragraph_starts, end)
    if lines:
        found = place.frame.paragraphs[low:high]
        return [p.start for p in found if p.marker is None or p.marker.value == 0 or p.start in place.restarts]
    return [offset for offset in sentence_starts(place.frame.text, start, end) if offset > start]


def _with_gaps_filled(place: _Place, entries: list[Entry]) -> list[Entry]:
    filled = [entries[0]]
    for entry in entries[1:]:
        before = filled[-1]
        missing = range(before.value + 1, entry.value)
        if missing:
            lines = before.at_line and entry.at_line
            spots = _candidates(place, before.start, entry.start, lines=lines)
            fits = len(spots) == len(missing) and _single(place, entries, lines)
            filled.extend(_assign(place, spots, missing, fits, lines))
        filled.append(entry)
    return filled


def _single(place: _Place, entries: Sequence[Entry], lines: bool) -> bool:
    """Whether the seen items are one paragraph (one sentence) each, apart from those that border a gap."""
    pairs = [(a, b) for a, b in pairwise(entries) if b.value == a.value + 1]
    return bool(pairs) and not any(_candidates(place, a.start, b.start, lines=lines) for a, b in pairs)


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
    left = damaged_marker(place.frame.text, spot, value)
    restart = place.restarts.get(spot)
    if restart is not None and (left is None or left[1] > _NEAR):
        printed = place.frame.text[restart.start : restart.body]
        return _OTHER_LIST + fits, Entry(
            spot, restart.body, value, restart.style.name, printed, MarkerStatus.DAMAGED, lines
        )
    if left is not None:
        printed = place.frame.text[spot : left[0]].rstrip("，,、：: ")
        return _BY_DISTANCE[left[1]] + fits, Entry(
            spot, left[0], value, "damaged", printed, MarkerStatus.DAMAGED, lines
        )
    return (_COUNT_FITS, Entry(spot, spot, value, "none", None, MarkerStatus.MISSING, lines)) if fits else None


def _with_head(place: _Place, entries: list[Entry], chain: Chain) -> list[Entry]:
    """A list that begins at 2: its first item is what stands between the opener and it."""
    first = entries[0]
    if first.value == 1 or chain.continues is not None:
        return entries
    section = place.frame.sections[bisect_right(place.frame.section_starts, first.start) - 1]
    missing = range(1, first.value)
    spots = _candidates(place, section.start, first.start, lines=first.at_line)[-len(missing) :]
    fits = len(spots) == len(missing) and _single(place, entries, first.at_line)
    return [*_assign(place, spots, missing, fits, first.at_line), *entries]


def _with_tail(place: _Place, entries: list[Entry]) -> list[Entry]:
    """Damaged enumerators right behind the last seen item go on with the list."""
    section = bisect_right(place.frame.section_starts, entries[-1].start)
    limit = (
        min(place.limit, place.frame.section_starts[section])
        if section < len(place.frame.section_starts)
        else place.limit
    )
    while True:
        last = entries[-1]
        until = min(
            limit,
            place.frame.paragraph_starts[
                min(
                    bisect_right(place.frame.paragraph_starts, last.start) + _TAIL,
                    len(place.frame.paragraph_starts) - 1,
                )
            ]
            + 1,
        )
        found = _next_damaged(
            place, _candidates(place, last.start, until, lines=True)[:_TAIL] if last.at_line else [], last
        )
        if found is None:
            return entries
        entries.append(found)


def _next_damaged(place: _Place, spots: Sequence[int], last: Entry) -> Entry | None:
    for order, spot in enumerate(spots):
        for value in range(last.value + 1, last.value + order + 2):
            left = damaged_marker(place.frame.text, spot, value)
            if left is not None and left[1] <= _NEAR:
                printed = place.frame.text[spot : left[0]].rstrip("，,、：: ")
                return Entry(spot, left[0], value, "damaged", printed, MarkerStatus.DAMAGED, last.at_line)
    return None
