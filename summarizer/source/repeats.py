"""Lines that stand twice: a body printed twice, and the cut-off lead of the article among teasers below it."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.source.lines import Line

__all__ = ["repeated_lines"]

_LONG = 30  # shorter lines may rightly repeat (headings, refrains)
_RUN = 3  # so many repeated long lines in a row are a second copy, fewer are the author's own words …
_PARAGRAPH = 200  # … unless a whole paragraph of this length repeats


def repeated_lines(lines: list[Line]) -> Iterator[tuple[int, str, str]]:
    """Yield ``(index, reason, detail)`` for lines of a second copy (``duplicate``) and cut repetitions (``teaser``)."""
    first_seen: dict[str, int] = {}
    by_prefix: dict[str, int] = {}
    run: list[int] = []
    for index, line in enumerate(lines):
        if len(line.text) < _LONG:
            if line.text and run and line.text not in first_seen:
                yield from _flush(lines, run)
                run = []
            elif line.text and run:
                run.append(index)
            if line.text:
                first_seen.setdefault(line.text, index)
            continue
        if line.text in first_seen:
            run.append(index)
            continue
        yield from _flush(lines, run)
        run = []
        earlier = by_prefix.get(line.text[:_LONG])
        if earlier is not None and not line.closed and lines[earlier].text.startswith(line.text.rstrip("….[详细] ")):
            yield index, "teaser", "the article's own lead, cut off"
        first_seen[line.text] = index
        by_prefix.setdefault(line.text[:_LONG], index)
    yield from _flush(lines, run)


def _flush(lines: list[Line], run: list[int]) -> Iterator[tuple[int, str, str]]:
    long = [index for index in run if len(lines[index].text) >= _LONG]
    if len(long) >= _RUN or any(len(lines[index].text) >= _PARAGRAPH for index in long):
        for index in run:
            yield index, "duplicate", "second copy"
