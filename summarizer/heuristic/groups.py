"""The headlines that stand above a task: the part's, and those of the items that hold it in the outline."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.heuristic.titles import bare, headline_of
from summarizer.language.markers import scan_markers
from summarizer.outline.model import Item, Outline
from summarizer.reading.reading import Reading
from summarizer.schema import CleanOffset, Heading
from summarizer.source.text import CleanRange, clean_range

__all__ = ["groups_above"]


def groups_above(reading: Reading, start: int) -> tuple[Heading, ...]:
    """The headlines above what begins at clean offset ``start``, outermost first."""
    text, outline = reading.text, reading.outline
    above = tuple(_of_items(text, outline.items, start))
    return tuple(_heading(reading, *place) for place in (*_of_part(outline, start, above), *above))


def _of_items(text: str, items: tuple[Item, ...], start: int) -> Iterator[CleanRange]:
    """Headlines of the items around ``start``, each from its enumerator to its end."""
    item = next((one for one in items if one.start < start < one.end), None)
    if item is None:
        return
    limit = min(item.end, start, *(child.start for child in item.children[:1]))
    end = max(item.body, headline_of(text, item.body, limit, sentences=True).end) if limit > item.body else item.body
    if item.body < end <= start:
        yield clean_range(item.start, end)
        yield from _of_items(text, item.children, start)


def _of_part(outline: Outline, start: int, above: tuple[CleanRange, ...]) -> tuple[CleanRange, ...]:
    """The heading of the part, where it stands above the items' and is not one of them.

    A part that begins with an item of a list has that item's headline: it heads what stands in the item, not its neighbours.
    """
    heading = outline.section_at(start).heading
    if heading is None or heading[1] > min((first for first, _ in above), default=start):
        return ()
    if any(item.start == heading[0] and item.end <= start for item in outline.items):
        return ()
    return (heading,)


def _heading(reading: Reading, start: CleanOffset, end: CleanOffset) -> Heading:
    """A headline, its enumerator apart."""
    marker = next(scan_markers(reading.text[start:end]), None)
    body = CleanOffset(start + marker.body) if marker is not None and marker.start == 0 else start
    words = bare(reading.text, body, end)
    return Heading(
        marker=reading.printed(start, body).strip() or None,
        title=reading.printed(*words),
        evidence=reading.evidence(start, max(end, words[1])),
    )
