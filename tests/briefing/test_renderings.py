"""Paper, workbook, Markdown and page from one briefing: the same bytes again, the same numbers, no formula, no markup."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest
from briefing_samples import NATIONAL, PROVINCE, Figure, briefing_of, doubtful_briefing, plan_briefing

from summarizer.briefing.render import SUFFIXES, render
from summarizer.schema import Briefing, Problem, ProblemKind, Statement, problem
from summarizer.source.text import CleanText

Made = tuple[Briefing, dict[str, CleanText]]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return briefing_of(tmp_path, {"national.txt": NATIONAL, "anhui.txt": PROVINCE})


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_briefing_gives_the_same_bytes(suffix: str, made: Made) -> None:
    assert render(made[0], suffix, made[1]) == render(made[0], suffix, made[1])


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def test_no_clock_of_this_machine_is_in_the_archive(suffix: str, made: Made) -> None:
    archive = zipfile.ZipFile(io.BytesIO(render(made[0], suffix, made[1])))
    assert {info.date_time[0] for info in archive.infolist()} <= {1980, 2026}
    core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", core)) == {"2026-02-03T04:05:06"}


def _saying(words: str) -> Problem:
    """A problem whose whole sentence is given: names of files and words of a model come into it."""
    made = problem(ProblemKind.INJECTION_ATTEMPT)
    return made.model_copy(update={"message": words, "message_zh": words})


def _paper_text(content: bytes) -> str:
    paper = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def _book_text(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = (str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)
    return "\n".join([*book.sheetnames, *cells])


def _rendered(suffix: str, made: Made) -> str:
    content = render(made[0], suffix, made[1])
    readers = {".docx": _paper_text, ".xlsx": _book_text}
    return readers.get(suffix, bytes.decode)(content)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".md", ".html"])
def test_every_task_and_indicator_is_in_every_rendering(suffix: str, made: Made) -> None:
    text = _rendered(suffix, made)
    for document in made[0].documents:
        for task in document.tasks:
            assert task.title in text
        for indicator in document.indicators:
            assert indicator.name in text
            assert indicator.raw in text


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".md"])
def test_each_measured_number_of_a_rendering_is_in_the_json(suffix: str, made: Made) -> None:
    source = render(made[0], ".json", made[1]).decode()
    known = set(re.findall(r"\d+(?:\.\d+)?", source))
    measured = re.findall(r"(\d+(?:\.\d+)?)(?=[岁个%张元])", _rendered(suffix, made))
    assert measured
    assert set(measured) <= known


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".md", ".html"])
def test_english_labels_stand_around_chinese_items(suffix: str, tmp_path: Path) -> None:
    made = briefing_of(tmp_path, {"national.txt": NATIONAL, "anhui.txt": PROVINCE}, language="en")
    text = _rendered(suffix, made)
    assert "Tasks" in text
    assert "未提及" not in text
    assert "实施医疗卫生强基工程" in text


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://a")', "http://a.example", "{=1}"]
)
def test_no_text_becomes_a_formula_or_a_link(start: str, made: Made) -> None:
    briefing = made[0].model_copy(update={"problems": (_saying(start),)})
    archive = zipfile.ZipFile(io.BytesIO(render(briefing, ".xlsx", {})))
    sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    assert start in _book_text(render(briefing, ".xlsx", {}))


def test_the_workbook_has_filters_frozen_heads_and_real_numbers(made: Made) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(made[0], ".xlsx", made[1])))
    assert {"重点任务分解表", "主要指标表", "对照表", "问题"} <= set(book.sheetnames)
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref
    head = [cell.value for cell in book["主要指标表"][1]]
    values = [row[head.index("目标值或完成值")].value for row in book["主要指标表"].iter_rows(min_row=2)]
    assert 8000 in values
    assert all(isinstance(value, int | float) for value in values)


def test_characters_that_a_format_forbids_do_not_break_it(made: Made) -> None:
    briefing = made[0].model_copy(update={"problems": (_saying("坏\x00字\x1b\ud800符"),)})
    for suffix in (".docx", ".xlsx"):
        assert "坏\ufffd字\ufffd\ufffd符" in _rendered(suffix, (briefing, made[1]))


def test_the_paper_is_laid_out_by_the_standard(made: Made) -> None:
    paper = docx.Document(io.BytesIO(render(made[0], ".docx", made[1])))
    page = paper.sections[0]
    sizes = [page.page_width, page.page_height, page.top_margin, page.left_margin]
    assert [round(size.mm) for size in sizes if size is not None] == [210, 297, 37, 28]
    assert "仿宋" in paper.styles["Normal"].element.xml
    assert "黑体" in paper.styles["Heading 1"].element.xml
    assert "楷体" in paper.styles["Heading 2"].element.xml
    assert "方正小标宋简体" in paper.styles["Title"].element.xml


def test_many_documents_are_folded_in_the_paper(tmp_path: Path) -> None:
    figures = [
        Figure(f"厂房{number}万平方米", "厂房", f"{number}万平方米", f"{number}0000", "平方米")
        for number in range(10, 60)
    ]
    lines = "".join(f"新增标准{figure.quote}\u3002" for figure in figures)
    texts = {f"{name}.txt": f"{PROVINCE}{lines}{name}\n" for name in "甲乙丙丁"}
    made = briefing_of(tmp_path, texts, figures=figures)
    assert max(len(document.indicators) for document in made[0].documents) > 20
    assert "本文列前" in _rendered(".docx", made)


def test_many_documents_are_told_by_theme_with_who_does_not_mention_it(tmp_path: Path) -> None:
    texts = {f"{name}.txt": f"{PROVINCE}{name}\n" for name in "甲乙丙"}
    without = PROVINCE.replace("加强心理健康和精神卫生服务\u3002开展心理健康促进行动", "办好中医馆\u3002推广适宜技术")
    made = briefing_of(tmp_path, {"national.txt": NATIONAL, "丁.txt": without, **texts})
    paper = _rendered(".docx", made)
    assert re.search("（[一二三四五六七八九]）基层与强基\n全国“实施医疗卫生强基工程”；", paper)
    assert re.search("未提及：[^\n]*甲", paper)


def test_beyond_twelve_documents_the_paper_names_where_their_tables_are(tmp_path: Path) -> None:
    made = briefing_of(tmp_path, {f"{number}.txt": f"{PROVINCE}第{number}份\n" for number in range(13)})
    paper = _rendered(".docx", made)
    assert "见表格（.xlsx）" in paper
    assert "重点任务分解表" not in paper


def test_nothing_in_the_page_can_end_its_data_block(made: Made) -> None:
    hostile = "</script><script>alert(1)</script><!--\u2028"
    briefing = made[0].model_copy(update={"problems": (_saying(hostile),)})
    page = render(briefing, ".html", made[1]).decode()
    data = page.split('id="data">')[1].split("</script>")[0]
    assert json.loads(data)["problems"][0]["message"] == hostile
    assert page.count("<script") == 2


PRINTED = (
    "增长5%左右",
    "上半年（2026年1—6月）",
    "80张",
    "一、夯实基层基础",
    "（1）改造卫生院",
    "省财政厅",
    "6月底前（2026年6月30日）",
    "部署工作",
)
"""Bound and change, resolved time, base, headline, step with marker, support, resolved deadline, kind of text."""


@pytest.mark.parametrize("words", PRINTED)
@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".md", ".html"])
def test_every_rendering_shows_what_is_printed_with_what_it_means(suffix: str, words: str, tmp_path: Path) -> None:
    assert words in _rendered(suffix, plan_briefing(tmp_path))


@pytest.mark.parametrize(
    ("language", "reasons"), [("zh", ("所在部分是回顾", "不是计量")), ("en", ("looks back", "measures nothing"))]
)
@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".md", ".html"])
def test_what_was_not_accepted_is_shown_with_its_reason(
    suffix: str, language: str, reasons: tuple[str, str], tmp_path: Path
) -> None:
    text = _rendered(suffix, plan_briefing(tmp_path, language=language))
    assert all(reason in text for reason in reasons)


@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".md", ".html"])
def test_problems_are_told_in_the_language_of_the_briefing(suffix: str, made: Made) -> None:
    told = problem(ProblemKind.DECLARED_TASK_COUNT, {"declared": 12, "found": 11, "quote": "以下十二项"})
    for language, words in (("zh", "文中称有12项任务"), ("en", "announces 12 tasks")):
        briefing = made[0].model_copy(update={"problems": (told,), "language": language})
        assert words in _rendered(suffix, (briefing, made[1]))


def _sheet(book: openpyxl.Workbook, name: str) -> list[dict[str, object]]:
    head, *rows = book[name].iter_rows(values_only=True)
    return [{str(label): value for label, value in zip(head, row, strict=True)} for row in rows]


def test_the_workbook_has_days_that_sort_and_bounds_that_filter(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(plan_briefing(tmp_path)[0], ".xlsx", {})))
    (task,) = _sheet(book, "重点任务分解表")
    assert task["截止日期"] == datetime(2026, 6, 30)
    assert task["所属部分"] == "一、夯实基层基础"
    growth, beds = _sheet(book, "主要指标表")
    assert (growth["目标值或完成值"], growth["界限"], growth["增减"]) == (5, "约", "增加")
    assert (growth["起始日"], growth["截止日"]) == (datetime(2026, 1, 1), datetime(2026, 6, 30))
    assert (beds["界限"], beds["增减"], beds["基期值"]) == ("等于", "水平值", "80张")


def test_the_paper_sets_the_headline_across_the_table_above_its_tasks(tmp_path: Path) -> None:
    paper = docx.Document(io.BytesIO(render(plan_briefing(tmp_path)[0], ".docx", {})))
    rows = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    across = next(at for at, row in enumerate(rows) if set(row) == {"一、夯实基层基础"})
    assert rows[across + 1][1] == "建强乡镇卫生院"


def test_markdown_folds_what_the_rules_put_aside_and_counts_it(tmp_path: Path) -> None:
    briefing, texts = plan_briefing(tmp_path)
    document = briefing.documents[0]
    many = document.model_copy(update={"rejected": document.rejected[1:] * 40})
    text = render(briefing.model_copy(update={"documents": (many,)}), ".md", texts).decode()
    assert "不是计量 40处" in text
    assert text.count("2026年 0–5") == 3


def _sizes(briefing: Briefing) -> set[float]:
    """Points of the summary's paragraphs."""
    paper = docx.Document(io.BytesIO(render(briefing, ".docx", {})))
    told = [one for one in paper.paragraphs if one.text.startswith("甲")]
    return {size.pt for one in told if (size := one.runs[0].font.size) is not None}


