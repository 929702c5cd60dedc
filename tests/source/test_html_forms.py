"""Forms in which pages carry or hide their text: each gives the text as a person sees it, the rest stands apart with its reason."""

from __future__ import annotations

import html
import json
import quopri
from base64 import b64encode
from collections.abc import Callable

import pytest

from summarizer.source.html import HtmlPage, read_html, read_page

LINES = (
    "临泽市2032年养老服务工作要点",
    "2032年\uff0c全市养老服务工作以提升质量为主线\uff0c重点抓好以下任务\u3002",
    "\uff08一\uff09扩大普惠供给\u3002新增护理型床位1200张\uff0c社区服务设施覆盖率达到95%以上\u3002",
    "\uff08二\uff09壮大人才队伍\u3002年内培训护理员3000名\uff0c持证上岗率达到90%\u3002",
    "\uff08三\uff09强化安全监管\u3002开展消防专项检查\uff0c隐患整改率保持100%\u3002",
)
PARAGRAPHS = "".join(f"<p>{line}</p>" for line in LINES)
MENU = "".join(f'<li><a href="/{n}">{word}</a></li>' for n, word in enumerate(["首页", "要闻", "政务公开", "办事服务"]))


def _page(body: str, head: str = "") -> str:
    return f'<html><head><meta charset="utf-8"><title>{LINES[0]}</title>{head}</head><body>{body}</body></html>'


def _kept(page: HtmlPage) -> list[str]:
    kept, at = "", 0
    for one in page.furniture:
        kept, at = kept + page.text[at : one.start], one.end
    return (kept + page.text[at:]).splitlines()


def _apart(page: HtmlPage, reason: str) -> str:
    return " ".join(page.text[one.start : one.end] for one in page.furniture if one.reason == reason).strip()


@pytest.mark.parametrize(
    "hiding",
    [
        '<div id="js_content" style="visibility: hidden; opacity: 0; ">{}</div>',
        '<div style="display:none"><div style="opacity:0">{}</div></div>',
        '<div class="main">{}</div><style>body{{opacity:0}}</style>',
        '<style>.art, #b {{ display : none }}</style><div class="x art">{}</div>',
        "<div hidden>{}</div>",
    ],
)
def test_a_body_that_is_hidden_until_a_script_runs_is_the_article(hiding: str) -> None:
    page = read_html(_page(f"<ul>{MENU}</ul>" + hiding.format(PARAGRAPHS) + "<div>微信扫一扫</div>"))
    assert [line for line in _kept(page) if line in LINES] == list(LINES)


def test_paragraphs_that_fade_in_one_by_one_are_the_article_with_their_headings() -> None:
    lines = [*LINES[:2], "一、重点任务", *LINES[2:]]
    body = "".join(f'<p style="visibility:hidden">{line}</p>' for line in lines)
    assert _kept(read_html(_page(f"<div>{body}</div>"))) == lines


@pytest.mark.parametrize(
    "style", ["display:none", "visibility : hidden", "font-size:0", "opacity:0", "text-indent:-9999px", "left:-9999px"]
)
def test_a_small_hidden_part_stays_hidden(style: str) -> None:
    page = read_html(_page(f'<div>{PARAGRAPHS}<p style="{style}">覆盖率达到80%\u3002</p></div>'))
    assert _kept(page) == list(LINES)
    assert _apart(page, "hidden") == "覆盖率达到80%\u3002"


def test_hidden_words_inside_a_sentence_stand_apart_from_it() -> None:
    page = read_html(_page(PARAGRAPHS + '<p>合格率达到<span style="display:none">80%</span>95%\u3002</p>'))
    assert _kept(page)[-1] == "合格率达到95%\u3002"
    assert _apart(page, "hidden") == "80%"


