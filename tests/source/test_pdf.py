"""PDF pages become paragraphs; heads are marked, sentences go on over the page break, tables are rows."""

from __future__ import annotations

import pytest
from pdf_maker import make_pdf

from summarizer.source.pdf.reader import PdfText, read_pdf

FULL = "会议要求全市各级各部门要切实提高思想认识压紧压实工作责任"
REST = "确保各项任务落到实处\u3002"


def _kept(pdf: PdfText) -> str:
    kept, at = "", 0
    for one in pdf.furniture:
        kept, at = kept + pdf.text[at : one.start], one.end
    return kept + pdf.text[at:]


def test_wrapped_lines_are_joined_and_new_paragraphs_are_not() -> None:
    pdf = read_pdf(
        make_pdf([[(70, 700, FULL), (70, 670, REST), (70, 640, "一是强基层\u3002"), (70, 610, "二是建高地\u3002")]])
    )
    assert pdf.text == f"{FULL}{REST}\n一是强基层\u3002\n二是建高地\u3002\n"


def test_a_numbered_line_begins_a_paragraph_even_behind_a_full_line() -> None:
    pdf = read_pdf(make_pdf([[(70, 700, FULL), (70, 670, "\uff08一\uff09强基层"), (70, 640, FULL)]]))
    assert pdf.text.splitlines() == [FULL, "\uff08一\uff09强基层", FULL]


def test_running_heads_and_page_numbers_are_marked_and_a_sentence_goes_on() -> None:
    lines = [f"会议要求第{place}批单位切实提高思想认识压紧压实各方面的工作责任" for place in "一二三四五六"]
    pages = [
        [(70, 800, "云溪市人民政府文件"), (70, 700, one), (70, 670, other), (280, 40, f"\u2014 {number} \u2014")]
        for number, (one, other) in enumerate(zip(lines[::2], lines[1::2], strict=True), 1)
    ]
    pdf = read_pdf(make_pdf(pages))
    assert "云溪市人民政府文件" in pdf.text
    assert _kept(pdf) == "".join(lines) + "\n"
    assert {one.reason for one in pdf.furniture} == {"running_head"}


def test_a_ruled_table_is_rows_with_cells_apart_and_wrapped_cells_whole() -> None:
    edges_x, edges_y = (70, 150, 330, 500), (600, 650, 720)
    rules = [(70, y, 500, y) for y in edges_y] + [(x, 600, x, 720) for x in edges_x]
    lines = [
        (80, 690, "序号"), (160, 690, "任务"), (340, 690, "牵头单位"),
        (80, 630, "1"), (160, 630, "扩大普惠托育供给"), (160, 608, "新增托位"), (340, 630, "县卫健局"),
    ]  # fmt: skip
    pdf = read_pdf(make_pdf([[(70, 780, "任务分解表"), *lines, (70, 550, "备注在后\u3002")]], rules))
    assert pdf.text.splitlines() == [
        "任务分解表",
        "序号 | 任务 | 牵头单位",
        "1 | 扩大普惠托育供给新增托位 | 县卫健局",
        "备注在后\u3002",
    ]


def test_a_scan_is_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match="character recognition"):
        read_pdf(make_pdf([[]]))


def test_reading_twice_gives_the_same_characters() -> None:
    data = make_pdf([[(70, 700, FULL), (70, 670, REST)]])
    assert read_pdf(data) == read_pdf(data)