@pytest.mark.parametrize(("sentences", "points"), [(2, 16), (6, 14), (8, 12)])
def test_the_summary_is_set_smaller_to_stay_on_the_first_page(sentences: int, points: float, made: Made) -> None:
    item = made[0].documents[0].tasks[0].id
    told = tuple(Statement(text="甲" * 75, cites=(item,)) for _ in range(sentences))
    assert _sizes(made[0].model_copy(update={"overview": told})) == {points}


def test_an_english_paper_numbers_and_punctuates_in_english(tmp_path: Path) -> None:
    made = briefing_of(tmp_path, {"national.txt": NATIONAL, "anhui.txt": PROVINCE}, language="en")
    text = _rendered(".docx", made)
    assert "1. Main points" in text
    assert "(1) 全国" in text
    assert "Kind of text: sets work; Published: 2026-01-20." in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("待核对", "层级不同：“一、夯实基层基础”", "另有数值：“80张”")),
        ("en", ("To check", "on different levels: “一、夯实基层基础”", "“80张”")),
    ],
)
@pytest.mark.parametrize("suffix", [".docx", ".xlsx", ".md", ".html"])
def test_what_is_to_be_checked_is_shown_apart_with_its_reasons(
    suffix: str, language: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    text = _rendered(suffix, doubtful_briefing(tmp_path, language=language))
    assert all(one in text for one in (*words, "建强乡镇卫生院"))


def test_what_is_to_be_checked_is_in_no_table_of_the_workbook(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(render(doubtful_briefing(tmp_path)[0], ".xlsx", {})))
    assert _sheet(book, "重点任务分解表") == []
    assert [row["指标名称"] for row in _sheet(book, "主要指标表")] == ["门诊人次"]
    assert [row["内容"] for row in _sheet(book, "待核对")] == ["建强乡镇卫生院", "床位 120张 目标"]
