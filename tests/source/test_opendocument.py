"""OpenDocument texts: numbers, changes, hidden words, tables."""

from __future__ import annotations

import pytest
from office_files import make_odt, make_zip

from summarizer.source.opendocument import read_opendocument
from summarizer.source.reader import Limits

_LIST = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-suffix="、" '
    'style:num-format="一, 二, 三, ..."/><text:list-level-style-number text:level="2" style:num-prefix="（" '
    'style:num-suffix="）" style:num-format="一, 二, 三, ..."/></text:list-style>'
)


def _item(text: str, inner: str = "") -> str:
    return f"<text:list-item><text:p>{text}</text:p>{inner}</text:list-item>"


def test_automatic_numbers_are_written_out() -> None:
    inner = f"<text:list>{_item('建站点')}{_item('配医生')}</text:list>"
    body = f'<text:list text:style-name="L">{_item("强基层", inner)}{_item("建高地")}</text:list>'
    assert (
        read_opendocument(make_odt(body, _LIST), Limits()).text
        == "一、强基层\n（一）建站点\n（二）配医生\n二、建高地\n"
    )


def test_changes_are_accepted_in_packages_and_in_flat_files() -> None:
    regions = (
        '<text:tracked-changes><text:changed-region text:id="d"><text:deletion><text:p>旧70%</text:p></text:deletion>'
        '</text:changed-region><text:changed-region text:id="i"><text:insertion/></text:changed-region></text:tracked-changes>'
    )
    package = f'{regions}<text:p>达到<text:change text:change-id="d"/><text:change-start text:change-id="i"/>75%<text:change-end text:change-id="i"/></text:p>'
    assert read_opendocument(make_odt(package), Limits()).text == "达到75%\n"
    flat = f'{regions}<text:p>达到<text:change-start text:change-id="d"/>旧70%<text:change-end text:change-id="d"/>75%</text:p>'
    found = read_opendocument(make_odt(flat), Limits())
    assert found.text == "达到75%\n旧70%\n"
    assert found.furniture[0].reason == "hidden"


def test_hidden_words_notes_and_spaces() -> None:
    style = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    body = (
        '<text:p>床位<text:s text:c="2"/>7.1<text:note><text:note-citation>1</text:note-citation><text:note-body>'
        '<text:p>含康复床位</text:p></text:note-body></text:note>张<text:span text:style-name="H">6.5</text:span></text:p>'
    )
    found = read_opendocument(make_odt(body, style), Limits())
    assert found.text == "床位  7.1张\n6.5\n含康复床位\n"
    assert [one.reason for one in found.furniture] == ["hidden", "note"]


def test_a_table_gives_each_row_its_merged_cells() -> None:
    body = (
        "<table:table><table:table-row><table:table-cell><text:p>托位</text:p></table:table-cell>"
        '<table:table-cell table:number-rows-spanned="2"><text:p>教育局</text:p></table:table-cell></table:table-row>'
        "<table:table-row><table:table-cell><text:p>病房</text:p></table:table-cell><table:covered-table-cell/>"
        "</table:table-row></table:table>"
    )
    assert read_opendocument(make_odt(body), Limits()).text == "托位 | 教育局\n病房 | 教育局\n"


def test_an_encrypted_document_says_so() -> None:
    data = make_zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": "<m><encryption-data/></m>",
            "content.xml": b"\x00\x01",
        }
    )
    with pytest.raises(ValueError, match="encrypted"):
        read_opendocument(data, Limits())


def test_the_exact_form_of_a_label_goes_before_its_parts() -> None:
    space = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    exact = (
        f'<text:list-level-style-number {space} text:level="2" loext:num-list-format="（%2%）" text:display-levels="2" '
    )
    styles = _LIST.replace('<text:list-level-style-number text:level="2" ', exact)
    body = f'<text:list text:style-name="L">{_item("强基层", "<text:list>" + _item("建站点") + "</text:list>")}</text:list>'
    assert read_opendocument(make_odt(body, styles), Limits()).text == "一、强基层\n（一）建站点\n"
