"""The meeting a text reports or was given at: name, day and place as printed, the year inferred only from the text itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from summarizer.language.characters import STOPS, WIDE_SEMICOLON
from summarizer.language.dates import Time, TimeKind, find_times
from summarizer.language.meetings import meeting_cues
from summarizer.language.regions import CAPITAL, capital_names
from summarizer.schema import Flag, Meeting, Quality, Span
from summarizer.source.head import Head
from summarizer.source.text import CleanRange, CleanText, clean_range

__all__ = ["FoundMeeting", "find_meeting"]

_LEAD = 1500
_SENTENCE_BREAKS = f"{STOPS}{WIDE_SEMICOLON}\n"


@dataclass(frozen=True, slots=True)
class FoundMeeting:
    """The meeting and, where its year is not printed with its day, the note that says what the year was taken from."""

    meeting: Meeting
    note: Quality | None = None


def find_meeting(clean: CleanText, head: Head) -> FoundMeeting:
    """Look for the meeting in the subtitle, in the sentence that says it was held, and in a speech's headline."""
    spoken = meeting_cues().at.pattern.search(head.subtitle) if head.subtitle else None
    if head.subtitle and (time := next(find_times(head.subtitle), None)) is not None and time.kind is TimeKind.DATE:
        name = spoken.group(1) if spoken else _speech_name(head)
        if time.year:
            return FoundMeeting(Meeting(name=name, date=_iso(time, time.year), place=None))
    held = _held_sentence(clean, head)
    if held is not None:
        return held
    return FoundMeeting(Meeting(name=_speech_name(head)))


def _speech_name(head: Head) -> str | None:
    found = meeting_cues().speech.pattern.search(head.title or "")
    return found.group(1) if found else None


def _held_sentence(clean: CleanText, head: Head) -> FoundMeeting | None:
    """“1月5日，某省某工作会议在某市召开”: the first sentence with a day, a meeting and a word for holding it."""
    text = clean.text[:_LEAD]
    for held in meeting_cues().held.pattern.finditer(text):
        begin = max(text.rfind(mark, 0, held.start()) for mark in _SENTENCE_BREAKS) + 1
        sentence = text[begin : held.start()]
        times = [time for time in find_times(sentence) if time.kind is TimeKind.DATE]
        if not times:
            continue
        time = times[0]
        rest = sentence[time.end :]
        if (line := meeting_cues().dateline.pattern.match(rest)) is not None:
            # “某报2月23日讯 22日，……召开”: the report's own day, then the meeting's.
            reported = times[1] if len(times) > 1 and times[1].start == time.end + line.end() else _reported(time, line)
            if reported is None:
                continue
            rest = sentence[max(time.end + line.end(), reported.end) :]
            time = reported
        place = meeting_cues().place.pattern.search(rest)
        name = meeting_cues().name.pattern.search(rest[: place.start()] if place else rest)
        # “省教育厅召开2026年全省教育工作会议”
        name = name or meeting_cues().name.pattern.match(text, held.end())
        if name is None and place is None:
            continue
        printed_name = meeting_cues().before_name.pattern.sub("", name.group()) if name else None
        span = clean_range(begin + time.start, begin + time.end)
        day, note = _day(clean, head, time, span)
        where = place.group(1) if place else None
        return FoundMeeting(
            Meeting(name=printed_name, date=day, place=CAPITAL if where in capital_names() else where), note
        )
    return None


def _reported(dateline: Time, line: re.Match[str]) -> Time | None:
    """The meeting's day in a report that begins with its own: a bare 22日, 今天, or nothing that can be told (日前)."""
    if line["day"] is None:
        return dateline if line["today"] else None
    day, month, year = int(line["day"]), dateline.month or 0, dateline.year
    if dateline.day is not None and day > dateline.day:
        year, month = (year, month - 1) if month > 1 else (year and year - 1, 12)
    return replace(dateline, year=year, month=month, day=day)


def _day(clean: CleanText, head: Head, time: Time, at: CleanRange) -> tuple[str | None, Quality | None]:
    if time.year:
        return _iso(time, time.year), None
    year, reason = _year(clean, head, time)
    day = _iso(time, year) if year else None
    if day is None:
        return None, None
    start, end = clean.to_source_range(*at)
    span = Span(start=start, end=end)
    return day, Quality(flag=Flag.INFERRED_DATE, detail=f"meeting on {day}: the year is {reason}", span=span)


def _year(clean: CleanText, head: Head, time: Time) -> tuple[int | None, str]:
    """The year of a day printed without one: the last such day before publication, or the year the text plans for."""
    if head.published is not None:
        before = _date(time, head.published.year)
        year = head.published.year if before and before <= head.published else head.published.year - 1
        return year, f"the last before the publication date {head.published.isoformat()}"
    text = (head.title or "") + "\n" + clean.text[:_LEAD]
    planned = meeting_cues().planned.pattern.search(text)
    if planned is None or time.month is None:
        return None, ""
    year = int(planned.group(1))
    reviewed = meeting_cues().reviewed.pattern.search(text)
    if time.month >= 10 and (reviewed is None or int(reviewed.group(1)) == year - 1):
        return year - 1, f"the autumn before the year planned for ({year})"
    return year, f"the year planned for ({planned.group().strip()})"


def _date(time: Time, year: int) -> date | None:
    try:
        return date(year, time.month or 0, time.day or 0)
    except ValueError:
        return None


def _iso(time: Time, year: int) -> str | None:
    day = _date(time, year)
    return day.isoformat() if day else None
