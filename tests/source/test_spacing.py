"""Characters that print nothing go from numbers and words; blanks that part words and columns stay."""

from __future__ import annotations

import pytest

from summarizer.source.clean import clean
from summarizer.source.text import CleanText, SourceText

SPACED = "\u3002".join(f"到 203{n} 年\uff0c新增 {n}00 张床位\uff0c覆盖率达到 9{n}% 以上" for n in range(6)) + "\u3002\n"


def _cleaned(text: str) -> CleanText:
    return clean(SourceText("a.txt", "0", "text/plain", "utf-8", text))


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("覆盖率达到9\u200b5%以上\u3002", "覆盖率达到95%以上\u3002"),
        ("寿命达到79\u200b.\u200b1岁\u3002", "寿命达到79.1岁\u3002"),
        ("\uff08\u200b二\u200b\uff09推进建设\u3002", "\uff08二\uff09推进建设\u3002"),
        ("\ufeff\ufeff工作要点", "工作要点"),
        ("推进\u00ad建设\u200d工作\u3002", "推进建设工作\u3002"),
        ("床位达到7 . 1张\u3002", "床位达到7.1张\u3002"),
        ("床位达到7 .1张\u3002", "床位达到7.1张\u3002"),
        ("床位达到7. 1张\u3002", "床位达到7.1张\u3002"),
        ("床位达到12\u202f500张\u3002", "床位达到12500张\u3002"),
        ("截至 2 0 3 1 年\uff0c共有3家\u3002", "截至 2031 年\uff0c共有3家\u3002"),
        ("关 于 印 发 工 作 要 点 的 通 知", "关于印发工作要点的通知"),
        ("一 、 工 作 回 顾", "一、工作回顾"),
        ("2 0 3 1 年 ， 全 市 床 位 达 到 9 5 张 。", "2031年，全市床位达到95张。"),
    ],
)
def test_what_prints_nothing_goes_from_numbers_and_words(written: str, printed: str) -> None:
    assert _cleaned(f"前文在此\u3002\n{written}\n后文在此\u3002\n").text.splitlines()[1] == printed


@pytest.mark.parametrize(
    "text",
    [
        "床位 120 130 140",
        "张三 李四 王五",
        "字号 大 中 小",
        "2031 年\uff0c全市共有 3 家\u3002",
        "7. 1月底前完成\u3002",
        "发展夜间文旅、低空\u200b旅游\u3002",
        "指标 | 7 | 1",
    ],
)
def test_blanks_between_words_and_columns_stay(text: str) -> None:
    assert _cleaned(f"前文在此\u3002\n{text}\n后文在此\u3002\n").text.splitlines()[1] == text


def test_blanks_around_all_numbers_of_a_text_go() -> None:
    assert _cleaned(SPACED).text == SPACED.replace(" ", "")


def test_a_value_broken_by_zero_width_characters_has_its_span_in_the_source() -> None:
    text = "\uff08一\uff09推进建设\u3002县域覆盖率达到9\u200b5%以上\u3002\n"
    cleaned = _cleaned(text)
    at = cleaned.text.index("95%")
    evidence = cleaned.evidence(at, at + 3)
    assert text[evidence.start : evidence.end] == evidence.quote == "9\u200b5%"
    assert cleaned.unbroken(at, at + 3) == at + 3


@pytest.mark.parametrize("blank", [" ", "\t", "\u3000", "\u00a0", "\u200b"])
def test_a_flood_of_blanks_leaves_a_gap(blank: str) -> None:
    printed = _cleaned(f"前文在此\u3002\n推进建设{blank * 5000}完善机制\u3002\n").text
    assert len(printed) < 30
    assert printed.endswith("完善机制\u3002\n")
