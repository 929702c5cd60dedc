"""One document through a model: every chunk asked, every answer proven, asked again where something can be won.

A chunk ends answered, or failed with the reason; nothing here raises for an answer. What a failed chunk holds is left to
the rules (see :mod:`summarizer.extract.crosscheck`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from summarizer.chunk.context import sent
from summarizer.chunk.model import Chunk, ChunkContext
from summarizer.chunk.split import SMALLEST_BUDGET, split, split_text
from summarizer.chunk.tokens import TokenCounter
from summarizer.errors import BudgetReached
from summarizer.exchange import Answer, Asker, ChatRequest, Outcome, Usage
from summarizer.extract.answers import read_answer
from summarizer.extract.grounding import Found, GroundedText
from summarizer.extract.merge import Merged, merge
from summarizer.extract.prompts import Prompt
from summarizer.extract.proposals import Proposals
from summarizer.extract.prove_indicators import prove_indicators
from summarizer.extract.prove_tasks import prove_tasks
from summarizer.extract.requests import MAX_REASKS, first_request, second_request
from summarizer.figures.figures import Figures
from summarizer.llm.damage import repeats
from summarizer.reading.reading import Reading
from summarizer.schema import Problem, ProblemKind, problem
from summarizer.source.text import CleanRange, clean_range

__all__ = ["AskedDocument", "ChunkResult", "Model", "ask_document", "cut_document"]

_USABLE = frozenset({Outcome.ANSWERED, Outcome.CUT})
_MOST_HALVINGS = 3
_MOST_QUESTIONS = 8
"""About one chunk, halves and second questions included: a cut answer, two halves, each reminded twice, and one more. Who has
not answered by then runs in circles, and is paid for it."""

_LONGEST = 4
"""An answer that was cut after so many times the chunk's characters (and some for the fields) was not cut for its length."""
# A task's start may be quoted with or without its marker.
_SAME_START = 6


@dataclass(frozen=True)
class Model:
    """How a document is asked: the asker, the model's name and parameters, the prompt, and the budget of a chunk in tokens."""

    asker: Asker
    name: str
    prompt: Prompt
    counter: TokenCounter
    budget: int
    parameters: Mapping[str, Any] = field(default_factory=dict)

    async def ask(self, request: ChatRequest) -> Answer:
        """Put a question to the asker; a budget that is used up ends the asking, not the document."""
        try:
            return await self.asker.ask(request)
        except BudgetReached as reached:
            return Answer(Outcome.UNPAID, error=str(reached))


@dataclass(frozen=True)
class ChunkResult:
    """What became of one chunk: its proven proposals, or ``failure`` with the outcome that ended it."""

    chunk: Chunk
    proposals: tuple[Proposals, ...] = ()
    failure: tuple[Outcome, str] | None = None
    answers: tuple[Answer, ...] = ()
    reasks: int = 0


@dataclass(frozen=True)
class AskedDocument:
    """The merged proposals of a document, the results chunk by chunk, and the usage of every request, failed ones too."""

    merged: Merged
    results: tuple[ChunkResult, ...]
    instructions: tuple[CleanRange, ...]

    @property
    def usage(self) -> Usage:
        """Tokens over all answers that were not read from a store."""
        paid = [answer.usage for result in self.results for answer in result.answers if not answer.from_cache]
        return Usage(sum(use.input_tokens for use in paid), sum(use.output_tokens for use in paid))


async def ask_document(
    figures: Figures, title: str | None, model: Model, expected: Sequence[CleanRange]
) -> AskedDocument:
    """Ask about a whole document, all chunks at once (the asker bounds what is in flight).

    ``expected`` are the clean ranges of the tasks that the rules see by their markers: an answer that leaves one out is
    asked again. Raises nothing but cancellation.
    """
    reading = figures.reading
    chunks = cut_document(reading, title, model.counter, model.budget)
    asked = _Asked(
        GroundedText(reading.clean.text),
        figures,
        model,
        len(chunks),
        tuple(expected),
        reading.outline.declared if len(chunks) == 1 else None,
    )
    results = await asyncio.gather(*(asked.ask(chunk) for chunk in chunks))
    answers = [proposals for result in results for proposals in result.proposals]
    instructions = tuple(dict.fromkeys(place for answer in answers for place in answer.instructions))
    return AskedDocument(merge(answers, reading.clean.text), tuple(results), instructions)


def cut_document(reading: Reading, title: str | None, counter: TokenCounter, budget: int) -> tuple[Chunk, ...]:
    """The chunks that a document is asked in, each with what travels with it, at most ``budget`` tokens of ``counter``."""
    chunks = split(reading.clean, reading.outline, counter, budget, title=title)
    if len(chunks) == 1:
        # A text that is read whole needs nobody to say where it stands.
        return (replace(chunks[0], context=ChunkContext()),)
    return chunks


_CAPPED = f"cut again and again: {_MOST_QUESTIONS} questions were asked about this chunk, no more are"


@dataclass
class _Allowed:
    """How many more questions one chunk may cost."""

    left: int = _MOST_QUESTIONS

    def take(self) -> bool:
        self.left -= 1
        return self.left >= 0


