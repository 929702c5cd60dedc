"""Headings: which part a heading line, a numbered chapter, or a run of headline paragraphs begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from summarizer.language.cues import classify_heading, lean_of, outline_cues, starts_imperative
from summarizer.language.markers import Marker
from summarizer.outline.paragraphs import Paragraph
from summarizer.outline.walk import SOFT, UNMARKED, Cut, Walk
from summarizer.schema import Horizon
from summarizer.source.text import clean_range

__all__ = ["LABEL", "read_heading", "read_headlines"]

LABEL = 16
"""A heading of at most so many characters can be a bare label (指导思想, 保障措施)."""
_BARE_LABEL = 6
_LEAN_WINDOW = 1500
_LINE_HEADLINE = 40
_DEEPEST_RANK = 3
# A chapter is taken for a look back when past cues outweigh the others clearly: figures and 了 also stand in plans.
_PAST_MARGIN = 1.5
_PAST_LEAST = 3


def read_heading(walk: Walk, paragraph: Paragraph, paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Cut where a heading or a numbered chapter starts a part. True when the paragraph is nothing but a heading."""
    marker = paragraph.marker
    if marker is None and not paragraph.is_heading:
        return False
    if marker is not None and (not marker.style.block or marker.value == 0 or marker.style.rank > _DEEPEST_RANK):
        return False
    headline = walk.text[paragraph.body : paragraph.head] or _on_next_line(walk, paragraphs, index)
    rank = _rank_of(walk, marker, headline)
    heading = clean_range(paragraph.start, paragraph.head)
    horizon = _heading_horizon(walk, headline, rank)
    walk.asked = walk.asked and horizon is None
    if horizon is not None:
        outer = rank <= walk.rank or walk.anchor is None or walk.mixed
        if horizon is not walk.horizon or rank <= walk.rank:
            walk.cut(Cut(paragraph.start, horizon, rank, f"heading {headline}", heading))
        if outer:
            walk.rank, walk.anchor = rank, horizon
    elif marker is not None and (rank <= walk.rank or walk.mixed) and _is_chapter(walk, paragraphs, index):
        chapter = _chapter_horizon(walk, paragraphs, index)
        if chapter is not walk.horizon or walk.anchor is not chapter:
            walk.cut(Cut(paragraph.start, chapter, rank, f"chapter {headline}", heading))
        walk.rank, walk.anchor = rank, chapter
    elif (
        marker is not None
        and walk.anchor is Horizon.WORK
        and walk.horizon is not walk.anchor
        and rank <= walk.cuts[-1].rank
    ):
        walk.cut(Cut(paragraph.start, walk.anchor, rank, "list of the chapter"))
    elif _heads_work(walk, marker, headline):
        walk.cut(Cut(paragraph.start, Horizon.WORK, SOFT, f"imperative heading {headline}"))
    return paragraph.is_heading


def _on_next_line(walk: Walk, paragraphs: Sequence[Paragraph], index: int) -> str:
    """The headline of a number that stands on a line of its own: the short line below it (02 / 问题清单)."""
    below = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
    if below is None or below.marker is not None or not below.is_heading or below.head - below.start > LABEL:
        return ""
    return walk.text[below.start : below.head]


def _heads_work(walk: Walk, marker: Marker | None, headline: str) -> bool:
    """Whether a bare heading line reads like a task where nothing has said yet what the text speaks of."""
    open_part = walk.anchor is None and walk.running and walk.horizon in (Horizon.LEAD, Horizon.PRINCIPLES)
    return marker is None and open_part and starts_imperative(headline)


def _rank_of(walk: Walk, marker: Marker | None, headline: str) -> float:
    """The rank of a heading. One without a number stands above numbered chapters only if it stood there first."""
    if marker is not None:
        return float(marker.style.rank)
    above = walk.rank in (SOFT, UNMARKED) or classify_heading(headline) == Horizon.CLOSING
    return UNMARKED if above else walk.rank + UNMARKED