@pytest.mark.parametrize(
    ("markup", "printed"),
    [
        ("床位7.1<sup>1</sup>张", "床位7.1张"),
        ("床位7.1<sup>[1]</sup>张", "床位7.1张"),
        ("合格率96<sup>①</sup>%", "合格率96%"),
        ('寿命80<sup><a href="#n2">2</a></sup>岁', "寿命80岁"),
        ('寿命80<a href="#n2"><sup>2</sup></a>岁', "寿命80岁"),
        ('比重45%<span style="vertical-align: super">3</span>\u3002', "比重45%\u3002"),
        ("从业人员<sup>2</sup>12万人", "从业人员12万人"),
        ("床位110<sup>3</sup>张", "床位110张"),
        ("菌落数10<sup>3</sup>以下", "菌落数10³以下"),
        ("2.5×10<sup>-3</sup>", "2.5×10⁻³"),
        ("用房5000m<sup>2</sup>", "用房5000m²"),
        ("蓄水3亿米<sup>3</sup>", "蓄水3亿米³"),
        ("PM<sub>2.5</sub>浓度29", "PM2.5浓度29"),
        ("床位7.1<sub>1</sub>张", "床位7.1张"),
        ("<ruby>卫<rt>wèi</rt></ruby>生", "卫生"),
        ("菌落数<math><msup><mn>10</mn><mn>3</mn></msup></math>以下", "菌落数10³以下"),
    ],
)
def test_powers_stay_with_their_number_and_marks_of_notes_do_not(markup: str, printed: str) -> None:
    assert read_html(f"<p>{markup}</p>").text.splitlines()[0] == printed


@pytest.mark.parametrize(
    "old", ["<del>90%</del>", "<s>90%</s>", '<span style="text-decoration:line-through">90%</span>']
)
def test_struck_words_stand_apart_and_inserted_ones_are_read(old: str) -> None:
    page = read_html(_page(PARAGRAPHS + f"<p>覆盖率达到{old}<ins>95%</ins>\u3002</p>"))
    assert _kept(page)[-1] == "覆盖率达到95%\u3002"
    assert _apart(page, "struck") == "90%"


def test_a_number_in_several_elements_is_one_number() -> None:
    page = read_html(
        "<p>产值<span>4</span><b><span>000</span></b><span>.5</span>亿元\uff0c增长<span>10</span>%\u3002</p>"
    )
    assert page.text == "产值4000.5亿元\uff0c增长10%\u3002\n"


def test_a_line_of_the_markup_that_ends_between_two_chinese_characters_ends_nothing() -> None:
    assert (
        read_html("<p>推进县域\n    医共体建设\uff0c\n完善机制\u3002</p>").text
        == "推进县域医共体建设\uff0c完善机制\u3002\n"
    )


def test_cells_over_several_rows_and_columns_are_repeated_under_their_heads() -> None:
    table = (
        "<table><tr><th rowspan=2>类别</th><th rowspan=2>指标</th><th colspan=2>目标</th><th rowspan=2>属性</th></tr>"
        "<tr><th>2030年</th><th>2035年</th></tr><tr><td rowspan=2>能力</td><td>床位\uff08张\uff09</td><td>6.9</td><td>7.4</td>"
        "<td rowspan=2>预期性</td></tr><tr><td>医师\uff08人\uff09</td><td>3.2</td><td>3.6</td></tr></table>"
    )
    assert read_html(table).text.splitlines() == [
        "类别 | 指标 | 目标 | 目标 | 属性",
        "类别 | 指标 | 2030年 | 2035年 | 属性",
        "能力 | 床位\uff08张\uff09 | 6.9 | 7.4 | 预期性",
        "能力 | 医师\uff08人\uff09 | 3.2 | 3.6 | 预期性",
    ]


def test_a_cell_over_the_whole_row_is_printed_once() -> None:
    table = "<table><tr><td colspan=3>一、能力</td></tr><tr><td>甲<td>1<td>2</tr><tr><td>乙<td>3<td>4</tr></table>"
    assert read_html(table).text.splitlines()[0] == "一、能力"


