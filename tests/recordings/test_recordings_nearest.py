"""A miss names the recording that is most like the question, and where the two part."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recordings_samples import SCHEMA, SYSTEM, question

from summarizer.exchange import ChatRequest, Message, ResponseFormat
from summarizer.recordings.nearest import Nearest, first_difference

MANY = [question(number) for number in range(1, 200)]
ONE = MANY[41]


def with_text(text: str) -> ChatRequest:
    return replace(ONE, messages=(ONE.messages[0], Message("user", text)))


def test_the_same_chunk_under_another_prompt_is_nearest() -> None:
    asked = replace(ONE, messages=(Message("system", SYSTEM + "数字照抄。"), ONE.messages[1]))
    assert Nearest(MANY).of(asked) == ONE


def test_the_changed_chunk_under_the_same_prompt_is_nearest() -> None:
    asked = with_text(ONE.messages[1].content.replace("县域医共体", "紧密型县域医共体"))
    assert Nearest(MANY).of(asked) == ONE


def test_the_same_messages_with_another_schema_are_nearest() -> None:
    asked = replace(ONE, response_format=ResponseFormat("items", {**SCHEMA, "required": ["tasks"]}))
    assert Nearest(MANY).of(asked) == ONE


def test_the_same_model_comes_first_however_like_another_models_question_is() -> None:
    other = replace(ONE, model="model-b")
    nearest = Nearest([other, question(3), question(4)]).of(with_text(ONE.messages[1].content + "。"))
    assert nearest is not None
    assert nearest.model == "model-a"


def test_another_models_question_is_better_than_none() -> None:
    explained = Nearest([replace(ONE, model="model-b")]).explain(ONE)
    assert "first difference in model" in explained
    assert "- model-b" in explained
    assert "+ model-a" in explained


def test_of_equal_candidates_the_one_with_fewest_differences_is_named() -> None:
    reasked = replace(ONE, attempt=1)
    strange = replace(ONE, parameters={"temperature": 1}, attempt=3)
    assert Nearest([strange, ONE]).of(reasked) == ONE


@pytest.mark.parametrize(
    ("asked", "place", "before", "after"),
    [
        (replace(ONE, model="model-b"), "model", "model-a", "model-b"),
        (replace(ONE, parameters={"temperature": 0.5}), "parameters.temperature", "0", "0.5"),
        (replace(ONE, parameters={}), "parameters.temperature", "0", "(absent)"),
        (replace(ONE, attempt=1), "attempt", "0", "1"),
        (
            replace(ONE, response_format=ResponseFormat("items", {**SCHEMA, "type": "array"})),
            "response_format.schema.type",
            "object",
            "array",
        ),
    ],
)
def test_the_first_difference_is_shown_as_a_small_diff(asked: ChatRequest, place: str, before: str, after: str) -> None:
    assert first_difference(ONE, asked) == f"first difference in {place}\n  - {before}\n  + {after}"


def test_of_long_texts_only_the_surroundings_of_the_difference_are_shown() -> None:
    text = ONE.messages[1].content
    shown = first_difference(with_text("前" * 500 + text), with_text("前" * 500 + text.replace("覆盖", "惠及")))
    assert max(len(line) for line in shown.splitlines()) < 60
    assert "覆盖" in shown
    assert "惠及" in shown
    assert "at code point 5" in shown


def test_equal_requests_do_not_differ() -> None:
    assert first_difference(ONE, ONE) == "no difference"


@given(st.lists(st.text(st.characters(), max_size=20), max_size=5), st.text(st.characters(), max_size=20))
def test_any_texts_can_be_compared(recorded: list[str], asked: str) -> None:
    requests = [with_text(text) for text in recorded]
    nearest = Nearest(requests).of(with_text(asked))
    assert (nearest in requests) if requests else (nearest is None)


def test_the_choice_does_not_depend_on_the_order_of_the_recordings() -> None:
    asked = with_text("全然无关的一句话。")
    assert Nearest(MANY).of(asked) == Nearest(MANY[::-1]).of(asked)
