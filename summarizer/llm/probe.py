"""Two small calls that say what an endpoint supports, for ``summarizer doctor``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from summarizer.exchange import Answer, ChatRequest, Message, Outcome, ResponseFormat
from summarizer.llm.reader import read_json
from summarizer.settings import Rung

__all__ = ["PLAIN", "Probed", "probe"]

PLAIN = (Message("user", "只回答一个字:好"),)
_STRUCTURED = (Message("user", "全省新增床位12张。给出其中的数字。"),)
_SCHEMA = {
    "type": "object",
    "properties": {"number": {"type": "integer"}},
    "required": ["number"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Probed:
    """What was found. ``rung`` None: no structured answer came. ``counts``: input tokens as the endpoint counted them for
    the plain call, 0 when it reports no usage. ``error`` is the first fault."""

    answers: bool
    rung: Rung | None = None
    counts: int = 0
    error: str | None = None


async def probe(ask: Callable[[ChatRequest], Awaitable[Answer]], model: str, rung: Callable[[], Rung]) -> Probed:
    """Ask for one word, then for one number by a schema. ``rung`` tells on which rung the last request went."""
    plain = await ask(ChatRequest(model, PLAIN))
    if plain.outcome is Outcome.FAILED:
        return Probed(answers=False, error=plain.error)
    structured = await ask(ChatRequest(model, _STRUCTURED, response_format=ResponseFormat("number", _SCHEMA)))
    value = read_json(structured.text).value
    held = rung() if isinstance(value, dict) and "number" in value else None
    error = structured.error or (None if held else f"no JSON as asked: {structured.text[:80]!r}")
    return Probed(True, held, plain.usage.input_tokens, error)
