"""Page furniture by its words: the table of cues, and the cue of one line.

The words are data (``language/data/furniture.toml``); here is only how they are looked up: exact lines by a dictionary,
beginnings by their first two characters, words inside a line by one pattern over lines of bounded length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from summarizer.language.fold import simplified
from summarizer.language.furniture import furniture_cues
from summarizer.language.tables import alternation

__all__ = ["COUNTER", "Cue", "find_cue", "is_button_row"]

_TRIM = " \t\u3000\xa0:：•·●■◆▪-—|｜>》》[]【】()（）"
_LONGEST = 400
_BREADCRUMB = re.compile(r"[>›»＞]")
_BREADCRUMB_WORDS = ("首页", "正文", "位置", "网站", "频道", "Home")
_DATE_ONLY = re.compile(
    r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}[:：时]\d{2}(?:[:：分]\d{0,2})?[分秒]?)?"
)
_DATED = re.compile(
    r"\[?\s?(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?\]?(?:\s*\d{1,2}[:：时]\d{2}(?:[:：分]\d{0,2})?)?[ \t\u3000|,，]*"
    r"(?:来源|作者|浏览|阅读|点击|编辑|责任编辑|字号|字体|佚名|记者|文章来源|信息来源|发布|【|\[|\Z)"
)
_TIME_ONLY = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_COUNTER = re.compile(r"\d{1,7}|\d+(?:万|w)?\+?|\d+(?:文章数|评论|跟贴|人参与|阅读).{0,12}")
_REPORTER = re.compile(
    r"(?:记者|通讯员|摄影|特派员)[ \t\u3000/／:：]*(?:[\u4e00-\u9fff]{2,4}[ \t\u3000、]*){1,4}(?:摄|图|报道|文|整理)?"
)
_PHOTO = re.compile(r"(?:记者|通讯员|供图|新华社|中新社)[^。]{0,20}(?:摄|供图|发)[。）)]?$")
_PAREN_SOURCE = re.compile(
    r"[（(【\[](?:[^（(【\[）)】\]]{0,12})(?:来源|记者|通讯员|供稿|作者|编辑|责编|转自|摄影)[^）)】\]]{0,60}[）)】\]]$"
)
_BAR = re.compile(r"[ \t\u3000]{0,3}[|丨｜∣][ \t\u3000]{0,3}")
_BETWEEN_BUTTONS = re.compile(r"[\s\u3000|｜【】\[\]()（）:：/、·•\uff0c,]+")
_SPREAD = re.compile(r"\s+")
_FIGURES = frozenset("0123456789[")
_TELLING = re.compile(r"[>›»＞摄图者员源稿编社转]")  # every breadcrumb, caption and credit holds one of these
_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Cue:
    """Why a line looks like furniture: ``reason`` and ``role`` as the data file defines them, ``detail`` the words that matched."""

    reason: str
    role: str
    detail: str


COUNTER = Cue("navigation", "edge", "counter")
"""A number alone on a line: comments, shares, or a cell of a table."""

_BUTTONS_LONGEST = 60


@dataclass(frozen=True, slots=True)
class _Table:
    lines: dict[str, Cue]
    starts: dict[str, tuple[tuple[str, int, Cue], ...]]
    within: re.Pattern[str]
    within_cues: dict[str, tuple[int, Cue]]


@cache
def _table() -> _Table:
    lines: dict[str, Cue] = {}
    starts: dict[str, list[tuple[str, int, Cue]]] = {}
    within: dict[str, tuple[int, Cue]] = {}
    for row in furniture_cues().cue:
        for word in row.words:
            cue = Cue(row.reason, row.role, word)
            if row.match == "line":
                lines.setdefault(word.strip(_TRIM) or word, cue)
            elif row.match == "start":
                starts.setdefault(word[:2], []).append((word, row.max, cue))
            else:
                within[word] = (row.max, cue)
    return _Table(lines, {key: tuple(value) for key, value in starts.items()}, alternation(tuple(within)), within)


def find_cue(text: str) -> Cue | None:
    """The cue of one stripped, not empty line in simplified characters; ``None`` for what may be article text.

    Cost is bounded for long lines.
    """
    size = len(text)
    if size > _LONGEST:
        return None
    table = _table()
    if size <= 40 and (cue := table.lines.get(text.strip(_TRIM) or text)) is not None:
        return cue
    bare = text.lstrip("•·●■◆▪ \t\u3000\xa0")
    forms = [bare]
    if bare[:1] in ("[", "【") or bare[1:2].isspace():
        # Index cards and buttons are set with spread labels: “索 引 号：”, “[ 发文字号 ]”, “搜 索”.
        forms.append(_SPREAD.sub("", bare[:16]).lstrip("[【") + bare[16:])
        if size <= 16 and (cue := table.lines.get(forms[1].strip(_TRIM))) is not None:
            return cue
    if _BAR.search(bare, 0, 8):
        forms.append(_BAR.sub("：", bare[:12], count=1) + bare[12:])  # “来源 | 某报”, “编辑丨某某”
    sentence = size > 12 and text[-1] in "。；？！?!"
    for form in forms:
        for word, longest, cue in table.starts.get(form[:2], ()):
            # “审核：对申报材料逐项核对。” is a sentence of the article, a declaration is a sentence of the page.
            if size <= longest and form.startswith(word) and (not sentence or cue.reason == "copyright"):
                return cue
    if size <= 200 and (found := table.within.search(text)) is not None:
        longest, cue = table.within_cues[found.group()]
        # After a full stop in the same line the word stands in a paragraph: what is spam there goes by itself, not with the line.
        if size <= longest and (cue.reason == "copyright" or (not sentence and "。" not in text[: found.start()])):
            return cue
    return _shaped(text, size)


def is_button_row(text: str) -> bool:
    """Whether a line of a page, as printed, is nothing but buttons: “打印 关闭 字号：大 中 小”, “【大】【中】【小】”."""
    if len(text) > _BUTTONS_LONGEST:
        return False
    words = [word for word in _BETWEEN_BUTTONS.split(text) if word]
    return len(words) >= 2 and all(map(_is_button, words))


def _is_button(printed: str) -> bool:
    cue = _table().lines.get(simplified(printed))
    return cue is not None and cue.reason == "navigation"


def _shaped(text: str, size: int) -> Cue | None:
    """Furniture known by its shape and not by a word."""
    if text[0] in _FIGURES:
        if size <= 24 and (_DATE_ONLY.fullmatch(text) or _TIME_ONLY.fullmatch(text)):
            return Cue("byline", "date", "date alone")
        if size <= 24 and _COUNTER.fullmatch(text):
            return COUNTER
        if size <= 90 and _DATED.match(text):
            return Cue("byline", "meta", "date and source")
    if size >= 40 and len(_LATIN.findall(text)) > 0.7 * size:
        return Cue("english", "edge", "English notice")
    if size > 160 or not _TELLING.search(text):
        return None
    if _BREADCRUMB.search(text) and any(word in text for word in _BREADCRUMB_WORDS):
        return Cue("navigation", "drop", "breadcrumb")
    if size <= 90 and (_PHOTO.search(text) or _PAREN_SOURCE.fullmatch(text)):
        return Cue("byline", "meta", "caption or source")
    if size <= 60 and (found := _REPORTER.search(text)) is not None and found.end() == size:
        return Cue("byline", "meta", "reporter")
    return None
