"""Automatic numbers are counted and printed as Word does."""

from __future__ import annotations

import pytest
from docx_maker import level, make_docx, numbered, paragraph, part

from summarizer.source.word.numerals import printed
from summarizer.source.word.reader import read_docx

PLAN = [level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")]


def numbering(definitions: dict[int, list[str]], lists: dict[int, tuple[int, str]]) -> str:
    inner = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'
        for key, levels in definitions.items()
    )
    inner += "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{definition}"/>{extra}</w:num>'
        for key, (definition, extra) in lists.items()
    )
    return part("numbering", inner)


def lines(body: str, numbers: str, styles: str = "") -> list[str]:
    parts = {"numbering.xml": numbers, "styles.xml": part("styles", styles)}
    return read_docx(make_docx(body, parts), 1_000_000).text.splitlines()


def test_levels_count_apart_and_restart_below_a_new_upper_one() -> None:
    body = "".join(numbered(text, 1, depth) for text, depth in zip("甲乙丙丁戊己", (0, 1, 1, 2, 0, 1), strict=True))
    assert lines(body, numbering({0: PLAN}, {1: (0, "")})) == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "1.丁",
        "二、戊",
        "（一）己",
    ]


def test_a_level_without_restart_runs_on() -> None:
    running = [PLAN[0], level(1, "chineseCounting", "（%2）", '<w:lvlRestart w:val="0"/>')]
    body = "".join(numbered(text, 1, depth) for text, depth in zip("甲乙丙丁", (0, 1, 0, 1), strict=True))
    assert lines(body, numbering({0: running}, {1: (0, "")})) == ["一、甲", "（一）乙", "二、丙", "（二）丁"]


def test_lists_of_one_definition_count_on_and_an_override_begins_anew() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = numbered("甲", 1) + numbered("乙", 2) + numbered("丙", 3) + numbered("丁", 3)
    numbers = numbering({0: PLAN}, {1: (0, ""), 2: (0, ""), 3: (0, override)})
    assert lines(body, numbers) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_number_zero_switches_the_number_of_a_style_off() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="s"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="t"><w:basedOn w:val="s"/></w:style>'
    )
    body = (
        paragraph("甲", '<w:pStyle w:val="s"/>')
        + paragraph("说明", '<w:pStyle w:val="s"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>')
        + paragraph("乙", '<w:pStyle w:val="t"/>')
    )
    assert lines(body, numbering({0: PLAN}, {1: (0, "")}), style) == ["一、甲", "说明", "二、乙"]


def test_a_style_finds_its_level_in_the_list() -> None:
    style = '<w:style w:type="paragraph" w:styleId="s"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    levels = [PLAN[0], level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="s"/>')]
    body = numbered("甲", 1) + paragraph("乙", '<w:pStyle w:val="s"/>')
    assert lines(body, numbering({0: levels}, {1: (0, "")}), style) == ["一、甲", "（一）乙"]


@pytest.mark.parametrize(
    ("definition", "line"),
    [
        (level(0, "bullet", "\uf0b7"), "甲"),
        (level(0, "none", ""), "甲"),
        (level(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>"), "甲"),
        (level(0, "chineseCounting", "第%1条"), "第一条 甲"),
        (level(0, "chineseCounting", "第%1条", '<w:suff w:val="nothing"/>'), "第一条甲"),
        (level(0, "decimalEnclosedCircle", "%1"), "①甲"),
        (level(0, "decimal", "%1.", start=5), "5.甲"),
    ],
)
def test_a_first_number_prints_as_its_definition_says(definition: str, line: str) -> None:
    assert lines(numbered("甲", 1), numbering({0: [definition]}, {1: (0, "")})) == [line]


def test_legal_numbers_are_decimals_all_through() -> None:
    levels = [level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>")]
    body = numbered("总则", 1) + numbered("范围", 1, 1)
    assert lines(body, numbering({0: levels}, {1: (0, "")})) == ["第一章 总则", "1.1 范围"]


def test_paragraphs_that_do_not_print_do_not_count() -> None:
    gone = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>'
    body = numbered("甲", 1) + paragraph("<w:del/>", gone) + numbered("乙", 1)
    assert lines(body, numbering({0: PLAN}, {1: (0, "")})) == ["一、甲", "二、乙"]


def test_numbers_in_cells_count_in_the_order_of_the_document() -> None:
    cells = "".join(f"<w:tc>{numbered(text, 1, 2)}</w:tc>" for text in "甲乙")
    body = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + numbered("丙", 1, 2)
    assert lines(body, numbering({0: PLAN}, {1: (0, "")})) == ["1.甲 | 2.乙", "3.丙"]


@pytest.mark.parametrize(
    ("style", "number", "text"),
    [
        ("chineseCounting", 10, "十"), ("chineseCounting", 12, "十二"), ("chineseCounting", 20, "二十"),
        ("japaneseCounting", 35, "三十五"), ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"), ("ideographDigital", 10, "一〇"), ("ideographDigital", 12, "一二"),
        ("chineseLegalSimplified", 12, "壹拾贰"), ("ideographTraditional", 3, "丙"), ("ideographZodiac", 2, "丑"),
        ("ideographZodiacTraditional", 11, "甲戌"), ("decimalFullWidth", 12, "１２"), ("decimalZero", 7, "07"),
        ("decimalEnclosedCircle", 21, "㉑"), ("decimalEnclosedParen", 2, "⑵"), ("decimalEnclosedFullstop", 3, "⒊"),
        ("ideographEnclosedCircle", 4, "㊃"), ("lowerRoman", 14, "xiv"), ("upperLetter", 27, "AA"), ("unheard", 4, "4"),
    ],
)  # fmt: skip
def test_the_formats_of_the_standard(style: str, number: int, text: str) -> None:
    assert printed(number, style) == text


def test_a_custom_format_pads_with_zeros() -> None:
    assert printed(7, "custom", "001, 002, 003, ...") == "007"
