"""Which level and which parts hold the tasks. The texts are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from summarizer.pipeline.analysis import analyse
from summarizer.schema import Task


def test_a_list_that_the_words_of_a_task_announce_stays_within_it(tmp_path: Path) -> None:
    text = (
        "云溪市政府工作报告\n二、关于2031年工作\n重点抓好以下工作：\n"
        "（一）推动经济向好。\n扩大有效投资，稳定市场预期。\n（二）加快产业升级。\n培育产业集群，改造传统产业。\n"
        "（三）保障改善民生。\n完善社会保障。\n全力办好“十大重点民生实事”。①新建社区食堂30个。②培训护理员500名。③改造危旧房80套。\n"
        "（四）建设美丽云溪。\n治理黑臭水体，扩大城市绿地。\n"
    )
    assert [task.marker for task in _tasks(text, tmp_path)] == ["（一）", "（二）", "（三）", "（四）"]


@pytest.mark.parametrize("heading", ["试点范围", "工作进度", "组织形式"])
def test_a_part_that_says_where_when_or_by_whom_sets_no_tasks(heading: str, tmp_path: Path) -> None:
    text = (
        "云溪市集约化建设试点方案\n一、试点任务\n（一）建设统一平台。整合现有系统。\n（二）形成标准规范。制定数据标准。\n"
        f"二、{heading}\n（一）制定实施方案。各区上报方案。\n（二）组织开展试点。各区按方案开展。\n"
    )
    assert [task.title for task in _tasks(text, tmp_path)] == ["建设统一平台", "形成标准规范"]


def test_modern_government_is_how_the_work_is_done(tmp_path: Path) -> None:
    text = (
        "云溪市政府工作报告\n二、2031年主要任务\n（一）扩大内需。新建商圈3个。\n（二）稳定外贸。培育企业40家。\n"
        "三、全面提升政府治理现代化水平\n（一）依法行政。规范执法。\n（二）改进作风。精文减会。\n"
    )
    assert [task.title for task in _tasks(text, tmp_path) if task.kind == "task"] == ["扩大内需", "稳定外贸"]


def _tasks(text: str, folder: Path) -> tuple[Task, ...]:
    path = folder / "report.txt"
    path.write_text(text, encoding="utf-8")
    return analyse(path).tasks
