"""Cleaning: the source ranges that are the article, and the dropped ones with their reasons."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from summarizer.source.injected import injected_drops
from summarizer.source.inline import inline_drops
from summarizer.source.lines import read_lines
from summarizer.source.page import Page
from summarizer.source.text import CleanText, Dropped, SourceText, TextRange

__all__ = ["clean"]


def clean(source: SourceText) -> CleanText:
    """Find the article in a source text.

    Returns the kept ranges (whole lines with their breaks, less what was dropped inside them) and the dropped ranges with
    reason (``navigation``, ``byline``, ``metadata``, ``related``, ``teaser``, ``copyright``, ``english``, ``spam``,
    ``paywall``, ``page_number``, ``headline``, ``duplicate``, ``injection`` or the reader's own) and detail. Kept and dropped together cover the source.
    """
    lines = read_lines(source.text)
    inline = [drop for drop in inline_drops(source.text) if not _overlaps(drop, source.furniture)]
    convicted: list[Dropped] = [*source.furniture, *inline, *injected_drops(source.text)]
    for line, (reason, detail) in zip(lines, Page(lines, source.furniture).verdicts(), strict=True):
        if reason:
            convicted.append(Dropped(line.start, line.stop, reason, detail))
    dropped = _disjoint(convicted, len(source.text))
    dropped = _with_blank_lines(dropped, source.text)
    return CleanText(source.text, _complement(dropped, len(source.text)), dropped)


def _overlaps(drop: Dropped, furniture: tuple[Dropped, ...]) -> bool:
    """Whether the reader knew of the place already: it also knows whether the line breaks around it are the text's."""
    at = bisect_left(furniture, drop.start, key=lambda one: one.end)
    return at < len(furniture) and furniture[at].start < drop.end


def _disjoint(convicted: Iterable[Dropped], size: int) -> tuple[Dropped, ...]:
    """Sort, cut overlaps (the earlier start wins, the rest of the other stays) and join neighbours of one reason and detail."""
    out: list[Dropped] = []
    reached = 0
    for drop in sorted(convicted, key=lambda d: (d.start, -d.end)):
        start, end = max(drop.start, reached), min(drop.end, size)
        if start >= end:
            continue
        reached = end
        last = out[-1] if out else None
        if last and last.end == start and (last.reason, last.detail) == (drop.reason, drop.detail):
            out[-1] = Dropped(last.start, end, last.reason, last.detail)
        else:
            out.append(Dropped(start, end, drop.reason, drop.detail))
    return tuple(out)


def _with_blank_lines(dropped: tuple[Dropped, ...], text: str) -> tuple[Dropped, ...]:
    """Let each dropped line take the blank lines after it, so that paragraphs stay one break apart."""
    out: list[Dropped] = []
    for place, drop in enumerate(dropped):
        end = drop.end
        if end and (text[end - 1] in "\n\r" or end == len(text)):
            limit = dropped[place + 1].start if place + 1 < len(dropped) else len(text)
            blank = end
            while blank < limit and text[blank].isspace():
                blank += 1
                if text[blank - 1] == "\n" or blank == limit:
                    end = blank
        out.append(Dropped(drop.start, end, drop.reason, drop.detail))
    return tuple(out)


def _complement(dropped: tuple[Dropped, ...], size: int) -> tuple[TextRange, ...]:
    kept: list[TextRange] = []
    start = 0
    for drop in dropped:
        if drop.start > start:
            kept.append((start, drop.start))
        start = drop.end
    if start < size:
        kept.append((start, size))
    return tuple(kept)
