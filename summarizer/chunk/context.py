"""The context that travels with a chunk, and the exact string that is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from summarizer.chunk.boundaries import CLAUSE, SENTENCE
from summarizer.chunk.enumerated import Unit
from summarizer.chunk.model import Chunk, ChunkContext
from summarizer.chunk.tokens import TokenCounter
from summarizer.outline.model import Outline, Section
from summarizer.schema import Horizon

__all__ = ["HORIZON_LABELS", "Trail", "head_lines", "head_tokens", "lead_in", "narrower", "sent"]

HORIZON_LABELS = {
    Horizon.LEAD: "导语",
    Horizon.PAST: "工作回顾",
    Horizon.SITUATION: "形势与问题",
    Horizon.PRINCIPLES: "总体要求",
    Horizon.OUTLOOK: "目标",
    Horizon.WORK: "工作部署",
    Horizon.SAFEGUARD: "保障措施",
    Horizon.NEAR_TERM: "近期要求",
    Horizon.CLOSING: "结尾",
    Horizon.OTHER: "其他",
}
"""What a reader is told about the part a chunk stands in."""

_HEADLINE = 40


def head_lines(context: ChunkContext, overlap: str = "") -> tuple[str, ...]:
    """A line for each thing known, none when nothing is; the last only says that the text follows.

    Each ends with a single line break, so that the tokenizer parts the text's first character as if it stood alone.
    """
    lines = [
        ("文件", context.title),
        ("所在位置", " > ".join(context.headings)),
        ("所在部分", HORIZON_LABELS[context.horizon] if context.horizon else None),
        ("此前编号", context.previous_marker),
        ("前文", overlap),
    ]
    known = [f"【{label}】{value.strip()}\n" for label, value in lines if value and not value.isspace()]
    return tuple([*known, "【正文】\n"] if known else [])


def lead_in(context: ChunkContext, overlap: str = "") -> str:
    """What is sent before a chunk's text, empty when nothing is known."""
    return "".join(head_lines(context, overlap))


def head_tokens(counter: TokenCounter, lines: tuple[str, ...]) -> int:
    """Tokens of the joined lines: each begins with 【 behind a line break, where every encoding parts its text."""
    return sum(_line_tokens(counter, line) for line in lines)


@lru_cache(maxsize=4096)
def _line_tokens(counter: TokenCounter, line: str) -> int:
    """Most lines of a document's heads are the same from chunk to chunk."""
    return counter.count(line)


def sent(chunk: Chunk) -> str:
    """The string whose tokens ``chunk.tokens`` counts."""
    return lead_in(chunk.context, chunk.overlap) + chunk.text


def narrower(context: ChunkContext) -> ChunkContext | None:
    """The context without its most dispensable part, ``None`` when nothing is left to leave out.

    The title goes first (it is the same for every chunk), then the headings from the outside, then the part, the marker last.
    """
    if context.title:
        return replace(context, title=None)
    if context.headings:
        return replace(context, headings=context.headings[1:])
    if context.horizon:
        return replace(context, horizon=None)
    return replace(context, previous_marker=None) if context.previous_marker else None


class Trail:
    """Walks down a text and tells at each offset what it stands under. Offsets must be asked for in rising order."""

    def __init__(self, text: str, units: Sequence[Unit], outline: Outline | None, title: str | None) -> None:
        self._text = text
        self._units = units
        self._sections = outline.sections if outline else ()
        self._title = title
        self._passed = 0
        self._section = 0
        self._open: list[Unit] = []
        self._last: dict[int, Unit] = {}

    def at(self, offset: int) -> ChunkContext:
        """The context of a chunk that begins at ``offset``.

        The previous marker is that of the item before when a further item of a list begins here, and that of the item
        itself when the chunk begins inside one.
        """
        while self._passed < len(self._units) and self._units[self._passed].start < offset:
            self._pass(self._units[self._passed])
        self._open = [unit for unit in self._open if unit.end > offset]
        section = self._section_at(offset)
        horizon = section.horizon if section else None
        return ChunkContext(self._title, tuple(self._headings(section, offset)), horizon, self._marker_before(offset))

    def _pass(self, unit: Unit) -> None:
        self._open = [outer for outer in self._open if outer.level < unit.level and outer.end > unit.start]
        self._open.append(unit)
        self._last[unit.level] = unit
        self._passed += 1

    def _section_at(self, offset: int) -> Section | None:
        while self._section + 1 < len(self._sections) and self._sections[self._section + 1].start <= offset:
            self._section += 1
        return self._sections[self._section] if self._sections else None

    def _headings(self, section: Section | None, offset: int) -> list[str]:
        first, last = section.heading if section and section.heading else (0, 0)
        items = [unit for unit in self._open if not first <= unit.start < last]
        printed = self._text[first : min(last, first + _HEADLINE)].strip() if last <= offset else ""
        return [*([printed] if printed else []), *(self._headline(unit) for unit in items)]

    def _headline(self, unit: Unit) -> str:
        """The marker with the first clause behind it."""
        stop = min(len(self._text), unit.body + _HEADLINE)
        ends = [match.start() for p in (CLAUSE, SENTENCE) if (match := p.search(self._text, unit.body, stop))]
        return self._text[unit.start : min(ends, default=stop)].strip()

    def _marker_before(self, offset: int) -> str | None:
        begun = self._units[self._passed] if self._passed < len(self._units) else None
        if begun is None or begun.start > offset:
            return self._open[-1].marker if self._open else None
        before = self._last.get(begun.level)
        return before.marker if before and not begun.first else None
