"""Documents beside each other: standing to the national text, indicators that are one thing, phrases that are new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from briefing_samples import FIGURES, NATIONAL, PROVINCE, Figure, assembled, briefing_of, document_of
from opencc import OpenCC

from summarizer.briefing.comparison import compare
from summarizer.briefing.indicator_names import indicator_key
from summarizer.briefing.new_phrases import find_phrases
from summarizer.language.fold import fold
from summarizer.language.themes import load_themes
from summarizer.schema import (
    Bound,
    Briefing,
    Change,
    Chars,
    Document,
    Doubt,
    DoubtReason,
    Evidence,
    Indicator,
    ItemStanding,
    Level,
    Meeting,
    Origin,
    Status,
    Task,
    TaskKind,
    TextKind,
    ThemeStanding,
)
from summarizer.source.text import CleanText


@pytest.fixture
def briefing(tmp_path: Path) -> Briefing:
    return briefing_of(tmp_path, {"national.txt": NATIONAL, "anhui.txt": PROVINCE})[0]


def _row(briefing: Briefing, theme: str) -> dict[str, ThemeStanding]:
    return next(row.standing for row in briefing.comparison.themes if row.theme == theme)


def test_the_national_text_is_the_baseline(briefing: Briefing) -> None:
    assert briefing.comparison.baseline == briefing.documents[0].id
    assert briefing.documents[0].level is Level.NATIONAL


def test_standing_tells_quantified_added_and_missing(briefing: Briefing) -> None:
    province = briefing.documents[1].id
    assert _row(briefing, "primary")[province] is ThemeStanding.QUANTIFIED
    assert _row(briefing, "mental")[province] is ThemeStanding.ADDED
    assert _row(briefing, "tcm")[province] is ThemeStanding.MISSING


def test_quantified_names_the_figures_that_the_baseline_lacks(briefing: Briefing) -> None:
    province = briefing.documents[1]
    row = next(row for row in briefing.comparison.themes if row.theme == "primary")
    names = {one.id: one.name for one in province.indicators}
    assert [names[id_] for id_ in row.figures[province.id]] == ["中心卫生院"]


def test_a_theme_named_inside_another_task_is_mentioned_not_missing(tmp_path: Path) -> None:
    text = PROVINCE.replace("新增普惠托位8000个", "办好中医馆\uff0c新增普惠托位8000个")
    briefing, _ = briefing_of(tmp_path, {"national.txt": NATIONAL, "anhui.txt": text})
    assert _row(briefing, "tcm")[briefing.documents[1].id] is ThemeStanding.MENTIONED


def test_one_document_has_its_themes_and_nothing_to_compare(tmp_path: Path) -> None:
    comparison = briefing_of(tmp_path, {"anhui.txt": PROVINCE})[0].comparison
    assert [row.label for row in comparison.themes if row.theme == "primary"] == ["基层与强基"]
    assert comparison.baseline is None
    assert comparison.indicators == comparison.new_phrases == ()
    assert all(row.standing == {} for row in comparison.themes)


def test_the_same_indicator_in_other_words_is_one_row(briefing: Briefing) -> None:
    row = next(row for row in briefing.comparison.indicators if "寿命" in row.name)
    assert {id_.partition(".")[0] for id_ in row.indicators} == {one.id for one in briefing.documents}


def _document(level: Level, region: str | None) -> Document:
    return Document(
        id="0" * 12, path="a.txt", sha256="0" * 64, media_type="text/plain", encoding="utf-8", chars=Chars(source=1, clean=1),
        region=region, level=level, meeting=Meeting(), kind=TextKind.SETS_WORK,
    )  # fmt: skip


def _indicator(name: str, raw: str, unit: str, change: Change | None = None, bound: Bound = Bound.EQ) -> Indicator:
    quote = f"{name}{raw}"
    return Indicator(
        id="0" * 12 + ".i1", name=name, value=Decimal(5), raw=raw, unit=unit, bound=bound, change=change, status=Status.TARGET,
        evidence=Evidence.model_validate({"start": 0, "end": len(quote), "quote": quote}), origin=Origin.HEURISTIC,
    )  # fmt: skip


PROVINCIAL = _document(Level.PROVINCE, "安徽省")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("人均预期寿命", "5岁", "岁"), ("人均期望寿命", "5岁", "岁")),
        (("规模以上工业增加值", "5元", "元"), ("规上工业增加值", "5元", "元")),
        (("全省城镇新增就业", "5人", "人"), ("城镇新增就业", "5人", "人")),
        (("安徽省地区生产总值", "5元", "元"), ("地区生产总值\uff08GDP\uff09", "5元", "元")),
        (("空气質量优良天数比率", "5%", "%"), ("优良天数比例", "5%", "%")),
    ],
)
def test_names_that_are_one_indicator(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert indicator_key(_indicator(*one), PROVINCIAL) == indicator_key(_indicator(*other), PROVINCIAL)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("每千人口托位数", "5个", "个"), ("每万人口托位数", "5个", "个")),
        (("托位数", "5个", "个"), ("每千人口托位数", "5个", "个")),
        (("人均地区生产总值", "5元", "元"), ("地区生产总值", "5元", "元")),
        (("户籍人口城镇化率", "5%", "%"), ("常住人口城镇化率", "5%", "%")),
        (("粮食产量", "5吨", "吨"), ("粮食产量", "5斤", "斤")),
        (("孕产妇死亡率", "5/10万", "/10万"), ("孕产妇死亡率", "5‰", "‰")),
        (("地区生产总值", "5元", "元"), ("地区生产总值 年均增长", "5元", "元")),
        (("全国人均预期寿命", "5岁", "岁"), ("人均预期寿命", "5岁", "岁")),
    ],
)
def test_another_base_unit_or_area_is_another_indicator(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    assert indicator_key(_indicator(*one), PROVINCIAL) != indicator_key(_indicator(*other), PROVINCIAL)


def test_a_growth_is_not_a_level_whatever_bounds_it() -> None:
    level = _indicator("研发经费投入", "5%", "%")
    growth = _indicator("研发经费投入", "5%", "%", Change.UP, Bound.GE)
    fall = _indicator("研发经费投入", "5%", "%", Change.DOWN)
    bounded = _indicator("研发经费投入", "5%", "%", None, Bound.GE)
    keys = [indicator_key(one, PROVINCIAL) for one in (level, growth, fall, bounded)]
    assert len(set(keys[:3])) == 3
    assert keys[0] == keys[3]


@pytest.mark.parametrize("name", ["地区生产总值增长", "地区生产总值增速", "地區生產總值增長", "全省地区生产总值增长率"])
def test_a_change_is_one_indicator_whether_its_name_says_it_or_its_value(name: str) -> None:
    bare = indicator_key(_indicator("地区生产总值", "5%", "%", Change.UP), PROVINCIAL)
    assert indicator_key(_indicator(name, "5%", "%", Change.UP), PROVINCIAL) == bare
    assert indicator_key(_indicator(name, "5%", "%"), PROVINCIAL) != bare


def test_a_yearly_growth_is_another_indicator_than_one_of_a_single_year() -> None:
    yearly = indicator_key(_indicator("地区生产总值年均增长", "5%", "%", Change.UP), PROVINCIAL)
    assert yearly != indicator_key(_indicator("地区生产总值增长", "5%", "%", Change.UP), PROVINCIAL)


def test_a_unit_in_other_characters_is_the_same_unit() -> None:
    one, other = _indicator("托位总数", "5個", "個"), _indicator("托位总数", "5个", "个")
    assert indicator_key(one, PROVINCIAL) == indicator_key(other, PROVINCIAL)


def test_a_name_that_says_too_little_is_never_aligned() -> None:
    assert indicator_key(_indicator("项目", "5个", "个"), PROVINCIAL) is None


def _phrases(text: str) -> list[str]:
    return [text[start:end] for start, end in find_phrases(text)]


def test_phrases_are_quoted_or_end_with_a_head() -> None:
    text = "深入实施医疗卫生强基工程\uff0c推行“云上村医”服务\uff0c健全长期护理保险制度\u3002"
    assert _phrases(text) == ["医疗卫生强基工程", "“云上村医”", "长期护理保险制度"]


@pytest.mark.parametrize("text", ["完善工作机制\u3002", "建立健全服务体系", "落实“1571”要求", "推进工程"])
def test_everyday_words_and_codes_are_no_phrases(text: str) -> None:
    assert _phrases(text) == []


def test_a_phrase_is_new_only_when_the_baseline_never_prints_it(briefing: Briefing) -> None:
    phrases = [one.phrase for one in briefing.comparison.new_phrases]
    assert "“云上村医”" in phrases
    assert "医疗卫生强基工程" not in phrases


def test_each_new_phrase_stands_at_its_place(briefing: Briefing, tmp_path: Path) -> None:
    for one in briefing.comparison.new_phrases:
        assert PROVINCE[one.evidence.start : one.evidence.end] == one.evidence.quote
        assert one.against == briefing.comparison.baseline


def test_an_earlier_year_of_the_same_region_is_the_measure(tmp_path: Path) -> None:
    before = (
        PROVINCE.replace("2026-01-20", "2025-01-20").replace("2026", "2025").replace("推行“云上村医”模式", "改造卫生院")
    )
    texts = {"national.txt": NATIONAL, "now.txt": PROVINCE, "before.txt": before}
    briefing, _ = briefing_of(tmp_path, texts)
    now = next(one for one in briefing.documents if one.path.endswith("now.txt"))
    earlier = next(one for one in briefing.documents if one.path.endswith("before.txt"))
    found = [one for one in briefing.comparison.new_phrases if one.document == now.id]
    assert {one.against for one in found} == {earlier.id}
    assert "心理健康促进行动" not in [one.phrase for one in found]


_TRADITIONAL = OpenCC("s2t").convert


def _traditional(figure: Figure) -> Figure:
    words = {name: _TRADITIONAL(getattr(figure, name)) for name in ("quote", "name", "raw", "unit")}
    return replace(figure, **words, period=figure.period and _TRADITIONAL(figure.period))


Shape = tuple[list[object], list[object], list[object]]


def _shape(*texts: tuple[str, str, tuple[Figure, ...]]) -> Shape:
    """A comparison with its documents by their place, so that twins with other hashes can be compared."""
    documents = [document_of(path, text, figures) for path, text, figures in texts]
    clean = {one.id: CleanText(text, ((0, len(text)),)) for one, (_, text, _) in zip(documents, texts, strict=True)}
    comparison = assembled(documents, clean).comparison
    at = {one.id: number for number, one in enumerate(documents)}

    def ids(found: Iterable[str]) -> list[tuple[int, str]]:
        return [(at[id_.partition(".")[0]], id_.partition(".")[2]) for id_ in found]

    themes = [
        (
            row.theme,
            {at[id_]: ids(tasks) for id_, tasks in row.tasks.items()},
            {at[id_]: standing for id_, standing in row.standing.items()},
            {at[id_]: ids(figures) for id_, figures in row.figures.items()},
        )
        for row in comparison.themes
    ]
    indicators = [
        (fold(row.name).text, fold(row.unit).text, row.change, ids(row.indicators)) for row in comparison.indicators
    ]
    phrases = [(fold(one.phrase).text, at[one.document], at[one.against or ""]) for one in comparison.new_phrases]
    return [*themes], [*indicators], [*phrases]


LEFT_OUT = PROVINCE.replace(
    "三是加强心理健康和精神卫生服务\u3002开展心理健康促进行动",
    "三是办好实事\u3002开展心理援助\uff0c深化医改\uff0c实施健康家园行动",
)
"""A province whose third task names themes of others inside."""


@pytest.mark.parametrize("text", [PROVINCE, LEFT_OUT], ids=["own themes", "themes named inside a task"])
@pytest.mark.parametrize("both", [True, False], ids=["both traditional", "the baseline simplified"])
def test_a_twin_in_traditional_characters_stands_as_the_simplified_text_does(text: str, both: bool) -> None:
    traditional = tuple(map(_traditional, FIGURES))
    baseline = (_TRADITIONAL(NATIONAL), traditional) if both else (NATIONAL, FIGURES)
    twins = _shape(("n.txt", *baseline), ("p.txt", _TRADITIONAL(text), traditional))
    plain = _shape(("n.txt", NATIONAL, FIGURES), ("p.txt", text, FIGURES))
    assert twins == plain
    assert plain[0]
    assert plain[1]
    assert plain[2]


def test_a_theme_table_in_traditional_characters_finds_its_words(tmp_path: Path) -> None:
    table = tmp_path / "themes.toml"
    table.write_text(
        '[[theme]]\nkey = "tcm"\nzh = "中醫藥"\nen = "TCM"\ncues = [{ words = ["中醫藥", "中醫館"], weight = 3.0 }]\n',
        encoding="utf-8",
    )
    own = load_themes(table)
    text = PROVINCE.replace("新增普惠托位8000个", "办好中医馆\uff0c新增普惠托位8000个")
    documents = [document_of("n.txt", NATIONAL), document_of("p.txt", text)]
    rows = compare(documents, {}, own, "zh").themes
    assert next(row for row in rows if row.theme == "tcm").standing[documents[1].id] is ThemeStanding.MENTIONED


def test_a_phrase_does_not_run_over_a_line_break() -> None:
    assert _phrases("坚持为民服务\n医疗卫生强基工程") == ["医疗卫生强基工程"]


def test_a_phrase_in_traditional_characters_is_cut_as_its_simplified_twin() -> None:
    assert _phrases("深入實施醫療衛生強基工程\uff0c推行「雲上村醫」服務") == ["醫療衛生強基工程", "「雲上村醫」"]


def test_a_theme_that_only_a_figure_or_a_safeguard_has_is_named_too() -> None:
    document = document_of("a.txt", PROVINCE)
    kept = document.tasks[0].model_copy(update={"kind": TaskKind.SAFEGUARD, "themes": ("planning",)})
    figure = document.indicators[0].model_copy(update={"themes": ("workforce",)})
    one = document.model_copy(update={"tasks": (kept,), "indicators": (figure,)})
    comparison = compare([one], {}, load_themes(), "zh")
    assert comparison.themes == ()
    assert comparison.theme_labels == {"planning": "规划与健康优先", "workforce": "人才队伍"}


def test_what_is_to_be_checked_stays_out_of_the_comparison() -> None:
    documents = [document_of("n.txt", NATIONAL), document_of("p.txt", PROVINCE)]
    doubt = Doubt(reason=DoubtReason.AMBIGUOUS, evidence=documents[1].indicators[0].evidence)
    doubted = [
        one.model_copy(update={"standing": ItemStanding.CHECK, "reasons": (doubt,)}) for one in documents[1].items
    ]
    tasks = tuple(one for one in doubted if isinstance(one, Task))
    figures = tuple(one for one in doubted if isinstance(one, Indicator))
    documents[1] = documents[1].model_copy(update={"tasks": tasks, "indicators": figures})
    comparison = compare(documents, {}, load_themes(), "zh")
    assert comparison.indicators == ()
    assert comparison.new_phrases == ()
    assert {id_ for row in comparison.themes for id_ in row.tasks} == {documents[0].id}
