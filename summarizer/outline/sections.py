"""Parts of a text and their horizon: which stretch looks back, orients, sets goals, sets work, or closes.

Three kinds of evidence, strongest first: headings; who speaks at the beginning of a sentence (会议要求，…) and the openers
of lists; and, for a chapter whose heading says nothing, what its sentences lean to. Offsets are of the scanned text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from summarizer.language.cues import classify_heading, lean_of, opener_in, speaker_at, starts_imperative, turn_at
from summarizer.language.genres import work_score
from summarizer.language.markers import Marker
from summarizer.outline.model import Horizon, Section
from summarizer.outline.paragraphs import Paragraph, sentence_starts

__all__ = ["Cut", "cut_sections", "title_lines"]

_SOFT = 9.0
_UNMARKED = 0.5
_LABEL = 16
_BARE_LABEL = 6
_LEAN_WINDOW = 1500
_TITLE_LINES = 12
_RUNNING = 60
_LINE_HEADLINE = 40
_TARGET_YEAR = re.compile(r"(20[1-4]\d)年(?:度)?[^。，,；;\n0-9]{0,12}(?:工作|任务|要点|安排|打算|计划)")
_YEAR = re.compile(r"20[1-4]\d(?=年)")
_PERIOD = re.compile(
    r"20\d\d年?(?:[—－-]|至|到)20\d\d年|20\d\d年|[“\"]?十[三四五六七]五[”\"]?(?:时期|期间)?|今年|过去五年|过去一年|未来五年|今后五年"
)
_ORIENTATION = re.compile(
    r"以[^。，,]{0,24}(?:思想|精神)[^。，,]{0,6}为(?:指导|指引|统领|遵循)|更加注重|指导思想|深刻(?:领悟|把握)[^。]{0,8}两个确立"
)
_ACHIEVED = re.compile(r"过去|收官|成效|成绩|进展|成就|(?:一年|五年|以来)[，,来]|取得|圆满完成|去年")
_TROUBLE = re.compile(r"问题|不足|短板|差距|滞后|困难|形势")
_LISTING = frozenset(["dun", "paren", "arabic", "padded", "clause", "task_no"])


@dataclass(frozen=True, slots=True)
class Cut:
    """The beginning of a part. ``rank`` is that of the heading that made it, 9 for cues in running text."""

    start: int
    horizon: Horizon
    rank: float
    reason: str
    heading: tuple[int, int] | None = None
    asked: bool = False


@dataclass(slots=True)
class _Walk:
    """Where the reading stands: the cuts so far, and what the last heading said."""

    text: str
    markers: Sequence[Marker]
    sets_work: bool
    target_year: int | None
    cuts: list[Cut] = field(default_factory=list)
    rank: float = _SOFT
    anchor: Horizon | None = None
    mixed: bool = False
    seen_work: bool = False
    running: bool = False
    asked: bool = False
    announced: bool = False

    @property
    def horizon(self) -> Horizon:
        return self.cuts[-1].horizon if self.cuts else Horizon.LEAD

    def cut(self, cut: Cut) -> None:
        if self.cuts and self.cuts[-1].start == cut.start:
            self.cuts.pop()
        self.cuts.append(cut)
        self.seen_work |= cut.horizon is Horizon.WORK


def title_lines(text: str, paragraphs: Sequence[Paragraph]) -> list[str]:
    """The short lines before the running text: title, subtitle, document number, addressee."""
    lines = []
    for paragraph in paragraphs[:_TITLE_LINES]:
        line = text[paragraph.start : paragraph.end]
        if len(line) > 2 * _LABEL + 40 or (paragraph.marker and paragraph.marker.value == 1):
            break
        lines.append(line)
    return lines or [text[:40]]


def _target_year(text: str) -> int | None:
    years = [int(match[1]) for match in _TARGET_YEAR.finditer(text)]
    return max(years, default=None)


def cut_sections(text: str, paragraphs: Sequence[Paragraph], markers: Sequence[Marker]) -> list[Section]:
    """The parts of ``text`` (simplified characters) in order; they cover it."""
    titles = title_lines(text, paragraphs)
    walk = _Walk(text, markers, work_score(text, titles) > 0, _target_year(text))
    walk.cut(Cut(0, Horizon.LEAD, _SOFT, "beginning"))
    in_title = True
    for index, paragraph in enumerate(paragraphs):
        in_title = in_title and index < len(titles) and not paragraph.marker
        if in_title and paragraph.is_heading:
            continue
        if not _read_heading(walk, paragraph, paragraphs, index):
            _read_headlines(walk, paragraphs, index)
            _read_running_text(walk, paragraph, heads=_heads(paragraphs, index + 1))
    return _sections(walk)


def _read_heading(walk: _Walk, paragraph: Paragraph, paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Cut where a heading or a numbered chapter starts a part. True when the paragraph is nothing but a heading."""
    marker = paragraph.marker
    if marker is None and not paragraph.is_heading:
        return False
    if marker is not None and (not marker.style.block or marker.value == 0 or marker.style.rank > 3):
        return False
    headline = walk.text[paragraph.body : paragraph.head]
    rank = _rank_of(walk, marker, headline)
    heading = (paragraph.start, paragraph.head)
    horizon = _heading_horizon(walk, headline, rank)
    walk.asked = walk.asked and horizon is None
    if horizon is not None:
        outer = rank <= walk.rank or walk.anchor is None or walk.mixed
        if horizon is not walk.horizon or rank <= walk.rank:
            walk.cut(Cut(paragraph.start, horizon, rank, f"heading {headline}", heading))
        if outer:
            walk.rank, walk.anchor = rank, horizon
    elif marker is not None and (rank <= walk.rank or walk.mixed) and _is_chapter(walk, paragraphs, index):
        chapter = _chapter_horizon(walk, paragraphs, index)
        if chapter is not walk.horizon or walk.anchor is not chapter:
            walk.cut(Cut(paragraph.start, chapter, rank, f"chapter {headline}", heading))
        walk.rank, walk.anchor = rank, chapter
    elif (
        marker is not None
        and walk.anchor is Horizon.WORK
        and walk.horizon is not walk.anchor
        and rank <= walk.cuts[-1].rank
    ):
        walk.cut(Cut(paragraph.start, walk.anchor, rank, "list of the chapter"))
    elif _heads_work(walk, marker, headline):
        walk.cut(Cut(paragraph.start, Horizon.WORK, _SOFT, f"imperative heading {headline}"))
    return paragraph.is_heading


