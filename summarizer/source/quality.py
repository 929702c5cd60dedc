"""Quality flags: what a reader must know of a text before relying on it, each with its place.

Every detector takes the source and the clean text and yields flags; spans are source offsets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from summarizer.language.damage import damage
from summarizer.schema import Flag, Quality, Span
from summarizer.source.injection import injections
from summarizer.source.text import CleanRange, CleanText, Dropped, SourceRange, SourceText, clean_range, source_range
from summarizer.source.view import PINYIN

__all__ = ["quality"]

# Dropped for another reason than being the page's: statements about the article, and damage with a flag of its own.
_NOT_FURNITURE = (
    "byline",
    "metadata",
    "spam",
    "paywall",
    "page_number",
    "headline",
    "duplicate",
    "page_break",
    "markup",
    "struck",
    "note_mark",
    "invisible",
    "spacing",
    "dump",
    "contents",
)
_FURNITURE_CHARS = 15  # less is a stray button that changes nothing for the reader
_FLAT_CHARS = 800  # a text of this length in one line has lost its paragraphs …
_FLAT_SHARE = 0.9  # … when that line is nearly all of it
_OPEN_END = 25  # shortest last line that must end as a sentence
_CELL = 14  # longest cell of a flattened table
_CELLS = 8  # so many cells in a row are a table
_SPUN_PER_THOUSAND = 6  # weight of synonym-swapping tells a thousand characters; official prose stays below 1
_SPUN_KINDS = 8
_PINYIN_PLAIN = 3  # pinyin without tone marks counts from so many places on

_BLANKED = re.compile(
    r"(?<=[\u4e00-\u9fff“‘（(，,。；;])_{1,3}(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])_{1,3}(?=[\u4e00-\u9fff，,。；;”’）)])"
)
_STARS = re.compile(r"(?<!\*)\*{2,4}(?!\*)")
_BLOCKED = re.compile(r"(?<=[\u4e00-\u9fff])(?:[a-z]{1,2}-[a-z]{1,2}|[□■▇█]{1,6}|[×✕╳]{2,4})(?=[\u4e00-\u9fff])")
# A star or cross for a word: “20*年”, “××市”, “xx同志”. One alone may be a note sign.
_MASKED = re.compile(
    r"(?<=20)[xX×*＊]{2}(?=年)|(?<![A-Za-z*×])[xX×＊*]{2,4}(?=[省市县区镇村局委厅办院校]|同志|公司)|(?<=[\u4e00-\u9fff、])[*＊](?=[\u4e00-\u9fff、，。])"
)
_MASKS = 3
_TONED = re.compile(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]")
_NO_CELL = re.compile(r"[。！？；：!?;:]")  # “责任单位：某局” is a line of a duty list, not a cell
_FIGURE = re.compile(r"[-+]?[\d.,]{1,12}[%％‰]?")
_LOST = re.compile("[\ufffd\ue000-\uf8ff]+")
_LATIN_NOISE = re.compile("[\u00c0-\u00ff\u0080-\u009f]{4,}")

_FLAG_OF_NOTE = {"unread": Flag.UNREAD, "uncertain": Flag.UNCERTAIN_TEXT}

Detector = Callable[[SourceText, CleanText], Iterator[Quality]]


def quality(source: SourceText, clean: CleanText) -> tuple[Quality, ...]:
    """All flags of a cleaned document in the order of ``schema.Flag``, one flag a kind of damage and place.

    ``damaged_markers`` and ``inferred_date`` are found elsewhere (outline, facts).
    """
    found = [flag for detector in _DETECTORS for flag in detector(source, clean)]
    order = list(Flag)
    return tuple(sorted(found, key=lambda item: (order.index(item.flag), item.span.start if item.span else -1)))


def _flag(flag: Flag, detail: str, start: int, end: int) -> Quality:
    return Quality(flag=flag, detail=detail, span=Span(start=start, end=end))


def _boilerplate(source: SourceText, clean: CleanText) -> Iterator[Quality]:
    drops = [drop for drop in clean.dropped if drop.reason not in _NOT_FURNITURE]
    size = sum(len(source.text[drop.start : drop.end].strip()) for drop in drops)
    if size >= _FURNITURE_CHARS:
        reasons = ", ".join(sorted({drop.reason for drop in drops}))
        yield _flag(
            Flag.BOILERPLATE, f"{size} characters of page furniture dropped ({reasons})", drops[0].start, drops[0].end
        )


def _by_reason(flag: Flag, reason: str, what: str) -> Detector:
    def detector(source: SourceText, clean: CleanText) -> Iterator[Quality]:
        drops: list[Dropped] = [drop for drop in clean.dropped if drop.reason == reason]
        if drops:
            first = drops[0]
            excerpt = source.text[first.start : first.end].strip()[:40]
            yield _flag(flag, f"{what}, {len(drops)} place(s), first: {excerpt}", first.start, first.end)

    return detector


def _truncated(source: SourceText, clean: CleanText) -> Iterator[Quality]:
    if not clean.kept:
        return
    end = clean.kept[-1][1]
    near, behind = clean_range(max(0, len(clean.text.rstrip()) - 400), len(clean.text))
    low = clean.to_source(near) if near < behind else 0
    for word in damage().truncated.words:
        # At the end of the article, or in the notice that was cut from it.
        at = source.text.rfind(word, low, end + 200)
        if at >= 0 and any(drop.start <= at < drop.end and drop.reason == "paywall" for drop in clean.dropped):
            yield _flag(Flag.TRUNCATED, f"the page itself says so: {word}", at, at + len(word))
            return
    last = _last_paragraph(clean)
    if last is not None:
        yield _flag(Flag.TRUNCATED, "the last paragraph ends inside a sentence", *clean.to_source_range(*last))


def _last_paragraph(clean: CleanText) -> CleanRange | None:
    """The last line when it is prose that breaks off: unfinished, though the paragraphs before it end as sentences do."""
    text = clean.text.rstrip()
    lines = [line.strip() for line in text[-6000:].splitlines() if line.strip()]
    if not lines or len(lines[-1]) < _OPEN_END or _ended(lines[-1]):
        return None
    before = [line for line in lines[:-1] if len(line) >= _OPEN_END]
    if (not before and "。" not in lines[-1]) or sum(map(_ended, before)) < 0.8 * len(before):
        return None
    tail = lines[-1].rpartition("。")[2]
    # A list of names or units, an attachment or a signature need no full stop.
    if (
        len(tail) < 4
        or not re.search("[，,。]", lines[-1])
        or re.match(r"附|(?:抄送|联系人|电话|注)[:：]|[\d（(]", lines[-1])
    ):
        return None
    return clean_range(len(text) - min(len(text), 40), len(text))


def _ended(line: str) -> bool:
    bare = line.rstrip("”’\"'）)】》 ")
    return (bool(bare) and bare[-1] in "。！？；：!?;:…") or line[-1] in "）)】"


def _censored(source: SourceText, clean: CleanText) -> Iterator[Quality]:
    places = _places((_BLANKED, _BLOCKED), source)
    places += [span for span in _stars(source.text) if clean.to_clean(span[0]) is not None]
    masked = _places((_MASKED,), source)
    places += masked if len(masked) >= _MASKS else []
    kept = sorted({span for span in places if clean.to_clean(span[0]) is not None})
    if kept:
        start, end = kept[0]
        around = source.text[max(0, start - 6) : end + 6].replace("\n", " ")
        yield _flag(Flag.CENSORED, f"{len(kept)} blanked or split word(s), first: {around}", start, end)


def _places(patterns: Iterable[re.Pattern[str]], source: SourceText) -> list[SourceRange]:
    return [source_range(*match.span()) for pattern in patterns for match in pattern.finditer(source.text)]


def _stars(text: str) -> list[SourceRange]:
    """Stars that stand for a word. Pairs that enclose a phrase in each line are Markdown's bold type and say nothing."""
    places: list[SourceRange] = []
    blanked = False
    line_end = -1
    line: list[tuple[int, int]] = []
    for match in _STARS.finditer(text):
        if match.start() > line_end:
            blanked = blanked or _unpaired(text, line)
            line = []
            line_end = text.find("\n", match.end())
            line_end = len(text) if line_end < 0 else line_end
        line.append(match.span())
        places.append(source_range(*match.span()))
    return places if blanked or _unpaired(text, line) else []


