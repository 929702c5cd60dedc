"""Whether the parts of an indicator belong together where they stand: name, period and base to their value.

That the words are there is proven elsewhere; here the relations are. The program's own reading of the sentence is asked first:
the name that it gives the figure, the time that governs it, the figure from which a change starts. A part that the source
does not bind to the value is dropped, one that it may bind otherwise is to be checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from difflib import SequenceMatcher

from summarizer.figures.figures import Figures
from summarizer.figures.measured import Measured
from summarizer.figures.resolution import Days
from summarizer.language.characters import BLANKS
from summarizer.language.figure_cues import figure_cues
from summarizer.language.fold import fold
from summarizer.language.quantities import Quantity
from summarizer.schema import DoubtReason, Horizon, Indicator, SourceOffset, Span
from summarizer.source.text import CleanRange, clean_range

__all__ = ["Binding", "Claim", "Misgiving", "bind", "claim_of"]

_ALIKE = 0.5
"""Share of the shorter name's characters that two readings of one name have in common; 284 of 288 true names of 29 real
texts reach it with the program's own reading."""
_HEAD = 2
"""Characters of a name's last noun."""
_WHOLE = 3
"""A reading shorter than this (产量, 收入) may be a part of any name."""
_NEAR = 60
"""Characters between the pieces of a name, and between name and value, where the program reads no name itself."""
_BEHIND = 14
"""A time in brackets behind its value stands within so many characters: 95%（2025年）."""
_CUES = figure_cues().binding
_NOW = _CUES.now.pattern
_NOW_REACH = 300
_NEGATION = _CUES.negation.pattern
_FROM = _CUES.start.pattern
_YEARLY = _CUES.yearly.pattern
_YEAR = timedelta(days=366)
_MARKS = BLANKS + "|｜"


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of one figure: the pieces of its name, the time it holds for, the figure it starts from, by their places."""

    quantity: Quantity
    name: tuple[CleanRange, ...]
    period: CleanRange | None = None
    base: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Misgiving:
    """A reason to check, with the place to look at."""

    reason: DoubtReason
    at: CleanRange


@dataclass(frozen=True, slots=True)
class Binding:
    """What the source says to a claim: parts that it does not bind (``period``, ``base``), and reasons to check."""

    dropped: tuple[str, ...] = ()
    misgivings: tuple[Misgiving, ...] = ()


def bind(figures: Figures, claim: Claim) -> Binding:
    """Hold a claim against the text. Offsets are clean; the cost is that of the sentences around the figure."""
    dropped: list[str] = []
    if not claim.name:
        return Binding((), (Misgiving(DoubtReason.NAME_APART, figures.reading.place(claim.quantity)),))
    misgivings = [*_name(figures, claim), *_negation(figures, claim)]
    if claim.period is not None:
        verdict = _period(figures, claim, claim.period)
        if verdict is None:
            dropped.append("period")
        elif isinstance(verdict, Misgiving):
            misgivings.append(verdict)
    if claim.base is not None and not _base(figures, claim, claim.base):
        dropped.append("base")
    return Binding(tuple(dropped), tuple(misgivings))


def claim_of(figures: Figures, indicator: Indicator) -> Claim | None:
    """What an indicator says of its figure, in clean offsets; None for a cell of a table, which the row's head names."""
    clean = figures.reading.clean
    value_at = clean.to_clean(indicator.value_evidence.start) if indicator.value_evidence else None
    quantity = figures.reading.figure_at(value_at) if value_at is not None else None
    if quantity is None or figures.in_table(quantity.start):
        return None
    base = _place(figures, indicator.base_evidence)
    return Claim(
        quantity,
        tuple(place for span in indicator.name_evidence if (place := _place(figures, span))),
        _place(figures, indicator.period_evidence),
        figures.reading.figure_at(base[0]) if base else None,
    )


def _place(figures: Figures, span: Span | None) -> CleanRange | None:
    if span is None or span.start == span.end:
        return None
    start, last = (figures.reading.clean.to_clean(offset) for offset in (span.start, SourceOffset(span.end - 1)))
    return None if start is None or last is None else clean_range(start, last + 1)


def _words(figures: Figures, pieces: tuple[CleanRange, ...]) -> str:
    return fold("".join(figures.reading.text[slice(*piece)] for piece in pieces)).text


def _shared(one: str, other: str) -> int:
    return sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())


def _name(figures: Figures, claim: Claim) -> Iterator[Misgiving]:
    """The name is that of the program's own reading, or stands beside the value with no other figure between."""
    claimed, quantity = _words(figures, claim.name), claim.quantity
    own = figures.measured_at(quantity.start)
    read = _read(own) if own is not None else ""
    if own is not None and len(read) >= _WHOLE:
        shared = _shared(claimed, read)
        if shared < _ALIKE * min(len(claimed), len(read)) or not _same_head(claimed, read):
            yield Misgiving(DoubtReason.NAME_APART, (own.start, own.end))
        elif read in claimed:
            return  # the program's shorter name is all of it in the claimed one
        elif rival := _rival(figures, claim, claimed, shared / max(1, len(claimed) + len(read))):
            yield Misgiving(DoubtReason.NAME_APART, (rival.start, rival.end))
        return
    if not _beside(figures, claim):
        yield Misgiving(DoubtReason.NAME_APART, figures.reading.place(quantity))


