"""Bodies: short forms become full names, places are cut where they begin."""

from __future__ import annotations

import pytest

from summarizer.language.bodies import find_bodies


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        ("据江西省卫健委消息", "江西省", "卫生健康委员会"),
        ("自治区卫生健康委党组书记", "自治区", "卫生健康委员会"),
        ("国家卫生健康委印发", "国家", "卫生健康委员会"),
        ("青海卫生健康委", "青海", "卫生健康委员会"),
        ("重庆市梁平区教育局", "梁平区", "教育局"),
        ("由市人社局牵头", "市", "人力资源和社会保障局"),
        ("国务院办公厅关于", "", "国务院办公厅"),
        ("我代表苏州市人民政府", "苏州市", "人民政府"),
    ],
)
def test_a_body_is_named_in_full_with_its_place(text: str, place: str, name: str) -> None:
    body = next(find_bodies(text))
    assert (body.place, body.name) == (place, name)


def test_the_body_that_speaks_is_told_from_one_that_is_mentioned() -> None:
    mentioned, speaking = find_bodies("会同市财政局制定办法，市教育局局长方明作报告")
    assert (mentioned.speaks, speaking.speaks) == (False, True)


def test_a_body_without_a_place_is_left_out() -> None:
    assert list(find_bodies("卫生健康委员会委员")) == []
