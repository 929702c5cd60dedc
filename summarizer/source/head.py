"""The head of a document: headline, subtitle, publication date and publisher, as printed above the article."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from summarizer.language.dates import TimeKind, find_times
from summarizer.source.lines import Line, read_lines
from summarizer.source.text import CleanText, Dropped

__all__ = ["Head", "TitleWords", "read_head", "title_words"]

_HEAD_CHARS = 4000
_FOOT_CHARS = 200  # a credit with more article than this behind it belongs to a picture or a table
_LONGEST_TITLE = 90
_SUBTITLE = re.compile(r"[—―–-]{1,2}|[（(]")
_SPEECH_PLACE = re.compile(r"(?:会议|大会|全会|座谈会|常委会|推进会|部署会)(?:全体会议)?上?[)）]?$")
_PUBLISHED = re.compile(
    r"(?<![\u4e00-\u9fff])(?:发布时间|发布日期|发表时间|发布于|發布時間|發佈時間|更新时间|时间|日期|時間|发表于)[ \t\u3000]*[:：]?\s*"
)
_SOURCE = re.compile(r"(?:来源|來源|发布机构|转自)[ \t\u3000]*[:：]\s*([^\s|丨；;，,】\]]{2,30})")
_WRITTEN = re.compile(r"(?:成文日期|发文日期|发文时间|成文时间|生成日期)[ \t\u3000]*[:：]?\s*")
_LABEL = re.compile(r"(?:标题|题目|標題)[:：]\s*")


@dataclass(frozen=True, slots=True)
class TitleWords:
    """The word lists of ``titles.toml``."""

    genres: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    nouns: tuple[str, ...]
    parts: frozenset[str]
    offices: tuple[str, ...]
    nobody: frozenset[str]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the article. ``subtitle`` is the line that names the meeting (——2026年1月26日在…会议上), joined when wrapped."""

    title: str | None
    subtitle: str | None
    published: date | None
    publisher: str | None


@cache
def title_words() -> TitleWords:
    """Load the word lists once."""
    file = resources.files("summarizer.language") / "data" / "titles.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    genres = tuple((row["name"], tuple(row.get("ends", ())), tuple(row.get("within", ()))) for row in data["genre"])
    heads = data["heads"]
    return TitleWords(
        genres, tuple(heads["nouns"]), frozenset(heads["parts"]), tuple(heads["offices"]), frozenset(heads["nobody"])
    )


_ADDRESSEE = re.compile("人民政府|单位|部门|委员会|各(?:市|县|区|省|乡镇|有关)")
_PAPER = re.compile(r"(?:方案|规划|计划|意见|要点|清单|办法|措施)(?:[（(][^（）()]{1,12}[）)])?$")
_ATTACHED_WITHIN = 20


def read_head(clean: CleanText) -> Head:
    """Read the head from the kept lines above the first sentence, and dates and sources from what was dropped around them."""
    lines = [line for line in read_lines(clean.text[:_HEAD_CHARS]) if line.text]
    first = next((i for i, line in enumerate(lines) if line.strong), min(len(lines), 12))
    above = lines[:first]
    labels = _labels(clean, lines[first].start if first < len(lines) else len(clean.text))
    return Head(_title(above) or _attached(lines), _subtitle(above), _published(labels), _publisher(labels, clean))


def _title(above: list[Line]) -> str | None:
    words = title_words()
    places = [i for i, line in enumerate(above) if _may_be_title(line.text, words)]
    if not places:
        return None
    best = max(places, key=lambda i: (_title_score(above[i].text, words), -i))
    text = _LABEL.sub("", above[best].text)
    # A headline wrapped over two lines: “关于印发某市 / 2026年工作要点的通知”.
    following = above[best + 1].text if best + 1 < len(above) else ""
    wrapped = (
        best + 1 in places
        and not text.endswith(words.nouns)
        and following.endswith(words.nouns)
        and len(text + following) <= _LONGEST_TITLE
    )
    return text + following if wrapped and above[best].stop == above[best + 1].start else text


