"""Data files of linguistic knowledge: what every row of them holds, and the one loader.

A file is ``data/NAME.toml``; a pydantic model says what stands in it. Every row tells why it is there: a ``reason``, an
``example`` of what it matches, or both. A pattern written over several lines is read as a verbose one, so that each line
can have its comment; ``{name}`` in a pattern is a fragment of :mod:`summarizer.language.characters`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from summarizer.errors import DataError
from summarizer.language.characters import expanded

__all__ = ["Cues", "Form", "Pattern", "Row", "Table", "Words", "alternation", "compiled", "load", "parse"]


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a data file, compiled; verbose when it goes over several lines."""
    return re.compile(expanded(pattern), re.VERBOSE if "\n" in pattern else 0)


def alternation(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern for any of some plain words, the longest first."""
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def _compiles(pattern: str) -> str:
    try:
        compiled(pattern)
    except KeyError as error:
        raise ValueError(f"no fragment {error} for the pattern {pattern!r}") from None
    except re.error as error:
        raise ValueError(f"no regular expression: {pattern!r}: {error}") from None
    return pattern


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Pattern = Annotated[str, Field(min_length=1), AfterValidator(_compiles)]
"""A regular expression, checked when the file is read."""


class Table(BaseModel):
    """A data file, or a group of rows in one."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(Table):
    """One row: what it holds, and why; without a reason and an example it is refused."""

    reason: str = ""
    example: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()

    @model_validator(mode="after")
    def _explained(self) -> Row:
        if not self.reason and not self.example:
            raise ValueError("a row needs a reason or an example")
        return self


class Words(Row):
    """Plain words of one use."""

    words: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of the words, the longest first."""
        return alternation(self.words)


class Cues(Row):
    """Patterns of one use; any of them decides."""

    any: tuple[Pattern, ...] = Field(min_length=1)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Any of the patterns, tried in their order."""
        return re.compile("|".join(f"(?:{expanded(cue)})" for cue in self.any))


class Form(Row):
    """One printed form."""

    form: Pattern

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The form, compiled."""
        return compiled(self.form)


_Model = TypeVar("_Model", bound=BaseModel)


def load(model: type[_Model], name: str) -> _Model:
    """The data file ``data/NAME`` as ``model``, read once.

    Raises :class:`~summarizer.errors.DataError` naming file and row.
    """
    loaded = _load(model, name)
    assert isinstance(loaded, model)
    return loaded


@cache
def _load(model: type[BaseModel], name: str) -> BaseModel:
    return parse(model, files("summarizer.language").joinpath("data", name).read_text(encoding="utf-8"), name)


def parse(model: type[_Model], text: str, name: str) -> _Model:
    """A data file's text as ``model``; ``name`` is what errors call the file.

    Raises :class:`~summarizer.errors.DataError` naming file and row when it is no TOML or misses or exceeds the fields.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(name, f"is no TOML: {error}") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(name, f"{_place(first['loc'], data)}: {first['msg']}") from error


def _place(location: Sequence[int | str], data: Any) -> str:
    """The row of an error: ``style[3] (dun).form`` where a list's row has a name or key."""
    parts: list[str] = []
    for step in location:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            data = None
        if isinstance(step, int) and parts:
            parts[-1] += f"[{step + 1}]{_title(data)}"
        else:
            parts.append(str(step))
    return ".".join(parts) or "the file"


def _title(row: Any) -> str:
    if not isinstance(row, Mapping):
        return ""
    title = next((row[key] for key in ("name", "key", "horizon", "reason", "example") if row.get(key)), "")
    return f" ({title})" if isinstance(title, str) and title else ""
