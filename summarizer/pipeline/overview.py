"""The overview of a briefing: asked of the model that read the documents, composed from the facts where it has no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.briefing.overview import compose_overview
from summarizer.exchange import Answer, Outcome
from summarizer.extract.document import Model
from summarizer.extract.overview import AskedOverview, ask_overview
from summarizer.extract.prompts import Prompt, load_prompt
from summarizer.schema import Comparison, Document, Problem, ProblemKind, Statement, problem

__all__ = ["Overview", "make_overview"]


@dataclass(frozen=True)
class Overview:
    """The sentences, what became of those that were not proven, the answers behind them; ``prompt`` when a model wrote it."""

    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...] = ()
    answers: tuple[Answer, ...] = ()
    prompt: Prompt | None = None


async def make_overview(
    documents: Sequence[Document], comparison: Comparison, language: str, model: Model | None
) -> Overview:
    """Ask ``model`` for the overview, or compose it when there is no model, no answer, or no sentence that is proven.

    A recording that is not there is no failure: the composed overview says as much. Others become a problem.
    """
    composed = compose_overview(documents, comparison, language)
    if model is None or not composed:
        return Overview(composed)
    prompt = load_prompt("overview")
    asked = await ask_overview(documents, comparison.baseline, language, replace(model, prompt=prompt))
    problems = tuple(_problems(asked))
    if not asked.statements:
        return Overview(composed, problems, asked.answers)
    return Overview(asked.statements, problems, asked.answers, prompt)


def _problems(asked: AskedOverview) -> list[Problem]:
    problems = []
    if asked.failure and asked.failure[0] is not Outcome.MISSING:
        outcome, reason = asked.failure
        problems.append(problem(ProblemKind.OVERVIEW_FAILED, {"reason": reason or str(outcome)}))
    for one in asked.dropped:
        details: dict[str, str | int] = {
            "sentence": one.text,
            "reason_zh": one.fault.chinese,
            "reason_en": one.fault.english,
        }
        problems.append(problem(ProblemKind.OVERVIEW_DROPPED, details))
    return problems
