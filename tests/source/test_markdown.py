"""Markdown's marks are ranges that print nothing; the file's offsets stay, and words are judged without the marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.source.clean import clean
from summarizer.source.markdown import read_markdown
from summarizer.source.text import CleanText, SourceText


def _cleaned(text: str) -> CleanText:
    source, marks = read_markdown(text)
    return clean(SourceText("a.md", "0", "text/markdown", "utf-8", source, marks))


def _printed(text: str) -> str:
    return _cleaned(text).text.strip()


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("# 工作要点", "工作要点"),
        ("## 工作要点 ##", "工作要点"),
        ("##一、重点任务", "一、重点任务"),
        ("**\uff08一\uff09推进建设\u3002** 达到95%", "\uff08一\uff09推进建设\u3002 达到95%"),
        ("__要求__完成", "要求完成"),
        ("达到***95%***以上", "达到95%以上"),
        ("达到*95%*以上", "达到95%以上"),
        ("达到`95%`以上", "达到95%以上"),
        ("> 引用的话", "引用的话"),
        ("> - **要点**", "要点"),
        ("- 第一项", "第一项"),
        ("* [x] 办结", "办结"),
        ("1\\. 推进", "1. 推进"),
        ("见[通知](https://example.org/a\uff08b\uff09.html)全文", "见通知全文"),
        ("![图片](a.png)正文", "正文"),
        ("床位7.1[^1]张", "床位7.1张"),
        ("床位7.1<sup>1</sup>张", "床位7.1张"),
        ("达到~~90%~~95%", "达到95%"),
        ("达到<del>90%</del><ins>95%</ins>", "达到95%"),
        ("<p align=center>正文<br></p>", "正文"),
        ("<!-- 注 -->正文", "正文"),
    ],
)
def test_marks_print_nothing(written: str, printed: str) -> None:
    assert _printed(f"前文\u3002\n\n{written}\n\n后文\u3002").split("\n\n")[1].strip() == printed


@pytest.mark.parametrize(
    "text",
    [
        "20**年全市_建工作",
        "在**市**镇调研",
        "单价5*3元",
        "文件名a_b_c",
        "1. 推进建设",
        "#话题#很热",
        "菌落数10<sup>3</sup>以下",
    ],
)
def test_what_is_no_mark_stays(text: str) -> None:
    marks = _printed(f"前文\u3002\n\n{text}\n\n后文\u3002").split("\n\n")[1]
    assert marks == (text if text != "在**市**镇调研" else "在市镇调研")


def test_a_table_is_read_row_by_row_without_its_rule_and_edges() -> None:
    text = "| 指标 | 2030年 | 属性 |\n| :--- | ---: | --- |\n| **床位** | 7.1 | 预期性 |\n| 医师 | | 约束性 |\n"
    assert _printed(text).splitlines() == ["指标 | 2030年 | 属性", "床位 | 7.1 | 预期性", "医师 | | 约束性"]


def test_a_table_in_html_becomes_rows_with_their_spans() -> None:
    text = "# 目标\n\n<table><tr><th>类别</th><th>指标</th></tr><tr><td rowspan=2>能力</td><td>床位</td></tr><tr><td>医师</td></tr></table>\n"
    assert [line for line in _printed(text).splitlines() if line] == [
        "目标",
        "类别 | 指标",
        "能力 | 床位",
        "能力 | 医师",
    ]


def test_front_matter_gives_the_title_and_nothing_else() -> None:
    text = '---\ntitle: "临泽市工作要点"\ndate: 2032-01-08\ntags: [a]\n---\n\n正文第一段\u3002\n'
    assert [line for line in _printed(text).splitlines() if line] == ["临泽市工作要点", "正文第一段\u3002"]


def test_the_title_of_front_matter_is_not_printed_above_the_same_heading() -> None:
    text = "---\ntitle: 临泽市工作要点\n---\n# 临泽市工作要点\n\n正文\u3002\n"
    assert [line for line in _printed(text).splitlines() if line] == ["临泽市工作要点", "正文\u3002"]


def test_a_rule_that_opens_a_text_is_no_front_matter() -> None:
    assert _printed("---\n\n正文第一段\u3002\n\n正文第二段\u3002\n") == "正文第一段\u3002\n\n正文第二段\u3002"


def test_code_between_fences_is_left_as_it_stands() -> None:
    assert _printed("正文\u3002\n\n```\n**要点**的内容\u3002\n```\n") == "正文\u3002\n\n**要点**的内容\u3002"


def test_offsets_are_the_files_own() -> None:
    text = "# 要点\n\n**\uff08一\uff09推进建设\u3002** 覆盖率达到**95%**以上\u3002\n"
    cleaned = _cleaned(text)
    at = cleaned.text.index("达到95%以上")
    evidence = cleaned.evidence(at, at + len("达到95%以上"))
    assert text[evidence.start : evidence.end] == evidence.quote == "达到**95%**以上"
    assert cleaned.printed(evidence.start, evidence.end) == "达到95%以上"


@given(st.text(alphabet="#*_-|>`~[]()!\\ \n一95%<p>/:", max_size=120))
def test_any_marks_leave_ranges_inside_the_text(text: str) -> None:
    source, marks = read_markdown(text)
    assert all(0 <= mark.start <= mark.end <= len(source) for mark in marks)
    cleaned = clean(SourceText("a.md", "0", "text/markdown", "utf-8", source, marks))
    assert "".join(source[start:end] for start, end in cleaned.kept) == cleaned.text