def _unpaired(text: str, line: list[tuple[int, int]]) -> bool:
    """Whether stars of one line cannot all be bold type: an odd number, or an opening inside a word that closes clauses later."""
    if len(line) % 2:
        return True
    for start, end in zip(line[::2], line[1::2], strict=True):
        glued = start[0] > 0 and "\u4e00" <= text[start[0] - 1] <= "\u9fff"
        if glued and (end[0] - start[1] > 60 or any(mark in text[start[1] : end[0]] for mark in "，,。；")):
            return True
    return False


def _spun(source: SourceText, clean: CleanText) -> Iterator[Quality]:
    text = clean.text
    hits = [(word, weight, text.count(word)) for word, weight in damage().spun.tells]
    score = sum(weight * count for _, weight, count in hits)
    kinds = [word for word, _, count in hits if count]
    if len(kinds) >= _SPUN_KINDS and 1000 * score >= _SPUN_PER_THOUSAND * max(len(text), 600):
        at = text.find(kinds[0])
        span = clean.to_source_range(*clean_range(at, at + len(kinds[0])))
        yield _flag(Flag.SPUN, "wording of a synonym-swapping program: " + "、".join(kinds[:6]), *span)


def _mojibake(source: SourceText, clean: CleanText) -> Iterator[Quality]:
    places = _places((_LOST, _LATIN_NOISE), source)
    places += [
        source_range(at, at + len(word)) for word in damage().mojibake.words if (at := source.text.find(word)) >= 0
    ]
    kept = sorted(span for span in places if clean.to_clean(span[0]) is not None)
    if kept:
        yield _flag(Flag.MOJIBAKE, f"{len(kept)} place(s) of wrongly decoded characters", *kept[0])


