"""From a chunk to the question that is sent, and from an unsatisfying answer to the second question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from summarizer.chunk.context import sent
from summarizer.chunk.model import Chunk
from summarizer.exchange import ChatRequest, Message
from summarizer.extract.prompts import Prompt, marks
from summarizer.extract.wire import RESPONSE_FORMAT

__all__ = ["MAX_REASKS", "first_request", "second_request"]

MAX_REASKS = 2
"""A model that has not corrected itself after two reminders will not with a third."""

_MOST_PROBLEMS = 20


def first_request(chunk: Chunk, total: int, prompt: Prompt, model: str, parameters: Mapping[str, Any]) -> ChatRequest:
    """The question about one chunk of ``total``. The same chunk, prompt, model and parameters give the same request."""
    content = sent(chunk)
    mark_open, mark_close = marks(content)
    user = prompt.render(
        "user", number=chunk.index + 1, total=total, mark_open=mark_open, mark_close=mark_close, content=content
    )
    messages = (Message("system", prompt.render("system")), Message("user", user))
    return ChatRequest(model, messages, dict(parameters), RESPONSE_FORMAT)


def second_request(first: ChatRequest, prompt: Prompt, problems: Sequence[str], attempt: int) -> ChatRequest:
    """Ask again for what was wrong or missing. Built on the first question each time: the conversation does not grow."""
    reminder = Message("user", prompt.render("reask", problems=problems[:_MOST_PROBLEMS]))
    return replace(first, messages=(*first.messages, reminder), attempt=attempt)
