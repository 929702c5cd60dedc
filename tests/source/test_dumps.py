"""What programs leave in the texts that they dump goes, the text stays."""

from __future__ import annotations

import pytest

from summarizer.source.clean import clean
from summarizer.source.text import SourceText


def _printed(text: str) -> str:
    return clean(SourceText("a.txt", "0", "text/plain", "utf-8", text)).text


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("<U+00A0><U+00A0>覆盖率达到95%\u3002", "覆盖率达到95%\u3002"),
        ("&nbsp;&nbsp;覆盖率&emsp;达到95%\u3002", "覆盖率达到95%\u3002"),
        ("覆盖率(cid:26)达到95%\u3002", "覆盖率达到95%\u3002"),
        ("覆盖率达到95%\u3002 /enpproperty-->", "覆盖率达到95%\u3002 "),
        ("<p>覆盖率达到<b>95%</b>\u3002</p>", "覆盖率达到95%\u3002"),
        ("<!-- 正文 -->覆盖率达到95%\u3002", "覆盖率达到95%\u3002"),
    ],
)
def test_residue_goes(written: str, printed: str) -> None:
    assert _printed(f"前文在此\u3002\n{written}\n后文在此\u3002\n").splitlines()[1] == printed


def test_breaks_written_out_go_when_the_text_is_full_of_them() -> None:
    assert (
        _printed("一、总则\u3002\\n二、任务\u3002\\r\\n三、保障\u3002\\n")
        == "一、总则\u3002二、任务\u3002三、保障\u3002"
    )
    assert _printed("路径写作C:\\new\u3002\n") == "路径写作C:\\new\u3002\n"


def test_fields_at_the_head_of_a_scraped_file_go_and_their_title_stays() -> None:
    text = "title: 临泽市工作要点\nurl: http://example.org/a.htm\nauthor: 某站\ncontent: \n正文第一段在此\uff0c说明来意\u3002\n"
    assert _printed(text).split() == ["临泽市工作要点", "正文第一段在此\uff0c说明来意\u3002"]


def test_one_word_with_a_colon_is_no_field() -> None:
    text = "title: 临泽市工作要点\n正文第一段在此\uff0c说明来意\u3002\n"
    assert _printed(text) == text


@pytest.mark.parametrize("sign", ["增长<5%", "a<b且b>c", "血压<90/60>"])
def test_signs_of_comparison_are_no_tags(sign: str) -> None:
    assert sign in _printed(f"前文在此\u3002\n指标{sign}\u3002\n后文在此\u3002\n")
