"""The year a text speaks from. The texts are invented."""

from __future__ import annotations

import pytest
from readings import reading_of

from summarizer.reading.year import decide_year

_BODY = "全县着力补齐短板，让群众在家门口看得上病。" * 30


def _year(text: str, *dates: str | None) -> int | None:
    reading = reading_of(text)
    found = decide_year(reading.text, reading.times, dates)
    return found.year if found else None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("云岭县2031年卫生健康工作要点\n" + _BODY, 2031),
        ("关于印发工作要点的通知\n云卫发〔2031〕6号\n" + _BODY, 2031),
        ("工作要点\n2031年1月8日印发\n" + _BODY, 2031),
        ("工作要点\n" + _BODY + "\n云岭县卫生健康局\n2031年3月2日\n", 2031),
        ("基层网底更牢\n" + _BODY + "\n[原文](https://tv.yunling.example/2031/12/25/a1.shtml)", 2031),
    ],
)
def test_the_year_is_printed_in_one_of_these_places(text: str, year: int) -> None:
    assert _year(text) == year


def test_a_date_that_is_known_goes_before_a_year_of_the_title() -> None:
    assert _year("2031年工作要点\n" + _BODY, None, "2030-12-28") == 2030


@pytest.mark.parametrize(
    "text",
    [
        "“十四五”时期，我县床位稳步增加。" + _BODY,
        "到2035年建成健康云岭\n" + _BODY,
        _BODY + "2015年以来持续改善。" + _BODY,
        "根据《关于改进服务的意见》（国办发〔2020〕6号）和省里的部署要求，结合我县基层卫生健康服务的实际情况制定本方案。"
        + _BODY,
    ],
)
def test_a_year_that_is_only_mentioned_decides_nothing(text: str) -> None:
    assert _year(text) is None
