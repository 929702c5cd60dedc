"""What a model is asked to answer: flat, short names, quotes instead of offsets, values as printed.

Kept apart from :mod:`summarizer.schema` on purpose. The program finds the offsets and parses the values itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from summarizer.exchange import ResponseFormat
from summarizer.language.answer_words import KINDS, NATURES, RELATIONS, STATUSES
from summarizer.language.characters import NUMERALS, WIDE_DIGITS
from summarizer.language.numerals import parse_number

__all__ = ["RESPONSE_FORMAT", "WireIndicator", "WireTask", "strict_schema"]


def _listed(value: object) -> object:
    """A list: one string is a list of one, null none."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


def _number(value: object) -> object:
    """An ordinal written as text: 3, "3", 第三, （三）; what holds no number is left to the order of the list."""
    if isinstance(value, int):
        return value
    found = parse_number("".join(_DIGITS.findall(str(value)))) if value is not None else None
    return int(found) if found is not None else 0


def _of(words: Mapping[str, str]) -> BeforeValidator:
    """One of an enumeration's words, or what models write instead of it, in either language."""

    def read(value: object) -> object:
        if not isinstance(value, str):
            return value
        word = value.strip().lower()
        return words.get(word, word) or None

    return BeforeValidator(read)


_DIGITS = re.compile(f"[0-9{WIDE_DIGITS}{NUMERALS}]+")
_Listed = Annotated[list[str], BeforeValidator(_listed)]


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", coerce_numbers_to_str=True, str_strip_whitespace=True)


class WireTask(_Wire):
    """One task: ``first`` and ``last`` are its opening and closing words; ``last`` is null when the chunk ends inside it.

    What may be null may be left out too.
    """

    ordinal: Annotated[int, BeforeValidator(_number)] = 0
    marker: str | None = None
    kind: Annotated[Literal["task", "near_term", "safeguard"], _of(KINDS)] = "task"
    title: str
    first: str
    last: str | None = None
    measures: _Listed = Field(default_factory=list)
    lead: _Listed = Field(default_factory=list)
    support: _Listed = Field(default_factory=list)
    deadline: str | None = None


class WireIndicator(_Wire):
    """One indicator: ``quote`` holds name and value, ``raw`` the value with its unit, ``base`` the number it starts from.

    What may be null may be left out too; relation and status that are left out are what the text says.
    """

    name: str
    quote: str
    raw: str
    op: Annotated[Literal["eq", "ge", "le", "approx", "range", "delta_up", "delta_down"], _of(RELATIONS)] = "eq"
    status: Annotated[
        Literal["achieved", "target"] | None,
        _of(STATUSES),
        WithJsonSchema({"enum": ["achieved", "target"], "type": "string"}),
    ] = None
    period: str | None = None
    base: str | None = None
    nature: Annotated[Literal["binding", "expected"] | None, _of(NATURES)] = None


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
        if key not in ("title", "description", "default") or isinstance(value, dict)
    }
    if out.get("type") == "object":
        out["additionalProperties"] = False
        out["required"] = list(out.get("properties", {}))
    return out


RESPONSE_FORMAT = ResponseFormat("extraction", strict_schema(_WireAnswer))
"""The strict JSON Schema that goes out with every extraction request."""
