"""Requests to a language model and its answers: the words that ``llm``, ``recordings`` and ``extract`` share.

Nothing here knows a document, an endpoint or a key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol

__all__ = ["Answer", "Asker", "ChatRequest", "Message", "Outcome", "ResponseFormat", "Usage"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of the conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class ResponseFormat:
    """The JSON that is asked for: a name for the endpoint and a strict JSON Schema."""

    name: str
    schema: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One question. ``parameters`` are the endpoint's own (temperature, max_completion_tokens, seed …).

    ``attempt`` counts re-asks after an answer that could not be used: 0 is the first question. It is part of the
    recording's key, so a re-ask is a recording of its own. Transport retries do not count here.
    """

    model: str
    messages: tuple[Message, ...]
    parameters: dict[str, Any] = field(default_factory=dict)
    response_format: ResponseFormat | None = None
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the endpoint counted them, summed over transport retries that were charged."""

    input_tokens: int = 0
    output_tokens: int = 0
    cached_input_tokens: int = 0


class Outcome(StrEnum):
    """What became of a request. Only ``ANSWERED`` and ``CUT`` carry text that is worth reading."""

    ANSWERED = "answered"
    CUT = "cut"
    REFUSED = "refused"
    FILTERED = "filtered"
    EMPTY = "empty"
    FAILED = "failed"
    MISSING = "missing"
    """Replay without a recording."""
    UNPAID = "unpaid"
    """Not sent, because the budget was reached before."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome with its raw text; a failure is a value too, with ``error`` written for the user.

    Beside an answer that was given, ``error`` says what is wrong with it (the endpoint read only a part of the question, the
    answer repeats itself); it is recorded with the answer, so that a replay says it too.
    """

    outcome: Outcome
    text: str = ""
    finish_reason: str | None = None
    usage: Usage = Usage()
    error: str | None = None
    transport_retries: int = 0
    from_cache: bool = False


class Asker(Protocol):
    """Whoever answers requests: the live client, the store of recordings in front of it, or a test's script."""

    async def ask(self, request: ChatRequest) -> Answer:
        """Return the answer. Raises only BudgetReached and cancellation; every other fault is an Answer."""
        ...
