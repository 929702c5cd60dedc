"""The tolerant reader: what it takes off, what it mends, what it drops."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.llm.answer_json import read_json

ITEMS: dict[str, Any] = {"tasks": [{"title": "强化基层医疗", "n": 1}, {"title": "推进医保支付改革", "n": 2}]}
TEXT = json.dumps(ITEMS, ensure_ascii=False)
WIDE_7, WIDE_8, WIDE_DOT, WIDE_COLON = "\uff17", "\uff18", "\uff0e", "\uff1a"


@pytest.mark.parametrize(
    "answer",
    [
        TEXT,
        f"\n {TEXT}\n",
        f"```json\n{TEXT}\n```",
        f"```\n{TEXT}\n```\n以上是结果。",
        f"好的,结果如下:\n{TEXT}\n希望有帮助。",
        f"见附件[1]的说明:{TEXT}",
        f"<think>先看 {{结构}} 和 [要点]</think>\n{TEXT}",
        f"先看结构。</think>{TEXT}",
        f'例如:{{"title": ...}}\n\n最终结果:{TEXT}',
        f'{{"tasks": []}}\n更正:\n{TEXT}',
    ],
)
def test_json_is_found_in_what_stands_around_it(answer: str) -> None:
    result = read_json(answer)
    assert result.value == ITEMS
    assert (result.cut, result.repaired) == (False, False)


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ('{"tasks": [{"n": 1,}, {"n": 2},],}', {"tasks": [{"n": 1}, {"n": 2}]}),
        ("{'tasks': [{'n': 1}]}", {"tasks": [{"n": 1}]}),
        ('{"title": "推进"两病"用药保障", "n": 1}', {"title": '推进"两病"用药保障', "n": 1}),
        (f'{{"value": {WIDE_7}{WIDE_8}{WIDE_DOT}{WIDE_7}}}', {"value": 78.7}),
        (f'{{"value": {WIDE_7}8.{WIDE_7}}}', {"value": 78.7}),
        (f'{{"value": 7{WIDE_8}}}', {"value": 78}),
        (f'{{"value"{WIDE_COLON} 1\uff0c "n": 2}}', {"value": 1, "n": 2}),
        (json.dumps(TEXT), ITEMS),
    ],
)
def test_damage_is_mended_and_said(answer: str, value: object) -> None:
    result = read_json(answer)
    assert result.value == value
    assert (result.cut, result.repaired) == (False, True)


def test_full_width_characters_inside_strings_stay() -> None:
    quote = f"达到{WIDE_7}{WIDE_8}%\uff0c{WIDE_COLON}"
    result = read_json(f'{{"quote": "{quote}", "value": {WIDE_7}{WIDE_8}}}')
    assert result.value == {"quote": quote, "value": 78}


def test_numbers_as_strings_stay_as_printed() -> None:
    assert read_json('好的 {"value": "78.5"}').value == {"value": "78.5"}


def test_line_breaks_inside_strings_are_taken() -> None:
    assert read_json('{"title": "强化\n基层"}').value == {"title": "强化\n基层"}


def test_objects_on_lines_of_their_own_are_a_list() -> None:
    assert read_json('{"n": 1}\n{"n": 2}\n').value == [{"n": 1}, {"n": 2}]


@pytest.mark.parametrize("answer", ["", "没有可提取的内容。", "见{变量}和[注]", "【一】加强领导", "```\n```"])
def test_without_json_the_value_is_none(answer: str) -> None:
    result = read_json(answer)
    assert result.value is None
    assert result.notes


def test_an_answer_cut_while_thinking_is_cut_and_has_no_value() -> None:
    result = read_json('<think>先列出 {"tasks": [1, 2]}')
    assert result.value is None
    assert result.cut


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ('{"tasks": [{"n": 1}, {"n": 2', {"tasks": [{"n": 1}]}),
        ('{"tasks": [{"n": 1}, {"n": 2}', {"tasks": [{"n": 1}, {"n": 2}]}),
        ('{"tasks": [{"n": 1}, {', {"tasks": [{"n": 1}]}),
        ('{"tasks": [{"n": 1, "m": ["a"]}, {"n": 2, "m": ["b"]', {"tasks": [{"n": 1, "m": ["a"]}]}),
        ('{"tasks": [{"n": 1}], "indicators": [{"name": "床位', {"tasks": [{"n": 1}], "indicators": []}),
        ('{"tasks": [{"n": 1}], "indi', {"tasks": [{"n": 1}]}),
        ('{"result": {"tasks": [{"n": 1}, {"n"', {"result": {"tasks": [{"n": 1}]}}),
        ("[1, 2, 30", [1, 2]),
        ('["a", "b', ["a"]),
        ('{"n": 1, "value": 12', {"n": 1}),
        ('```json\n{"tasks": [{"n": 1}, {"n": 2', {"tasks": [{"n": 1}]}),
    ],
)
def test_what_a_cut_went_through_is_dropped(answer: str, value: object) -> None:
    result = read_json(answer)
    assert result.value == value
    assert result.cut


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        ("{'tasks': [{'n': 1}, {'n': 2}, {'n': 3, 'title': '强", {"tasks": [{"n": 1}]}),
        ('{"tasks": [{"n": 1,}], "indicators": [{"name": "床', {"tasks": [{"n": 1}]}),
    ],
)
def test_damaged_and_cut_keeps_no_half_item(answer: str, value: object) -> None:
    """Nobody can tell here whether the last item was complete, so it goes too."""
    result = read_json(answer)
    assert result.value == value
    assert (result.cut, result.repaired) == (True, True)


_SCALARS = st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text(max_size=8)
_ITEM = st.dictionaries(
    st.text(min_size=1, max_size=4), _SCALARS | st.lists(_SCALARS, max_size=3), min_size=1, max_size=4
)


@given(st.lists(_ITEM, max_size=5), st.data())
def test_of_any_cut_answer_only_whole_items_are_kept(items: list[dict[str, Any]], data: st.DataObject) -> None:
    text = json.dumps({"tasks": items}, ensure_ascii=data.draw(st.booleans()))
    end = data.draw(st.integers(len('{"tasks": ['), len(text) - 1))
    result = read_json(text[:end])
    assert result.cut
    kept = result.value.get("tasks", [])
    assert kept == items[: len(kept)]
    complete = sum(
        end >= len(json.dumps({"tasks": items[:n]}, ensure_ascii=text.isascii())) - 2 for n in range(1, len(items) + 1)
    )
    assert len(kept) == complete


@given(st.text())
def test_nothing_makes_it_raise(text: str) -> None:
    read_json(text)


@given(
    st.lists(
        st.sampled_from(['{"', "[", "]", "}", '"', ":", ",", "\uff17", "1", "`" * 3, "</think>", "\\u", "a", "\n"]),
        max_size=60,
    )
)
def test_no_mixture_of_json_pieces_makes_it_raise(pieces: list[str]) -> None:
    read_json("".join(pieces))


@pytest.mark.parametrize("unit", ["[", '{"a":', '{"a', "}", '"', "```", '{"a":1}x'])
def test_deep_or_endless_repetition_is_survived(unit: str) -> None:
    read_json(unit * 20_000)
