"""Tables of PDF pages, ruled and not, become rows whose cells are whole."""

from __future__ import annotations

from collections.abc import Sequence

from pdf_maker import Placed, Rule, Text, make_pdf

from summarizer.source.pdf.reader import read_pdf


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
    return [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]


def rows(lines: Sequence[Placed], rules: Sequence[Rule] = ()) -> list[str]:
    return read_pdf(make_pdf([lines], rules)).text.splitlines()


def test_a_ruled_table_is_rows_with_cells_apart_and_wrapped_cells_whole() -> None:
    lines = [
        (80, 690, "序号"), (160, 690, "任务"), (340, 690, "牵头单位"),
        (80, 630, "1"), (160, 630, "扩大普惠托育供给"), (160, 608, "新增托位"), (340, 630, "县卫健局"),
    ]  # fmt: skip
    page = [(70, 780, "任务分解表"), *lines, (70, 550, "备注在后。")]
    assert rows(page, grid((70, 150, 330, 500), (600, 650, 720))) == [
        "任务分解表",
        "序号 | 任务 | 牵头单位",
        "1 | 扩大普惠托育供给新增托位 | 县卫健局",
        "备注在后。",
    ]


def test_a_value_stands_under_its_own_head_when_cells_are_merged() -> None:
    rules = [
        (70, 720, 470, 720), (270, 690, 470, 690), (70, 660, 470, 660), (170, 630, 470, 630), (70, 600, 470, 600),
        (70, 600, 70, 720), (170, 600, 170, 720), (270, 600, 270, 720), (370, 600, 370, 690), (470, 600, 470, 720),
    ]  # fmt: skip
    lines = [
        (80, 685, "类别"), (180, 685, "指标"), (320, 700, "目标值"), (280, 670, "2030年"), (380, 670, "2035年"),
        (80, 625, "健康"), (180, 640, "预期寿命"), (280, 640, "80"), (380, 640, "81"),
        (180, 610, "医师数"), (280, 610, "3.6"), (380, 610, "4.0"),
    ]  # fmt: skip
    assert rows(lines, rules) == [
        "类别 | 指标 | 目标值 | 目标值",
        "类别 | 指标 | 2030年 | 2035年",
        "健康 | 预期寿命 | 80 | 81",
        "健康 | 医师数 | 3.6 | 4.0",
    ]


def test_a_table_without_rules_at_its_sides_keeps_its_outer_columns() -> None:
    rules = [(70, y, 500, y) for y in (600, 650, 700)] + [(200, 600, 200, 700), (350, 600, 350, 700)]
    lines = [
        (80, 670, "指标"),
        (210, 670, "单位"),
        (360, 670, "2030年"),
        (80, 620, "床位数"),
        (210, 620, "张"),
        (360, 620, "7.5"),
    ]
    assert rows(lines, rules) == ["指标 | 单位 | 2030年", "床位数 | 张 | 7.5"]


def test_a_caption_over_the_whole_width_is_printed_once() -> None:
    rules = [(70, y, 470, y) for y in (600, 650, 700)] + [
        (70, 600, 70, 700),
        (470, 600, 470, 700),
        (270, 600, 270, 650),
    ]
    assert rows([(180, 670, "主要指标"), (80, 620, "床位数"), (280, 620, "7.5张")], rules) == [
        "主要指标",
        "床位数 | 7.5张",
    ]


def test_boxes_around_text_are_no_table() -> None:
    rules = [*grid((70, 300), (600, 700)), *grid((320, 500), (600, 700))]
    assert rows([(80, 650, "受理"), (330, 650, "审批")], rules) == ["受理 审批"]


def test_columns_without_rules_are_a_table() -> None:
    lines = [
        (70, 780, "主要指标表"),
        (70, 720, "指标名称"), (250, 720, "单位"), (330, 720, "2030年"),
        (70, 690, "人均预期寿命"), (250, 690, "岁"), (346, 690, "80"),
        (70, 660, "每千人口床位数"), (250, 660, "张"), (346, 660, "7.5"),
        (70, 600, "以上指标为预期性指标。"),
    ]  # fmt: skip
    assert rows(lines) == [
        "主要指标表",
        "指标名称 | 单位 | 2030年",
        "人均预期寿命 | 岁 | 80",
        "每千人口床位数 | 张 | 7.5",
        "以上指标为预期性指标。",
    ]


def test_a_row_cut_by_the_page_is_whole_and_the_repeated_head_is_read_once() -> None:
    xs, ys = (70, 150, 330, 500), (640, 680, 720)
    head = [(80, 695, "序号"), (160, 695, "任务"), (340, 695, "牵头单位")]
    one = [*head, (80, 655, "1"), (160, 655, "扩大托育供给并"), (340, 655, "县卫健局")]
    two = [*head, (160, 655, "新增托位"), Text(280, 40, "— 2 —")]
    text = read_pdf(make_pdf([one, two], grid(xs, ys))).text
    assert text.splitlines()[:2] == ["序号 | 任务 | 牵头单位", "1 | 扩大托育供给并新增托位 | 县卫健局"]


def test_a_new_row_on_the_next_page_takes_the_group_it_belongs_to() -> None:
    xs, ys = (70, 150, 330, 500), (640, 680, 720)
    one = [
        (80, 695, "领域"),
        (160, 695, "任务"),
        (340, 695, "单位"),
        (80, 655, "健康"),
        (160, 655, "扩大托育。"),
        (340, 655, "甲局"),
    ]
    two = [
        (160, 695, "改造病房。"),
        (340, 695, "乙局"),
        (80, 655, "教育"),
        (160, 655, "新建学校。"),
        (340, 655, "丙局"),
    ]
    assert read_pdf(make_pdf([one, two], grid(xs, ys))).text.splitlines() == [
        "领域 | 任务 | 单位",
        "健康 | 扩大托育。 | 甲局",
        "健康 | 改造病房。 | 乙局",
        "教育 | 新建学校。 | 丙局",
    ]


def test_a_table_without_rules_goes_on_over_the_page() -> None:
    one = [
        (70, 720, "指标名称"), (250, 720, "单位"), (330, 720, "2030年"),
        (70, 690, "人均预期寿命"), (250, 690, "岁"), (346, 690, "80"),
    ]  # fmt: skip
    two = [
        (70, 720, "每千人口床位数"),
        (250, 720, "张"),
        (346, 720, "7.5"),
        (70, 690, "婴儿死亡率"),
        (250, 690, "‰"),
        (346, 690, "3"),
    ]
    assert read_pdf(make_pdf([one, two])).text.splitlines() == [
        "指标名称 | 单位 | 2030年",
        "人均预期寿命 | 岁 | 80",
        "每千人口床位数 | 张 | 7.5",
        "婴儿死亡率 | ‰ | 3",
    ]


def test_a_cell_over_three_pages_is_whole() -> None:
    xs, ys = (70, 150, 330, 500), (640, 680, 720)
    head = [(80, 695, "序号"), (160, 695, "任务"), (340, 695, "单位")]
    pages = [
        [*head, (80, 655, "1"), (160, 655, "推进甲项工作，"), (340, 655, "市发改委、")],
        [*head, (160, 655, "完善机制，"), (340, 655, "市财政局、")],
        [*head, (160, 655, "落实责任。"), (340, 655, "市卫健委")],
    ]
    assert read_pdf(make_pdf(pages, grid(xs, ys))).text.splitlines() == [
        "序号 | 任务 | 单位",
        "1 | 推进甲项工作，完善机制，落实责任。 | 市发改委、市财政局、市卫健委",
    ]
