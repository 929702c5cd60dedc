"""Workbooks of every format: rows as lines, numbers as shown, merged cells expanded, hidden parts named."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from office_files import make_ods, make_zip
from openpyxl import Workbook

from summarizer.source.delimited import read_delimited
from summarizer.source.old_workbook import read_old_workbook
from summarizer.source.opendocument import read_opendocument
from summarizer.source.reader import Limits
from summarizer.source.sheets import Sheet, write_sheets
from summarizer.source.workbook import read_workbook

_FILES = Path(__file__).parent / "files"


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _targets() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.append(["2033年主要指标", None, None, None])
    sheet.append(["指标名称", "单位", "2032年", "目标值"])
    sheet.append(["急救点覆盖率", "%", 0.853, 0.95])
    sheet.append(["新建站点", "个", 8, 1200])
    sheet.append(["旧指标", None, 1, 2])
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B4:B5")
    sheet["C3"].number_format, sheet["D3"].number_format, sheet["D4"].number_format = "0.0%", "0%", "#,##0"
    return book


def test_a_workbook_shows_what_a_person_sees() -> None:
    text = read_workbook(_saved(_targets()), Limits()).text
    assert text.splitlines() == [
        "2033年主要指标",
        "指标名称 | 单位 | 2032年 | 目标值",
        "急救点覆盖率 | % | 85.3% | 95%",
        "新建站点 | 个 | 8 | 1,200",
        "旧指标 | 个 | 1 | 2",
    ]


def test_a_head_over_two_columns_stands_over_both() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["指标", "目标值", None])
    sheet.append([None, "2032年", "2033年"])
    sheet.append(["床位", 7.1, 7.3])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A1:A2")
    text = read_workbook(_saved(book), Limits()).text
    assert text.splitlines() == ["指标 | 目标值 | 目标值", "指标 | 2032年 | 2033年", "床位 | 7.1 | 7.3"]


def test_hidden_sheets_rows_and_columns_are_furniture_that_says_so() -> None:
    book = _targets()
    sheet = book.active
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("底稿").append(["草稿", 77])
    book["底稿"].sheet_state = "hidden"
    found = read_workbook(_saved(book), Limits())
    dropped = {found.text[one.start : one.end]: one.detail for one in found.furniture}
    assert {one.reason for one in found.furniture} == {"hidden"}
    assert "row 5" in dropped["旧指标 | 个 | 1 | 2\n"]
    assert "column 2" in dropped["单位 | "]
    assert "sheet 底稿" in dropped["底稿\n草稿 | 77\n"]


def test_several_sheets_are_named() -> None:
    book = _targets()
    book.active.title = "附件1"
    book.create_sheet("附件2").append(["任务"])
    lines = read_workbook(_saved(book), Limits()).text.splitlines()
    assert lines[0] == "附件1"
    assert lines[-2:] == ["附件2", "任务"]


def test_a_cell_of_several_lines_stays_on_the_row_and_readings_are_left_out() -> None:
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>建设</t></r><r><t>\n托位</t></r>'
        "<rPh><t>ジ</t></rPh></si></sst>"
    )
    parts = _parts('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>市教育局</t></is></c></row>')
    parts["xl/sharedStrings.xml"] = strings
    assert read_workbook(make_zip(parts), Limits()).text == "建设 托位 | 市教育局\n"


def _parts(rows: str) -> dict[str, str | bytes]:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="s" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="a" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
    }


def test_a_merged_range_without_end_costs_nothing() -> None:
    cells = {(0, 0): "标题", (1, 0): "a", (1, 1): "b"}
    assert write_sheets([Sheet("s", cells, [(0, 0, 1_048_575, 16_383)])]).text


def test_cells_without_end_are_refused() -> None:
    cells = {(0, 0): "x", (1_000_000, 16_000): "y"}
    with pytest.raises(ValueError, match="cells"):
        write_sheets([Sheet("s", cells, [(0, 0, 1_048_575, 16_383)])])


def test_a_workbook_that_unpacks_to_a_flood_is_refused() -> None:
    parts = _parts("") | {"xl/media/x.bin": b"0" * 3_000_000}
    with pytest.raises(ValueError, match="unpacks"):
        read_workbook(make_zip(parts), Limits(max_bytes=200_000))


def test_damaged_xml_of_a_sheet_is_one_sentence() -> None:
    parts = _parts("") | {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"}
    with pytest.raises(ValueError, match="damaged workbook"):
        read_workbook(make_zip(parts), Limits())


def test_a_workbook_of_old_excel_reads_like_a_new_one() -> None:
    found = read_old_workbook((_FILES / "targets.xls").read_bytes(), Limits())
    lines = found.text.splitlines()
    assert lines[:4] == [
        "2033年主要指标",
        "指标名称 | 单位 | 2032年 | 目标值",
        "急救点覆盖率 | % | 85.3% | 95%",
        "新建站点 | 个 | 8 | 1,200",
    ]
    assert "截止日期 |  |  | 2033年5月1日" in lines
    assert {found.text[one.start : one.end] for one in found.furniture} == {
        "旧指标 | 个 | 1 | 2\n",
        "底稿\n草稿数 | 77\n",
    }


def test_a_cut_workbook_of_old_excel_is_refused() -> None:
    with pytest.raises(ValueError, match="damaged"):
        read_old_workbook((_FILES / "targets.xls").read_bytes()[:3000], Limits())


def test_sheets_of_opendocument_expand_spans_and_repeats() -> None:
    body = (
        '<table:table table:name="Sheet1">'
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>2033年指标</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row>"
        "<table:table-row><table:table-cell><text:p>床位</text:p></table:table-cell>"
        '<table:table-cell office:value-type="percentage" office:value="0.853"><text:p>85.3%</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/>'
        '</table:table-row><table:table-row table:visibility="collapse"><table:table-cell><text:p>旧</text:p>'
        "</table:table-cell></table:table-row></table:table>"
    )
    found = read_opendocument(make_ods(body), Limits())
    assert found.text == "2033年指标\n床位 | 85.3%\n旧\n"
    assert [found.text[one.start : one.end] for one in found.furniture] == ["旧\n"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_table_of_text_is_cut_at_its_own_delimiter(encoding: str, delimiter: str) -> None:
    text = "\r\n".join(
        delimiter.join(row)
        for row in (["指标", "单位", "目标"], ["急救点覆盖率", "%", '"95\n以上"'], ["新建站点", "个", "12"])
    )
    found = read_delimited(text.encode(encoding), Limits())
    assert found.text == "指标 | 单位 | 目标\n急救点覆盖率 | % | 95 以上\n新建站点 | 个 | 12\n"
