"""Running text: parts that begin inside a paragraph, where somebody speaks, a list is announced, or the text turns."""

from __future__ import annotations

from summarizer.language.cues import is_attitude, opener_in, request_at, speaker_at, speaks_of, turn_at
from summarizer.outline.paragraphs import Paragraph, sentence_starts
from summarizer.outline.walk import SOFT, Cut, Walk
from summarizer.schema import Horizon

__all__ = ["read_running_text"]

_RUNNING = 60
_SAID = 80
_ORIENTATION_WINDOW = 160


def read_running_text(walk: Walk, paragraph: Paragraph, *, heads: bool) -> None:
    """Cut at speakers, openers and turns inside one paragraph, and at a list that follows what a speaker asked for."""
    if walk.asked and paragraph.marker is not None and walk.list_follows(paragraph.start, paragraph.start, within=1):
        walk.cut(Cut(paragraph.start, Horizon.WORK, SOFT, "list after what a speaker asked for"))
        walk.asked = False
    starts = sentence_starts(walk.text, paragraph.body, paragraph.end)
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else paragraph.end
        turn = turn_at(walk.text, start, end, at_line=index == 0 and paragraph.marker is None)
        turn = _turn_here(walk, turn)
        if turn is not None and _turn_counts(walk, Horizon(turn), paragraph, index):
            walk.cut(Cut(start, Horizon(turn), SOFT, f"turn {walk.text[start : start + 12]}"))
            continue
        if walk.anchor is None:
            speaker = speaker_at(walk.text, start, end)
            if speaker is not None:
                _read_speaker(walk, speaker.kind, start, speaker.end, end)
        _read_opener(walk, start, end, heads=heads and end == paragraph.end)
        if walk.asked and index and walk.list_follows(start, start, within=1):
            walk.cut(Cut(start, Horizon.WORK, SOFT, "list after what a speaker asked for"))
            walk.asked = False
    walk.running = walk.running or (len(starts) > 0 and paragraph.end - paragraph.start >= _RUNNING)


def _turn_here(walk: Walk, turn: str | None) -> str | None:
    """The horizon of a turn that means something in one part only."""
    if turn == "coming_period":
        return Horizon.OUTLOOK if walk.mixed and walk.horizon is Horizon.PAST else None
    if turn in ("end_of_list", Horizon.SAFEGUARD) and walk.horizon is not Horizon.WORK:
        return None
    return Horizon.CLOSING if turn == "end_of_list" else turn


def _turn_counts(walk: Walk, turn: Horizon, paragraph: Paragraph, index: int) -> bool:
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


def _read_speaker(walk: Walk, kind: str, start: int, said: int, end: int) -> None:
    """Cut where somebody speaks; what is said decides between orientation, praise, problems and work."""
    first = walk.text[start : min(end, said + _SAID)]
    if kind == "near_term" and walk.seen_work:
        horizon = Horizon.NEAR_TERM
    elif kind == "other":
        horizon = Horizon.NEAR_TERM if walk.seen_work else Horizon.LEAD
    elif kind == "praise":
        horizon = Horizon.PAST
    elif kind == "statement":
        trouble = Horizon.SITUATION if speaks_of("trouble", first) else Horizon.PRINCIPLES
        horizon = Horizon.PAST if speaks_of("achieved", first) else trouble
        if horizon is Horizon.PRINCIPLES and walk.seen_work and _asks(walk.text, said, end):
            horizon = Horizon.WORK
    else:
        orients = speaks_of("orientation", walk.text[said : said + _ORIENTATION_WINDOW])
        horizon = Horizon.PRINCIPLES if orients else Horizon.WORK
    asked = kind == "directive" and speaks_of("meeting", walk.text[start:said])
    walk.cut(Cut(start, horizon, SOFT, f"speaker {walk.text[start:said]}", asked=asked))
    walk.rank, walk.anchor = SOFT, None
    walk.asked = kind == "directive" and horizon is Horizon.PRINCIPLES


def _asks(text: str, start: int, end: int) -> bool:
    """Whether a meeting that has set work before goes on to ask for more: 会议指出，要加快…, no attitude."""
    clause = text[start : start + _ORIENTATION_WINDOW]
    return request_at(text, start, end).asks and not (speaks_of("orientation", clause) or is_attitude(text, start, end))


def _read_opener(walk: Walk, start: int, end: int, *, heads: bool) -> None:
    """Cut where an opener announces a list, unless a heading has said otherwise about this part."""
    found = opener_in(walk.text, start, end)
    if found is None:
        return
    horizon = Horizon(found[0])
    if walk.anchor in (Horizon.PAST, Horizon.SAFEGUARD, Horizon.OTHER) or walk.horizon is horizon:
        return
    if walk.anchor is Horizon.OUTLOOK and not walk.mixed:
        return
    if walk.horizon is Horizon.WORK and (walk.anchor is Horizon.WORK or walk.listed_since(walk.cuts[-1].start, start)):
        return
    if horizon is Horizon.WORK and not (heads or walk.list_follows(found[2], end)):
        return
    walk.cut(Cut(start, horizon, SOFT, f"opener {walk.text[found[1] : found[2]]}"))
    walk.asked = False
    walk.announced = horizon is Horizon.WORK and not speaks_of("talk", walk.text[found[1] : found[2]])
