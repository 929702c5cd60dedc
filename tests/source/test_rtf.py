"""RTF as it prints."""

from __future__ import annotations

from summarizer.source.reader import Limits
from summarizer.source.rtf import read_rtf


def _gbk(text: str) -> str:
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gb18030"))


def _read(body: str) -> str:
    head = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 SimSun;}}\f1 "
    return read_rtf((head + body + "}").encode("latin-1"), Limits()).text


def test_bytes_of_the_code_page_and_unicode_read_the_same() -> None:
    assert (
        _read(_gbk("一、建设站点") + r"\par " + r"\uc1\u20108?\u12289?\u25913?\u36896?\par")
        == "一、建设站点\n二、改造\n"
    )


def test_two_bytes_of_a_character_may_stand_apart() -> None:
    raw = "托".encode("gb18030")
    assert _read(f"\\'{raw[0]:02x}\n\\'{raw[1]:02x}\\par") == "托\n"


def test_printed_numbers_stay_and_field_codes_go() -> None:
    label = r"{\listtext\pard\plain " + _gbk("（一）") + r"\tab}"
    field = r'{\field{\*\fldinst HYPERLINK "x"}{\fldrslt ' + _gbk("附件") + "}}"
    assert _read(label + _gbk("配齐医生") + field + r"\par") == "（一）配齐医生附件\n"


def test_hidden_struck_and_deleted_words_are_furniture() -> None:
    body = _gbk("达到") + r"{\v " + _gbk("80%") + r"}{\strike 90%}{\deleted 70%}98%\par"
    head = r"{\rtf1\ansi\ansicpg936 "
    found = read_rtf((head + body + "}").encode("latin-1"), Limits())
    assert found.text == "达到98%\n80%90%70%\n"
    assert [(one.start, one.end, one.reason) for one in found.furniture] == [(6, 16, "hidden")]


def test_rows_stand_in_lines_and_merged_cells_in_each_of_theirs() -> None:
    def row(cells: list[str], edges: str) -> str:
        return r"\trowd" + edges + r"\pard\intbl " + r"\cell ".join(map(_gbk, cells)) + r"\cell\row "

    table = row(["任务", "单位"], r"\cellx2000\cellx4000") + row(["托位", "教育局"], r"\cellx2000\clvmgf\cellx4000")
    table += row(["病房", ""], r"\cellx2000\clvmrg\cellx4000") + row(["合计"], r"\cellx4000")
    assert (
        _read(table + r"\pard " + _gbk("以上") + r"\par") == "任务 | 单位\n托位 | 教育局\n病房 | 教育局\n合计\n以上\n"
    )


def test_running_heads_styles_and_pictures_are_not_text() -> None:
    body = (
        r"{\header "
        + _gbk("页眉")
        + r"}{\stylesheet{\s0 Normal;}}{\*\generator x;}{\pict\pngblip 00ff}"
        + _gbk("正文")
        + r"\par"
    )
    head = r"{\rtf1\ansi\ansicpg936 "
    found = read_rtf((head + body + "}").encode("latin-1"), Limits())
    assert found.text == "正文\n"
    assert "1 picture" in found.notes[0].detail


def test_binary_data_is_jumped_over() -> None:
    assert _read(r"{\pict\bin5 {{}}x}" + _gbk("正文") + r"\par") == "正文\n"
