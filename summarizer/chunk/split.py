"""Splitting a clean text into chunks of at most so many tokens, cut at its structure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.chunk.boundaries import CLAUSE
from summarizer.chunk.context import Trail, head_lines, head_tokens, lead_in, narrower
from summarizer.chunk.cuts import Cuts
from summarizer.chunk.enumerated import outlined, scanned
from summarizer.chunk.model import Chunk, ChunkContext, Cut
from summarizer.chunk.stretches import StretchCounter
from summarizer.chunk.tokens import TokenCounter
from summarizer.errors import UsageError
from summarizer.outline.model import Outline
from summarizer.source.text import CleanText, clean_range

__all__ = ["SMALLEST_BUDGET", "split", "split_text"]

SMALLEST_BUDGET = 16
"""Below this not even one character with its marks is sure to fit."""
_SLACK = 8
"""Tokens by which a reach may fall short of what a stretch of its own would count."""


def split(
    clean: CleanText,
    outline: Outline | None,
    counter: TokenCounter,
    budget: int,
    *,
    title: str | None = None,
    overlap: int = 0,
) -> tuple[Chunk, ...]:
    """Split ``clean.text`` into chunks that cover every character once, in order; ``clean.evidence`` maps them back.

    ``budget`` bounds the tokens of each chunk as it is sent, context and overlap included. ``overlap`` is the number of
    characters before a chunk that are repeated for its reader, at most. Raises ``UsageError`` for a budget below
    ``SMALLEST_BUDGET`` and for a negative overlap.
    """
    return split_text(clean.text, outline, counter, budget, title=title, overlap=overlap)


def split_text(
    text: str,
    outline: Outline | None,
    counter: TokenCounter,
    budget: int,
    *,
    title: str | None = None,
    overlap: int = 0,
) -> tuple[Chunk, ...]:
    """``split`` for a string. Without an outline the text's own markers, lines and punctuation are the structure."""
    _check(budget, overlap)
    units = scanned(text) if outline is None else outlined(outline)
    cuts = Cuts(text, units, [section.start for section in outline.sections] if outline else ())
    trail = Trail(text, units, outline, title)
    return tuple(_Splitter(text, StretchCounter(text, counter), counter, budget, cuts, trail, overlap).run())


def _check(budget: int, overlap: int) -> None:
    if budget < SMALLEST_BUDGET:
        raise UsageError(f"a chunk of {budget} tokens is too small; the least is {SMALLEST_BUDGET}")
    if overlap < 0:
        raise UsageError(f"an overlap of {overlap} characters makes no sense; give 0 or more")


@dataclass
class _Splitter:
    """One run over one text."""

    text: str
    stretches: StretchCounter
    counter: TokenCounter
    budget: int
    cuts: Cuts
    trail: Trail
    overlap: int

    def run(self) -> Iterator[Chunk]:
        start = index = 0
        while start < len(self.text):
            chunk = self._chunk(index, start)
            yield chunk
            start, index = chunk.end, index + 1

    def _chunk(self, index: int, start: int) -> Chunk:
        """The chunk at ``start``; its context gives way, piece by piece, to an item or sentence that fits only without it."""
        context, overlap = self._fitted(self.trail.at(start), self._overlap(start))
        chunk = self._ended(index, start, context, overlap)
        if chunk.cut <= Cut.ITEM:
            return chunk
        reach = self.stretches.reach(start, self.budget + _SLACK)
        whole = self.cuts.torn(start, chunk.end, chunk.cut, reach)
        if whole is None or self.stretches.tokens(start, whole) > self.budget:
            return chunk
        other, less = chunk, narrower(context)
        while other.end < whole and less is not None:
            other, less = self._ended(index, start, less, ""), narrower(less)
        return other

    def _ended(self, index: int, start: int, context: ChunkContext, overlap: str) -> Chunk:
        spent = head_tokens(self.counter, head_lines(context, overlap))
        end, cut = len(self.text), Cut.END
        limit = self.stretches.reach(start, self.budget - spent)
        while True:
            if limit < len(self.text):
                end, cut = self.cuts.best(start, limit, self._fits)
            tokens = spent + self.stretches.tokens(start, end)
            if spent and (self.text[start].isspace() or self.text[start] == "/"):
                # The tokenizer may join these with the line break before them.
                tokens = self.counter.count(lead_in(context, overlap) + self.text[start:end])
            if tokens <= self.budget:
                return Chunk(index, *clean_range(start, end), self.text[start:end], tokens, context, cut, overlap)
            limit = max(start + 1, end - max(1, (tokens - self.budget) // 4))

    def _fits(self, start: int, end: int) -> bool:
        return self.stretches.tokens(start, end) <= self.budget

    def _fitted(self, context: ChunkContext, overlap: str) -> tuple[ChunkContext, str]:
        """As much of context and overlap as leaves half of the budget to the text; the overlap gives way first."""
        half = self.budget // 2
        while head_tokens(self.counter, head_lines(context, overlap)) > half:
            if overlap:
                overlap = ""
            else:
                context = narrower(context) or ChunkContext()
        return context, overlap

    def _overlap(self, start: int) -> str:
        """The last ``overlap`` characters before ``start``, from the beginning of a clause when one begins there."""
        if not self.overlap or not start:
            return ""
        begin = max(0, start - self.overlap)
        clause = CLAUSE.search(self.text, begin, start) if begin else None
        return self.text[clause.end() if clause and clause.end() < start else begin : start]
