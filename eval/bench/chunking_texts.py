"""Texts for the chunking benchmark: invented reports in the genre, the same for the same seed.

A text is a title, an opening, a part that looks back and a part that sets work, both with a list 一是…二是…; the ranges of the
list items come with it. ``flat`` leaves every line break out, as pages do that lost their paragraphs.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

_PLACES = ("云州", "江陵湾", "白河", "永宁", "青浦山", "临沂河", "松岭", "海晏", "兴隆", "镇南")
_VERBS = (
    "推进",
    "健全",
    "完善",
    "深化",
    "强化",
    "优化",
    "扩大",
    "统筹",
    "加快",
    "落实",
    "规范",
    "巩固",
    "提升",
    "夯实",
    "畅通",
    "探索",
)
_HEADS = (
    "基层",
    "县域",
    "公立医院",
    "医共体",
    "疾控",
    "中医药",
    "托育",
    "康复",
    "急救",
    "慢病",
    "老年健康",
    "妇幼",
    "精神卫生",
    "医保支付",
    "人才",
    "数智",
)
_TAILS = (
    "服务体系",
    "协作网络",
    "改革试点",
    "能力建设",
    "质量管理",
    "转诊机制",
    "监测预警",
    "应急预案",
    "标准化建设",
    "资源布局",
    "绩效考核",
    "经费保障",
    "信息平台",
    "科研转化",
)
_AIMS = (
    "让群众就近看得好病",
    "守牢安全底线",
    "形成可复制的经验",
    "补齐短板弱项",
    "确保各项任务落地见效",
    "不断增强群众获得感",
    "推动优质资源下沉",
    "实现城乡全覆盖",
)
_FACTS = (
    "新增{what}床位{n}张",
    "轮训{what}骨干{n}人次",
    "建成{what}示范点{m}个",
    "{what}达标率提高到{p}%",
    "{what}费用下降{d}个百分点",
    "到20{y}年底{what}覆盖率达到{p}%",
    "投入{what}资金{d}亿元",
    "印发《{place}{what}管理办法》",
    "开展“{what}进万家”行动",
)
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Text:
    """A text with the half-open ranges of its top-level list items."""

    text: str
    items: tuple[tuple[int, int], ...]


class _Writer:
    def __init__(self, chance: random.Random, between: str) -> None:
        self.chance = chance
        self.between = between
        self.pieces: list[str] = []
        self.length = 0
        self.items: list[tuple[int, int]] = []

    def put(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def clause(self) -> str:
        pick = self.chance.choice
        if self.chance.random() < 0.25:
            return pick(_FACTS).format(
                what=pick(_HEADS), place=pick(_PLACES), n=self.chance.randint(12, 98_000), m=self.chance.randint(2, 480),
                p=self.chance.randint(40, 99), d=round(self.chance.uniform(0.3, 9.9), 1), y=self.chance.randint(26, 35),
            )  # fmt: skip
        if self.chance.random() < 0.2:
            return pick(_AIMS)
        return pick(_VERBS) + pick(_PLACES if self.chance.random() < 0.1 else _HEADS) + pick(_HEADS) + pick(_TAILS)

    def sentence(self) -> str:
        return "，".join(self.clause() for _ in range(self.chance.randint(2, 6))) + "。"

    def paragraph(self) -> None:
        self.put("".join(self.sentence() for _ in range(self.chance.randint(2, 6))) + self.between)

    def enumeration(self) -> None:
        for ordinal in range(self.chance.randint(4, 10)):
            start = self.length
            self.put(f"{_NUMERALS[ordinal]}是{self.clause()}。")
            self.put("".join(self.sentence() for _ in range(self.chance.randint(1, 9))))
            self.items.append((start, self.length))
            self.put(self.between)


def _report(chance: random.Random, between: str, parts: int) -> Text:
    writer = _Writer(chance, between)
    place = chance.choice(_PLACES)
    writer.put(f"{place}市卫生健康工作要点{between}")
    for part in range(parts):
        writer.put(f"会议指出，{writer.sentence()}{between}")
        for _ in range(chance.randint(1, 4)):
            writer.paragraph()
        writer.put(("会议要求，要抓好以下工作。" if part % 2 else "过去一年主要做了以下工作。") + between)
        writer.enumeration()
    return Text("".join(writer.pieces), tuple(writer.items))


def documents(megabytes: float, *, flat: bool = False, seed: int = 26) -> list[Text]:
    """Reports of 1 to 8 parts, together about so many megabytes of UTF-8."""
    chance = random.Random(seed)
    made: list[Text] = []
    size = 0
    while size < megabytes * 1_000_000:
        made.append(_report(chance, "" if flat else "\n", chance.randint(1, 8)))
        size += len(made[-1].text.encode())
    return made


def one_document(megabytes: float, seed: int = 27) -> list[Text]:
    """One report of about so many megabytes."""
    texts = documents(megabytes, seed=seed)
    ranges: list[tuple[int, int]] = []
    offset = 0
    for text in texts:
        ranges += [(start + offset, end + offset) for start, end in text.items]
        offset += len(text.text)
    return [Text("".join(text.text for text in texts), tuple(ranges))]
