"""What a page prints above the headline: menus, breadcrumbs, and the headline itself once too often."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.source.furniture import COUNTER
from summarizer.source.lines import Line
from summarizer.source.repeats import repeated_headlines

__all__ = ["site_header"]

_MENU_WORD = 7  # longest word of a menu
_MENU = 3  # so many of them in a run are a menu
_CRUMB_MARKS = ">›»＞"

DroppedLine = tuple[int, str, str]
"""Index of a line, reason, detail."""


def site_header(lines: list[Line], first: int) -> Iterator[DroppedLine]:
    """Lines above the article (before ``first``, its first sentence) that are the site's: index, reason and detail of each."""
    head = [index for index in range(first) if lines[index].text]
    yield from _menu(lines, head)
    yield from _breadcrumb(lines, head)
    yield from repeated_headlines(head, lines)


def _menu(lines: list[Line], head: list[int]) -> Iterator[DroppedLine]:
    """A run of short words at the very top with a button among them is the site's menu, when a headline follows."""
    long = next((place for place, index in enumerate(head) if len(lines[index].text) > _MENU_WORD), None)
    run = head[:long] if long is not None else []
    cues = [
        cue for index in run if (cue := lines[index].cue) is not None and cue != COUNTER and cue.reason == "navigation"
    ]
    if len(run) >= _MENU and cues:
        yield from ((index, "navigation", "menu above the headline") for index in run)


def _breadcrumb(lines: list[Line], head: list[int]) -> Iterator[DroppedLine]:
    """Everything before the breadcrumb is the site's, and the breadcrumb's last word below it."""
    crumb = next((index for index in reversed(head) if _is_crumb(lines[index])), None)
    if crumb is None:
        return
    below = any(index > crumb and lines[index].cue is None and len(lines[index].text) >= 6 for index in head)
    trail = lines[crumb].text
    for index in head:
        text = lines[index].text
        # A headline above the breadcrumb stays when there is none below it.
        if index < crumb and (below or len(text) < 10):
            yield index, "navigation", "above the breadcrumb"
        elif crumb < index <= crumb + 3 and 2 <= len(text) <= 10 and trail.endswith(text):
            yield index, "navigation", "section name of the breadcrumb"


def _is_crumb(line: Line) -> bool:
    cue = line.cue
    navigation = cue is not None and cue.reason == "navigation" and cue.role == "drop"
    return navigation and any(mark in line.text for mark in _CRUMB_MARKS)
