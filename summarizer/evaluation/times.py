"""When two printed times mean the same: an annotator and a program may take the time from the clause or from the heading."""

from __future__ import annotations

from summarizer.language.dates import year_as_printed
from summarizer.language.figure_cues import figure_cues
from summarizer.language.fold import fold

__all__ = ["same_time"]

_CUES = figure_cues().same_times


def same_time(a: str | None, b: str | None, year: int | None) -> bool:
    """Whether two printed times agree in a text of ``year``.

    One must hold the other once quotes and words around a time are off (到2030年, 2030年底), relative years are years (今年),
    and a plan's five years may go by either name (五年来, “十四五”时期). No time agrees only with no time.
    """
    if a is None or b is None:
        return a is b
    left, right = (_plain(time, year) for time in (a, b))
    if any(
        _CUES.plan.pattern.search(one) and _CUES.five_years.pattern.search(other)
        for one, other in ((left, right), (right, left))
    ):
        return True
    return bool(left and right) and (left in right or right in left)


def _plain(printed: str, year: int | None) -> str:
    text = _CUES.around.pattern.sub("", fold(printed).text)
    if year is not None and text in _CUES.relative.years:
        return year_as_printed(year + _CUES.relative.years[text])
    return text
