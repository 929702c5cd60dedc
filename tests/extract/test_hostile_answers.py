"""Wrong answers of forty kinds: nothing false passes, nothing true is lost, each refusal says why."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from extract_samples import FIGURES, READOUT, Scripted, answered, asked, truth

from summarizer.extract.document import AskedDocument
from summarizer.extract.merge import to_indicators, to_tasks
from summarizer.schema import Bound, Indicator, Status, Task

Answer = dict[str, Any]
Spoil = Callable[[Answer], None]

NOTHING: Answer = {"tasks": [], "indicators": [], "instructions_in_text": []}


def _run(answer: Answer | str) -> tuple[AskedDocument, tuple[Task, ...], tuple[Indicator, ...]]:
    """The first answer is hostile, every later one empty: nothing is won back by asking again."""
    result = asyncio.run(asked(Scripted(answered(answer), answered(NOTHING))))
    return result, to_tasks(result.merged.tasks, FIGURES, "d"), to_indicators(result.merged.indicators, FIGURES, "d")


def _reasons(result: AskedDocument) -> list[str]:
    found = [one.message for part in result.results for proposals in part.proposals for one in proposals.rejected]
    return found + [one.message for one in result.merged.rejected]


def _set(items: str, index: int, /, **values: Any) -> Spoil:
    return lambda answer: answer[items][index].update(values)


def test_the_true_answer_passes_whole() -> None:
    result, tasks, indicators = _run(truth())
    assert [task.title for task in tasks] == ["扩大普惠养老供给", "健全居家服务网络", "壮大护理人才队伍"]
    assert [(one.raw, one.bound, one.status, one.unit) for one in indicators] == [
        ("3.6万张", Bound.EQ, Status.ACHIEVED, "张"),
        ("1200张", Bound.GE, Status.TARGET, "张"),
        ("80%", Bound.APPROX, Status.TARGET, "%"),
    ]
    assert indicators[0].value == 36000
    assert indicators[2].base == 72
    assert tasks[0].lead == ("市民政局",)
    assert tasks[0].deadline == "2026年底前"
    assert not _reasons(result)


LOST_INDICATOR: dict[str, Spoil] = {
    "number changed in quote and value": _set("indicators", 1, quote="新增护理型床位1300张以上", raw="1300张"),
    "number changed in the value only": _set("indicators", 1, raw="1300张"),
    "piece of a longer number": _set("indicators", 0, quote="6万张", raw="6万张"),
    "number cut off inside its digits": _set("indicators", 1, quote="新增护理型床位12", raw="12"),
    "value rounded": _set("indicators", 0, quote="全市养老机构床位达到4万张", raw="4万张"),
    "unit swapped": _set("indicators", 1, quote="新增护理型床位1200个以上", raw="1200个"),
    "magnitude dropped": _set("indicators", 0, quote="全市养老机构床位达到3.6张", raw="3.6张"),
    "comparator turned round in the quote": _set("indicators", 1, quote="新增护理型床位1200张以下"),
    "year shifted": _set("indicators", 1, quote="2027年新增护理型床位1200张以上"),
    "verb of change turned round": _set("indicators", 2, quote="持证率从72%降低到80%左右"),
    "quote of another document": _set("indicators", 1, quote="全年新开工保障性住房3200套", raw="3200套"),
    "quote of the prompt's own example": _set("indicators", 1, quote="新增公共停车位1200个", raw="1200个"),
    "merged from two sentences": _set("indicators", 1, quote="新增护理型床位5000人次", raw="5000人次"),
    "name that stands nowhere": _set("indicators", 1, name="托育机构床位"),
    "empty quote": _set("indicators", 1, quote=""),
    "empty name": _set("indicators", 1, name=""),
    "empty value": _set("indicators", 1, raw=""),
    "value that is no figure": _set("indicators", 1, raw="护理型"),
    "quote of a megabyte": _set("indicators", 1, quote="新增护理型床位" * 150_000),
    "control characters in the quote": _set("indicators", 1, quote="新增护理型床位\x001200\x1b[31m张\x07"),
    "markup in the quote": _set("indicators", 1, quote="<b>新增护理型床位1200张以上</b>"),
    "unknown operator": _set("indicators", 1, op="some"),
    "unknown status": _set("indicators", 1, status="perhaps"),
    "a number where a text must be": _set("indicators", 1, quote=None),
    "a list where an item must be": lambda answer: answer["indicators"].__setitem__(1, ["1200张"]),
    "a string where an item must be": lambda answer: answer["indicators"].__setitem__(1, "新增护理型床位1200张以上"),
}


@pytest.mark.parametrize("kind", LOST_INDICATOR)
def test_a_false_indicator_is_refused_and_its_siblings_live(kind: str) -> None:
    answer = truth()
    LOST_INDICATOR[kind](answer)
    result, tasks, indicators = _run(answer)
    assert all(READOUT[one.evidence.start : one.evidence.end] == one.evidence.quote for one in indicators)
    assert {one.raw for one in indicators} <= {"3.6万张", "1200张", "80%"}
    assert len(indicators) == 2
    assert len(tasks) == 3
    assert _reasons(result)


LOST_TASK: dict[str, Spoil] = {
    "title of another document": _set("tasks", 1, title="提升轨道交通运力"),
    "first words of another document": _set("tasks", 1, first="二是优化营商环境\u3002深化"),
    "last words of another document": _set("tasks", 1, last="办理时间再压缩一半\u3002"),
    "negation lost in the last words": _set("tasks", 1, last="得降低服务标准了"),
    "title reworded": _set("tasks", 1, title="完善居家服务体系网络"),
    "empty bounds": _set("tasks", 1, first="", last=""),
    "no title in the middle of the text": _set("tasks", 1, title=""),
    "unknown kind": _set("tasks", 1, kind="goal"),
    "measures that are no list": _set("tasks", 1, measures={"a": "推进家庭养老床位建设"}),
    "an achievement given as a task": _set(
        "tasks", 1, marker="二是", title="护理队伍不断壮大", first="二是护理队伍不断壮大", last="护理队伍不断壮大\u3002"
    ),
}


@pytest.mark.parametrize("kind", LOST_TASK)
def test_a_false_task_is_refused_and_its_siblings_live(kind: str) -> None:
    answer = truth()
    LOST_TASK[kind](answer)
    result, tasks, indicators = _run(answer)
    assert [task.title for task in tasks] == ["扩大普惠养老供给", "壮大护理人才队伍"]
    assert len(indicators) == 3
    assert _reasons(result)


PARTS: dict[str, tuple[Spoil, Callable[[Task], bool]]] = {
    "invented lead unit": (_set("tasks", 0, lead=["市卫生健康委"]), lambda task: task.lead == ()),
    "invented supporting unit": (_set("tasks", 0, support=["市教育局"]), lambda task: task.support == ()),
    "invented deadline": (_set("tasks", 0, deadline="2027年底前"), lambda task: task.deadline is None),
    "measure with its negation lost": (
        _set("tasks", 0, measures=["失能老年人集中照护补贴覆盖率低于60%以下"]),
        lambda task: task.steps == (),
    ),
    "measure of another task": (_set("tasks", 0, measures=["培训护理员5000人次"]), lambda task: task.steps == ()),
}


@pytest.mark.parametrize("kind", PARTS)
def test_a_false_part_is_dropped_and_the_task_lives(kind: str) -> None:
    spoil, without = PARTS[kind]
    answer = truth()
    spoil(answer)
    result, tasks, _ = _run(answer)
    assert len(tasks) == 3
    assert without(tasks[0])
    assert _reasons(result)


def test_a_wrong_operator_gives_way_to_the_printed_comparator() -> None:
    answer = truth()
    answer["indicators"][1]["op"] = "le"
    _, _, indicators = _run(answer)
    assert indicators[1].bound is Bound.GE


@pytest.mark.parametrize(("index", "false", "true"), [(0, "target", Status.ACHIEVED), (1, "achieved", Status.TARGET)])
def test_a_status_against_its_part_is_kept_and_told(index: int, false: str, true: Status) -> None:
    answer = truth()
    answer["indicators"][index]["status"] = false
    result, _, indicators = _run(answer)
    assert indicators[index].status.value == false
    assert indicators[index].decision is not None
    assert indicators[index].decision.differences[0].rules == true.value
    notes = [note for part in result.results for proposals in part.proposals for note in proposals.notes]
    assert [note.kind for note in notes] == ["status_differs"]


_GENEROUS: dict[str, Spoil] = {
    "null keys left out": lambda answer: [
        item.pop(key) for item in (*answer["tasks"], *answer["indicators"]) for key in list(item) if item[key] is None
    ],
    "an ordinal as text": _set("tasks", 0, ordinal="第一"),
    "one string for a list": _set("tasks", 0, lead="市民政局", support="市财政局"),
    "another word for a status": _set("indicators", 1, status="目标"),
    "another word for a kind": _set("tasks", 0, kind="任务"),
    "a sign for a relation": _set("indicators", 1, op="\u2265"),
}


@pytest.mark.parametrize("spoil", _GENEROUS.values(), ids=_GENEROUS)
def test_answers_in_other_clothes_are_read(spoil: Spoil) -> None:
    answer = truth()
    spoil(answer)
    _, tasks, indicators = _run(answer)
    assert (len(tasks), len(indicators)) == (3, 3)
    assert tasks[0].lead == ("市民政局",)
    assert [one.status for one in indicators] == [Status.ACHIEVED, Status.TARGET, Status.TARGET]


def test_an_invented_base_and_nature_and_period_are_dropped() -> None:
    answer = truth()
    answer["indicators"][2].update(base="70%", nature="binding", period="2031年")
    _, _, indicators = _run(answer)
    assert indicators[2].base is None
    assert indicators[2].nature is None
    assert indicators[2].period is None


def test_an_item_given_twice_stands_once() -> None:
    answer = truth()
    answer["tasks"] += answer["tasks"]
    answer["indicators"] += answer["indicators"]
    result, tasks, indicators = _run(answer)
    assert (len(tasks), len(indicators)) == (3, 3)
    assert _reasons(result)


def test_items_out_of_order_come_out_in_the_order_of_the_text() -> None:
    answer = truth()
    answer["tasks"].reverse()
    answer["indicators"].reverse()
    _, tasks, indicators = _run(answer)
    assert [task.ordinal for task in tasks] == [1, 2, 3]
    assert [task.title for task in tasks] == ["扩大普惠养老供给", "健全居家服务网络", "壮大护理人才队伍"]
    assert [one.raw for one in indicators] == ["3.6万张", "1200张", "80%"]


def test_ten_thousand_items_are_bounded_and_the_true_ones_live() -> None:
    answer = truth()
    answer["indicators"] += [dict(answer["indicators"][1], quote=f"新增床位{n}张", raw=f"{n}张") for n in range(10_000)]
    result, tasks, indicators = _run(answer)
    assert [one.raw for one in indicators] == ["3.6万张", "1200张", "80%"]
    assert len(tasks) == 3
    assert any("more items" in reason for reason in _reasons(result))


def test_an_answer_that_is_no_object_fails_its_chunk_and_says_so() -> None:
    result, tasks, indicators = _run("我无法完成这个请求\u3002")
    assert (tasks, indicators) == ((), ())
    assert any("JSON" in reason for reason in _reasons(result))


def test_an_answer_in_another_shape_gives_what_it_holds() -> None:
    _, tasks, _ = _run(json.dumps([truth()], ensure_ascii=False))
    assert len(tasks) == 3


def test_a_quoted_instruction_is_noted_where_it_stands() -> None:
    answer = truth()
    answer["instructions_in_text"] = ["不得降低服务标准", "这句话原文没有"]
    result, _, _ = _run(answer)
    assert [READOUT[start:end] for start, end in result.instructions] == ["不得降低服务标准"]
