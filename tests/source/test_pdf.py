"""PDF pages become the text that a person reads: order, paragraphs, blanks, what stands apart, and what is refused."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pdf_maker import Placed, Text, make_file, make_pdf

from summarizer.source.pdf.reader import PdfText, read_pdf

FULL = "会议要求全市各级各部门要切实提高思想认识压紧压实工作责任"
REST = "确保各项任务落到实处。"
TASKS = [
    "二〇三一年重点工作",
    "（一）建设县域医共体。覆盖率达到95%以上。",
    "（二）培训村医1200名。",
    "（三）改革支付方式。",
]


def kept(pdf: PdfText) -> str:
    text, at = "", 0
    for one in pdf.furniture:
        text, at = text + pdf.text[at : one.start], one.end
    return text + pdf.text[at:]


def apart(pdf: PdfText, reason: str) -> list[str]:
    return [pdf.text[one.start : one.end].rstrip("\n") for one in pdf.furniture if one.reason == reason]


def column(lines: list[str], x: float = 70, top: float = 700, size: float = 16, step: float = 28) -> list[Placed]:
    return [Text(x, top - step * at, line, size) for at, line in enumerate(lines)]


def lines_of(*lines: Placed) -> list[str]:
    return kept(read_pdf(make_pdf([list(lines)]))).splitlines()


# --- paragraphs


def test_wrapped_lines_are_joined_and_new_paragraphs_are_not() -> None:
    assert lines_of(*column([FULL, REST, "一是强基层。", "二是建高地。"])) == [
        FULL + REST,
        "一是强基层。",
        "二是建高地。",
    ]


def test_a_numbered_line_begins_a_paragraph_even_behind_a_full_line() -> None:
    assert lines_of(*column([FULL, "（一）强基层", FULL])) == [FULL, "（一）强基层", FULL]


def test_an_indented_line_begins_a_paragraph_even_behind_a_full_line() -> None:
    full = "会议要求全市各级各部门要切实提高思想认识压紧压实责任。"
    lines = [Text(102, 700, full[:26]), Text(70, 672, full), Text(102, 644, "加强领导。")]
    assert lines_of(*lines) == [full[:26] + full, "加强领导。"]


def test_a_headline_over_two_centred_lines_is_one() -> None:
    head = [Text(121, 780, "云溪市人民政府办公室关于印发二〇三一", 20), Text(187, 750, "年为民实事方案的通知", 20)]
    assert lines_of(*head, *column([FULL, REST]))[0] == "云溪市人民政府办公室关于印发二〇三一年为民实事方案的通知"


def test_a_subtitle_in_brackets_stays_apart_from_its_headline() -> None:
    head = [Text(187, 780, "云溪市健康事业规划", 22), Text(209, 750, "（2031—2035年）", 22)]
    assert lines_of(*head, *column([FULL, REST]))[:2] == ["云溪市健康事业规划", "（2031—2035年）"]


def test_a_sentence_goes_on_over_the_page_and_furniture_stands_behind_it() -> None:
    lines = [f"会议要求第{place}批单位切实提高思想认识压紧压实各方面的工作责任" for place in "一二三四五六"]
    pages = [
        [Text(70, 800, "云溪市人民政府文件"), *column(lines[at : at + 2]), Text(280, 40, f"— {at} —")]
        for at in (0, 2, 4)
    ]
    pdf = read_pdf(make_pdf(pages))
    assert kept(pdf) == "".join(lines) + "\n"
    assert pdf.text.startswith("云溪市人民政府文件\n" + "".join(lines) + "\n")


# --- blanks


def test_blanks_that_word_prints_around_digits_and_latin_words_are_none() -> None:
    line = "自 2031 年 7 月 1 日起， GDP 增长 5.5 %，新增 12 个 5G 基站。"
    assert lines_of((70, 700, line)) == ["自2031年7月1日起，GDP增长5.5%，新增12个5G基站。"]


def test_gaps_without_a_blank_character_are_judged_by_their_width() -> None:
    line = [
        Text(70, 700, "第"),
        Text(90, 700, "87"),
        Text(110, 700, "号"),
        Text(140, 700, "部长"),
        Text(182, 700, "张山"),
    ]
    assert lines_of(*line) == ["第87号 部长 张山"]


def test_a_letter_spaced_title_is_one_word() -> None:
    assert lines_of(Text(150, 700, "总 则"), Text(150, 660, "第一章 总 则")) == ["总则", "第一章 总则"]
    assert lines_of(Text(150, 700, "工作报告", spacing=14)) == ["工作报告"]


def test_letter_spaced_digits_stay_one_number() -> None:
    assert lines_of(Text(70, 700, "2031年覆盖率95.5%以上", spacing=5)) == ["2031年覆盖率95.5%以上"]


def test_the_number_of_a_head_stays_apart_and_a_quantity_does_not() -> None:
    assert lines_of(*column(["1 总则", "2.1 适用范围", "12 个项目"])) == ["1 总则", "2.1 适用范围", "12个项目"]


def test_a_number_broken_over_lines_is_whole() -> None:
    first = "会议要求全市各级各部门要切实提高到二〇三一年培训村医12"
    assert lines_of(*column([first, "00名，覆盖面不断扩大。"])) == [first + "00名，覆盖面不断扩大。"]


def test_latin_words_of_two_lines_keep_their_blank() -> None:
    first = "会议要求全市各级各部门要切实提高到二〇三一年用好Open"
    assert lines_of(*column([first, "Data平台。"])) == [first + " Data平台。"]


def test_bold_type_made_by_printing_twice_is_read_once() -> None:
    assert lines_of(Text(70, 700, "重点任务"), Text(70.3, 700, "重点任务"), Text(70, 660, "www.a.cn")) == [
        "重点任务",
        "www.a.cn",
    ]


# --- characters


def test_radicals_become_the_characters_they_stand_for() -> None:
    assert lines_of((70, 700, "\u2f00、培训\u2f63物\u2f08才，办好\u2ea0\u2f63")) == ["一、培训生物人才，办好民生"]


def test_an_exponent_is_raised_and_the_mark_of_a_note_is_left_out() -> None:
    lines = [
        Text(70, 700, "床位达到7.1"), Text(158, 707, "1", 8), Text(163, 700, "张，菌落在10"), Text(259, 707, "3", 8),
        Text(264, 700, "以下，绿地5km"), Text(368, 707, "2", 8), Text(373, 700, "。"),
    ]  # fmt: skip
    assert lines_of(*lines) == ["床位达到7.1张，菌落在10³以下，绿地5km²。"]


def test_small_figures_of_another_cell_are_no_mark_of_a_note() -> None:
    assert lines_of(Text(70, 700, "中信银行杭州分行"), Text(300, 705, "2,000", 10)) == ["中信银行杭州分行 2,000"]


def test_footnotes_stand_apart_from_the_text() -> None:
    note = Text(70, 90, "1 按常住人口计算，基期为88%。", 10)
    pdf = read_pdf(make_pdf([[*column([FULL, REST]), note]]))
    assert kept(pdf) == FULL + REST + "\n"
    assert apart(pdf, "footnote") == ["1 按常住人口计算，基期为88%。"]


def test_small_print_below_a_short_rule_is_a_footnote_without_a_mark() -> None:
    note = Text(70, 90, "本表数据为初步统计数。", 10)
    pdf = read_pdf(make_pdf([[*column([FULL, REST]), note]], [(70, 110, 200, 110)]))
    assert apart(pdf, "footnote") == ["本表数据为初步统计数。"]


@pytest.mark.parametrize(
    "unseen",
    [
        Text(70, 500, "（九）覆盖率达到10%。", gray=1.0),
        Text(70, 500, "（九）覆盖率达到10%。", mode=3),
        Text(70, 500, "（九）覆盖率达到10%。", size=1),
        Text(700, 500, "（九）覆盖率达到10%。"),
    ],
    ids=["white", "invisible", "tiny", "off the page"],
)
def test_text_that_nobody_sees_is_marked_as_hidden(unseen: Text) -> None:
    pdf = read_pdf(make_pdf([[*column(TASKS), unseen]]))
    assert kept(pdf).splitlines() == TASKS
    assert apart(pdf, "hidden") == ["（九）覆盖率达到10%。"]


def test_white_text_on_a_dark_field_is_seen() -> None:
    pdf = read_pdf(
        make_pdf([[Text(70, 700, "重点任务", gray=1.0), *column(TASKS, top=600)]], fills=[(60, 690, 200, 30, 0.2)])
    )
    assert kept(pdf).splitlines() == ["重点任务", *TASKS]


def test_a_watermark_across_the_page_stands_apart() -> None:
    pdf = read_pdf(make_pdf([[*column(TASKS), Text(200, 300, "内部资料注意保存", 40, gray=0.8, turn=45)]]))
    assert kept(pdf).splitlines() == TASKS
    assert apart(pdf, "watermark") == ["内部资料注意保存"]


def test_a_text_layer_of_private_use_codes_is_refused() -> None:
    with pytest.raises(ValueError, match="unreadable text layer"):
        read_pdf(make_pdf([[(70, 700, "\ue001\ue002\ue003\ue004\ue0052031\ue00695%\ue007\ue008")]]))


def test_a_bullet_of_a_picture_font_does_not_make_a_text_unreadable() -> None:
    assert lines_of((70, 700, "\uf0b7强基层，建高地，保健康，促发展。")) == ["•强基层，建高地，保健康，促发展。"]


def test_text_put_on_a_page_as_an_annotation_is_read() -> None:
    data = make_pdf([[Text(70, 700, "重点任务")]])
    count = data.count(b" 0 obj")
    shown = b"BT /F1 16 Tf 2 8 Td <" + "（一）改造病房。".encode("utf-16-be").hex().encode() + b"> Tj ET"
    look = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 400 30] /Resources << /Font << /F1 3 0 R >> >> /Length %d >>"
        % len(shown)
    )
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [70 600 470 630] /F 4 /AP << /N %d 0 R >> >>" % (count + 1)
    body = data[: data.rindex(b"xref\n0")].replace(b"/MediaBox", b"/Annots [%d 0 R] /MediaBox" % (count + 2))
    body += b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n%d 0 obj\n%s\nendobj\n" % (
        count + 1,
        look,
        shown,
        count + 2,
        note,
    )
    text = kept(read_pdf(body + b"trailer << /Root 1 0 R >>\nstartxref\n7\n%%EOF\n"))
    assert text.splitlines() == ["重点任务", "（一）改造病房。"]


# --- order


def test_lines_drawn_from_the_bottom_up_are_read_from_the_top() -> None:
    assert lines_of(*reversed(column(TASKS))) == TASKS


LEFT = [
    "（一）加强队伍建设，完善培养",
    "机制，到2031年培训村医1200名",
    "以上。",
    "（二）推进医共体建设，扩大覆",
    "盖面，形成合力。",
]
RIGHT = [
    "（三）深化支付方式改革，全面",
    "推行按病种付费，病种覆盖率达",
    "到90%。",
    "（四）加强疾控体系建设，建成",
    "县级中心12个。",
]
COLUMNS = [
    "二〇三一年工作要点",
    "（一）加强队伍建设，完善培养机制，到2031年培训村医1200名以上。",
    "（二）推进医共体建设，扩大覆盖面，形成合力。",
    "（三）深化支付方式改革，全面推行按病种付费，病种覆盖率达到90%。",
    "（四）加强疾控体系建设，建成县级中心12个。",
]


def test_two_columns_are_read_one_after_the_other() -> None:
    page = [Text(210, 800, "二〇三一年工作要点", 20), *column(LEFT, 60, 740, 14, 22), *column(RIGHT, 320, 740, 14, 22)]
    assert lines_of(*page) == COLUMNS


def test_columns_drawn_row_by_row_are_not_spliced() -> None:
    rows = zip(column(LEFT, 60, 740, 14, 22), column(RIGHT, 320, 740, 14, 22), strict=True)
    assert lines_of(Text(210, 800, "二〇三一年工作要点", 20), *(one for row in rows for one in row)) == COLUMNS


def test_a_table_across_two_columns_parts_what_is_above_from_what_is_below() -> None:
    rules = [(60, y, 540, y) for y in (600, 570, 540)] + [(x, 540, x, 600) for x in (60, 220, 380, 540)]
    cells = [
        Text(70, 580, "指标", 12), Text(230, 580, "2030年", 12), Text(390, 580, "2035年", 12),
        Text(70, 550, "床位数", 12), Text(230, 550, "7.5", 12), Text(390, 550, "8.0", 12),
    ]  # fmt: skip
    above = [*column(LEFT, 60, 740, 14, 22), *column(RIGHT, 320, 740, 14, 22)]
    below = [*column(LEFT, 60, 500, 14, 22), *column(RIGHT, 320, 500, 14, 22)]
    text = kept(read_pdf(make_pdf([[*above, *cells, *below]], rules)))
    assert text.splitlines() == [*COLUMNS[1:], "指标 | 2030年 | 2035年", "床位数 | 7.5 | 8.0", *COLUMNS[1:]]


def test_a_line_that_ends_with_a_comma_goes_on_wherever_the_next_one_begins() -> None:
    lines = [
        Text(80, 700, "抄送：市委各部门，市人大常委会，"),
        Text(128, 672, "市法院，市检察院。"),
        Text(80, 644, "附件：任务表"),
    ]
    assert lines_of(*lines) == ["抄送：市委各部门，市人大常委会，市法院，市检察院。", "附件：任务表"]


def test_vertical_columns_are_read_from_the_right() -> None:
    page = [Text(500 - 30 * at, 780, line) for at, line in enumerate(TASKS)]
    assert kept(read_pdf(make_pdf([list(reversed(page))], vertical=True))).splitlines() == TASKS


def test_a_page_set_sideways_is_read_upright() -> None:
    page = [Text(100 + 30 * at, 100, line, turn=90) for at, line in enumerate(TASKS)]
    assert kept(read_pdf(make_pdf([page], rotate=90))).splitlines() == TASKS


# --- heads, numbers, contents


def test_heads_repeat_from_two_pages_on() -> None:
    pages = [
        [Text(180, 800, "云溪市2031年重点工作任务"), Text(70, 700, TASKS[at]), Text(280, 40, str(at))] for at in (1, 2)
    ]
    pdf = read_pdf(make_pdf(pages))
    assert kept(pdf).splitlines() == TASKS[1:3]
    assert apart(pdf, "running_head") == ["云溪市2031年重点工作任务", "1\n云溪市2031年重点工作任务", "2"]


def test_heads_of_left_and_right_pages_differ() -> None:
    pages = [
        [Text(70, 800, "健康云溪规划" if at % 2 else "第二章 主要任务"), Text(70, 700, f"（{n}）办好第{n}件实事。")]
        for at, n in enumerate("一二三四五六")
    ]
    assert kept(read_pdf(make_pdf(pages))).splitlines() == [f"（{n}）办好第{n}件实事。" for n in "一二三四五六"]


def test_what_a_browser_prints_at_the_edges_is_furniture() -> None:
    pages = [
        [
            Text(30, 815, "2031/3/18 10:22", 9), Text(250, 815, "关于印发要点的通知", 9), Text(70, 700, TASKS[at]),
            Text(30, 20, "https://www.example.cn/art/2031/3/18/art_1.html", 9), Text(550, 20, f"{at}/2", 9),
        ]
        for at in (1, 2)
    ]  # fmt: skip
    assert kept(read_pdf(make_pdf(pages))).splitlines() == TASKS[1:3]


def test_the_first_line_of_one_page_is_no_head() -> None:
    assert lines_of(Text(180, 800, "云溪市重点工作"), *column(TASKS)) == ["云溪市重点工作", *TASKS]


def test_a_printed_list_of_contents_is_marked() -> None:
    entries = [f"{n}、第{n}项工作{'.' * 30}{page}" for n, page in zip("一二三四", (1, 3, 8, 12), strict=True)]
    body = [line for n in "一二三四" for line in (f"{n}、第{n}项工作", "办好实事。")]
    pdf = read_pdf(make_pdf([[Text(250, 780, "目 录", 20), *column(entries)], column(body)]))
    assert kept(pdf).splitlines() == body
    assert apart(pdf, "contents") == ["\n".join(["目录", *entries])]


# --- refusals and notes


def test_a_scan_is_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match="character recognition"):
        read_pdf(make_pdf([[]], pictured=[0]))


def test_pages_without_a_text_layer_are_named() -> None:
    pdf = read_pdf(make_pdf([column(TASKS), [], [], column(TASKS)], pictured=[1, 2]))
    assert [(note.kind, "2-3" in note.detail) for note in pdf.notes] == [("unread", True)]


def test_a_recognised_layer_over_a_scan_is_read_and_called_uncertain() -> None:
    pdf = read_pdf(make_pdf([[Text(line[0], line[1], line[2], mode=3) for line in column(TASKS)]], pictured=[0]))
    assert kept(pdf).splitlines() == TASKS
    assert [note.kind for note in pdf.notes] == ["uncertain"]


def test_drawings_that_use_each_other_without_end_are_refused() -> None:
    content = b"/X Do BT /F 12 Tf 100 700 Td (hello) Tj ET"
    loop = b"/X Do /X Do"
    data = make_file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
            b"<< /Length " + str(len(content)).encode() + b" >>\nstream\n" + content + b"\nendstream",
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length "
            + str(len(loop)).encode()
            + b" >>\nstream\n"
            + loop
            + b"\nendstream",
        ]
    )
    with pytest.raises(ValueError, match="without end"):
        read_pdf(data)


def test_a_page_tree_that_leads_back_to_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="not a readable PDF"):
        read_pdf(make_file([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]))


def test_a_file_with_a_broken_table_of_objects_is_read() -> None:
    data = make_pdf([column(TASKS)])
    cut = data[: data.rindex(b"xref\n0")] + b"trailer << /Root 1 0 R >>\nstartxref\n7\n%%EOF\n"
    assert kept(read_pdf(cut)).splitlines() == TASKS


def test_reading_twice_gives_the_same_characters() -> None:
    data = make_pdf([column([FULL, REST])])
    assert read_pdf(data) == read_pdf(data)


PLACED = st.tuples(
    st.sampled_from([60, 74, 250, 300]), st.text("重点任务推进医疗12345，。（一）、", min_size=1, max_size=14)
)


@settings(max_examples=60)
@given(st.lists(st.lists(PLACED, min_size=1, max_size=2, unique_by=lambda one: one[0] // 120), min_size=1, max_size=14))
def test_no_character_of_a_page_is_lost_or_made(rows: list[list[tuple[int, str]]]) -> None:
    lines = [Text(x, 780 - 24 * at, text, 12) for at, row in enumerate(rows) for x, text in row]
    assume(any(character.isalnum() for line in lines for character in line.text))  # a page of marks alone has no text
    read = Counter(read_pdf(make_pdf([lines])).text)
    printed = Counter("".join(line.text for line in lines))
    assert {code: read[code] for code in printed} == dict(printed)


def test_files_that_threads_read_at_a_time_come_out_as_one_by_one() -> None:
    files = [make_pdf([column([f"{number}号通知：{line}" for line in (*TASKS, FULL, REST)])]) for number in range(4)]
    alone = [read_pdf(data).text for data in files]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda data: read_pdf(data).text, files * 8))
    assert together == alone * 8
