from __future__ import annotations

import pytest
from chunk_samples import FLAT_LIST, REPORT

from summarizer.chunk.enumerated import outlined, scanned
from summarizer.language.markers import MarkerTable
from summarizer.language.tables import load
from summarizer.outline.model import Item, Outline
from summarizer.schema import MarkerStatus

# A number alone in a table's cell is no enumerator without its table; 一是 behind 年 never begins a line.
_EXAMPLES = [
    (row.name, example)
    for row in load(MarkerTable, "markers.toml").style
    if row.name not in ("cell", "is_of_year")
    for example in row.example
]


@pytest.mark.parametrize(("style", "example"), _EXAMPLES)
def test_every_style_of_the_inventory_is_found_at_the_start_of_a_line(style: str, example: str) -> None:
    assert [unit.start for unit in scanned(f"抓好落实。\n{example}\n")] == [6]


def test_levels_go_by_the_styles_that_the_text_uses() -> None:
    assert [(unit.marker, unit.level) for unit in scanned(REPORT)] == [
        ("一、", 0),
        ("二、", 0),
        ("（一）", 1),
        ("（二）", 1),
    ]
    assert [(unit.marker, unit.level) for unit in scanned(FLAT_LIST)] == [("一是", 1), ("二是", 1), ("三是", 1)]


def test_a_unit_ends_where_the_next_of_its_list_begins() -> None:
    first, second, third = scanned(FLAT_LIST)
    assert (first.end, second.end, third.end) == (second.start, third.start, len(FLAT_LIST))


def test_the_last_of_a_list_ends_before_the_sentence_that_opens_the_next() -> None:
    text = FLAT_LIST + "会议强调：一是压实责任。二是抓好宣传。"
    assert scanned(text)[2].end == len(FLAT_LIST)


def test_numbers_and_words_that_only_look_like_markers_are_none() -> None:
    assert scanned("增长3.5个百分点\uff0c全国第一\uff0c三是之一是要点。其中一、二、三产业协同。") == ()


def test_outline_items_come_flattened_and_in_order() -> None:
    child = Item(6, 8, 12, 1, 1, "一要", "must", MarkerStatus.INTACT)
    parent = Item(0, 2, 12, 1, 0, "一是", "is", MarkerStatus.INTACT, (child,))
    lost = Item(12, 12, 20, 2, 0, None, "is", MarkerStatus.MISSING)
    assert [(unit.marker, unit.level) for unit in outlined(Outline((), (parent, lost)))] == [
        ("一是", 1),
        ("一要", 2),
        ("第2项", 1),
    ]
