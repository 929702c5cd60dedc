"""Script: simplified, traditional, or nothing that tells."""

from __future__ import annotations

import pytest

from summarizer.language.fold import simplified
from summarizer.language.script import detect_script


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("全市卫生健康工作会议", "zh-Hans"),
        ("全市衛生健康工作會議", "zh-Hant"),
        ("2026-01-05 12%", None),
        ("一二三", None),
    ],
)
def test_the_script_is_told_by_characters_of_one_script_only(text: str, script: str | None) -> None:
    assert detect_script(text) == script


def test_simplifying_keeps_the_length_so_that_offsets_hold() -> None:
    text = "會議強調，要統籌發展和安全，深化醫藥衛生體制改革。"
    assert simplified(text) == "会议强调，要统筹发展和安全，深化医药卫生体制改革。"
