"""Figures that measure nothing: why a printed quantity is no indicator."""

from __future__ import annotations

import re
from decimal import Decimal

from summarizer.figures.approach import Approach, Move
from summarizer.language.lexicon import lexicon
from summarizer.language.quantities import Quantity
from summarizer.language.units import UnitKind, implied_unit

__all__ = ["is_decoy"]

_QUOTED = 14
"""Within quotation marks this close together a figure belongs to a name or slogan: “1571”, “14+1”, “百县千乡”."""
_OPEN = re.compile(r"[“「『《〔【][^”」』》〕】，。；]{0,14}$")
_CLOSE = re.compile(r"[^“「『《〔【，。；]{0,14}?[”」』》〕】]")
_ORDINAL = re.compile(r"(?:第|前|居|列|排名|位次|强|倒数)\D{0,2}$")
_MODIFIER = re.compile(r"内|外|级|型|制|版|期|号|线|圈|天免签|免签|岁")
_UNITLESS = re.compile(
    r"(?:比|比值|比例|指数|系数|强度|倍差|总值|经济总量|收入|规模|人口|人次|人数|产值|总额|产量|投资|总量|数|次|老年人|度|存款|贷款|余额|户|体|值|量)$"
)
_STEP = re.compile(r"(?:大)?[百千]?(?:万亿|万|亿)?元?(?:大关|大?台阶|关口)")
_AGE_OF = re.compile(r"(?:寿命|年龄|岁数)[^、，,]{0,16}$")
_AGE_GROUP = re.compile(r"(?:及|（含）)?(?:以上|以下|及以上|及以下)[\u4e00-\u9fff]")
_OWN_ITEMS = 30
"""Up to so many things a text numbers itself: 以下八项任务, 24个主要指标."""
_SIDES = ("方面", "维度", "层面", "环节")
_ACTIONS = ("行动", "计划", "战略", "机制", "经济圈", "生活圈", "交通圈", "服务圈")
_FRACTION = re.compile(r"/|分之|[:：∶]")
_STREAK = re.compile(r"(?:连续|近|过去|每|持续|为期|今后|未来|第)$")
_FLOW = ("新增", "净增", "新建", "新设", "增加", "建成", "达到", "增至")


def is_decoy(text: str, quantity: Quantity, approach: Approach, name: str, clause: str, base: Decimal | None) -> bool:
    """Whether the figure names, orders, dates or qualifies something instead of measuring it.

    ``name`` is what it would measure, ``clause`` the text from the clause's start to the figure, ``base`` the figure from
    which a change to this one starts.
    """
    start, end, kind = quantity.start, quantity.end, quantity.kind
    words = lexicon()
    if _OPEN.search(text, max(0, start - _QUOTED - 1), start) and _CLOSE.match(text, end, end + _QUOTED + 2):
        return True
    if kind is UnitKind.TIME:
        cues = words.times if quantity.unit == "次" else words.durations
        return bool(_STREAK.search(clause)) or not (cues.search(clause) or cues.search(name))
    if kind is UnitKind.AGE:
        return not (_AGE_OF.search(clause) or words.ages.search(name)) or _AGE_GROUP.match(text, end) is not None
    if quantity.raw.endswith("位") and _ORDINAL.search(text, max(0, start - 4), start):
        return True
    if kind is UnitKind.AMOUNT and _MODIFIER.match(text, end):
        return True
    if quantity.unit == "" and kind is UnitKind.RATIO and base is None:
        return _only_a_number(quantity, approach, name)
    if quantity.chinese and kind is not UnitKind.RATIO and quantity.value < 10:
        return not clause.endswith(_FLOW) or quantity.value == 1
    if (quantity.unit == "个" and _STEP.match(text, end)) or name.endswith(("等", "等等")) or words.beside.search(name):
        return True
    if kind is UnitKind.AMOUNT and name.endswith(_ACTIONS):
        return True
    return (
        kind is not UnitKind.RATIO
        and quantity.value <= _OWN_ITEMS
        and (
            name in words.alone
            or words.not_measured.at_end(name) is not None
            or words.not_measured.at_start(name, 0) in _SIDES
        )
    )


def _only_a_number(quantity: Quantity, approach: Approach, name: str) -> bool:
    """Whether a figure without a unit measures nothing: it needs a name that is a ratio, and a verb where it is no fraction."""
    if quantity.value == 0 or _FRACTION.search(quantity.raw):
        return False
    if implied_unit(name, quantity.raw):
        return False
    led = approach.move is not Move.NONE or approach.bound is not None
    return not _UNITLESS.search(name) or not (led or quantity.raw[-1] in "万亿")
