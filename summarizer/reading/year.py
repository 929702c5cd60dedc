"""The year a text speaks from: what 今年, 五年来 and 6月底前 are read against. None where the text does not print it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.language.characters import BLANKS, CLOSING_BRACKETS, FULL_STOP
from summarizer.language.cues import outline_cues
from summarizer.language.dates import Time, TimeKind
from summarizer.source.text import CleanRange, clean_range

__all__ = ["DocumentYear", "decide_year"]

_OPENING = 600
"""A dateline, a document number and the year of the work stand in the first characters of a text."""
_ENDING = 400
"""A signature's date and the address of the page stand in the last ones."""
_ADDRESS = re.compile(
    r"https?://[^\s)）]{0,160}?[/_=-](?P<year>20[0-4]\d)[/-]?(?:0[1-9]|1[0-2])(?:[/-]?[0-3]\d)?(?=\D)"
)
_TITLE = 80
"""Characters of a title line, and of the part of a text in which it stands."""
_LINE = 40
"""A document's own number stands on a short line; in a longer one another paper is cited."""


@dataclass(frozen=True, slots=True)
class DocumentYear:
    """The year, and where it is printed; no place where it comes from a date that a stage before has read."""

    year: int
    place: CleanRange | None


def decide_year(text: str, times: tuple[Time, ...], dates: tuple[str | None, ...]) -> DocumentYear | None:
    """The year of ``text`` (simplified characters) with its ``times``; ``dates`` are ISO dates of meeting and publication.

    In this order: the document's own number on a line of its own, those dates, the page's own address, a whole date in the
    opening, the year of the title line, the date of the signature. A year that is only mentioned decides nothing.
    """
    own = next(
        (
            number
            for number in outline_cues().own_number.pattern.finditer(text, 0, _OPENING)
            if _line_length(text, number.start()) <= _LINE
        ),
        None,
    )
    if own:
        return DocumentYear(int(own["year"]), clean_range(*own.span("year")))
    if known := next((date for date in dates if date), None):
        return DocumentYear(int(known[:4]), None)
    return next(_printed(text, times), None)


def _printed(text: str, times: tuple[Time, ...]) -> Iterator[DocumentYear]:
    for low, high in ((max(0, len(text) - _ENDING), len(text)), (0, _OPENING)):
        if address := _ADDRESS.search(text, low, high):
            yield DocumentYear(int(address["year"]), clean_range(*address.span("year")))
    for time in times:
        if time.start >= _OPENING:
            break
        titled = time.kind is TimeKind.YEAR and time.start <= _TITLE and _line_length(text, time.start) <= _TITLE
        if time.year and (time.kind is TimeKind.DATE or titled) and not _is_aimed(text, time):
            yield DocumentYear(time.year, clean_range(time.start, time.end))
    for time in reversed(times):
        if time.end < len(text) - _ENDING:
            break
        if time.kind is TimeKind.DATE and time.year and _ends_line(text, time):
            yield DocumentYear(time.year, clean_range(time.start, time.end))


def _line_length(text: str, offset: int) -> int:
    return text.find("\n", offset) % (len(text) + 1) - text.rfind("\n", 0, offset) - 1


def _is_aimed(text: str, time: Time) -> bool:
    """到2027年, 力争2027年建成: a year that is aimed at is not the year of the text."""
    aimed = outline_cues().aimed.words
    return text.startswith(aimed, time.start) or text.endswith(aimed, max(0, time.start - 2), time.start)


def _ends_line(text: str, time: Time) -> bool:
    """Whether a date closes the text or its line, as under a signature: behind a full stop or a body's name, nothing after."""
    behind = text[time.end : text.find("\n", time.end) % (len(text) + 1)]
    return not behind.strip(BLANKS + CLOSING_BRACKETS + FULL_STOP)