def _read(own: Measured) -> str:
    """The program's name for a figure, folded, without what it adds of the change (年均增长)."""
    return fold(_YEARLY.sub("", own.name).replace(" ", "")).text


def _same_head(claimed: str, read: str) -> bool:
    """Whether the two end in the same thing: a Chinese name is that of its last noun (诊疗量占比 is no 诊疗量 of 机构)."""
    return read[-_HEAD:] in claimed or claimed[-_HEAD:] in read[-2 * _HEAD :]


def _rival(figures: Figures, claim: Claim, claimed: str, likeness: float) -> Measured | None:
    """Another figure near that the claimed name fits better."""
    sentence = figures.reading.sentence(claim.quantity.start)
    low = min(sentence[0], *(start for start, _ in claim.name))
    for other in figures.measured_in(low, sentence[1]):
        name = _read(other)
        if other.quantity.start != claim.quantity.start and name:
            alike = _shared(claimed, name) / max(1, len(claimed) + len(name))
            if alike > likeness and not _same_name(figures, claim, other):
                return other
    return None


def _same_name(figures: Figures, claim: Claim, other: Measured) -> bool:
    """Whether the other figure carries the same name by the program's reading (a total and its growth)."""
    own = figures.measured_at(claim.quantity.start)
    return own is not None and (own.name in other.name or other.name in own.name)


def _beside(figures: Figures, claim: Claim) -> bool:
    """Whether all pieces stand before the value, or directly behind it, near and with no other figure between."""
    quantity, reading = claim.quantity, figures.reading
    first, last = min(start for start, _ in claim.name), max(end for _, end in claim.name)
    if last <= quantity.start:
        between = list(reading.figures_in(last, quantity.start))
        return not between and quantity.start - last <= _NEAR and last - first <= 2 * _NEAR
    if first >= quantity.end:
        return not reading.text[quantity.end : first].strip(_MARKS + "".join(_CUES.of.words)) and last - first <= _NEAR
    return True  # 新增8家达到标准的卫生院: the name goes around its value


def _negation(figures: Figures, claim: Claim) -> Iterator[Misgiving]:
    """A negation between the name and its value that the name does not carry."""
    last = max(end for _, end in claim.name)
    if last > claim.quantity.start:
        return
    found = _NEGATION.search(figures.reading.text, last, claim.quantity.start)
    if found:
        yield Misgiving(DoubtReason.NEGATION, clean_range(*found.span()))


def _period(figures: Figures, claim: Claim, at: CleanRange) -> Misgiving | bool | None:
    """True: the time governs the value. A misgiving: it is printed near, and another one governs. None: it does not."""
    quantity, reading = claim.quantity, figures.reading
    sentence = reading.sentence(quantity.start)
    printed = reading.text[slice(*at)]
    days = figures.days(printed)
    candidates = figures.periods.candidates(quantity.start, sentence[0], reading.section(quantity.start))
    governing = candidates[0] if candidates else None
    if governing is not None and _equal(figures, governing.printed, printed, days):
        return True
    if _NOW.search(printed):
        return True if 0 <= quantity.start - at[0] <= _NOW_REACH else None
    inside = sentence[0] <= at[0] and at[1] <= quantity.start
    if inside and not any(at[1] <= other.start < quantity.start for other in figures.periods.usable):
        return True
    bracketed = quantity.end <= at[0] <= quantity.end + _BEHIND and at[1] <= sentence[1]
    if bracketed and reading.text[quantity.end : at[0]].strip(_MARKS + "（(") == "":
        return True
    if any(_equal(figures, other.printed, printed, days) for other in candidates[1:]) or inside:
        where = (governing.start, governing.end) if governing else at
        return Misgiving(DoubtReason.OTHER_PERIOD, where)
    paragraph = "\n" not in reading.text[at[1] : quantity.start]
    if at[0] < quantity.start and (paragraph or (figures.horizon(at[0]) is Horizon.LEAD and _one_year(days))):
        return True if governing is None else Misgiving(DoubtReason.OTHER_PERIOD, (governing.start, governing.end))
    return None


def _one_year(days: Days) -> bool:
    """Whether a title's time is a year at most: a plan for 2026—2028 does not say when each of its figures is reached."""
    first, behind = days
    return first is None or behind is None or behind - first <= _YEAR


def _equal(figures: Figures, one: str, other: str, days: Days) -> bool:
    return fold(one).text == fold(other).text or (days != (None, None) and figures.days(one) == days)


def _base(figures: Figures, claim: Claim, base: Quantity) -> bool:
    """Whether the change starts from this figure: the program reads it so, or 从, 由 or 较 leads to it and nothing stands between."""
    own = figures.measured_at(claim.quantity.start)
    if own is not None:
        return own.base_at is not None and own.base_at[0] == base.start
    text = figures.reading.text
    led = _FROM.search(text[max(0, base.start - 30) : base.start]) is not None
    between = figures.reading.figures_in(base.end, claim.quantity.start)
    return led and base.end <= claim.quantity.start and not between
