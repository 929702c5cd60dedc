"""Figures that measure nothing: why a printed quantity is no indicator."""

from __future__ import annotations

import re
from decimal import Decimal

from summarizer.heuristic.approach import Approach, Move
from summarizer.heuristic.lexicon import lexicon
from summarizer.language.quantities import Quantity
from summarizer.language.units import UnitKind

__all__ = ["is_decoy"]

_QUOTED = 14
"""Within quotation marks this close together a figure belongs to a name or slogan: “1571”, “14+1”, “百县千乡”."""
_OPEN = re.compile(r"[“「『《〔【][^”」』》〕】，。；]{0,14}$")
_CLOSE = re.compile(r"[^“「『《〔【，。；]{0,14}?[”」』》〕】]")
_ORDINAL = re.compile(r"(?:第|前|居|列|排名|位次|强|倒数)\D{0,2}$")
_MODIFIER = re.compile(r"级|型|制|版|期|号|线|圈|天免签|免签|岁")
_UNITLESS = re.compile(
    r"(?:比|比值|比例|指数|系数|强度|倍差|总值|经济总量|收入|规模|人口|人次|人数|产值|总额|产量|投资|总量|数|存款|贷款|余额|户|体|值|量)$"
)
_STEP = re.compile(r"(?:大)?(?:百|千)?(?:万|亿|万亿)?元?(?:大关|台阶|大台阶)|[百千万]?亿元?级?$")
_AGE_OF = re.compile(r"(?:寿命|年龄|岁数)[^、，,]{0,16}$")
_AGE_GROUP = re.compile(r"(?:及|（含）)?(?:以上|以下|及以上|及以下)[\u4e00-\u9fff]")
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
        return not (words.durations.search(clause) or words.durations.search(name))
    if kind is UnitKind.AGE:
        return not (_AGE_OF.search(clause) or words.ages.search(name)) or _AGE_GROUP.match(text, end) is not None
    if quantity.raw.endswith("位") and _ORDINAL.search(text, max(0, start - 4), start):
        return True
    if kind is UnitKind.AMOUNT and _MODIFIER.match(text, end):
        return True
    if quantity.unit == "" and kind is UnitKind.RATIO and base is None:
        plain = "/" not in quantity.raw and "分之" not in quantity.raw
        return plain and ((approach.move is Move.NONE and approach.bound is None) or not _UNITLESS.search(name))
    if quantity.chinese and kind is not UnitKind.RATIO and quantity.value < 10:
        return not clause.endswith(_FLOW) or quantity.value == 1
    if _STEP.match(name) or name.endswith(("等", "等等")):
        return True
    return quantity.value <= 30 and words.not_measured.at_end(name) is not None and kind is UnitKind.COUNT
