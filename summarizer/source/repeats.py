"""Lines that stand twice: a body printed twice, a headline above itself, the cut-off lead of the article among teasers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, takewhile

from summarizer.source.lines import Line

__all__ = ["repeated_headlines", "repeated_lines", "second_copy"]

_SENTENCE_END = re.compile("[\u3002\uff01\uff1f!?\n]")
_LONG = 30  # shorter lines may rightly repeat (headings, refrains)
_HEADLINE = 8  # a shorter line is no headline
_FILE_ENDINGS = (".doc", ".pdf", ".wps", ".txt", ".ppt", "VIP", "下载")  # “某要点.docx” on a page of a document library
_RUN = 3  # so many repeated long lines in a row are a second copy, fewer are the author's own words …
_PARAGRAPH = 200  # … unless a whole paragraph of this length repeats,
_LEAST_COPY, _MOST_OF_TEXT = 80, 0.6  # or two lines that are most of the text before them


_PROBE = 48  # so many characters of a sentence do not come twice by chance
_PROBES = 4


def second_copy(text: str) -> tuple[int, int] | None:
    """The half-open range of a second printing of the text's beginning inside one line, or ``None``.

    One of the first sentences is looked for again; what agrees from there on, character by character, is the copy when it
    covers most of what stands between the two. Linear in the text.
    """
    starts = [0, *(match.end() for match in islice(_SENTENCE_END.finditer(text), _PROBES - 1))]
    for start in starts:
        again = text.find(text[start : start + _PROBE], start + _PARAGRAPH) if len(text) >= start + _PROBE else -1
        if again >= 0 and "\n" not in text[start:again].strip():
            length = sum(
                1
                for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text[start:again], text[again:], strict=False))
            )
            if length >= max(_PARAGRAPH, (again - start) * 0.6):
                return again, again + length
    return None


def repeated_lines(lines: list[Line], passed: Collection[int] = ()) -> Iterator[tuple[int, str, str]]:
    """Yield ``(index, reason, detail)`` for lines of a second copy (``duplicate``) and cut repetitions (``teaser``).

    ``passed`` are lines that are no article: what repeats one of them is no copy.
    """
    first_seen: dict[str, int] = {}
    by_prefix: dict[str, int] = {}
    run: list[int] = []
    for index, line in enumerate(lines):
        if index in passed:
            continue
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
    size = sum(len(lines[index].text) for index in long)
    before = sum(len(line.text) for line in lines[: run[0]]) if len(long) == _RUN - 1 else 0
    whole = before > 0 and size >= max(_LEAST_COPY, _MOST_OF_TEXT * before)
    if len(long) >= _RUN or whole or any(len(lines[index].text) >= _PARAGRAPH for index in long):
        for index in run:
            yield index, "duplicate", "second copy"


def repeated_headlines(head: Sequence[int], lines: list[Line]) -> Iterator[tuple[int, str, str]]:
    """Of a headline printed several times above the article (page title, 标题：, headline) the plain one stays.

    ``head`` are the indexes of the lines above the article that nothing else drops.
    """
    long = [index for index in head if len(lines[index].text) >= _HEADLINE]
    last = {lines[index].text: index for index in long}
    copies = [index for index in long if _is_copy(index, lines[index].text, last)]
    for index in copies:
        yield index, "headline", "headline printed again, with a label or the site's name"
    # What stands between two copies is the page's: counters, buttons, an index card. A subtitle belongs to the second copy.
    if copies:
        plain = _plain(copies, lines, last)
        for index in head:
            if copies[0] < index < plain and index not in copies and lines[index].text:
                yield index, "navigation", "between two copies of the headline"


def _is_copy(index: int, text: str, last: dict[str, int]) -> bool:
    return index != last[text] or any(
        plain != text and (text in (f"标题:{plain}", f"标题：{plain}") or _with_site(text, plain)) for plain in last
    )


def _plain(copies: list[int], lines: list[Line], last: dict[str, int]) -> int:
    """Index of the headline that stays: the last line that one of the copies repeats."""
    return max((at for text, at in last.items() if any(text in lines[copy].text for copy in copies)), default=0)


def _with_site(text: str, plain: str) -> bool:
    """Whether ``text`` is the headline with the site's name behind it (“某标题_某网站”)."""
    rest = text[len(plain) :].lstrip() if text.startswith(plain) else ""
    return bool(rest) and not rest.startswith("——") and (rest[0] in "-_|–—｜" or rest.startswith(_FILE_ENDINGS))
