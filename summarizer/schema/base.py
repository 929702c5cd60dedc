"""What all data here is made of: frozen models, exact numbers, and ranges of a text whose kind mypy keeps apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, NewType

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

__all__ = ["CleanOffset", "Evidence", "JsonObject", "Model", "Number", "SourceOffset", "Span"]

SourceOffset = NewType("SourceOffset", int)
"""An offset in the source text: what the reader decoded. Everything that leaves the program counts in these."""

CleanOffset = NewType("CleanOffset", int)
"""An offset in the clean text: the kept ranges of the source joined. Everything that is read counts in these."""

JsonObject = dict[str, Any]


def _from_json_number(value: object) -> object:
    """Take a float by its shortest decimal form, so that 78.5 is Decimal('78.5') and nothing else."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def _to_json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[
    Decimal,
    BeforeValidator(_from_json_number),
    PlainSerializer(_to_json_number, return_type=int | float, when_used="json"),
]
"""An exact decimal that is a JSON number in files."""


class Model(BaseModel):
    """Base of all data here: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Model):
    """A half-open range ``[start, end)`` of code points of the source text."""

    start: SourceOffset = Field(ge=0)
    end: SourceOffset = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Span:
        if self.end < self.start:
            raise ValueError(f"span ends ({self.end}) before it starts ({self.start})")
        return self


class Evidence(Span):
    """A range of the source text together with the text that stands there."""

    quote: str