def _attached(lines: list[Line]) -> str | None:
    """The headline of the paper that a letter without one sends out: it begins with whom it is for (各市人民政府：)."""
    if not lines or lines[0].text[-1] not in ":\uff1a" or not _ADDRESSEE.search(lines[0].text):
        return None
    words = title_words()
    papers = (
        line.text for line in lines[1:_ATTACHED_WITHIN] if _PAPER.search(line.text) and _may_be_title(line.text, words)
    )
    return next(papers, None)


def _may_be_title(text: str, words: TitleWords) -> bool:
    if not 5 <= len(text) <= _LONGEST_TITLE or text in words.parts or _SUBTITLE.match(text):
        return False
    if text[-1] in ":：。；，、" or _is_speaker(text, words) or _names_meeting(text):
        return False
    return sum("\u4e00" <= c <= "\u9fff" for c in text) >= max(4, len(text) // 3)


def _title_score(text: str, words: TitleWords) -> int:
    bare = re.sub(r"[（(][^（）()]{1,12}[）)]$", "", text)
    return 2 * bare.endswith(words.nouns) + (len(text) >= 10) + ("关于" in text or "会议" in text)


def _is_speaker(text: str, words: TitleWords) -> bool:
    """“某省省长 张某”: an office with a name of at most four characters behind it."""
    for office in words.offices:
        place = text.rfind(office)
        if place >= 0 and 2 <= len(re.sub(r"\s", "", text[place + len(office) :])) <= 4:
            return True
    return False


def _names_meeting(text: str) -> bool:
    time = next(find_times(text, 0, 16), None)
    return (
        time is not None and time.start <= 2 and time.kind is TimeKind.DATE and _SPEECH_PLACE.search(text) is not None
    )


def _subtitle(above: list[Line]) -> str | None:
    for i, line in enumerate(above):
        if not (_SUBTITLE.match(line.text) or _names_meeting(line.text)):
            continue
        bare = line.text.strip("—―–-（()） \t\u3000")
        if not _SPEECH_PLACE.search(bare) and i + 1 < len(above):
            joined = bare + above[i + 1].text.strip("（()） ")
            bare = joined if _SPEECH_PLACE.search(joined) else bare
        if next(find_times(bare, 0, 20), None) is not None:
            return bare
    return None


def _labels(clean: CleanText, head_end: int) -> str:
    """Source text that holds statements about the article: all above its first sentence, and dropped credits below it."""
    top = clean.to_source(min(head_end, len(clean.text))) if clean.kept else len(clean.source)
    end = clean.kept[-1][1] if clean.kept else 0
    parts: list[Dropped] = []
    for drop in clean.dropped:
        if drop.start >= top and drop.reason in ("related", "teaser", "copyright"):
            break
        if drop.start < top or end - drop.end < _FOOT_CHARS:
            parts.append(drop)
    near = [drop for drop in parts if drop.reason in ("byline", "metadata") or drop.start < top]
    return "\n".join(clean.source[drop.start : min(drop.end, drop.start + 400)] for drop in near)


def _published(labels: str) -> date | None:
    for label in (_PUBLISHED, None, _WRITTEN):
        if label is None:
            if found := _day(labels, lone=True):
                return found
            continue
        for match in label.finditer(labels):
            if found := _day(labels[match.end() : match.end() + 24]):
                return found
    return None


def _day(text: str, *, lone: bool = False) -> date | None:
    """The first whole date of a text; with ``lone`` one that begins a line, or follows nothing but the source on it."""
    for time in find_times(text):
        if time.kind is TimeKind.DATE and time.year and time.month and time.day:
            before = text[: time.start].rpartition("\n")[2].strip()
            if lone and before and not _SOURCE.fullmatch(before):
                continue
            if not lone and time.start > 2:
                return None
            try:
                return date(time.year, time.month, time.day)
            except ValueError:
                continue
    return None


def _publisher(labels: str, clean: CleanText) -> str | None:
    nobody = title_words().nobody
    for match in _SOURCE.finditer(labels):
        name = match.group(1).strip("\u3000 ：:")
        name = name if "（" in name or "(" in name else name.rstrip("）)")
        if name not in nobody and not any(character.isdigit() for character in name):
            return name
    return None
