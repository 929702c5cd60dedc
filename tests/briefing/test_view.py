"""What every rendering reads of a briefing: names, facts, titles, origins, and sentences in the briefing's language."""

from __future__ import annotations

from pathlib import Path

import pytest
from briefing_samples import NATIONAL, PLAN, PROVINCE, briefing_of, document_of, doubtful_briefing, plan_briefing

from summarizer.briefing.labels import labels_for
from summarizer.briefing.view import View, document_names, view_of
from summarizer.schema import (
    Change,
    Decision,
    DecisionBy,
    Difference,
    Horizon,
    IndicatorRow,
    Level,
    Origin,
    Part,
    ProblemKind,
    Quality,
    TaskKind,
    problem,
)

ZH = labels_for("zh")


@pytest.fixture
def plan(tmp_path: Path) -> View:
    return view_of(plan_briefing(tmp_path)[0])


def test_one_document_gives_its_title_several_their_number(plan: View, tmp_path: Path) -> None:
    assert plan.headline == "简报：2026年卫生健康工作方案"
    several = view_of(briefing_of(tmp_path, {"a.txt": NATIONAL, "b.txt": PROVINCE})[0])
    assert several.headline == "简报：2份材料重点任务和主要指标"


def test_items_and_targets_are_found_by_id(plan: View) -> None:
    document = plan.briefing.documents[0]
    assert plan.items[document.tasks[0].id] is document.tasks[0]
    assert [one.name for one in plan.targets[document.tasks[0].id]] == ["床位"]


def test_documents_of_one_region_are_told_apart_by_their_files_then_by_their_hash() -> None:
    one, other = document_of("x/a.txt", PROVINCE), document_of("x/b.txt", PROVINCE + "甲")
    names = document_names([one, other], ZH)
    assert list(names.values()) == ["安徽省（a）", "安徽省（b）"]
    twins = document_names([one, document_of("y/a.txt", PROVINCE + "乙")], ZH)
    assert len(set(twins.values())) == 2
    assert all(name.startswith("安徽省（a）") for name in twins.values())


def test_a_long_title_is_cut_where_it_names_a_column() -> None:
    document = document_of("a.txt", PLAN, ()).model_copy(update={"title": "关于\n" + "长" * 60})
    (name,) = document_names([document], ZH).values()
    assert len(name) == 24
    assert name.startswith("关于 长")


def test_every_known_fact_is_listed_under_its_label(plan: View) -> None:
    document = plan.briefing.documents[0].model_copy(
        update={
            "level": Level.CITY,
            "declared_task_count": 3,
            "quality": (Quality.model_validate({"flag": "spam", "detail": "x"}),),
            "duplicate_of": plan.briefing.documents[0].id,
        }
    )
    facts = plan.facts(document)
    assert facts["text_kind"] == "部署工作（“工作方案”）"
    assert facts["level"] == "市级"
    assert facts["announced"] == "3项"
    assert facts["quality"] == "含广告"
    assert facts["duplicate"] == "与2026年卫生健康工作方案内容相同"
    assert facts["parts"] == "部署（一、夯实基层基础）"
    assert list(facts)[-1] == "source"
    assert "meeting" not in facts


def test_neighbouring_parts_of_one_horizon_are_one_in_the_facts(plan: View) -> None:
    horizons = [Horizon.PAST, Horizon.WORK, Horizon.WORK, *[Horizon.PAST, Horizon.WORK] * 5]
    parts = tuple(Part.model_validate({"start": 0, "end": 1, "heading": None, "horizon": one}) for one in horizons)
    document = plan.briefing.documents[0].model_copy(update={"parts": parts})
    assert plan.facts(document)["parts"] == "回顾 → 部署 → 回顾 → 部署 → 回顾 → 部署 → 回顾 → 部署等"


def test_problems_and_rejections_speak_the_briefing_s_language(tmp_path: Path) -> None:
    one = problem(ProblemKind.DECLARED_TASK_COUNT, {"declared": 12, "found": 11, "quote": "以下十二项"})
    views = [view_of(plan_briefing(tmp_path, language=language)[0]) for language in ("zh", "en")]
    assert views[0].message(one) == "文中称有12项任务（“以下十二项”），实际找到11项"
    assert views[1].message(one) == "the text announces 12 tasks (“以下十二项”), 11 were found"
    assert next(views[0].rejections(views[0].briefing.documents[0].rejected))[0] == "所在部分是回顾"


def test_the_most_frequent_reason_of_rejection_comes_first(plan: View) -> None:
    rejected = plan.briefing.documents[0].rejected
    groups = list(plan.rejections([*rejected, rejected[1]]))
    assert [len(members) for _, members in groups] == [2, 1]


def test_an_item_says_who_found_it_and_how_a_difference_was_settled(plan: View) -> None:
    task = plan.briefing.documents[0].tasks[0]
    assert plan.origin(task) == "模型，规则相符"
    difference = Difference(field="status", model="target", rules=None)
    settled = task.model_copy(update={"decision": Decision(by=DecisionBy.SOURCE, differences=(difference,))})
    assert plan.origin(settled) == "模型，规则相符；裁定：原文（状态：模型作目标，规则作无）"
    alone = task.model_copy(update={"confirmed_by": None, "origin": Origin.HEURISTIC})
    assert plan.origin(alone) == "规则"


def test_the_tasks_of_a_kind_keep_their_order(plan: View) -> None:
    document = plan.briefing.documents[0]
    near = document.tasks[0].model_copy(update={"kind": TaskKind.NEAR_TERM})
    both = document.model_copy(update={"tasks": (near, document.tasks[0])})
    assert plan.tasks(both) == [document.tasks[0]]
    assert plan.tasks(both, TaskKind.NEAR_TERM) == [near]


def test_a_document_that_is_not_there_stands_for_itself(plan: View) -> None:
    assert plan.name("0123456789ab") == "0123456789ab"
    assert plan.name(None) == ""


def test_a_row_of_changes_says_so(plan: View) -> None:
    row = IndicatorRow(name="门诊人次", unit="%", change=Change.UP, indicators=())
    assert plan.row_name(row) == "门诊人次（增幅）"
    assert plan.row_name(row.model_copy(update={"change": None})) == "门诊人次"


def test_what_is_to_be_checked_is_apart_and_the_weightiest_first(tmp_path: Path) -> None:
    view = view_of(doubtful_briefing(tmp_path)[0])
    document = view.briefing.documents[0]
    assert view.tasks(document) == []
    assert view.targets == {}
    task, beds = view.to_check(document)
    assert (view.content(task), view.content(beds)) == ("建强乡镇卫生院", "床位 120张 目标")
    assert view.doubts(beds) == "同一名称和时期另有数值：“80张”"
