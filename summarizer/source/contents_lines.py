"""A printed list of contents: lines with dots and page numbers, or the headings of the text printed once before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.source.lines import Line

__all__ = ["contents_lines"]

_HEADING = re.compile(r"目\s{0,8}[录次]|contents", re.IGNORECASE)
_LEADER = re.compile(r"(?:(?:…\s{0,2}){2,}|(?:[.·•．。_\-—]\s{0,2}){3,})\s{0,4}[-(（]?\s?\d{1,4}\s?[-)）]?$")
_PAGE = re.compile(r"(?:\s|[.…·•．_])+\d{1,4}$")
_SPACE = re.compile(r"\s+")
_LEAST = 3  # so many entries make a list
_LONGEST = 80
_TAIL = 40  # a page number stands in the last characters
_MISSES = 2  # entries in a row that come nowhere again end the list


def contents_lines(lines: list[Line]) -> Iterator[tuple[int, str, str]]:
    """Yield ``(index, reason, detail)`` for the lines of a list of contents with its heading. Linear in the lines."""
    listed = _with_leaders(lines) | _under_heading(lines)
    for index in sorted(listed):
        yield index, "contents", "list of contents"


def _with_leaders(lines: list[Line]) -> set[int]:
    """Runs of lines that end in dots and a page number; an entry that wraps has one line without between two with."""
    found: set[int] = set()
    run: list[int] = []
    entries = misses = 0
    for index, line in enumerate([*lines, None]):
        text = line.text if line else ""
        if line is not None and (not text or (run and misses < 1 and len(text) <= _LONGEST and not _is_entry(text))):
            misses += bool(text)
            if run:
                run.append(index)
            continue
        if line is not None and _is_entry(text):
            entries, misses = entries + 1, 0
            run.append(index)
            continue
        if entries >= _LEAST:
            while run and not _is_entry(lines[run[-1]].text):
                run.pop()
            found.update(run)
            above = _above(lines, run[0])
            found.update([above] if above is not None else [])
        run, entries, misses = [], 0, 0
    return found


def _is_entry(text: str) -> bool:
    return len(text) <= 2 * _LONGEST and _LEADER.search(text[-60:]) is not None


def _above(lines: list[Line], index: int) -> int | None:
    """The heading 目录 right above the first entry."""
    index -= 1
    while index >= 0 and not lines[index].text:
        index -= 1
    return index if index >= 0 and _HEADING.fullmatch(lines[index].text) else None


def _under_heading(lines: list[Line]) -> set[int]:
    """Under a line 目录: entries that stand again, as lines of their own, further down."""
    heading = next((index for index, line in enumerate(lines) if _HEADING.fullmatch(line.text)), None)
    if heading is None:
        return set()
    last: dict[str, int] = {_key(line.text): index for index, line in enumerate(lines) if line.text}
    entries: list[int] = []
    misses = 0
    for index in range(heading + 1, len(lines)):
        text = lines[index].text
        if not text:
            continue
        if len(text) <= _LONGEST and last.get(_key(text), index) > index:
            entries.append(index)
            misses = 0
        elif len(text) > _LONGEST or (misses := misses + 1) > _MISSES:
            break
    # The entries' own repetition begins where the first of them stands again: that line is the text's.
    if len(entries) < _LEAST:
        return set()
    stop = next(
        (i for i in range(entries[0] + 1, len(lines)) if _key(lines[i].text) == _key(lines[entries[0]].text)),
        len(lines),
    )
    return {index for index in range(heading, min(entries[-1] + 1, stop)) if lines[index].text}


def _key(text: str) -> str:
    return _SPACE.sub("", text[:-_TAIL] + _PAGE.sub("", text[-_TAIL:]))
