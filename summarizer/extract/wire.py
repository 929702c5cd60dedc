"""What a model is asked to answer: flat, short names, quotes instead of offsets, values as printed.

Kept apart from :mod:`summarizer.schema` on purpose. The program finds the offsets and parses the values itself.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from summarizer.exchange import ResponseFormat

__all__ = ["RESPONSE_FORMAT", "WireIndicator", "WireTask", "strict_schema"]


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True, str_strip_whitespace=True)


class WireTask(_Wire):
    """One task: ``first`` and ``last`` are its opening and closing words; ``last`` is null when the chunk ends inside it."""

    ordinal: int
    marker: str | None
    kind: Literal["task", "near_term", "safeguard"]
    title: str
    first: str
    last: str | None
    measures: list[str]
    lead: list[str]
    support: list[str]
    deadline: str | None


class WireIndicator(_Wire):
    """One indicator: ``quote`` holds name and value, ``raw`` the value with its unit, ``base`` the number it starts from."""

    name: str
    quote: str
    raw: str
    op: Literal["eq", "ge", "le", "approx", "range", "delta_up", "delta_down"]
    status: Literal["achieved", "target"]
    period: str | None
    base: str | None
    nature: Literal["binding", "expected"] | None


class _WireAnswer(_Wire):
    tasks: list[WireTask]
    indicators: list[WireIndicator]
    instructions_in_text: list[str]


def strict_schema(model: type[BaseModel]) -> dict[str, Any]:
    """A model's JSON Schema, strict as endpoints want it: nothing additional, everything required, no titles."""
    schema: dict[str, Any] = _strict(model.model_json_schema())
    return schema


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(value) for value in node]
    if not isinstance(node, dict):
        return node
    out = {
        key: _strict(value)
        for key, value in node.items()
        if key not in ("title", "description") or isinstance(value, dict)
    }
    if out.get("type") == "object":
        out["additionalProperties"] = False
        out["required"] = list(out.get("properties", {}))
    return out


RESPONSE_FORMAT = ResponseFormat("extraction", strict_schema(_WireAnswer))
"""The strict JSON Schema that goes out with every extraction request."""