@dataclass(frozen=True)
class _Asked:
    text: GroundedText
    """The document's clean text, prepared for finding."""
    figures: Figures
    model: Model
    total: int
    expected: tuple[CleanRange, ...]
    declared: int | None

    async def ask(self, chunk: Chunk, halvings: int = 0, allowed: _Allowed | None = None) -> ChunkResult:
        """Ask about one chunk until its answer is whole and proven, or nothing more can be won."""
        if not chunk.text.strip():
            return ChunkResult(chunk)
        allowed = allowed or _Allowed()
        if not allowed.take():
            return ChunkResult(chunk, failure=(Outcome.CUT, _CAPPED))
        request = first_request(chunk, self.total, self.model.prompt, self.model.name, self.model.parameters)
        answer = await self.model.ask(request)
        if answer.outcome not in _USABLE:
            return ChunkResult(chunk, failure=(answer.outcome, answer.error or ""), answers=(answer,))
        proposals = self._prove(answer, chunk)
        if answer.outcome is Outcome.CUT and _runs_on(answer, chunk):
            reason = f"{answer.error or 'the answer was cut'}; what was whole of it is kept, nothing more is asked"
            return ChunkResult(chunk, (proposals,), (Outcome.CUT, reason), (answer,))
        if proposals.cut and halvings < _MOST_HALVINGS and len(halves := _halves(chunk, self.model.counter)) > 1:
            return await self._halved(chunk, halves, answer, proposals, halvings, allowed)
        return await self._mended(chunk, request, answer, proposals, allowed)

    async def _halved(
        self, chunk: Chunk, halves: Sequence[Chunk], answer: Answer, cut: Proposals, halvings: int, allowed: _Allowed
    ) -> ChunkResult:
        """A cut answer: both halves are asked; the whole items of the cut one stand in for a half that fails."""
        share = allowed.left // len(halves)  # each its own, so that the outcome does not depend on who comes first
        parts = await asyncio.gather(*(self.ask(half, halvings + 1, _Allowed(share)) for half in halves))
        proposals = [proposal for part in parts for proposal in part.proposals]
        failure = next((part.failure for part in parts if part.failure), None)
        if failure:
            proposals.append(cut)
        answers = (answer, *(one for part in parts for one in part.answers))
        return ChunkResult(chunk, tuple(proposals), failure, answers, sum(part.reasks for part in parts))

    async def _mended(
        self, chunk: Chunk, request: ChatRequest, answer: Answer, first: Proposals, allowed: _Allowed
    ) -> ChunkResult:
        """Ask again for what was wrong or left out, as long as it helps."""
        gathered, answers = [first], [answer]
        problems = self._problems(chunk, gathered)
        attempt = 0
        while problems and attempt < MAX_REASKS and allowed.take():
            attempt += 1
            again = await self.model.ask(second_request(request, self.model.prompt, problems, attempt))
            if again.outcome not in _USABLE:
                break
            answers.append(again)
            gathered.append(self._prove(again, chunk))
            remaining = self._problems(chunk, gathered)
            if len(remaining) >= len(problems):
                break
            problems = remaining
        failure = None if any(one.readable for one in gathered) else (Outcome.FAILED, "no answer could be read as JSON")
        return ChunkResult(chunk, tuple(gathered), failure, tuple(answers), len(answers) - 1)

    def _prove(self, answer: Answer, chunk: Chunk) -> Proposals:
        read = read_answer(answer)
        window = (chunk.start, chunk.end)
        tasks = prove_tasks(read.tasks, self.text, window, self.figures.reading.outline)
        indicators = prove_indicators(read.indicators, self.text, self.figures, window)
        places = [self.text.find(words, within=window) for words in read.instructions]
        return Proposals(
            tasks.tasks,
            indicators.indicators,
            (*read.rejected, *tasks.rejected, *indicators.rejected),
            (*tasks.repairable, *indicators.repairable),
            (*indicators.notes, *_doubts(answer, chunk)),
            tuple((place.start, place.end) for place in places if isinstance(place, Found)),
            read.cut,
            read.readable,
        )

    def _problems(self, chunk: Chunk, gathered: Sequence[Proposals]) -> list[str]:
        """What a second question should name: unreadable, not proven, left out, fewer than announced."""
        if not gathered[-1].readable:
            return ["答案不是可读的 JSON 对象"]
        starts = [task.start for one in gathered for task in one.tasks]
        problems = list(gathered[-1].repairable)
        for start, end in self.expected:
            if chunk.start <= start < chunk.end and not any(abs(start - at) <= _SAME_START for at in starts):
                problems.append(f"遗漏了以“{self.text.text[start : min(start + 20, end)]}”开头的一项任务")
        if self.declared is not None and not problems and len(starts) < self.declared:
            problems.append(f"原文说有{self.declared}项任务，答案只有{len(starts)}项")
        return problems


def _doubts(answer: Answer, chunk: Chunk) -> tuple[Problem, ...]:
    """What is wrong with an answer that was given: its items are proven, but it may have left some out."""
    if answer.outcome is not Outcome.ANSWERED or not answer.error:
        return ()
    return (problem(ProblemKind.ANSWER_IN_DOUBT, {"reason": answer.error}, chunk=chunk.index + 1),)


def _runs_on(answer: Answer, chunk: Chunk) -> bool:
    """Whether a cut answer was cut for going on and on and not for the length of what it has to say."""
    return repeats(answer.text) or len(answer.text) > _LONGEST * len(chunk.text) + 4_000


def _halves(chunk: Chunk, counter: TokenCounter) -> tuple[Chunk, ...]:
    """The chunk in two or three pieces at its own structure, each with the chunk's context and its own last marker."""
    budget = max(SMALLEST_BUDGET, counter.count(chunk.text) * 6 // 10)
    pieces = split_text(chunk.text, None, counter, budget)
    marker = chunk.context.previous_marker
    halves: list[Chunk] = []
    for piece in pieces:
        marker = piece.context.previous_marker or marker
        context = replace(chunk.context, previous_marker=marker)
        # A piece counts from the start of the chunk that was split.
        start, end = clean_range(chunk.start + piece.start, chunk.start + piece.end)
        moved = replace(piece, index=chunk.index, start=start, end=end, context=context)
        halves.append(replace(moved, tokens=counter.count(sent(moved))))
    return tuple(halves)