@pytest.mark.parametrize("span", ["colspan=100000000 rowspan=100000000", "colspan=1000", "rowspan=65534"])
def test_spans_beyond_reason_blow_nothing_up(span: str) -> None:
    rows = f"<tr><td {span}>甲</td><td>乙</td></tr>" * 300
    assert len(read_html(f"<table>{rows}</table>").text) < 200_000


def test_a_cell_with_several_paragraphs_is_still_one_row_of_a_table_of_data() -> None:
    cell = "<p>1.成立领导小组\uff085分\uff09</p><p>2.明确联络员\uff083分\uff09</p><p>3.报送总结\uff082分\uff09</p>"
    table = f"<table><tr><td>序号<td>要求</tr><tr><td>1<td>{cell}</tr><tr><td>2<td>{cell}</tr></table>"
    assert read_html(table).text.splitlines()[1].startswith("1 | 1.成立领导小组\uff085分\uff09 2.明确联络员")


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    page = read_html(_page(f"<table><tr><td>{MENU}</td><td>{PARAGRAPHS}</td></tr></table>"))
    assert set(LINES) <= set(page.text.splitlines())


def _escaped(text: str) -> str:
    return html.escape(text)


CARRIERS: dict[str, Callable[[str], str]] = {
    "textarea": lambda text: f'<textarea id="zoom">{_escaped(text)}</textarea>',
    "textarea, hidden": lambda text: f'<textarea style="display:none">{_escaped(text)}</textarea>',
    "element, escaped": lambda text: f'<div class="con">{_escaped(text)}</div>',
    "element, escaped twice": lambda text: f'<div class="con">{_escaped(_escaped(text))}</div>',
    "hidden field": lambda text: f'<input type="hidden" value="{_escaped(text)}">',
    "template": lambda text: f'<script type="text/template">{text}</script>',
    "noscript": lambda text: f"<noscript>{text}</noscript>",
    "inner page": lambda text: f'<iframe srcdoc="{_escaped(text)}"></iframe>',
    "JSON": lambda text: f'<script type="application/json">{json.dumps({"a": {"content": text}})}</script>',
    "JSON, assigned": lambda text: f"<script>window.__STATE__ = {json.dumps({'list': [{'body': text}]})};</script>",
    "JSON, escaped": lambda text: f"<script>var d = {json.dumps({'c': _escaped(text)})}</script>",
    "string": lambda text: f"<script>document.write('{text}');</script>",
    "string, escaped": lambda text: (
        "<script>var c = '" + text.replace("<", "\\u003c").replace("/", "\\/") + "';</script>"
    ),
    "string, percent": lambda text: (
        "<script>var c=unescape('" + "".join(f"%u{ord(c):04X}" for c in text) + "');</script>"
    ),
}


@pytest.mark.parametrize("carrier", CARRIERS.values(), ids=CARRIERS)
def test_a_body_that_the_page_carries_as_data_is_read(carrier: Callable[[str], str]) -> None:
    page = read_html(_page(f"<ul>{MENU}</ul>" + carrier(PARAGRAPHS)))
    assert [line for line in _kept(page) if line in LINES] == list(LINES)


def test_data_beside_a_body_that_the_page_shows_is_not_printed_again() -> None:
    data = json.dumps({"description": "".join(LINES[1:3])})
    page = read_html(_page(PARAGRAPHS + f'<script type="application/ld+json">{data}</script>'))
    assert page.text.splitlines() == list(LINES)


def test_a_headline_beside_the_body_in_the_data_stands_above_it() -> None:
    data = json.dumps({"news": {"title": LINES[0], "content": "".join(f"<p>{line}</p>" for line in LINES[1:])}})
    page = read_html(f'<html><body><div id="app"></div><script type="application/json">{data}</script></body></html>')
    assert _kept(page) == list(LINES)


def test_directives_to_a_server_print_nothing() -> None:
    head = '<%@ page contentType="text/html;charset=UTF-8" %>\n<%-- made by an editor --%>\n<?php if (1) ?>'
    page = read_html(head + _page('<c:if test="${ok}"><jsp:include page="x"/></c:if>' + PARAGRAPHS))
    assert page.text.splitlines() == list(LINES)


