"""When two printed times mean the same: an annotator and a program may take the time from the clause or from the heading."""

from __future__ import annotations

import re

from summarizer.language.fold import fold

__all__ = ["same_time"]

_RELATIVE = {
    "今年": 0,  # 今年力争达到75%, under the heading 2026年工作
    "本年": 0,
    "新的一年": 0,
    "去年以来": -1,  # 去年以来，…取得了新成绩: another reader takes 去年
    "去年": -1,  # 较去年…, in a text of January 2026: 2025年
    "上年": -1,
    "过去一年": -1,  # the opener of a look-back, whose heading says 2025年工作回顾
    "过去的一年": -1,
    "一年来": -1,
}
"""Words for a year → its distance from the year of the text."""

_FIVE_YEARS = re.compile("(?<![0-9])[五5]年")  # not the end of 2025年
_PLAN = re.compile("十[一二三四五六七八九]五")
_AROUND_A_TIME = re.compile("[\"'到至]|时期|期间|期末|[底末]$")


def same_time(a: str | None, b: str | None, year: int | None) -> bool:
    """Whether two printed times agree in a text of ``year``.

    One must hold the other once quotes and words around a time are off (到2030年, 2030年底), relative years are years (今年),
    and a plan's five years may go by either name (五年来, “十四五”时期). No time agrees only with no time.
    """
    if a is None or b is None:
        return a is b
    left, right = (_plain(time, year) for time in (a, b))
    if any(_PLAN.search(one) and _FIVE_YEARS.search(other) for one, other in ((left, right), (right, left))):
        return True
    return bool(left and right) and (left in right or right in left)


def _plain(printed: str, year: int | None) -> str:
    text = _AROUND_A_TIME.sub("", fold(printed).text)
    if year is not None and text in _RELATIVE:
        return f"{year + _RELATIVE[text]}年"
    return text
