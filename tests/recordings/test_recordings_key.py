"""The key depends on the question and on nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.exchange import ChatRequest, Message, ResponseFormat
from summarizer.recordings.key import canonical, key_of
from summarizer.recordings.recording import json_bytes, request_from_json

REQUEST = ChatRequest(
    model="model-a",
    messages=(
        Message("system", "列出文中的重点任务。"),
        Message("user", "会议要求，一是加强基层能力；二是完善价格机制。"),
    ),
    parameters={"temperature": 0.0, "seed": 7, "stop": ["完"]},
    response_format=ResponseFormat("tasks", {"type": "object", "properties": {"tasks": {"type": "array"}}}),
)
KEY = "f9760f1844f9c2af0eb3361b6a8bee70bb1b3ff7c4f36f5c8207320a38691a93"
"""Written down once: another Python version, machine or release of this program must find the same."""

_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def _reversed(value: Any) -> Any:
    """Return the same JSON with every object's fields in the opposite order."""
    if isinstance(value, dict):
        return {name: _reversed(inner) for name, inner in reversed(value.items())}
    return [_reversed(inner) for inner in value] if isinstance(value, list) else value


def test_key_is_the_one_written_down() -> None:
    assert key_of(REQUEST) == KEY


@given(st.dictionaries(st.text(), _json, max_size=5))
def test_key_ignores_the_order_of_fields(parameters: dict[str, Any]) -> None:
    assert key_of(replace(REQUEST, parameters=parameters)) == key_of(replace(REQUEST, parameters=_reversed(parameters)))


@given(st.dictionaries(st.text(), _json, max_size=5), st.text())
def test_key_survives_a_way_through_json(parameters: dict[str, Any], text: str) -> None:
    request = replace(REQUEST, parameters=parameters, messages=(Message("user", text),))
    assert key_of(request_from_json(json.loads(json_bytes(canonical(request))))) == key_of(request)


def test_key_is_the_same_in_another_process_with_other_keys_addresses_and_hash_seeds() -> None:
    program = (
        "import runpy, sys\n"
        "from summarizer.recordings.key import key_of\n"
        "print(key_of(runpy.run_path(sys.argv[1])['REQUEST']))"
    )
    for seed, address in (("1", "http://a.invalid"), ("2", "http://b.invalid")):
        surroundings = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "OPENAI_API_KEY": f"key-{seed}",
            "OPENAI_BASE_URL": address,
            "SUMMARIZER_CONCURRENCY": seed,
            "LC_ALL": "C",
            "TZ": f"UTC-{seed}",
        }
        out = subprocess.run(
            [sys.executable, "-c", program, __file__], env=surroundings, capture_output=True, text=True, check=True
        )
        assert out.stdout.strip() == KEY


@pytest.mark.parametrize(("first", "second"), [(0, 0.0), (1, 1.0), (0.0, -0.0), (10**20, 1e20), ((1, 2), [1.0, 2])])
def test_one_json_number_is_one_key(first: Any, second: Any) -> None:
    assert key_of(replace(REQUEST, parameters={"x": first})) == key_of(replace(REQUEST, parameters={"x": second}))


@pytest.mark.parametrize(
    ("first", "second"), [(1, True), (0, False), (0, None), (0.1, 0.2), ("1", 1), ("é", "e\u0301"), ([], {})]
)
def test_different_values_are_different_keys(first: Any, second: Any) -> None:
    assert key_of(replace(REQUEST, parameters={"x": first})) != key_of(replace(REQUEST, parameters={"x": second}))


CHANGES: dict[str, Callable[[ChatRequest], ChatRequest]] = {
    "model": lambda r: replace(r, model="model-b"),
    "one character of the prompt": lambda r: replace(
        r, messages=(Message("system", "列出文中的重点任务"), r.messages[1])
    ),
    "comma width": lambda r: replace(
        r, messages=(r.messages[0], Message("user", r.messages[1].content.replace("\uff0c", ",")))
    ),
    "role": lambda r: replace(r, messages=(Message("user", r.messages[0].content), r.messages[1])),
    "order of messages": lambda r: replace(r, messages=r.messages[::-1]),
    "temperature": lambda r: replace(r, parameters={**r.parameters, "temperature": 0.1}),
    "a parameter left out": lambda r: replace(r, parameters={"temperature": 0.0, "seed": 7}),
    "schema": lambda r: replace(r, response_format=ResponseFormat("tasks", {"type": "array"})),
    "schema's name": lambda r: replace(r, response_format=ResponseFormat("items", r.response_format.schema)),  # type: ignore[union-attr]
    "no response format": lambda r: replace(r, response_format=None),
    "attempt": lambda r: replace(r, attempt=1),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_each_thing_that_matters_changes_the_key(change: Callable[[ChatRequest], ChatRequest]) -> None:
    assert key_of(change(REQUEST)) != key_of(REQUEST)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1: "a"}], ids=repr)
def test_what_json_cannot_say_has_no_key(value: Any) -> None:
    with pytest.raises(ValueError, match=r"JSON|field names"):
        key_of(replace(REQUEST, parameters={"x": value}))
