"""Who set the tasks: the issuing body in full, its region and its level, from what the text prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from summarizer.language.bodies import Body, find_bodies, is_bare_place
from summarizer.language.dates import parse_date
from summarizer.language.issuers import issuer_cues
from summarizer.language.regions import (
    Region,
    county_names,
    find_regions,
    is_municipality,
    nation,
    province_of_seat,
    region_named,
)
from summarizer.schema import Level, Meeting
from summarizer.source.head import Head
from summarizer.source.text import CleanText

__all__ = ["Issuer", "find_issuer", "signature_date"]

_REACH = 4000
_OPENING = 400


@dataclass(frozen=True, slots=True)
class Issuer:
    """The body's full name, and where and at which level it stands; each ``None`` when the text does not say."""

    name: str | None
    region: Region | None
    level: Level | None


def find_issuer(clean: CleanText, head: Head, meeting: Meeting) -> Issuer:
    """The issuer from, in this order: a report's own words, the headline, the signature, the body that speaks."""
    text = clean.text[:_REACH]
    level = _scope(clean, head)
    reports = issuer_cues().reports.pattern.search(text[:800])
    body = _reporting(reports.group(1)) if reports else _titled(head) or _signed(clean) or _speaking(clean, level)
    if body is not None and body.national:
        return Issuer(body.place + body.name, nation(), Level.NATIONAL)
    if body is None and level is None and issuer_cues().national.pattern.search(head.title or ""):
        return Issuer(None, nation(), Level.NATIONAL)
    if body is not None:
        level = _level_of(body.place, level)
    region = _own_region(body) if body else None
    region = region or _region(text, head, meeting, level)
    if region is None and level is None and issuer_cues().national_opening.pattern.search(text[:_OPENING]):
        return Issuer(None, nation(), Level.NATIONAL)
    if region is not None and level is None:
        level = region.level
    if region is not None and level is Level.CITY and is_municipality(region):
        level = Level.PROVINCE
    if body is None or region is None:
        return Issuer(None, region, level)
    return Issuer(region.name + body.name, region, level)


def _reporting(name: str) -> Body | None:
    """“我代表省人民政府”, “代表国务院”."""
    return next(iter(find_bodies(name)), None)


def _titled(head: Head) -> Body | None:
    """“某省教育厅关于…”, “某市卫健委部署…”: a body in the headline before what it is about, or one that speaks there."""
    title = head.title or ""
    about = issuer_cues().about.pattern.search(title)
    bodies = list(find_bodies(title))
    opening = next((b for b in bodies if about and b.start <= 2 and b.end <= about.start() + 2), None)
    return opening or next((b for b in bodies if b.speaks), None)


def _signed(clean: CleanText) -> Body | None:
    """A body alone on a line above the date at the end or above an attachment."""
    found = next(_signatures(clean), None)
    return found[0] if found else None


def signature_date(clean: CleanText) -> date | None:
    """The date under the signature of a paper (成文日期)."""
    found = next(_signatures(clean), None)
    return found[1] if found else None


def _signatures(clean: CleanText) -> Iterator[tuple[Body, date]]:
    lines = [line.strip() for line in clean.text.splitlines() if line.strip()]
    for above, below in pairwise(lines):
        if len(above) <= 30 and len(below) <= 16 and (day := parse_date(below.replace(" ", ""))) is not None:
            body = next((body for body in find_bodies(above) if body.end == len(above)), None)
            if body is not None:
                yield body, day


def _speaking(clean: CleanText, scope: Level | None) -> Body | None:
    """The body at the text's own level whose head speaks or that the news comes from; the article's beginning first, then its end."""
    text = clean.text
    for low, high in ((0, min(len(text), _REACH)), (max(0, len(text) - 800), len(text))):
        for body in find_bodies(text, low, high):
            if body.speaks and (
                scope is None or (Level.NATIONAL if body.national else _level_of(body.place, scope)) is scope
            ):
                return body
    return None


def _level_of(place: str, scope: Level | None) -> Level | None:
    region = region_named(place)
    if region is not None:
        return region.level
    return issuer_cues().level_of_ending(place) or scope


def _own_region(body: Body) -> Region | None:
    """The region that the body's own name prints: 河北省…, 苏州市…, 某县…."""
    known = region_named(body.place)
    if known is not None:
        return known
    return _printed_region(body.place) if len(body.place) > 2 and not is_bare_place(body.place) else None


def _printed_region(place: str) -> Region | None:
    """A unit below the prefectures, or one that the table does not know, by its printed name: 某县, 某市某区."""
    level = issuer_cues().level_of_ending(place)
    name = next(iter(county_names(place)), place) if level is Level.COUNTY else place
    return Region(name, name[:-1], level, "") if level else None


def _scope(clean: CleanText, head: Head) -> Level | None:
    """The level that the text speaks for: its headline, 全省, 市委, 区政府 …, and whose head speaks; on a tie the lower one.

    A text names the levels above its own (省委, 全国会议) more readily than those below.
    """
    title = head.title or ""
    if issuer_cues().national.pattern.match(title) and nation().name in title[:12]:
        return Level.NATIONAL
    text = clean.text[:_REACH]
    scopes = issuer_cues().scope
    scores = {
        level: len(cues.pattern.findall(text)) + 5 * len(cues.pattern.findall(title)) for level, cues in scopes.items()
    }
    own = _title_region(title)
    if own is not None and own.level in scores:
        scores[own.level] += 5
    for body in find_bodies(text):
        level = _level_of(body.place, None)
        if body.speaks and level in scores:
            scores[level] += 1
    best = max(scores, key=lambda level: (scores[level], list(scopes).index(level)))
    return best if scores[best] else None


def _title_region(title: str) -> Region | None:
    """The unit that a headline begins with: “某市2026年水务工作会议召开”."""
    found = issuer_cues().title_place.pattern.match(title)
    return None if found is None else region_named(found["place"]) or _printed_region(found["place"])


def _region(text: str, head: Head, meeting: Meeting, level: Level | None) -> Region | None:
    """The region of a body printed without its place (省教育厅): the one the head names, or the text names most, at its level."""
    if level is Level.NATIONAL:
        return nation()
    if level is Level.COUNTY:
        heads = "\n".join(part for part in (head.title, head.subtitle, head.publisher) if part)
        named = next(iter(county_names(heads)), None)
        often = Counter(county_names(text)).most_common(1)
        name = named or (often[0][0] if often and often[0][1] >= 2 else None)
        return _county(name) if name else None
    heads = "\n".join(part for part in (head.title, head.subtitle, head.publisher) if part)
    for mention in find_regions(heads):
        if level is None or mention.region.level is level:
            return mention.region
        if is_municipality(mention.region):
            return mention.region
    counted = Counter(
        m.region.name
        for m in find_regions(text)
        if level is None or m.region.level is level or is_municipality(m.region)
    )
    own = _title_region(head.title or "")
    if own is not None and own.level is level:
        return own
    seat = province_of_seat(meeting.place) if meeting.place and level is Level.PROVINCE else None
    if seat is not None:
        return seat
    if meeting.place and level is Level.CITY and (city := region_named(meeting.place)) is not None:
        return city
    best = counted.most_common(1)
    return region_named(best[0][0]) if best and (level is not None or best[0][1] >= 3) else None


def _county(name: str) -> Region:
    return Region(name, name[:-1], Level.COUNTY, "")
