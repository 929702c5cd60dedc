from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import tasks_of
from work_texts import WORK_TEXTS, WorkText

from summarizer.schema import MarkerStatus, Task, TaskKind


def tasks_in(text: str) -> tuple[Task, ...]:
    return tuple(task for task in tasks_of(text).tasks if task.kind is TaskKind.TASK)


def by_kind(kind: str) -> str:
    return next(sample.text for sample in WORK_TEXTS if sample.kind == kind)


@pytest.mark.parametrize("sample", WORK_TEXTS, ids=lambda sample: sample.kind)
def test_exactly_the_tasks_of_a_text_are_found_in_order(sample: WorkText) -> None:
    assert [task.title for task in tasks_in(sample.text)] == list(sample.titles)


@pytest.mark.parametrize("sample", WORK_TEXTS, ids=lambda sample: sample.kind)
def test_every_quote_stands_at_its_offsets(sample: WorkText) -> None:
    for task in tasks_of(sample.text).tasks:
        for evidence in (task.evidence, *(measure.evidence for measure in task.steps)):
            assert sample.text[evidence.start : evidence.end] == evidence.quote
        assert task.title in task.evidence.quote


@pytest.mark.parametrize("sample", WORK_TEXTS, ids=lambda sample: sample.kind)
def test_steps_lie_inside_their_task(sample: WorkText) -> None:
    for task in tasks_of(sample.text).tasks:
        for measure in task.steps:
            assert task.evidence.start <= measure.evidence.start < measure.evidence.end <= task.evidence.end


@pytest.mark.parametrize("sample", WORK_TEXTS, ids=lambda sample: sample.kind)
def test_tasks_do_not_overlap(sample: WorkText) -> None:
    tasks = tasks_of(sample.text).tasks
    assert all(a.evidence.end <= b.evidence.start for a, b in pairwise(tasks))


def test_a_task_runs_from_its_marker_to_its_full_stop() -> None:
    text = "会议要求，重点抓好以下两项任务：一是做强疾控实验室，年内达标。二是办好托育机构，新增托位90个。"
    assert [task.evidence.quote for task in tasks_in(text)] == [
        "一是做强疾控实验室，年内达标。",
        "二是办好托育机构，新增托位90个。",
    ]


def test_ids_carry_the_document_and_the_logical_place() -> None:
    found = tasks_of("会议要求，抓好以下工作：一是强基层。二是抓医改。", "0123456789ab")
    assert [task.id for task in found.tasks] == ["0123456789ab.t1", "0123456789ab.t2"]


def test_a_damaged_marker_keeps_its_place_and_is_reported_as_damaged() -> None:
    text = "会议要求，抓好四项工作：\n一是抓规划，明确目标。\n二啊，抓基层，充实力量。\n三是抓医改，完善机制。\n四月一日，抓安全，排查隐患。\n"
    tasks = tasks_in(text)
    assert [(task.marker, task.marker_status) for task in tasks] == [
        ("一是", MarkerStatus.INTACT),
        ("二啊", MarkerStatus.DAMAGED),
        ("三是", MarkerStatus.INTACT),
        ("四月一日", MarkerStatus.DAMAGED),
    ]


def test_an_item_without_marker_between_two_seen_ones_is_found() -> None:
    text = "会议要求，抓好以下工作：\n一是强监测，早发现。\n二是强救治，早处置。\n需要强培训，早准备。\n四是强宣传，早告知。\n"
    tasks = tasks_in(text)
    assert [task.marker_status for task in tasks] == [
        MarkerStatus.INTACT,
        MarkerStatus.INTACT,
        MarkerStatus.MISSING,
        MarkerStatus.INTACT,
    ]
    assert tasks[2].evidence.quote == "需要强培训，早准备。"


def test_a_list_inside_an_item_that_lost_its_marker_becomes_its_steps() -> None:
    text = (
        "会议要求，抓好以下工作：\n一是建网络，补短板。\n二是强队伍，抓培训。\n"
        "一要优待遇，二要畅晋升，三要减负担。\n四是严监管，守底线。\n"
    )
    tasks = tasks_in(text)
    assert len(tasks) == 4
    assert [measure.text for measure in tasks[2].steps] == ["优待遇", "畅晋升", "减负担"]


def test_a_wrong_number_of_announced_tasks_is_a_problem() -> None:
    problems = tasks_of(by_kind("six announced, five found")).problems
    assert [problem.kind for problem in problems] == ["declared_task_count"]
    assert "6" in problems[0].message
    assert "5" in problems[0].message


def test_the_right_number_of_announced_tasks_is_no_problem() -> None:
    assert tasks_of(by_kind("one line readout")).problems == ()


def test_safeguards_of_a_plan_are_kept_apart() -> None:
    kinds = [(task.title, task.kind) for task in tasks_of(by_kind("plan with safeguards")).tasks]
    assert kinds[-2:] == [("加强组织领导", TaskKind.SAFEGUARD), ("落实经费保障", TaskKind.SAFEGUARD)]


def test_a_reminder_behind_the_list_is_near_term() -> None:
    text = "会议要求，抓好以下工作：一是强基层。二是抓医改。\n会议还要求，春节期间要严格值班值守，做好医疗救治准备。\n"
    assert [task.kind for task in tasks_of(text).tasks] == [TaskKind.TASK, TaskKind.TASK, TaskKind.NEAR_TERM]


def test_units_and_deadline_come_from_labels_brackets_and_columns() -> None:
    labelled = tasks_in(by_kind("labelled duty list"))[0]
    assert (labelled.lead, labelled.deadline) == (("县农业农村局",), "2026年11月底")
    plan = tasks_in(by_kind("plan with safeguards"))
    assert (plan[0].lead, plan[0].deadline) == (("市卫生健康委", "市自然资源局"), "2026年12月底前")
    assert (plan[2].lead, plan[2].support) == (("市数据局",), ("市卫生健康委",))
    row = tasks_in(by_kind("table with bars"))[1]
    assert (row.lead, row.support, row.deadline) == (("市住建局",), ("市城管局", "各区政府"), "12月底前")


def test_a_task_printed_twice_is_found_once() -> None:
    body = "会议要求，抓好以下工作：\n一是推进区域医疗中心建设，年内投用。\n二是开展慢性病早期筛查，覆盖全县。\n参会人员进行了讨论。\n"
    assert len(tasks_in(body + body)) == 2


def test_an_empty_text_has_no_tasks() -> None:
    assert tasks_of("").tasks == ()


_PIECES = st.sampled_from(
    [
        "一、", "二、", "（一）", "（二）", "一是", "二是", "三要", "1.", "2.", "第一，", "——", "• ", "①", "一月二日", "二啊，",
        "会议要求，", "会议还要求，", "重点抓好以下三项任务：", "回顾", "重点任务", "保障措施", "加强管理", "完成了", "2026年",
        "。", "；", "，", "：", "\n", " ", "（县局负责）", "牵头单位：县局", "序号\n任务\n牵头单位\n", "🙂", "衛生",
    ]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_any_text_gives_tasks_that_are_ordered_disjoint_and_verbatim(text: str) -> None:
    tasks = tasks_of(text).tasks
    assert [task.ordinal for task in tasks] == list(range(1, len(tasks) + 1))
    for task in tasks:
        assert task.evidence.quote
        assert text[task.evidence.start : task.evidence.end] == task.evidence.quote
        assert task.title in task.evidence.quote
    assert all(a.evidence.end <= b.evidence.start for a, b in pairwise(tasks))
