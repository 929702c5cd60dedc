"""Requests, answers and an asker by script, for the tests of the recordings."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime

from summarizer.exchange import Answer, ChatRequest, Message, Outcome, ResponseFormat, Usage
from summarizer.recordings.key import key_of
from summarizer.recordings.recording import Provenance, Recording

SCHEMA = {"type": "object", "properties": {"tasks": {"type": "array"}, "indicators": {"type": "array"}}}
SYSTEM = "从材料中逐项摘录重点任务和主要指标，只摘录原文，不改写、不补充。" * 8


def question(number: int, *, model: str = "model-a", attempt: int = 0) -> ChatRequest:
    """Return a question about an invented text of its own."""
    text = f"{number}是推进第{number}批县域医共体建设，力争到2027年覆盖{number * 3}个县，床位达到{number * 17}张。"
    return ChatRequest(
        model=model,
        messages=(Message("system", SYSTEM), Message("user", text)),
        parameters={"temperature": 0.0},
        response_format=ResponseFormat("items", SCHEMA),
        attempt=attempt,
    )


def answered(request: ChatRequest) -> Answer:
    """Return the one answer that the question has."""
    text = f'{{"tasks": ["{request.messages[-1].content}"], "attempt": {request.attempt}}}'
    return Answer(Outcome.ANSWERED, text=text, finish_reason="stop", usage=Usage(900, 120, 300))


def recording(number: int, *, when: str = "2026-03-01T08:00:00+00:00", **request: str) -> Recording:
    """Return a recording of question ``number``."""
    asked = question(number, **request)  # type: ignore[arg-type]
    return Recording.of(asked, answered(asked), Provenance("endpoint", when))


def clock() -> datetime:
    """A clock that stands."""
    return datetime(2026, 3, 1, 8, tzinfo=UTC)


class Script:
    """Answers every question with :func:`answered`, or as told; counts the calls; may be held back by a gate."""

    def __init__(self, *, gate: asyncio.Event | None = None, instead: Answer | Exception | None = None) -> None:
        self.calls: Counter[str] = Counter()
        self.gate = gate
        self.instead = instead

    async def ask(self, request: ChatRequest) -> Answer:
        self.calls[key_of(request)] += 1
        if self.gate is not None:
            await self.gate.wait()
        if isinstance(self.instead, Exception):
            raise self.instead
        return self.instead or answered(request)