def _heads_work(walk: _Walk, marker: Marker | None, headline: str) -> bool:
    """Whether a bare heading line reads like a task where nothing has said yet what the text speaks of."""
    open_part = walk.anchor is None and walk.running and walk.horizon in (Horizon.LEAD, Horizon.PRINCIPLES)
    return marker is None and open_part and starts_imperative(headline)


def _rank_of(walk: _Walk, marker: Marker | None, headline: str) -> float:
    """The rank of a heading. One without a number stands above numbered chapters only if it stood there first."""
    if marker is not None:
        return float(marker.style.rank)
    above = walk.rank in (_SOFT, _UNMARKED) or classify_heading(headline) == Horizon.CLOSING
    return _UNMARKED if above else walk.rank + _UNMARKED


def _is_chapter(walk: _Walk, paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a numbered paragraph can begin a part: not inside a list that an opener has announced."""
    return not (walk.horizon is Horizon.WORK and walk.rank == _SOFT and paragraphs[index].marker is not None)


def _heading_horizon(walk: _Walk, headline: str, rank: float) -> Horizon | None:
    """What a heading says, read with the text's year and with the part that it stands in; ``None``: nothing new."""
    named = classify_heading(headline[: _LABEL * 3])
    walk.mixed = False if rank <= walk.rank else walk.mixed
    if named is None:
        return None
    years = [int(year) for year in _YEAR.findall(headline)]
    if named.startswith("mixed_"):
        walk.mixed = True
        return Horizon.OUTLOOK if named == "mixed_outlook_work" else Horizon.PAST
    if named == "outlook_period":
        return Horizon.OUTLOOK if walk.target_year not in years else Horizon.WORK
    horizon = Horizon(named)
    if horizon is Horizon.SITUATION and walk.announced and walk.anchor is None:
        return None
    if horizon is Horizon.WORK and years and walk.target_year and max(years) < walk.target_year:
        horizon = Horizon.PAST
    inside = walk.anchor is not None and rank > walk.rank
    if inside and not _may_change(walk.anchor, horizon, headline):
        return None
    return horizon


def _may_change(anchor: Horizon | None, horizon: Horizon, headline: str) -> bool:
    """Whether a deeper heading may leave the part of its chapter: bare labels may, headlines of items may not."""
    label = len(headline) <= _LABEL
    if anchor is Horizon.WORK:
        return len(headline) <= _BARE_LABEL and horizon is not Horizon.WORK
    if anchor in (Horizon.PAST, Horizon.SITUATION):
        return horizon in (Horizon.SITUATION, Horizon.CLOSING) or (horizon is Horizon.WORK and "下一步" in headline)
    if anchor in (Horizon.SAFEGUARD, Horizon.CLOSING, Horizon.OTHER):
        return horizon is Horizon.CLOSING
    return label or horizon in (Horizon.PRINCIPLES, Horizon.OUTLOOK)


def _chapter_horizon(walk: _Walk, paragraphs: Sequence[Paragraph], index: int) -> Horizon:
    """The horizon of a numbered chapter whose heading has no cue."""
    if walk.mixed or walk.anchor is Horizon.WORK:
        return Horizon.WORK
    if walk.rank == _UNMARKED and walk.anchor is not None:
        return walk.anchor
    start = paragraphs[index].start
    lean = lean_of(walk.text, start, _chapter_end(paragraphs, index))
    past, work, outlook = lean["past"], lean["work"], lean["outlook"]
    if past > 1.5 * work and past >= 3:
        return Horizon.PAST
    if outlook > work and outlook > past and walk.target_year is not None:
        return Horizon.OUTLOOK
    return Horizon.WORK


def _chapter_end(paragraphs: Sequence[Paragraph], index: int) -> int:
    """The next paragraph with an enumerator of the same style, at most 1,500 characters on."""
    style, limit = paragraphs[index].marker, paragraphs[index].start + _LEAN_WINDOW
    for paragraph in paragraphs[index + 1 :]:
        if paragraph.start >= limit:
            return limit
        if paragraph.marker and style and paragraph.marker.style.family == style.style.family:
            return paragraph.start
    return min(limit, paragraphs[-1].end)


def _read_headlines(walk: _Walk, paragraphs: Sequence[Paragraph], index: int) -> None:
    """Cut where plain paragraphs that each begin with an imperative headline follow what a meeting stated."""
    if walk.anchor is not None or walk.horizon is not Horizon.PRINCIPLES or index + 1 >= len(paragraphs):
        return
    if all(_is_imperative(walk.text, paragraph) for paragraph in paragraphs[index : index + 2]):
        end = paragraphs[index + 1].end
        lean = lean_of(walk.text, paragraphs[index].start, end)
        if lean["work"] > lean["past"]:
            walk.cut(Cut(paragraphs[index].start, Horizon.WORK, _SOFT, "paragraphs with imperative headlines"))


def _is_imperative(text: str, paragraph: Paragraph) -> bool:
    first = text[paragraph.start : paragraph.head]
    more = paragraph.end - paragraph.head > len(first)
    return paragraph.marker is None and 4 < len(first) <= _LINE_HEADLINE and more and starts_imperative(first)


def _heads(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether the paragraph at ``index`` is a bare heading line."""
    return index < len(paragraphs) and paragraphs[index].is_heading and paragraphs[index].marker is None


def _read_running_text(walk: _Walk, paragraph: Paragraph, *, heads: bool) -> None:
    """Cut at speakers, openers and turns inside one paragraph, and at a list that follows what a speaker asked for."""
    if walk.asked and paragraph.marker is not None and _list_follows(walk, paragraph.start, paragraph.start, within=1):
        walk.cut(Cut(paragraph.start, Horizon.WORK, _SOFT, "list after what a speaker asked for"))
        walk.asked = False
    starts = sentence_starts(walk.text, paragraph.body, paragraph.end)
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else paragraph.end
        turn = turn_at(walk.text, start, end, at_line=index == 0 and paragraph.marker is None)
        turn = _turn_here(walk, turn)
        if turn is not None and _turn_counts(walk, Horizon(turn), paragraph, index):
            walk.cut(Cut(start, Horizon(turn), _SOFT, f"turn {walk.text[start : start + 12]}"))
            continue
        if walk.anchor is None:
            speaker = speaker_at(walk.text, start, end)
            if speaker is not None:
                _read_speaker(walk, speaker.kind, start, speaker.end, end)
        _read_opener(walk, start, end, heads=heads and end == paragraph.end)
        if walk.asked and index and _list_follows(walk, start, start, within=1):
            walk.cut(Cut(start, Horizon.WORK, _SOFT, "list after what a speaker asked for"))
            walk.asked = False
    walk.running = walk.running or (len(starts) > 0 and paragraph.end - paragraph.start >= _RUNNING)


def _turn_here(walk: _Walk, turn: str | None) -> str | None:
    """The horizon of a turn that means something in one part only."""
    if turn == "coming_period":
        return Horizon.OUTLOOK if walk.mixed and walk.horizon is Horizon.PAST else None
    if turn in ("end_of_list", Horizon.SAFEGUARD) and walk.horizon is not Horizon.WORK:
        return None
    return Horizon.CLOSING if turn == "end_of_list" else turn


def _turn_counts(walk: _Walk, turn: Horizon, paragraph: Paragraph, index: int) -> bool:
    """Inside the list of tasks only the end of the list is believed, and only at the start of a plain paragraph."""
    if turn is walk.horizon or (turn is Horizon.CLOSING and not (walk.running or walk.seen_work)):
        return False
    if walk.horizon is Horizon.WORK:
        opening = (index == 0 and paragraph.marker is None) or turn is Horizon.CLOSING
        return opening and turn in (Horizon.CLOSING, Horizon.NEAR_TERM, Horizon.SITUATION, Horizon.SAFEGUARD)
    if walk.horizon is Horizon.CLOSING:
        return False
    if turn is Horizon.NEAR_TERM:
        return walk.seen_work and walk.anchor is None
    if turn is Horizon.OUTLOOK:
        return walk.mixed or walk.horizon in (Horizon.PRINCIPLES, Horizon.LEAD)
    return True


def _read_speaker(walk: _Walk, kind: str, start: int, said: int, end: int) -> None:
    """Cut where somebody speaks; what is said decides between orientation, praise, problems and work."""
    first = walk.text[start : min(end, said + 80)]
    if kind == "near_term" and walk.seen_work:
        horizon = Horizon.NEAR_TERM
    elif kind == "other":
        horizon = Horizon.NEAR_TERM if walk.seen_work else Horizon.LEAD
    elif kind == "praise":
        horizon = Horizon.PAST
    elif kind == "statement":
        horizon = Horizon.SITUATION if _TROUBLE.search(first) and not _ACHIEVED.search(first) else Horizon.PRINCIPLES
        horizon = Horizon.PAST if _ACHIEVED.search(first) else horizon
    else:
        orient = _ORIENTATION.search(walk.text[said : said + 160]) is not None
        horizon = Horizon.PRINCIPLES if orient else Horizon.WORK
    asked = kind == "directive" and "会" in walk.text[start:said]
    walk.cut(Cut(start, horizon, _SOFT, f"speaker {walk.text[start:said]}", asked=asked))
    walk.rank, walk.anchor = _SOFT, None
    walk.asked = kind == "directive" and horizon is Horizon.PRINCIPLES


def _read_opener(walk: _Walk, start: int, end: int, *, heads: bool) -> None:
    """Cut where an opener announces a list, unless a heading has said otherwise about this part."""
    found = opener_in(walk.text, start, end)
    if found is None:
        return
    horizon = Horizon(found[0])
    if walk.anchor in (Horizon.PAST, Horizon.SAFEGUARD, Horizon.OTHER) or walk.horizon is horizon:
        return
    if walk.anchor is Horizon.OUTLOOK and not walk.mixed:
        return
    if walk.horizon is Horizon.WORK and (
        walk.anchor is Horizon.WORK or _listed_since(walk, walk.cuts[-1].start, start)
    ):
        return
    if horizon is Horizon.WORK and not (heads or _list_follows(walk, found[2], end)):
        return
    walk.cut(Cut(start, horizon, _SOFT, f"opener {walk.text[found[1] : found[2]]}"))
    walk.asked = False
    walk.announced = horizon is Horizon.WORK and "讲" not in walk.text[found[1] : found[2]]


def _list_follows(walk: _Walk, start: int, end: int, within: int = 120) -> bool:
    """Whether the next enumerator from ``start`` on begins a list, at most ``within`` characters behind ``end``."""
    index = bisect_left(walk.markers, start, key=lambda marker: marker.start)
    if index == len(walk.markers):
        return False
    marker = walk.markers[index]
    return marker.style.family in _LISTING and marker.value in (1, 2) and marker.start - end < within


def _listed_since(walk: _Walk, start: int, end: int) -> bool:
    """Whether an enumerator stands in ``[start, end)``."""
    index = bisect_left(walk.markers, start, key=lambda marker: marker.start)
    return index < len(walk.markers) and walk.markers[index].start < end


def _sections(walk: _Walk) -> list[Section]:
    """Close each part where the next begins. In a text that sets no work only what a meeting asks for is believed."""
    silent = {Horizon.WORK, Horizon.SAFEGUARD, Horizon.NEAR_TERM}
    sections = []
    for cut, end in zip(walk.cuts, [*(c.start for c in walk.cuts[1:]), len(walk.text)], strict=True):
        horizon, reason = cut.horizon, cut.reason
        if not walk.sets_work and not cut.asked and horizon in silent:
            horizon, reason = Horizon.OTHER, f"a text that sets no work; {reason}"
        place = cut.heading or (cut.start, min(end, cut.start + 60))
        period = _PERIOD.search(walk.text, *place)
        sections.append(Section(cut.start, end, horizon, cut.heading, period[0] if period else None, reason))
    return sections
