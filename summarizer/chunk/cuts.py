"""Which of the possible cuts is taken: the coarsest kind that lies in reach, and of that kind the furthest."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from summarizer.chunk.boundaries import CLAUSE, PARAGRAPH, PHRASE, SENTENCE, at_sentence_start, sentence_start, shield
from summarizer.chunk.enumerated import Unit
from summarizer.chunk.model import Cut
from summarizer.language.characters import CUTTING_ENDS, SEMICOLONS

__all__ = ["Cuts"]

_HEADING = 40
"""Characters of a line without a full stop that still looks like the heading of what follows."""
_NEAR = (128, 1024)
"""Characters before the limit that are searched for a sentence's end, before the whole reach is."""


class Cuts:
    """The cuts of one text. Structure is known beforehand; sentences and below are looked for near the limit only.

    A cut of a kind in reach always wins over finer ones, so an item that fits is never opened: its end, or its begin,
    is in reach whenever a cut inside it is.
    """

    def __init__(self, text: str, units: Sequence[Unit], parts: Iterable[int]) -> None:
        self._text = text
        places: dict[tuple[Cut, int], list[int]] = defaultdict(list)
        places[Cut.PART, 0] = [_sentence(text, part) for part in parts]
        self._listed: list[int] = []
        previous: dict[int, Unit] = {}
        for unit in units:
            kind = (Cut.PART, Cut.ITEM, Cut.NESTED)[min(unit.level, 2)]
            self._place(unit, previous.get(unit.level), places[kind, unit.level])
            previous[unit.level] = unit
        places[Cut.PARAGRAPH, 0] = _paragraphs(text)
        self._coarse = [(kind, sorted(set(found))) for (kind, _), found in sorted(places.items()) if found]
        self._items = [unit for unit in units if unit.level == 1]
        self._item_starts = [unit.start for unit in self._items]

    def _place(self, unit: Unit, previous: Unit | None, clean: list[int]) -> None:
        """Put the unit's start where it counts: as a cut of its kind, or as one inside a sentence.

        一是…；二是… in one sentence are parted only when the sentence is; when an item is longer than a sentence, its list
        is parted at the items even though a semicolon stands there. A list that opens behind 会议要求： takes these words along.
        """
        if at_sentence_start(self._text, unit.start) or (previous is not None and self._is_long(previous, unit)):
            clean.append(unit.start)
            return
        self._listed.append(unit.start)
        if unit.first:
            clean.append(sentence_start(self._text, unit.start))

    def _is_long(self, previous: Unit, unit: Unit) -> bool:
        """Whether the item before goes over several sentences and its list is parted by semicolons."""
        last = self._text[max(0, unit.start - 8) : unit.start].rstrip()[-1:]
        return last in SEMICOLONS and any(
            self._text.find(mark, previous.start, unit.start) >= 0 for mark in CUTTING_ENDS
        )

    def best(self, start: int, limit: int, fits: Callable[[int, int], bool]) -> tuple[int, Cut]:
        """The end of the piece that begins at ``start`` and may reach ``limit`` (> ``start``), and its kind.

        ``fits(a, b)`` tells whether a stretch would fit a piece of its own.
        """
        for kind, places in self._coarse:
            at = bisect_right(places, limit) - 1
            if at >= 0 and places[at] > start:
                return self._spared(start, places[at], kind, fits)
        end, kind = self._fine(start, limit)
        return self._spared(start, end, kind, fits)

    def torn(self, start: int, end: int, kind: Cut, reach: int) -> int | None:
        """The end, up to ``reach``, of the top-level item or sentence that begins at ``start`` and that a cut at ``end`` tears."""
        at = bisect_left(self._item_starts, start)
        if at < len(self._items) and self._items[at].start == start and end < self._items[at].end <= reach:
            return self._items[at].end
        sentence = SENTENCE.search(self._text, end - 1, reach) if kind > Cut.SENTENCE else None
        return sentence.end() if sentence else None

    def _spared(self, start: int, end: int, kind: Cut, fits: Callable[[int, int], bool]) -> tuple[int, Cut]:
        """Cut before a top-level item rather than inside it, when it fits as a whole."""
        at = bisect_left(self._item_starts, end) - 1
        if kind > Cut.ITEM and at >= 0 and self._items[at].start > start:
            item = self._items[at]
            if item.end > end and fits(item.start, item.end):
                return item.start, Cut.LISTED
        return end, kind

    def _fine(self, start: int, limit: int) -> tuple[int, Cut]:
        for pairs in (True, False):
            for kind, pattern in (
                (Cut.SENTENCE, SENTENCE),
                (Cut.LISTED, None),
                (Cut.CLAUSE, CLAUSE),
                (Cut.PHRASE, PHRASE),
            ):
                end = self._last(pattern, start, limit, pairs) if pattern else self._last_listed(start, limit)
                if end is not None:
                    return end, kind if pairs else Cut.FORCED
            end = self._character(start, limit, pairs)
            if end is not None:
                return end, Cut.CHARACTER if pairs else Cut.FORCED
        return limit, Cut.FORCED

    def _last(self, pattern: re.Pattern[str], start: int, limit: int, pairs: bool) -> int | None:
        """The last match's end in ``(start, limit]`` that tears nothing."""
        for low in (*(limit - width for width in _NEAR if limit - width > start), start):
            ends = [match.end() for match in pattern.finditer(self._text, low, min(limit + 1, len(self._text)))]
            for end in reversed(ends):
                if start < end <= limit and shield(self._text, end, start, pairs=pairs) is None:
                    return end
        return None

    def _last_listed(self, start: int, limit: int) -> int | None:
        at = bisect_right(self._listed, limit) - 1
        return self._listed[at] if at >= 0 and self._listed[at] > start else None

    def _character(self, start: int, limit: int, pairs: bool) -> int | None:
        """The furthest place in reach that tears nothing; goes back from the begin of one shielded thing to the next."""
        end = limit
        while end > start:
            torn = shield(self._text, end, start, pairs=pairs)
            if torn is None:
                return end
            end = torn
        return None


def _sentence(text: str, offset: int) -> int:
    """``offset`` behind its white space, or the start of its sentence when it stands inside one."""
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset if at_sentence_start(text, offset) else sentence_start(text, offset)


def _paragraphs(text: str) -> list[int]:
    """Starts of paragraphs, but for one that only its heading would be cut from."""
    found, begin, heading = [], 0, False
    for match in PARAGRAPH.finditer(text):
        line = match.start() - begin
        is_heading = line <= _HEADING and not SENTENCE.search(text, begin, match.start())
        if not (heading and not is_heading):
            found.append(begin)
        heading, begin = is_heading, match.end()
    if not heading:
        found.append(begin)
    return [place for place in found if 0 < place < len(text)]
