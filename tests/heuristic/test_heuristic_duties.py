from __future__ import annotations

from typing import NamedTuple

import pytest

from summarizer.heuristic.duties import Columns, Duties, duties_of, table_columns, unit_ranges


class Printed(NamedTuple):
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: str | None
    duties: Duties


def read(text: str, columns: Columns | None = None) -> Printed:
    found = duties_of(text, 0, len(text), columns)
    lead, support = (tuple(text[slice(*unit)] for unit in units) for units in (found.lead, found.support))
    return Printed(lead, support, text[slice(*found.deadline)] if found.deadline else None, found)


@pytest.mark.parametrize(
    ("text", "lead", "support"),
    [
        ("改造站点。（省教育厅牵头，省财政厅等按职责分工负责）", ("省教育厅",), ("省财政厅",)),
        ("改造站点。(市卫生健康委、市残联负责)", ("市卫生健康委", "市残联"), ()),
        ("改造站点。（县教育局牵头，县财政局、县人社局配合）", ("县教育局",), ("县财政局", "县人社局")),
        ("改造站点。牵头单位：县水利局；配合单位：县财政局、各乡镇", ("县水利局",), ("县财政局", "各乡镇")),
        ("改造站点。\n责任单位: 县水利局,县财政局\n", ("县水利局", "县财政局"), ()),
        ("改造站点（含附属设施），惠及300户。", (), ()),
        ("改造站点。（县水利局牵头，各镇〔街道〕负责）", ("县水利局", "各镇〔街道〕"), ()),
        ("改造站点.(责任单位:市水利局、各县(市、区)人民政府)", ("市水利局", "各县(市、区)人民政府"), ()),
    ],
)
def test_units_are_read_as_printed(text: str, lead: tuple[str, ...], support: tuple[str, ...]) -> None:
    found = read(text)
    assert (found.lead, found.support) == (lead, support)


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("改造站点。完成时限：2026年6月底前", "2026年6月底前"),
        ("改造站点。（2026年9月底前完成）", "2026年9月底前"),
        ("6月底前，完成站点改造。", "6月底前"),
        ("逐栋摸底，3月底前完成。责任单位：区住建局", "3月底前"),
        ("逐栋摸底，全年推进。", "全年"),
        ("改造站点，年内争取先期完成3个。", None),
        ("改造站点（全年）。", "全年"),
    ],
)
def test_the_deadline_of_a_whole_task_is_read_as_printed(text: str, deadline: str | None) -> None:
    assert read(text).deadline == deadline


def test_units_that_belong_together_stay_together() -> None:
    text = "省农业农村厅、各市、县人民政府"
    assert [text[slice(*unit)] for unit in unit_ranges(text, 0, len(text))] == ["省农业农村厅", "各市、县人民政府"]


def test_a_table_is_read_by_the_heads_of_its_columns() -> None:
    text = "序号\n重点任务\n牵头单位\n完成时限\n1\n"
    columns = table_columns(text, text.index("1\n"))
    assert columns == Columns(("title", "lead", "deadline"))
    row = "建好书房\n县文旅局\n10月底"
    found = read(row, columns)
    assert (found.lead, found.deadline) == (("县文旅局",), "10月底")


def test_a_row_keeps_its_columns_where_cells_are_empty() -> None:
    columns = Columns(("title", "measures", "lead", "support", "deadline", "other"))
    found = read(" 建好书房 | 新建12间 | 县文旅局 |  | 10月底 | ", columns)
    assert (found.lead, found.support, found.deadline) == (("县文旅局",), (), "10月底")


def test_a_row_with_another_number_of_cells_is_not_read_by_columns() -> None:
    assert read("建好书房\n县文旅局", Columns(("title", "lead", "deadline"))).lead == ()


def test_text_without_a_head_row_is_no_table() -> None:
    assert table_columns("1\n建好书房\n", 0) is None
