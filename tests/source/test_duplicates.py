"""Same and near-same texts are found by sketches of fixed size; other texts of the same form are not."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from summarizer.source.duplicates import KnownTexts, resemblance, sketch


def _notice(seed: int, paragraphs: int = 12) -> str:
    """A text of the usual phrases in an order of its own."""
    draw = random.Random(seed)
    verbs = ["推进", "完善", "加强", "深化", "健全", "优化", "规范", "扩大"]
    things = [
        "养老服务体系",
        "县域医共体",
        "托育服务",
        "职业培训",
        "水利设施",
        "数据共享",
        "基层治理",
        "应急管理",
        "河湖保护",
        "农村道路",
    ]
    lines = [
        f"{draw.choice(verbs)}{draw.choice(things)}建设\uff0c年内新增{draw.randrange(10, 9999)}个\uff0c覆盖率达到{draw.randrange(50, 100)}%\u3002"
        for _ in range(paragraphs)
    ]
    return "\n".join(lines)


def _found(*texts: str) -> dict[str, str]:
    """Each text that is the same as an earlier one, by its number, with the number of that."""
    known, found = KnownTexts(), {}
    for number, text in enumerate(texts):
        own = sketch(text)
        same = known.find(own)
        if same is None:
            known.keep(str(number), own)
        else:
            found[str(number)] = same
    return found


def test_the_same_text_in_other_spacing_and_punctuation_is_the_same() -> None:
    text = _notice(1)
    assert _found(text, text.replace("\uff0c", ", ").replace("\n", "\n\n")) == {"1": "0"}


def test_a_text_with_another_sites_furniture_is_near_same() -> None:
    text = _notice(1, 40)
    reprint = "首页 政务公开 正文\n" + text + "\n责任编辑\uff1a某某 打印 关闭"
    assert _found(text, reprint) == {"1": "0"}


def test_another_text_of_the_same_form_is_another_text() -> None:
    assert _found(*(_notice(seed) for seed in range(60))) == {}


def test_short_texts_are_the_same_only_as_a_whole() -> None:
    assert _found("附件\uff1a表1", "附件\uff1a表2", "附件\uff1a表1") == {"2": "0"}


def test_a_chain_of_copies_names_the_first() -> None:
    text = _notice(3, 40)
    assert _found(text, text + "\n打印", text + "\n打印 关闭") == {"1": "0", "2": "0"}


def test_a_part_of_a_text_is_not_the_text() -> None:
    text = _notice(5, 40)
    assert _found(text, text[: len(text) // 2]) == {}


def test_resemblance_estimates_the_share_of_common_runs() -> None:
    shared, own, others = _notice(7, 60), _notice(8, 30), _notice(9, 30)
    estimate = resemblance(sketch(shared + own), sketch(shared + others))
    assert 0.35 < estimate < 0.65  # 60 of 120 paragraphs


@given(st.lists(st.text(max_size=40), max_size=8))
def test_each_duplicate_names_an_earlier_text_that_is_none_itself(texts: list[str]) -> None:
    found = _found(*texts)
    assert all(int(first) < int(name) and first not in found for name, first in found.items())
