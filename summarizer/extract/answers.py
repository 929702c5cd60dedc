"""From an answer's text to wire items, one by one: a bad item is rejected with its reason, its siblings live."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from summarizer.exchange import Answer, Outcome
from summarizer.extract.wire import WireIndicator, WireTask
from summarizer.llm.answer_json import read_json
from summarizer.schema import Origin, Rejected, RejectionReason, rejected

__all__ = ["ReadAnswer", "read_answer"]

MAX_ITEMS = 400
"""More items of one kind than a chunk has sentences are noise; what is beyond is counted, not read."""

_MOST_RAW = 2000
_Wire = TypeVar("_Wire", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """What could be read of one answer. ``cut`` says that its end is missing, ``readable`` that there was an object at all."""

    tasks: tuple[WireTask, ...] = ()
    indicators: tuple[WireIndicator, ...] = ()
    instructions: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    cut: bool = False
    readable: bool = True


def read_answer(answer: Answer) -> ReadAnswer:
    """Read an answer that carries text. An answer without a JSON object in it is not readable and says so in ``rejected``."""
    result = read_json(answer.text)
    cut = result.cut or answer.outcome is Outcome.CUT
    value = _object(result.value)
    if value is None:
        refused = rejected("answer", Origin.MODEL, RejectionReason.UNREADABLE, answer.text[:_MOST_RAW])
        return ReadAnswer(rejected=(refused,), cut=cut, readable=False)
    tasks, bad_tasks = _items(value.get("tasks"), WireTask, "task")
    indicators, bad_indicators = _items(value.get("indicators"), WireIndicator, "indicator")
    instructions = tuple(
        text for text in _list(value.get("instructions_in_text")) if isinstance(text, str) and text.strip()
    )
    return ReadAnswer(tasks, indicators, instructions, (*bad_tasks, *bad_indicators), cut)


def _object(value: Any) -> dict[str, Any] | None:
    """The answer's object; a list of one object, or an object one level down (``{"result": {…}}``), is taken for it."""
    candidates = [value, *(value if isinstance(value, list) else value.values() if isinstance(value, dict) else ())]
    for candidate in candidates:
        if isinstance(candidate, dict) and ("tasks" in candidate or "indicators" in candidate):
            return candidate
    return None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _items(
    values: Any, model: type[_Wire], name: Literal["task", "indicator"]
) -> tuple[tuple[_Wire, ...], list[Rejected]]:
    if values is not None and not isinstance(values, list):
        return (), [_malformed(name, "not a list", values)]
    items: list[_Wire] = []
    refused: list[Rejected] = []
    listed = _list(values)
    for value in listed[:MAX_ITEMS]:
        try:
            items.append(model.model_validate(value))
        except ValidationError as error:
            refused.append(_malformed(name, "; ".join(_complaints(error)), value))
    if len(listed) > MAX_ITEMS:
        counts: dict[str, str | int] = {"count": len(listed) - MAX_ITEMS, "limit": MAX_ITEMS}
        refused.append(rejected(name, Origin.MODEL, RejectionReason.TOO_MANY, _raw(listed[MAX_ITEMS]), counts))
    return tuple(items), refused


def _malformed(name: Literal["task", "indicator"], complaint: str, value: Any) -> Rejected:
    return rejected(name, Origin.MODEL, RejectionReason.MALFORMED, _raw(value), {"complaint": complaint})


def _complaints(error: ValidationError) -> Iterable[str]:
    for detail in error.errors(include_url=False, include_input=False, include_context=False):
        yield f"{'.'.join(str(part) for part in detail['loc'])}: {detail['msg']}"


def _raw(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)[:_MOST_RAW]
