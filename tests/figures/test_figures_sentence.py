"""One sentence: which name belongs to which figure, in what relation. The sentences are invented."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import said

from summarizer.figures.measured import Measured
from summarizer.figures.sentence import read_sentence
from summarizer.language.quantities import find_quantities


def _read(text: str) -> list[Measured]:
    measured, _ = read_sentence(text, 0, len(text), list(find_quantities(text)))
    return measured


def _short(text: str) -> list[tuple[str, str, str]]:
    return [(item.name, item.quantity.raw, said(item.relation)) for item in _read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人均预期寿命提高到79.6岁。", [("人均预期寿命", "79.6岁", "eq")]),
        ("人均预期寿命提高1.2岁。", [("人均预期寿命", "1.2岁", "up")]),
        ("就诊率稳定在90%以上。", [("就诊率", "90%", "ge")]),
        ("婴儿死亡率下降0.5个千分点以上。", [("婴儿死亡率", "0.5个千分点", "ge down")]),
        ("失业率控制在5.5%以内。", [("失业率", "5.5%", "le")]),
        ("床位使用率78%左右。", [("床位使用率", "78%", "approx")]),
        ("签约率不低于65%。", [("签约率", "65%", "ge")]),
        ("每万人口全科医生数4.2人。", [("每万人口全科医生数", "4.2人", "eq")]),
        ("产值年均增长7%。", [("产值 年均增长", "7%", "up")]),
        ("增速保持在5%—6%。", [("增速", "5%—6%", "range up")]),
        ("平均住院日缩短至7.2天。", [("平均住院日", "7.2天", "eq")]),
    ],
)
def test_a_name_before_its_figure(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert _short(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("39个区域医疗中心进展顺利。", [("区域医疗中心", "39个", "eq")]),
        ("建成和美乡村150个。", [("和美乡村", "150个", "eq")]),
        ("打造150个和美乡村。", [("和美乡村", "150个", "eq")]),
        ("为6000名困难学生发放补贴。", [("困难学生", "6000名", "eq")]),
        ("新增8家达到推荐标准的卫生院。", [("新增 达到推荐标准的卫生院", "8家", "eq")]),
        ("47人入选青年人才计划。", [("入选青年人才计划", "47人", "eq")]),
        ("铺设300公里供水管网。", [("供水管网", "300公里", "eq")]),
    ],
)
def test_a_figure_before_its_noun(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert _short(text) == expected


def test_figures_of_a_list_go_to_the_parts_of_the_name() -> None:
    assert _short("水果、蔬菜、茶叶产量分别增长4%、5%、6%。") == [
        ("水果 产量", "4%", "up"),
        ("蔬菜 产量", "5%", "up"),
        ("茶叶产量", "6%", "up"),
    ]


def test_figures_of_a_list_without_names_go_to_the_items_before() -> None:
    assert _short("接待游客800万人次、旅游收入60亿元，分别增长9%、12%。")[2:] == [
        ("接待游客", "9%", "up"),
        ("旅游收入", "12%", "up"),
    ]


def test_city_and_country_share_one_name() -> None:
    assert [name for name, *_ in _short("城乡居民收入分别增长4%、6%。")] == ["城 居民收入", "乡 居民收入"]


def test_one_figure_for_two_names_is_two_indicators() -> None:
    assert [name for name, *_ in _short("养老参保率、医疗参保率均达到97%。")] == ["养老参保率", "医疗参保率"]


def test_a_change_keeps_its_start_and_its_time() -> None:
    (item,) = _read("人均预期寿命由2020年的76.8岁提高到2025年的78.1岁。")
    assert (item.quantity.raw, said(item.relation), item.base, item.base_period) == (
        "78.1岁",
        "eq",
        Decimal("76.8"),
        "2020年",
    )


def test_changes_of_a_list_keep_their_starts() -> None:
    items = _read("孕产妇死亡率、婴儿死亡率分别从11/10万、4.1‰降至8/10万和2.9‰。")
    assert [(item.name, item.base) for item in items] == [("孕产妇死亡率", Decimal(11)), ("婴儿死亡率", Decimal("4.1"))]


def test_level_and_growth_in_one_clause_are_two_indicators_of_one_name() -> None:
    assert _short("医疗收入达到36亿元，较上年增加2亿元，增长5.9%。") == [
        ("医疗收入", "36亿元", "eq"),
        ("医疗收入", "2亿元", "up"),
        ("医疗收入", "5.9%", "up"),
    ]


def test_the_quote_of_an_elided_name_reaches_back_to_it() -> None:
    text = "门诊量达到36万人次，增长5.9%。"
    assert text[_read(text)[1].start : _read(text)[1].end] == "门诊量达到36万人次，增长5.9%"


def test_a_stock_behind_a_flow_is_named_without_its_verb() -> None:
    assert _short("新增托位90个，累计达到460个。") == [("新增托位", "90个", "eq"), ("托位", "460个", "eq")]


def test_the_verb_of_a_list_is_carried() -> None:
    assert [name for name, *_ in _short("新增床位90张、护士40名。")] == ["新增床位", "新增 护士"]


def test_an_amount_that_qualifies_a_group_is_part_of_its_name() -> None:
    assert _short("投资2000万元以上的技改项目300个。") == [("投资2000万元以上的技改项目", "300个", "eq")]


@pytest.mark.parametrize(
    "text",
    [
        "重点抓好以下十二项任务。",
        "落实“1571”工作部署和“14+1”机制。",
        "5岁以下儿童和65岁以上老年人的健康管理持续加强。",
        "连续5年获评优秀。",
        "15分钟医疗圈基本形成。",
        "居全国第3位。",
        "完成国家下达的20项约束性指标。",
        "80余人参加会议。",
        "推进750千伏输变电工程建设。",
        "两个重点领域取得突破。",
    ],
)
def test_a_figure_that_measures_nothing_is_no_indicator(text: str) -> None:
    assert _short(text) == []


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("居民消费价格涨幅2%左右。", "approx up"),
        ("出口增速6%。", "up"),
        ("门诊费用降幅3%。", "down"),
        ("规模以上企业净增17家。", "up"),
        ("在库项目比上年多62个。", "up"),
        ("事故起数较去年少12起。", "down"),
        ("消费价格涨幅控制在3%以内。", "le up"),
        ("亏损面压减到4%。", "eq"),
        ("审批事项由120项降为86项。", "eq"),
    ],
)
def test_names_and_verbs_of_change_make_the_figure_a_change(text: str, op: str) -> None:
    assert [found for *_, found in _short(text)] == [op]


def test_a_shared_head_is_not_cut_inside_a_word() -> None:
    assert [name for name, *_ in _short("原煤、原油、天然气产量分别增长7%、3%、14%。")] == [
        "原煤 产量",
        "原油 产量",
        "天然气产量",
    ]


def test_what_a_clause_said_of_the_subject_is_no_part_of_the_next_name() -> None:
    names = [name for name, *_ in _short("到位资金360亿元，年均增长8%，总投资820亿元。")]
    assert names == ["到位资金", "到位资金 年均增长", "到位资金 总投资"]


def test_changes_behind_as_many_levels_belong_to_them_each() -> None:
    assert _short("城乡居民收入分别达到4.2万元、2.1万元，增长5%和6.5%。")[2:] == [
        ("城 居民收入", "5%", "up"),
        ("乡 居民收入", "6.5%", "up"),
    ]


def test_a_comparison_leans_on_the_subject_before() -> None:
    assert [name for name, *_ in _short("完成营造林12万亩，为年度任务的125%，比时序进度快5个百分点。")] == [
        "营造林",
        "营造林 为年度任务",
        "营造林 比时序进度快",
    ]


def test_a_mark_that_is_passed_is_a_bound_and_no_slogan() -> None:
    assert _short("经营主体总量突破40万户大关。") == [("经营主体总量", "40万户", "gt")]


def test_work_done_beyond_the_plan_names_what_was_done() -> None:
    assert _short("超额完成造林35万亩。") == [("造林", "35万亩", "eq")]


_PIECES = st.lists(
    st.sampled_from(
        [
            "床位",
            "新增",
            "5%",
            "3个",
            "、",
            "，",
            "分别",
            "增长",
            "从",
            "提高到",
            "的",
            "2020年",
            "以上",
            "（",
            "）",
            "“",
            "”",
            "每",
            "1.2万人",
            "为",
        ]
    ),
    max_size=25,
)


@given(_PIECES)
def test_every_name_and_figure_stands_inside_the_quote(pieces: list[str]) -> None:
    text = "".join(pieces)
    for item in _read(text):
        quote = text[item.start : item.end]
        assert item.quantity.raw in quote
        assert item.name.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("城乡收入比由2.5:1缩小至2.3:1。", [("城乡收入比", "2.3:1", "eq")]),
        ("孕产妇死亡率为0。", [("孕产妇死亡率", "0", "eq")]),
        ("总量突破千亿元。", [("总量", "千亿元", "gt")]),
        ("近八成支出投向民生。", [("支出投向民生", "八成", "approx")]),
        ("至少建成1所二级医院。", [("二级医院", "1所", "ge")]),
    ],
)
def test_figures_without_a_plain_unit(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert _short(text) == expected


def test_new_and_continued_things_are_parts_of_the_thing_counted_before() -> None:
    names = [name for name, *_ in _short("实施重点项目48个，其中新开工20个、续建28个。")]
    assert names == ["重点项目", "重点项目 新开工", "重点项目 续建"]


def test_a_total_behind_a_list_goes_to_each_part() -> None:
    names = [name for name, *_ in _short("新增省级专科26个、市级专科50个，总数分别达到86个和120个。")]
    assert names[2:] == ["省级专科 总数", "市级专科 总数"]


def test_a_comma_before_a_counted_noun_ends_a_list() -> None:
    assert _short("新增床位700张，49家医院达标。") == [("新增床位", "700张", "eq"), ("医院", "49家", "eq")]


@pytest.mark.parametrize("marker", ["一是", "十二要", "（三）", "4.", "五、"])
def test_a_marker_is_no_part_of_a_name(marker: str) -> None:
    assert _short(f"{marker}建成卒中中心12个。") == [("卒中中心", "12个", "eq")]
