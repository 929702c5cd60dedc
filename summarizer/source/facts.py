"""What a document says of itself: headline, issuer, publisher, region, level, genre, dates, script. Null when not printed."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.language.script import detect_script
from summarizer.language.titles import title_cues
from summarizer.schema import Level, Meeting, Quality
from summarizer.source.head import Head, read_head
from summarizer.source.issuer import find_issuer, signature_date
from summarizer.source.meeting import find_meeting
from summarizer.source.text import CleanText, SourceText, clean_range
from summarizer.source.view import without_pinyin

__all__ = ["Facts", "facts"]

_BODY_CHARS = 3000


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
    published = head.published or (signature_date(view) if genre in title_cues().signed.words else None)
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
    return whole.printed(*view.to_source_range(*clean_range(at, at + len(title))))


def _genre(clean: CleanText, head: Head) -> str:
    cues = title_cues()
    text = clean.text[:_BODY_CHARS]
    title = cues.bracket.pattern.sub("", head.title or "")
    if cues.report.pattern.search(text[:600]):
        return cues.report.name
    for genre in cues.genre:
        if title.endswith(genre.ends) or any(word in title for word in genre.within):
            return genre.name
    says = cues.readout.pattern
    if len(says.findall(text)) >= 2 or (cues.held.pattern.search(text[:300]) and says.search(text)):
        return cues.readout.name
    if cues.speech.pattern.search(text[:400]):
        return cues.speech.name
    return (
        cues.news.name
        if cues.news.pattern.search(text[:600]) or (head.publisher and head.published)
        else cues.other.name
    )