def test_a_directive_that_is_never_closed_is_text() -> None:
    assert "一是强基层" in read_html("<p>一是强基层</p><p>A <% B</p>").text


def test_numbers_of_an_ordered_list_are_printed_unless_the_items_bring_their_own() -> None:
    page = read_html(
        "<ol start=3><li>推进建设</li><li>完善机制</li></ol><ol><li>一、总则</li></ol><ul><li>其他</li></ul>"
    )
    assert page.text.splitlines() == ["3. 推进建设", "4. 完善机制", "一、总则", "其他"]


def test_lines_that_a_style_keeps_are_lines() -> None:
    assert read_html("<pre>第一行\n第二行</pre>").text == "第一行\n第二行\n"
    assert read_html('<div style="white-space: pre-wrap">第一行\n第二行</div>').text == "第一行\n第二行\n"


def test_a_short_article_beside_long_lists_of_links_is_found() -> None:
    links = "".join(f'<li><a href="/{n}">某地第{n}项工程开工建设\uff0c各方表示欢迎</a></li>' for n in range(80))
    page = read_html(_page(f"<ul>{links}</ul><h1>{LINES[0]}</h1><div>{PARAGRAPHS}</div><ul>{links}</ul>"))
    assert not [line for line in _kept(page) if "开工建设" in line]
    assert set(LINES) <= set(_kept(page))


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_a_web_archive_is_its_page(coding: str, charset: str) -> None:
    body = f'<html><head><meta charset="{charset}"></head><body>{PARAGRAPHS}</body></html>'.encode(charset)
    coded = {"quoted-printable": quopri.encodestring(body), "base64": b64encode(body), "8bit": body}[coding]
    archive = (
        b"From: <Saved by a browser>\r\nSubject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n'
        b"----b\r\nContent-Type: text/css\r\n\r\np { }\r\n"
        b"----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: "
        + coding.encode()
        + b"\r\n\r\n"
        + coded
        + b"\r\n----b--\r\n"
    )
    page, decoded = read_page(archive)
    assert page.text.splitlines() == list(LINES)
    assert decoded.encoding == ("gb18030" if charset == "gb2312" else charset)


def test_a_web_archive_without_a_page_is_refused() -> None:
    with pytest.raises(ValueError, match="no page"):
        read_page(
            b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: image/png\n\nx\n--b--\n'
        )


def test_a_page_with_one_bad_byte_is_read_with_the_place_in_it() -> None:
    before, after = _page(PARAGRAPHS).replace("utf-8", "gb2312").split("为主线")
    page, _ = read_page(before.encode("gbk") + b"\xff" + ("为主线" + after).encode("gbk"))
    assert page.text.splitlines()[1] == LINES[1].replace("为主线", "\ufffd为主线")
    assert page.text.splitlines()[2:] == list(LINES[2:])


@pytest.mark.parametrize(
    "sheet",
    [
        "@media (max-width: 800px) { .x { color: red } .art { display: none } }",
        ".art { display: none } .art.active { display: block }",
        "/* .art { display: none } */",
        "@import 'a.css'; .other { display: none }",
    ],
)
def test_a_style_sheet_that_hides_only_sometimes_hides_nothing(sheet: str) -> None:
    other = "<p>另一段文字说明会议情况\uff0c时间和地点另行通知\u3002</p>" * 9
    page = read_html(_page(f"<style>{sheet}</style>{other}<div class='art active'>{PARAGRAPHS}</div>"))
    assert _apart(page, "hidden") == ""


def test_a_style_sheet_hides_by_class_and_id() -> None:
    head = "<style>a { color: red; } .tip, #qr { display: none; }</style>"
    page = read_html(_page(f"{PARAGRAPHS}<p class='x tip'>隐藏的提示</p><p id=qr>扫码关注</p>", head))
    assert _apart(page, "hidden").split() == ["隐藏的提示", "扫码关注"]
