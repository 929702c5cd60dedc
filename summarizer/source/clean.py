"""Cleaning: the source ranges that are the article, and the dropped ones with their reasons."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from summarizer.language.fold import simplified
from summarizer.source.dumps import dump_drops
from summarizer.source.injected import injected_drops
from summarizer.source.inline import inline_drops
from summarizer.source.lines import read_lines
from summarizer.source.page import Page
from summarizer.source.spacing import spacing_drops
from summarizer.source.text import CleanText, Dropped, SourceText, TextRange, clean_range, source_range

__all__ = ["clean"]

# What prints nothing in the line that it stands in. It goes first, so that lines and words are judged as a person sees them.
_UNPRINTED = frozenset(["markup", "struck", "note_mark", "metadata"])


def clean(source: SourceText) -> CleanText:
    """Find the article in a source text.

    Returns the kept ranges (whole lines with their breaks, less what was dropped inside them) and the dropped ranges with
    reason (``navigation``, ``byline``, ``metadata``, ``related``, ``teaser``, ``copyright``, ``english``, ``spam``,
    ``paywall``, ``page_number``, ``headline``, ``duplicate``, ``injection``, ``contents``, ``invisible``, ``spacing``,
    ``dump`` or the reader's own) and detail. Kept and dropped together cover the source.

    Lines are judged in simplified characters, so that the page around a text in traditional ones goes as well; details
    quote them so. The conversion is handed on in the clean text.
    """
    text = simplified(source.text)
    unprinted = _unprinted(source, text)
    view = CleanText(text, _complement(unprinted, len(text)))
    furniture = tuple(_in_view(view, drop) for drop in source.furniture)
    convicted = [_in_source(view, drop) for drop in _convicted(view.text, furniture, paper=_is_paper(source))]
    dropped = _disjoint([*source.furniture, *unprinted, *convicted], len(text))
    dropped = _with_blank_lines(dropped, text)
    return CleanText(source.text, _complement(dropped, len(text)), dropped, text)


def _is_paper(source: SourceText) -> bool:
    """Whether the file was made as a paper: leads of other news stand on web pages, printed ones (with their address) too."""
    made = source.media_type == "application/pdf" or "wordprocessingml" in source.media_type
    return made and not any("://" in source.text[one.start : one.end] for one in source.furniture)


def _overlaps(drop: Dropped, furniture: tuple[Dropped, ...]) -> bool:
    """Whether the reader knew of the place already: it also knows whether the line breaks around it are the text's."""
    at = bisect_left(furniture, drop.start, key=lambda one: one.end)
    return at < len(furniture) and furniture[at].start < drop.end


def _unprinted(source: SourceText, text: str) -> tuple[Dropped, ...]:
    marks = [drop for drop in source.furniture if drop.reason in _UNPRINTED]
    return _disjoint([*marks, *spacing_drops(text), *dump_drops(text)], len(text))


def _convicted(text: str, furniture: tuple[Dropped, ...], *, paper: bool) -> Iterable[Dropped]:
    lines = read_lines(text)
    yield from (drop for drop in inline_drops(text) if not _overlaps(drop, furniture))
    yield from injected_drops(text)
    for line, (reason, detail) in zip(lines, Page(lines, furniture).verdicts(), strict=True):
        if reason and not (reason == "teaser" and paper):
            yield Dropped(line.start, line.stop, reason, detail)


def _in_view(view: CleanText, drop: Dropped) -> Dropped:
    start, end = map(view.kept_before, source_range(drop.start, drop.end))
    return Dropped(start, end, drop.reason, drop.detail)


def _in_source(view: CleanText, drop: Dropped) -> Dropped:
    start, end = view.to_source_range(*clean_range(drop.start, drop.end))
    return Dropped(start, end, drop.reason, drop.detail)


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
