"""Paper, workbook, Markdown and page from one briefing: the same bytes again, the same numbers, no formula, no markup."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from briefing_samples import NATIONAL, PROVINCE, briefing_of

from summarizer.briefing.messages import problem_message
from summarizer.briefing.render import SUFFIXES, render
from summarizer.schema import Briefing, Problem
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


def _paper_text(content: bytes) -> str:
    paper = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def _book_text(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)


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
    briefing = made[0].model_copy(update={"problems": (Problem(kind="other", message=start),)})
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
    values = [cell.value for cell in book["主要指标表"]["E"][1:]]
    assert 8000 in values
    assert all(isinstance(value, int | float) for value in values)


def test_characters_that_a_format_forbids_do_not_break_it(made: Made) -> None:
    briefing = made[0].model_copy(update={"problems": (Problem(kind="other", message="坏\x00字\x1b\ud800符"),)})
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
    lines = "".join(f"新增标准厂房{number}万平方米\u3002" for number in range(10, 60))
    texts = {f"{name}.txt": PROVINCE + f"{name}一是补充\u3002{lines}\n" for name in "甲乙丙丁"}
    made = briefing_of(tmp_path, texts)
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
    briefing = made[0].model_copy(update={"problems": (Problem(kind="other", message=hostile),)})
    page = render(briefing, ".html", made[1]).decode()
    data = page.split('id="data">')[1].split("</script>")[0]
    assert json.loads(data)["problems"][0]["message"] == hostile
    assert page.count("<script") == 2


def test_problems_are_told_in_the_language_of_the_briefing() -> None:
    details: dict[str, str | int] = {"declared": 12, "found": 11, "quote": "以下十二项"}
    problem = Problem(kind="declared_task_count", message="the text announces 12 tasks", details=details)
    assert problem_message(problem, "zh") == "文中称有12项任务（“以下十二项”），实际找到11项"
    assert problem_message(problem, "en") == problem.message


def test_a_problem_without_details_keeps_its_own_message() -> None:
    assert problem_message(Problem(kind="declared_task_count", message="as it is"), "zh") == "as it is"
