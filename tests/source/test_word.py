"""Word files are read as they print: changes accepted, results of fields, boxes once, hidden and struck text apart."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx_maker import STRICT, cell, make_docx, paragraph, part, run, table

from summarizer.source.word.reader import WordText, read_docx

LIMIT = 1_000_000
BOX = "<w:txbxContent>" + paragraph("框内目标为92%。") + "</w:txbxContent>"
SHAPE = f"<wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline>"


def read(body: str, *args: object, **kwargs: object) -> WordText:
    return read_docx(make_docx(body, *args, **kwargs), LIMIT)  # type: ignore[arg-type]


def kept(word: WordText) -> list[str]:
    text, at = "", 0
    for one in word.furniture:
        text, at = text + word.text[at : one.start], one.end
    return (text + word.text[at:]).splitlines()


def apart(word: WordText) -> dict[str, str]:
    return {one.reason: word.text[one.start : one.end].rstrip("\n") for one in word.furniture}


def field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    "inner",
    [
        f"<w:sdt><w:sdtPr><w:id/></w:sdtPr><w:sdtContent>{run('95%')}</w:sdtContent></w:sdt>",
        f"<w:ins>{run('95%')}</w:ins>",
        f"<w:del><w:r><w:delText>90%</w:delText></w:r></w:del><w:ins>{run('95%')}</w:ins>",
        f"<w:moveTo>{run('95%')}</w:moveTo><w:moveFrom>{run('90%')}</w:moveFrom>",
        f"<w:smartTag>{run('95%')}</w:smartTag>",
        f"<w:hyperlink>{run('95%')}</w:hyperlink>",
        f'<w:fldSimple w:instr=" DOCPROPERTY 率 ">{run("95%")}</w:fldSimple>',
        field(" DOCPROPERTY 率 ", run("95%")),
        field(' IF "' + field("=1", run("1")) + '" ', run("95%")),
        f"<w:customXml><w:smartTag>{run('95%')}</w:smartTag></w:customXml>",
        "<w:r><w:ruby><w:rt>" + run("jiǔ") + "</w:rt><w:rubyBase>" + run("95%") + "</w:rubyBase></w:ruby></w:r>",
        "<m:oMath><m:r><m:t>95%</m:t></m:r></m:oMath>",
        run("95%") + run("90%", "<w:vanish/>"),
        run("95%") + run("90%", "<w:dstrike/>"),
        run("95%", '<w:vanish w:val="0"/>'),
        run("9") + run("5%"),
    ],
    ids=lambda inner: inner[1:24],
)
def test_what_prints_inside_a_sentence_is_read_and_nothing_else(inner: str) -> None:
    assert kept(read(paragraph(run("覆盖率达到") + inner + run("以上。")))) == ["覆盖率达到95%以上。"]


@pytest.mark.parametrize(
    "block",
    [
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:ins>{}</w:ins>",
        "<w:customXml><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:customXml>",
        '<mc:AlternateContent><mc:Choice Requires="w14">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>',
    ],
)
def test_blocks_inside_other_markup_are_read_once(block: str) -> None:
    body = paragraph("一、任务") + block.replace("{}", paragraph("（二）培训村医。")) + paragraph("（三）改革。")
    assert kept(read(body)) == ["一、任务", "（二）培训村医。", "（三）改革。"]


def test_a_paragraph_whose_mark_is_deleted_runs_on_into_the_next() -> None:
    body = paragraph("覆盖率达到", "<w:rPr><w:del/></w:rPr>") + paragraph("95%以上。")
    assert kept(read(body)) == ["覆盖率达到95%以上。"]


def test_hidden_and_struck_text_stands_apart_with_its_reason() -> None:
    word = read(paragraph(run("达到") + run("（内部80%）", "<w:vanish/>") + run("90%", "<w:strike/>") + run("95%。")))
    assert (kept(word), apart(word)) == (["达到95%。"], {"hidden": "（内部80%）", "struck": "90%"})


def test_a_style_hides_its_text_and_a_run_may_show_it_again() -> None:
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style>',
    )
    body = paragraph(run("内部口径") + run("公开", '<w:vanish w:val="false"/>'), '<w:pStyle w:val="a"/>') + paragraph(
        "正文。"
    )
    assert kept(read(body, {"styles.xml": styles})) == ["公开", "正文。"]


@pytest.mark.parametrize(
    "drawn",
    [
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{SHAPE}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>",
        f"<w:drawing>{SHAPE}</w:drawing>",
        f"<w:pict><v:group><v:shape><v:textbox>{BOX}</v:textbox></v:shape></v:group></w:pict>",
    ],
    ids=["both forms", "drawing", "old drawing"],
)
def test_a_text_box_is_read_once_behind_its_paragraph(drawn: str) -> None:
    body = paragraph(run("（一）推进建设。") + f"<w:r>{drawn}</w:r>") + paragraph("（二）改革。")
    assert kept(read(body)) == ["（一）推进建设。", "框内目标为92%。", "（二）改革。"]


def test_notes_stand_apart_in_the_order_of_their_marks() -> None:
    notes = part(
        "footnotes",
        f'<w:footnote w:type="separator" w:id="0">{paragraph("——")}</w:footnote>'
        f'<w:footnote w:id="5">{paragraph("乙注。")}</w:footnote><w:footnote w:id="2">{paragraph("甲注。")}</w:footnote>',
    )
    marks = '<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:footnoteReference w:id="5"/></w:r>'
    word = read(paragraph(run("达到7.1") + marks[0] + run("张") + marks[1] + run("。")), {"footnotes.xml": notes})
    assert kept(word) == ["达到7.1张。"]
    assert [word.text[one.start : one.end] for one in word.furniture] == ["1 甲注。\n", "2 乙注。\n"]


def test_a_raised_mark_is_no_digit_of_the_value_and_an_exponent_is() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    inner = (
        run("达到7.1") + run("1", raised) + run("张，控制在10") + run("3", raised) + run("以下，5km") + run("2", raised)
    )
    assert kept(read(paragraph(inner))) == ["达到7.1张，控制在10³以下，5km²"]


def test_formulas_stand_on_one_line() -> None:
    fraction = "<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r></m:den></m:f>"
    power = "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup>"
    body = paragraph(f"<m:oMathPara><m:oMath><m:r><m:t>x=</m:t></m:r>{fraction}</m:oMath></m:oMathPara>")
    assert kept(read(body + paragraph(f"<m:oMath>{power}</m:oMath>"))) == ["x=(a+b)/c", "10³"]


def test_a_circled_number_drawn_by_a_field_is_read() -> None:
    code = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> EQ \\o\\ac(○,11) </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert kept(read(paragraph(code + run("改造病房。")))) == ["⑪改造病房。"]


def test_an_unclosed_field_hides_no_more_than_its_paragraph() -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
    assert kept(read(paragraph(broken + run("码")) + paragraph("正文。"))) == ["", "正文。"]


def test_the_list_of_contents_is_marked() -> None:
    entries = paragraph(field(' TOC \\o "1-3" ', run("一、目标") + "<w:r><w:tab/></w:r>" + run("1")))
    style = part("styles", '<w:style w:type="paragraph" w:styleId="t1"><w:name w:val="toc 1"/></w:style>')
    entries += paragraph(run("二、任务"), '<w:pStyle w:val="t1"/>')
    word = read(paragraph("目  录") + entries + paragraph("一、目标"), {"styles.xml": style})
    assert (kept(word), list(apart(word))) == (["一、目标"], ["contents"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("afchunk.htm", "<html><body><p>（二）培训村医。</p></body></html>"),
        ("afchunk.txt", "（二）培训村医。"),
        ("afchunk.docx", make_docx(paragraph("（二）培训村医。"))),
        (
            "afchunk.mht",
            "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n<p>（二）培训村医。</p>",
        ),
    ],
)
def test_an_inserted_file_is_read_in_its_place(name: str, content: str | bytes) -> None:
    body = paragraph("（一）建设。") + '<w:altChunk r:id="rId7"/>' + paragraph("（三）改革。")
    word = read(body, {name: content}, {"rId7": ("aFChunk", name)})
    assert [line for line in kept(word) if line] == ["（一）建设。", "（二）培训村医。", "（三）改革。"]


def test_what_is_not_read_is_named() -> None:
    picture = '<w:drawing><wp:inline><a:graphic><a:graphicData><a:blip r:embed="x"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    chart = '<w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id="y"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    body = (
        paragraph(run("正文。") + f"<w:r>{picture}</w:r><w:r>{picture}</w:r><w:r>{chart}</w:r>")
        + '<w:altChunk r:id="no"/>'
    )
    [note] = read(body).notes
    assert note.kind == "unread"
    assert all(what in note.detail for what in ("2 pictures", "1 chart", "inserted file"))


def test_a_diagram_is_read_node_by_node() -> None:
    data = (
        '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst>'
        "<dgm:pt><dgm:t><a:p><a:r><a:t>受理</a:t></a:r></a:p></dgm:t></dgm:pt>"
        "<dgm:pt><dgm:t><a:p><a:r><a:t>审批</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>"
    )
    drawn = '<w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds r:dm="d"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    word = read(
        paragraph(run("流程：") + f"<w:r>{drawn}</w:r>"),
        {"diagrams/data1.xml": data},
        {"d": ("diagramData", "diagrams/data1.xml")},
    )
    assert kept(word) == ["流程：", "受理", "审批"]


def test_heads_and_feet_are_furniture_and_boxes_in_them_too() -> None:
    head = part("hdr", paragraph("云溪市文件"))
    body = paragraph("正文。") + '<w:sectPr><w:headerReference r:id="h"/><w:footerReference r:id="gone"/></w:sectPr>'
    word = read(body, {"header1.xml": head}, {"h": ("header", "header1.xml"), "gone": ("footer", "../NULL")})
    assert (kept(word), apart(word)) == (["正文。"], {"running_head": "云溪市文件"})


def test_the_strict_form_is_read() -> None:
    assert kept(read(paragraph("一、任务") + table(cell("甲") + cell("乙")), namespace=STRICT)) == [
        "一、任务",
        "甲 | 乙",
    ]


# --- tables


def test_merged_cells_stand_in_each_row_and_column_they_cover() -> None:
    body = table(
        cell("类别", '<w:vMerge w:val="restart"/>') + cell("目标值", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cell("2030年") + cell("2035年"),
        cell("健康", '<w:vMerge w:val="restart"/>') + cell("80") + cell("81"),
        cell("", "<w:vMerge/>") + cell("3.6") + cell("4.0"),
    )
    assert kept(read(body)) == [
        "类别 | 目标值 | 目标值",
        "类别 | 2030年 | 2035年",
        "健康 | 80 | 81",
        "健康 | 3.6 | 4.0",
    ]


def test_a_paragraph_that_covers_several_columns_is_written_once() -> None:
    long = "对未按期完成的单位予以通报，" * 6
    body = table(cell("甲") + cell("乙") + cell("丙"), cell("说明") + cell(long, '<w:gridSpan w:val="2"/>'))
    assert kept(read(body)) == ["甲 | 乙 | 丙", f"说明 | {long} | "]


def test_a_row_of_one_cell_is_a_caption() -> None:
    body = table(cell("一、健康", '<w:gridSpan w:val="2"/>'), cell("寿命") + cell("80岁"))
    assert kept(read(body)) == ["一、健康", "寿命 | 80岁"]


def test_ragged_rows_and_stray_merges_cost_nothing() -> None:
    body = table(
        cell("指标", '<w:gridSpan w:val="2"/>') + cell("目标"),
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("普及率") + cell("98%") + "</w:tr>",
        cell("使用率", "<w:vMerge/>") + cell("85%"),
        "",
    ) + paragraph("完。")
    assert kept(read(body)) == ["指标 | 指标 | 目标", " | 普及率 | 98%", "使用率 | 85% | ", "完。"]


def test_rows_and_cells_in_controls_are_read_and_deleted_ones_are_not() -> None:
    row = f"<w:tr>{cell('乙')}<w:sdt><w:sdtContent>{cell('2')}</w:sdtContent></w:sdt></w:tr>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('丙')}{cell('3')}</w:tr>"
    body = f"<w:tbl><w:tr>{cell('甲')}{cell('1')}</w:tr><w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>{gone}</w:tbl>"
    assert kept(read(body)) == ["甲 | 1", "乙 | 2"]


def test_a_table_of_one_column_is_a_frame_around_paragraphs() -> None:
    inner = paragraph("（一）建设。") + paragraph("（二）改革。") + table(cell("甲") + cell("1"))
    assert kept(read(table(cell(inner)))) == ["（一）建设。", "（二）改革。", "甲 | 1"]


def test_a_table_inside_a_cell_is_text_of_that_cell() -> None:
    assert kept(read(table(cell(table(cell("1") + cell("2"))) + cell("乙")))) == ["1 | 2 | 乙"]


# --- files that are damaged or mean harm


def zipped(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


DEEP = "<w:tbl><w:tr><w:tc>" * 3000 + paragraph("深") + "</w:tc></w:tr></w:tbl>" * 3000
LAUGHS = (
    '<!DOCTYPE w:document [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    + part("document", "<w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body>")
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (make_docx(DEEP), "nested too deeply"),
        (zipped(**{"word__document.xml": LAUGHS}), "entities"),
        (zipped(**{"word__document.xml": "<w:document"}), "not a readable DOCX"),
        (zipped(**{"word__document.xml": "<x/>"}), "no body"),
        (zipped(**{"word__document.xml": part("document", "")}), "no body"),
        (zipped(**{"word__other.xml": "<x/>"}), "no part word/document.xml"),
        (zipped(**{"word__document.xml": "<x/>", "word__Document.xml": "<y/>"}), "one name"),
        (make_docx(paragraph("正文。"))[:-60], "not a readable DOCX"),
        (make_docx(paragraph("")), "no text"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted: save it without a password"),
        (make_docx(paragraph("正" * 400_000) * 12), "unpacks to"),
    ],
    ids=[
        "deep",
        "laughs",
        "malformed",
        "foreign",
        "bodiless",
        "partless",
        "twice",
        "cut",
        "empty",
        "encrypted",
        "bomb",
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_with_its_reason(data: bytes, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_docx(data, LIMIT)


def test_a_picture_alone_is_refused_with_what_it_is() -> None:
    picture = '<w:drawing><wp:inline><a:graphic><a:graphicData><a:blip r:embed="x"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    with pytest.raises(ValueError, match="character recognition first: 1 picture"):
        read(paragraph(f"<w:r>{picture}</w:r>"))


@pytest.mark.parametrize(
    "broken",
    [
        {"parts": {"styles.xml": "<broken"}},
        {"relationships": {"x": ("image", "../NULL"), "y": ("hyperlink", "")}},
        {"parts": {"numbering.xml": part("numbering", '<w:num w:numId="x"/>')}},
    ],
    ids=["styles", "dangling", "numbering"],
)
def test_a_broken_neighbour_does_not_cost_the_document(broken: dict[str, object]) -> None:
    assert kept(read(paragraph("正文。", '<w:pStyle w:val="x"/>'), **broken)) == ["正文。"]


def test_a_damaged_part_is_named() -> None:
    [note] = read(paragraph("正文。"), {"numbering.xml": "<broken"}).notes
    assert "numbering.xml" in note.detail


def test_a_span_wider_than_any_table_is_cut() -> None:
    assert kept(read(table(cell("甲", '<w:gridSpan w:val="99999999"/>') + cell("乙"), cell("丙")))) == [
        "甲 | 乙",
        "丙 | ",
    ]


def test_of_a_file_with_too_many_paragraphs_the_first_are_read_and_the_rest_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("summarizer.source.word.reader.MAX_LINES", 3)
    word = read("".join(paragraph(run(f"新增床位{number}张。")) for number in range(9)))
    assert word.text.splitlines() == [f"新增床位{number}张。" for number in range(3)]
    assert [note.detail for note in word.notes] == ["not read: everything behind the first 3 paragraphs and rows"]
