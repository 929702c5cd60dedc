"""Every data file is read by its model; every row explains itself, and what it gives as an example it really matches."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from pydantic import BaseModel, Field

import summarizer.language
from summarizer.errors import DataError
from summarizer.language.characters import FRAGMENTS
from summarizer.language.tables import Cues, Form, Row, Table, Words, load, parse

_NAMED = re.compile(r"data/(\w+\.toml)")


def _tables() -> dict[str, type[Table]]:
    """Data files and their models: a model's docstring names its file."""
    modules = [
        importlib.import_module(f"summarizer.language.{module.name}")
        for module in pkgutil.iter_modules(summarizer.language.__path__)
    ]
    models = {
        model
        for module in modules
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, Table)
    }
    return {found[1]: model for model in models if (found := _NAMED.search(model.__doc__ or ""))}


def _rows(value: Any, place: str) -> Iterator[tuple[str, Row]]:
    if isinstance(value, Row):
        yield place, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _rows(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _rows(inner, f"{place}.{name}")
    elif isinstance(value, tuple):
        for number, inner in enumerate(value, 1):
            yield from _rows(inner, f"{place}[{number}]")


_TABLES = _tables()
_EXAMPLES = [
    pytest.param(row, example, id=f"{place}: {example}")
    for name, model in sorted(_TABLES.items())
    for place, row in _rows(load(model, name), name)
    if isinstance(row, (Cues, Form, Words))
    for example in row.example
]


def test_every_data_file_has_a_model() -> None:
    shipped = {entry.name for entry in files("summarizer.language").joinpath("data").iterdir()}
    assert shipped == set(_TABLES)


@pytest.mark.parametrize(("row", "example"), _EXAMPLES)
def test_an_example_holds_what_its_row_is_for(row: Cues | Form | Words, example: str) -> None:
    assert row.pattern.search(example)


class _Sample(Table):
    """A sample of one list of forms and a group of words."""

    form: tuple[Form, ...] = ()
    near: Words | None = Field(default=None)


def test_a_row_without_reason_and_example_is_refused_with_file_and_row() -> None:
    with pytest.raises(DataError, match=r"sample\.toml: form\[2\].*reason or an example"):
        parse(_Sample, "[[form]]\nform = 'a'\nexample = 'a'\n[[form]]\nform = 'b'\n", "sample.toml")


def test_a_wrong_pattern_is_refused_with_file_and_row() -> None:
    with pytest.raises(DataError, match=r"sample\.toml: form\[1\] \(a, b\)\.form: .*regular expression"):
        parse(_Sample, "[[form]]\nform = '(a'\nreason = 'a, b'\n", "sample.toml")


def test_an_unknown_fragment_is_refused() -> None:
    with pytest.raises(DataError, match="no fragment 'nothing'"):
        parse(_Sample, "[[form]]\nform = '{nothing}'\nreason = 'r'\n", "sample.toml")


def test_an_unknown_field_and_broken_toml_are_refused() -> None:
    with pytest.raises(DataError, match=r"sample\.toml: near\.extra"):
        parse(_Sample, "[near]\nwords = ['a']\nreason = 'r'\nextra = 1\n", "sample.toml")
    with pytest.raises(DataError, match="is no TOML"):
        parse(_Sample, "[near", "sample.toml")


def test_a_pattern_over_several_lines_is_verbose_and_may_use_fragments() -> None:
    form = parse(
        _Sample, "[[form]]\nform = '''\n{cn}  # the number\n、\n'''\nexample = '十二、'\n", "sample.toml"
    ).form[0]
    assert form.pattern.fullmatch("十二、")


@pytest.mark.parametrize("name", sorted(FRAGMENTS))
def test_every_fragment_compiles(name: str) -> None:
    assert re.compile(FRAGMENTS[name])
