"""A printed list of contents is no part of the text; the headings in the text stay."""

from __future__ import annotations

from summarizer.source.clean import clean
from summarizer.source.text import SourceText

HEADINGS = ["一、总体要求", "\uff08一\uff09指导思想", "二、重点任务", "三、保障措施"]
BODY = "\n".join(f"{heading}\n围绕{heading[2:]}开展工作\uff0c按期完成各项目标\u3002" for heading in HEADINGS)


def _printed(text: str) -> str:
    return clean(SourceText("a.txt", "0", "text/plain", "utf-8", text)).text


def test_lines_with_dots_and_page_numbers_go_with_their_heading() -> None:
    contents = "\n".join(f"{heading}{'.' * 30}{page}" for page, heading in enumerate(HEADINGS, 1))
    assert _printed(f"某市规划\n目  录\n{contents}\n{BODY}\n") == f"某市规划\n{BODY}\n"


def test_an_entry_that_wraps_goes_too() -> None:
    contents = "一、总体要求……………1\n二、以高质量发展为主线\n推进各项重点任务……………2\n三、保障措施 …… 9\n"
    assert "……" not in _printed(f"目录\n{contents}{BODY}\n")
    assert "以高质量发展为主线" not in _printed(f"目录\n{contents}{BODY}\n")


def test_headings_that_stand_again_below_a_list_of_contents_go_once() -> None:
    printed = _printed("某市规划\n目录\n" + "\n".join(HEADINGS) + "\n" + BODY + "\n")
    assert printed == f"某市规划\n{BODY}\n"


def test_two_lines_with_dots_are_no_list() -> None:
    text = "甲项目......3\n乙项目......5\n" + BODY + "\n"
    assert _printed(text) == text


def test_a_list_of_names_with_the_word_contents_in_the_text_stays() -> None:
    text = "目录\n项目甲\n项目乙\n项目丙\n" + BODY + "\n"
    assert _printed(text) == text
