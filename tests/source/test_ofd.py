"""OFD: text in reading order, page marks and cut sentences as in a PDF, tables by their drawn lines."""

from __future__ import annotations

import pytest
from office_files import make_ofd, make_zip

from summarizer.source.ofd import read_ofd
from summarizer.source.reader import Limits

_SIZE = 5.0


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return (
        f'<ofd:TextObject Boundary="{x} {y} 150 5" Size="{_SIZE}" {more}><ofd:TextCode X="0" Y="4.3" '
        f'DeltaX="g {len(text) - 1} {_SIZE}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def _rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return (
        f'<ofd:PathObject Boundary="{x0} {y0} {x1 - x0} {y1 - y0}"><ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}'
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def test_lines_are_joined_to_paragraphs_whatever_the_order_of_the_objects() -> None:
    full = "一" * 4 + "、建设托位并改造病房努力完成全年各项工作任务"
    page = _text(30, 40, "目标任务。") + _text(40, 30, full[:22]) + _text(30, 50, "二、另起一段")
    assert read_ofd(make_ofd([page]), Limits()).text == full[:22] + "目标任务。\n二、另起一段\n"


def test_page_marks_are_furniture_and_a_sentence_goes_on_behind_them() -> None:
    line = "推动卫生健康事业高质量发展努力建设健康城市"
    first = _text(30, 30, line) + _text(100, 270, "—1—")
    second = _text(30, 30, "和美乡村。") + _text(100, 270, "—2—")
    found = read_ofd(make_ofd([first, second]), Limits())
    kept = found.text
    for drop in sorted(found.furniture, key=lambda one: -one.start):
        kept = kept[: drop.start] + kept[drop.end :]
    assert kept == line + "和美乡村。\n"
    assert {one.reason for one in found.furniture} == {"page_number", "page_break"}


def test_cells_between_drawn_lines_are_rows() -> None:
    rules = [_rule(20, y, 180, y) for y in (20, 40, 60, 80)] + [_rule(x, 20, x, 80) for x in (20, 100, 180)]
    cells = [
        (25, 25, "任务"),
        (105, 25, "单位"),
        (25, 43, "建设托位"),
        (25, 51, "九百个"),
        (105, 45, "教育局"),
        (25, 65, "病房"),
    ]
    page = "".join(rules) + "".join(_text(*cell) for cell in cells)
    assert read_ofd(make_ofd([page]), Limits()).text == "任务 | 单位\n建设托位九百个 | 教育局\n病房 | \n"


def test_turned_text_stands_apart() -> None:
    page = _text(30, 30, "正文内容") + _text(10, 30, "—10—", 'CTM="0 1 -1 0 0 0"')
    found = read_ofd(make_ofd([page]), Limits())
    assert [found.text[one.start : one.end] for one in found.furniture] == ["—10—\n"]


def test_a_text_layer_of_glyph_numbers_is_refused() -> None:
    page = _text(30, 30, "\ue001\ue002\ue003文")
    with pytest.raises(ValueError, match="unreadable text layer"):
        read_ofd(make_ofd([page]), Limits())


def test_a_scan_is_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match="scan"):
        read_ofd(make_ofd(['<ofd:ImageObject ResourceID="1"/>']), Limits())


def test_an_encrypted_file_says_so() -> None:
    with pytest.raises(ValueError, match="encrypted"):
        read_ofd(make_zip({"OFD.xml": "<OFD/>", "Doc_0/Encryptions.xml": "<x/>"}), Limits())