def _pinyin(source: SourceText, clean: CleanText) -> Iterator[Quality]:
    found = [match for match in PINYIN.finditer(source.text) if "\u4e00" <= source.text[match.start() - 1] <= "\u9fff"]
    toned = [match for match in found if _TONED.search(match.group())]
    if toned or len(found) >= _PINYIN_PLAIN:
        first = (toned or found)[0]
        yield _flag(
            Flag.INJECTED_PINYIN, f"{len(found)} reading(s) after characters, first: {first.group()}", *first.span()
        )


def _no_paragraphs(source: SourceText, clean: CleanText) -> Iterator[Quality]:
    text = clean.text.strip()
    longest = max((len(line) for line in text.splitlines()), default=0)
    if longest >= _FLAT_CHARS and longest >= _FLAT_SHARE * len(text):
        start, end = clean.kept[0][0], clean.kept[-1][1]
        yield _flag(Flag.NO_PARAGRAPHS, f"{longest} characters without a line break", start, end)


def _flattened_table(source: SourceText, clean: CleanText) -> Iterator[Quality]:
    heads = damage().table.words
    cells: list[tuple[CleanRange, str]] = []
    offset = 0
    for raw in [*clean.text.splitlines(keepends=True), "。" * (_CELL + 1)]:
        text = raw.strip()
        if text and len(text) <= _CELL and not _NO_CELL.search(text):
            cells.append((clean_range(offset, offset + len(raw.rstrip())), text))
        elif text:
            named = sum(text in heads for _, text in cells)
            numbers = sum(_FIGURE.fullmatch(text) is not None for _, text in cells)
            if len(cells) >= _CELLS and (named >= 2 or numbers >= 3):
                (start, _), (_, end) = cells[0][0], cells[-1][0]
                span = clean.to_source_range(start, end)
                yield _flag(
                    Flag.FLATTENED_TABLE, f"{len(cells)} short lines in a row read like the cells of a table", *span
                )
                return
            cells = []
        offset += len(raw)


def _scanned(source: SourceText, clean: CleanText) -> Iterator[Quality]:
    """The whole text was recognised from pictures: how sure the engine is of it on the whole and at its weakest."""
    if source.recognised:
        size = sum(one.end - one.start for one in source.recognised)
        mean = sum(one.confidence * (one.end - one.start) for one in source.recognised) / max(1, size)
        weakest = min(source.recognised, key=lambda one: one.confidence)
        detail = f"recognised from pictures, confidence {mean:.2f}, at its weakest {weakest.confidence:.2f}"
        yield _flag(Flag.SCANNED, detail, source.recognised[0].start, source.recognised[-1].end)


def _notes(source: SourceText, clean: CleanText) -> Iterator[Quality]:
    """What the format's reader says of its own reading."""
    for note in source.notes:
        span = Span(start=note.span[0], end=note.span[1]) if note.span else None
        yield Quality(flag=_FLAG_OF_NOTE[note.kind], detail=note.detail, span=span)


def _injection(source: SourceText, clean: CleanText) -> Iterator[Quality]:
    for start, end, detail in injections(source.text):
        yield _flag(Flag.INJECTION_ATTEMPT, detail, start, end)


_DETECTORS: tuple[Detector, ...] = (
    _boilerplate,
    _by_reason(Flag.SPAM, "spam", "advertising of link farms dropped"),
    _truncated,
    _by_reason(Flag.PAYWALLED, "paywall", "the page holds back text"),
    _censored,
    _spun,
    _mojibake,
    _pinyin,
    _no_paragraphs,
    _by_reason(Flag.DUPLICATED_BODY, "duplicate", "printed twice, the first copy was kept"),
    _flattened_table,
    _scanned,
    _notes,
    _injection,
)
