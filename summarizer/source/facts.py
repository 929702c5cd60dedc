"""What a document says of itself: headline, issuer, publisher, region, level, genre, dates, script. Null when not printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.schema import Level, Meeting, Quality
from summarizer.source.head import Head, read_head, title_words
from summarizer.source.issuer import find_issuer, signature_date
from summarizer.source.meeting import find_meeting
from summarizer.source.script import detect_script
from summarizer.source.text import CleanText, SourceText
from summarizer.source.view import without_pinyin

__all__ = ["Facts", "facts"]

_BODY_CHARS = 3000
_SIGNED = ("通知", "意见", "方案", "公报")  # papers whose date of issue stands under the signature
_REPORT = re.compile(r"代表[^。]{1,20}向大会(?:作政府工作报告|报告工作|报告政府工作|作工作报告)")
_MEETING_SAYS = re.compile(r"会议(?:明确)?(?:指出|强调|要求|认为|提出|部署|着重强调|系统总结|全面)")
_MEETING_HELD = re.compile(
    r"会议?[^。，,]{0,24}(?:召开|举行)|(?:召开|举行)[^。，,]{0,30}(?:会议|大会|[谈推部动调例]会)"
)
_SPEECH_OPENS = re.compile(r"(?:同志们|各位领导|各位同事|各位代表|女士们|各位来宾)[^。]{0,20}[:：]")
_NEWS = re.compile(r"记者|通讯员|据悉|获悉|[日]电[ （(]|消息")


@dataclass(frozen=True)
class Facts:
    """The document's own statements about itself; ``notes`` say what was inferred (a year) and from where."""

    title: str | None
    issuer: str | None
    publisher: str | None
    region: str | None
    level: Level | None
    genre: str
    published: str | None
    script: str | None
    meeting: Meeting
    notes: tuple[Quality, ...] = ()


def facts(source: SourceText, view: CleanText) -> Facts:
    """Read the facts of a document; ``view`` is its clean text in simplified characters.

    Nothing is guessed: an unnamed district stays null, a level may still be known.
    """
    whole = CleanText(source.text, view.kept)
    view = without_pinyin(view)
    head = read_head(view)
    found = find_meeting(view, head)
    genre = _genre(view, head)
    issuer = find_issuer(view, head, found.meeting)
    region = issuer.region
    published = head.published or (signature_date(view) if genre in _SIGNED else None)
    return Facts(
        title=_printed(head.title, whole, view),
        issuer=issuer.name,
        publisher=head.publisher,
        region=region.name if region else None,
        level=issuer.level,
        genre=genre,
        published=published.isoformat() if published else None,
        script=detect_script(_as_printed(source, view) or source.text),
        meeting=found.meeting,
        notes=(found.note,) if found.note else (),
    )


def _as_printed(source: SourceText, view: CleanText) -> str:
    """The kept text in the characters of the source."""
    return "".join(source.text[start:end] for start, end in view.kept)


def _printed(title: str | None, whole: CleanText, view: CleanText) -> str | None:
    """The headline as the source prints it, in its own script, without what prints nothing."""
    at = view.text.find(title) if title else -1
    if title is None or at < 0:
        return title
    return whole.printed(view.to_source(at), view.to_source(at + len(title), "left"))


def _genre(clean: CleanText, head: Head) -> str:
    text = clean.text[:_BODY_CHARS]
    title = re.sub(r"[（(][^（）()]{1,12}[）)]$", "", head.title or "")
    if _REPORT.search(text[:600]):
        return "政府工作报告"
    for name, ends, within in title_words().genres:
        if title.endswith(ends) or any(word in title for word in within):
            return name
    if len(_MEETING_SAYS.findall(text)) >= 2 or (_MEETING_HELD.search(text[:300]) and _MEETING_SAYS.search(text)):
        return "会议通稿"
    if _SPEECH_OPENS.search(text[:400]):
        return "讲话"
    return "新闻" if _NEWS.search(text[:600]) or (head.publisher and head.published) else "其他"