def _is_chapter(walk: Walk, paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a numbered paragraph can begin a part: not inside a list that an opener has announced."""
    return not (walk.horizon is Horizon.WORK and walk.rank == SOFT and paragraphs[index].marker is not None)


def _heading_horizon(walk: Walk, headline: str, rank: float) -> Horizon | None:
    """What a heading says, read with the text's year and with the part that it stands in; ``None``: nothing new."""
    named = classify_heading(headline[: LABEL * 3])
    walk.mixed = False if rank <= walk.rank else walk.mixed
    if named is None:
        return None
    years = [int(year) for year in outline_cues().heading_year.pattern.findall(headline)]
    if named.startswith("mixed_"):
        walk.mixed = True
        return Horizon.OUTLOOK if named == "mixed_outlook_work" else Horizon.PAST
    if named == "outlook_period":
        return Horizon.OUTLOOK if walk.target_year not in years else Horizon.WORK
    horizon = Horizon(named)
    if horizon is Horizon.SITUATION and walk.announced and walk.anchor is None:
        return None
    if horizon is Horizon.WORK and years and walk.target_year and max(years) < walk.target_year:
        horizon = Horizon.PAST
    inside = walk.anchor is not None and rank > walk.rank
    if inside and not _may_change(walk.anchor, horizon, headline):
        return None
    return horizon


def _may_change(anchor: Horizon | None, horizon: Horizon, headline: str) -> bool:
    """Whether a deeper heading may leave the part of its chapter: bare labels may, headlines of items may not."""
    label = len(headline) <= LABEL
    if anchor is Horizon.WORK:
        return len(headline) <= _BARE_LABEL and horizon is not Horizon.WORK
    if anchor in (Horizon.PAST, Horizon.SITUATION):
        return horizon in (Horizon.SITUATION, Horizon.CLOSING) or (
            horizon is Horizon.WORK and bool(outline_cues().next_steps.pattern.search(headline))
        )
    if anchor in (Horizon.SAFEGUARD, Horizon.CLOSING, Horizon.OTHER):
        return horizon is Horizon.CLOSING
    return label or horizon in (Horizon.PRINCIPLES, Horizon.OUTLOOK)


def _chapter_horizon(walk: Walk, paragraphs: Sequence[Paragraph], index: int) -> Horizon:
    """The horizon of a numbered chapter whose heading has no cue."""
    if walk.mixed or walk.anchor is Horizon.WORK:
        return Horizon.WORK
    if walk.rank == UNMARKED and walk.anchor is not None:
        return walk.anchor
    if walk.horizon in (Horizon.CLOSING, Horizon.NEAR_TERM) and walk.anchor is None and walk.seen_work:
        return walk.horizon
    start = paragraphs[index].start
    lean = lean_of(walk.text, start, _chapter_end(paragraphs, index))
    past, work, outlook = lean["past"], lean["work"], lean["outlook"]
    if past > _PAST_MARGIN * work and past >= _PAST_LEAST:
        return Horizon.PAST
    if outlook > work and outlook > past and walk.target_year is not None:
        return Horizon.OUTLOOK
    return Horizon.WORK


def _chapter_end(paragraphs: Sequence[Paragraph], index: int) -> int:
    """The next paragraph with an enumerator of the same style, at most 1,500 characters on."""
    style, limit = paragraphs[index].marker, paragraphs[index].start + _LEAN_WINDOW
    for paragraph in islice(paragraphs, index + 1, index + _LEAN_WINDOW):
        if paragraph.start >= limit:
            return limit
        if paragraph.marker and style and paragraph.marker.style.family == style.style.family:
            return paragraph.start
    return min(limit, paragraphs[-1].end)


def read_headlines(walk: Walk, paragraphs: Sequence[Paragraph], index: int) -> None:
    """Cut where plain paragraphs that each begin with an imperative headline follow what a meeting stated."""
    if walk.anchor is not None or walk.horizon is not Horizon.PRINCIPLES or index + 1 >= len(paragraphs):
        return
    if all(_is_imperative(walk.text, paragraph) for paragraph in paragraphs[index : index + 2]):
        end = paragraphs[index + 1].end
        lean = lean_of(walk.text, paragraphs[index].start, end)
        if lean["work"] > lean["past"]:
            walk.cut(Cut(paragraphs[index].start, Horizon.WORK, SOFT, "paragraphs with imperative headlines"))


def _is_imperative(text: str, paragraph: Paragraph) -> bool:
    first = text[paragraph.start : paragraph.head]
    more = paragraph.end - paragraph.head > len(first)
    return paragraph.marker is None and 4 < len(first) <= _LINE_HEADLINE and more and starts_imperative(first)
