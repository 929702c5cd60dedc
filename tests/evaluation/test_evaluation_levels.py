"""Headlines above a task, steps inside it, duties on either, and tasks that came out on another level."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from evaluation_samples import FIRST, SECOND, THIRD, gold, moved, perfect, span_of, step, task, with_tasks

from summarizer.evaluation.agreement import as_document
from summarizer.evaluation.counts import Counts, Share
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.scoring import score_documents
from summarizer.evaluation.task_scores import TaskScore
from summarizer.schema import Document, Task

OPENER = "会议要求抓好以下三项任务"
STATIONS, CONTRACTS = "新建社区卫生服务站12个", "家庭医生签约率提高到45%以上"


def _with_first(**more: Any) -> Gold:
    return gold(tasks=[task(1, FIRST, "强化基层", **more)])


def _tasks(judged: Gold, prediction: Document) -> TaskScore:
    return score_documents(judged, prediction).tasks


def _other_level(strength: str) -> dict[str, Any]:
    start, end = span_of(f"{OPENER}。{FIRST}{SECOND}{THIRD}")
    heading = {"marker": None, "title": OPENER, "start": start, "end": end}
    return {"level": "upper", "strength": strength, "tasks": [heading]}


def _as_one() -> Task:
    return moved(perfect().tasks[0], f"{OPENER}。{FIRST}{SECOND}{THIRD}")


def test_headlines_above_are_right_when_all_of_them_are_in_order() -> None:
    under = _with_first(group=["东岭市召开2026年卫生健康工作会议", OPENER])
    right = as_document(under)
    (found,) = right.tasks
    cut = right.model_copy(update={"tasks": (found.model_copy(update={"group": found.group[:1]}),)})
    turned = right.model_copy(update={"tasks": (found.model_copy(update={"group": found.group[::-1]}),)})
    assert _tasks(under, right).group == Share(right=1, n=1)
    assert _tasks(under, cut).group == _tasks(under, turned).group == Share(right=0, n=1)


@pytest.mark.parametrize(
    ("group", "asked"), [(None, Share()), ([], Share(right=0, n=1)), ([OPENER], Share(right=1, n=1))]
)
def test_headlines_are_asked_where_they_were_annotated(group: list[str] | None, asked: Share) -> None:
    prediction = as_document(_with_first(group=[OPENER]))
    assert _tasks(_with_first(group=group), prediction).group == asked


def test_marked_steps_are_found_by_their_place() -> None:
    marked = _with_first(steps=[step(STATIONS, marker="1"), step(CONTRACTS, marker="2")])
    right = as_document(marked)
    (found,) = right.tasks
    one = right.model_copy(update={"tasks": (found.model_copy(update={"steps": found.steps[1:]}),)})
    other = found.steps[1].model_copy(update={"marker": "3"})
    misread = right.model_copy(update={"tasks": (found.model_copy(update={"steps": (found.steps[0], other)}),)})
    assert _tasks(marked, right).steps == Counts(tp=2)
    assert _tasks(marked, one).steps == Counts(tp=1, fn=1)
    assert _tasks(marked, misread).step_marker == Share(right=1, n=2)


@pytest.mark.parametrize("steps", [None, []])
def test_clauses_of_a_task_without_marked_steps_are_no_false_alarms(steps: list[Any] | None) -> None:
    prediction = as_document(_with_first(steps=[step(STATIONS), step(CONTRACTS)]))
    assert _tasks(_with_first(steps=steps), prediction).steps == Counts()


def test_a_duty_on_the_wrong_level_is_right_in_itself_and_told_by_its_place() -> None:
    unit = {"lead": ["市卫生健康委"], "deadline": "6月底前", "deadline_date": "2026-06-30"}
    on_step = _with_first(steps=[step(STATIONS, **unit), step(CONTRACTS, support=["市财政局"])])
    right = as_document(on_step)
    (found,) = right.tasks
    bare = tuple(one.model_copy(update={"lead": (), "deadline": None, "deadline_date": None}) for one in found.steps)
    lifted = {"steps": bare, "lead": ("市卫生健康委",), "deadline": "6月底前", "deadline_date": date(2026, 6, 30)}
    pooled = right.model_copy(update={"tasks": (found.model_copy(update=lifted),)})
    for prediction, place in ((right, Share(right=3, n=3)), (pooled, Share(right=1, n=3))):
        duties = _tasks(on_step, prediction).duties
        assert (duties.lead, duties.support, duties.deadline) == (Counts(tp=1), Counts(tp=1), Counts(tp=1))
        assert (duties.date, duties.place) == (Share(right=1, n=1), place)


def test_an_unsure_duty_is_not_asked_for() -> None:
    unsure = _with_first(lead=["市卫生健康委"], deadline_date="2026-06-30", unsure=["lead", "deadline"])
    duties = _tasks(unsure, as_document(_with_first())).duties
    assert (duties.lead, duties.date) == (Counts(), Share())


def test_a_step_that_came_out_as_a_task_is_a_false_alarm_told_apart() -> None:
    marked = gold(tasks=[task(1, FIRST, "强化基层", steps=[step(STATIONS), step(CONTRACTS)])])
    first, second, *_ = perfect().tasks
    split = with_tasks(moved(first, STATIONS), moved(second, CONTRACTS), moved(second, THIRD))
    score = score_documents(marked, split)
    assert score.tasks.other_level == Share(right=2, n=3)
    assert score.tasks.relaxed == Counts(fp=3, fn=1)
    assert [f.outcome.value for f in score.findings if f.kind == "task"].count("other level") == 2


def test_a_strong_other_level_is_as_right_and_the_better_fit_counts() -> None:
    strong = gold(alternative_level=_other_level("strong"))
    assert _tasks(strong, with_tasks(_as_one())).relaxed == Counts(tp=1)
    assert _tasks(strong, perfect()).relaxed == Counts(tp=3)


def test_a_weak_other_level_is_told_apart_and_not_right() -> None:
    weak = _tasks(gold(alternative_level=_other_level("weak")), with_tasks(_as_one()))
    assert (weak.relaxed, weak.other_level) == (Counts(fp=1, fn=3), Share(right=1, n=1))


def test_of_a_task_made_of_a_headline_only_the_span_and_the_title_are_judged() -> None:
    score = _tasks(gold(alternative_level=_other_level("strong")), with_tasks(_as_one()))
    assert score.title == Share(right=0, n=1)
    assert score.ordinal == score.group == Share()
    assert score.theme == score.duties.lead == Counts()
