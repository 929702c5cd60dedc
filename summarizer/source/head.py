"""The head of a document: headline, subtitle, publication date and publisher, as printed above the article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from summarizer.language.characters import BLANKS, COLONS, ENUMERATION_COMMA, FULL_STOP, HAN, WIDE_COMMA, WIDE_SEMICOLON
from summarizer.language.dates import TimeKind, find_times
from summarizer.language.titles import TitleTable, title_cues
from summarizer.schema import CleanOffset
from summarizer.source.lines import Line, read_lines
from summarizer.source.text import CleanText, Dropped

__all__ = ["Head", "read_head"]

_HEAD_CHARS = 4000
_FOOT_CHARS = 200  # a credit with more article than this behind it belongs to a picture or a table
_LONGEST_TITLE = 90
_ATTACHED_WITHIN = 20
_HAN = re.compile(f"[{HAN}]")
_NO_TITLE_END = COLONS + FULL_STOP + WIDE_SEMICOLON + WIDE_COMMA + ENUMERATION_COMMA
_AROUND_SUBTITLE = "—―–-（()）" + BLANKS


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the article. ``subtitle`` is the line that names the meeting (——2026年1月26日在…会议上), joined when wrapped."""

    title: str | None
    subtitle: str | None
    published: date | None
    publisher: str | None


def read_head(clean: CleanText) -> Head:
    """Read the head from the kept lines above the first sentence, and dates and sources from what was dropped around them."""
    lines = [line for line in read_lines(clean.text[:_HEAD_CHARS]) if line.text]
    first = next((i for i, line in enumerate(lines) if line.strong), min(len(lines), 12))
    above = lines[:first]
    labels = _labels(clean, CleanOffset(lines[first].start if first < len(lines) else len(clean.text)))
    return Head(_title(above) or _attached(lines), _subtitle(above), _published(labels), _publisher(labels, clean))


def _title(above: list[Line]) -> str | None:
    words = title_cues()
    places = [i for i, line in enumerate(above) if _may_be_title(line.text, words)]
    if not places:
        return None
    best = max(places, key=lambda i: (_title_score(above[i].text, words), -i))
    text = title_cues().label.pattern.sub("", above[best].text)
    # A headline wrapped over two lines: “关于印发某市 / 2026年工作要点的通知”.
    following = above[best + 1].text if best + 1 < len(above) else ""
    wrapped = (
        best + 1 in places
        and not text.endswith(words.nouns.words)
        and following.endswith(words.nouns.words)
        and len(text + following) <= _LONGEST_TITLE
    )
    return text + following if wrapped and above[best].stop == above[best + 1].start else text


def _attached(lines: list[Line]) -> str | None:
    """The headline of the paper that a letter without one sends out: it begins with whom it is for (各市人民政府：)."""
    if not lines or lines[0].text[-1] not in COLONS or not title_cues().addressee.pattern.search(lines[0].text):
        return None
    words = title_cues()
    papers = (
        line.text
        for line in lines[1:_ATTACHED_WITHIN]
        if words.paper.pattern.search(line.text) and _may_be_title(line.text, words)
    )
    return next(papers, None)


def _may_be_title(text: str, words: TitleTable) -> bool:
    if not 5 <= len(text) <= _LONGEST_TITLE or text in words.parts.words or words.subtitle.pattern.match(text):
        return False
    if text[-1] in _NO_TITLE_END or _is_speaker(text, words) or _names_meeting(text):
        return False
    return sum(1 for _ in _HAN.finditer(text)) >= max(4, len(text) // 3)


def _title_score(text: str, words: TitleTable) -> int:
    bare = words.bracket.pattern.sub("", text)
    return 2 * bare.endswith(words.nouns.words) + (len(text) >= 10) + bool(words.weighty.pattern.search(text))


def _is_speaker(text: str, words: TitleTable) -> bool:
    """“某省省长 张某”: an office with a name of at most four characters behind it."""
    for office in words.offices.words:
        place = text.rfind(office)
        if place >= 0 and 2 <= len(re.sub(r"\s", "", text[place + len(office) :])) <= 4:
            return True
    return False


def _names_meeting(text: str) -> bool:
    time = next(find_times(text, 0, 16), None)
    return (
        time is not None
        and time.start <= 2
        and time.kind is TimeKind.DATE
        and title_cues().speech_place.pattern.search(text) is not None
    )


def _subtitle(above: list[Line]) -> str | None:
    for i, line in enumerate(above):
        if not (title_cues().subtitle.pattern.match(line.text) or _names_meeting(line.text)):
            continue
        bare = line.text.strip(_AROUND_SUBTITLE)
        if not title_cues().speech_place.pattern.search(bare) and i + 1 < len(above):
            joined = bare + above[i + 1].text.strip(_AROUND_SUBTITLE)
            bare = joined if title_cues().speech_place.pattern.search(joined) else bare
        if next(find_times(bare, 0, 20), None) is not None:
            return bare
    return None


def _labels(clean: CleanText, head_end: CleanOffset) -> str:
    """Source text that holds statements about the article: all above its first sentence, and dropped credits below it."""
    top = clean.to_source(head_end) if clean.kept else len(clean.source)
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
    cues = title_cues()
    for label in (cues.published.pattern, None, cues.written.pattern):
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
            if lone and before and not title_cues().publisher.pattern.fullmatch(before):
                continue
            if not lone and time.start > 2:
                return None
            try:
                return date(time.year, time.month, time.day)
            except ValueError:
                continue
    return None


def _publisher(labels: str, clean: CleanText) -> str | None:
    nobody = title_cues().nobody.words
    for match in title_cues().publisher.pattern.finditer(labels):
        name = match.group(1).strip(BLANKS + COLONS)
        name = name if "（" in name or "(" in name else name.rstrip("）)")
        if name not in nobody and not any(character.isdigit() for character in name):
            return name
    return None
