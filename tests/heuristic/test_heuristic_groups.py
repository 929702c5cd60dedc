"""The headlines above a task. The text is invented."""

from __future__ import annotations

from summarizer.heuristic.groups import groups_above
from summarizer.reading.reading import read_clean
from summarizer.source.text import CleanText

_TEXT = (
    "云溪县2031年养老服务工作要点\n"
    "为做好今年工作，制定本要点。\n"
    "一、总体要求\n坚持以人民为中心。\n"
    "二、重点任务\n"
    "（一）扩大供给\n1.新增床位600张。依托卫生院改建。\n2.建设食堂30个。覆盖全部街道。\n"
    "（二）提升质量\n1.培训护理员500人次。年底前完成。\n2.开展等级评定。实行动态管理。\n"
    "三、保障措施\n（一）加强领导。各单位要压实责任。\n（二）加强督查。按月通报进度。\n"
)


def _above(words: str) -> list[tuple[str | None, str]]:
    reading = read_clean(CleanText(_TEXT, ((0, len(_TEXT)),)))
    return [(one.marker, one.title) for one in groups_above(reading, _TEXT.index(words))]


def test_the_headlines_above_come_outermost_first() -> None:
    assert _above("1.新增床位") == [("二、", "重点任务"), ("（一）", "扩大供给")]
    assert _above("2.开展等级") == [("二、", "重点任务"), ("（二）", "提升质量")]


def test_a_headline_is_not_above_itself() -> None:
    assert _above("（二）提升") == [("二、", "重点任务")]


def test_a_part_before_is_not_above() -> None:
    assert _above("（一）加强领导") == [("三、", "保障措施")]


def test_nothing_stands_above_the_opening() -> None:
    assert _above("为做好") == []


def test_a_place_behind_the_enumerator_is_still_the_item_itself() -> None:
    assert _above("新增床位") == [("二、", "重点任务"), ("（一）", "扩大供给")]
