"""Characters that carry a value, a direction, a negation or an obligation.

Two wordings that differ in one of these say different things, however alike they look. Grounding may repair a quote to
the source's own words only when no such character is part of the difference.
"""

from __future__ import annotations

__all__ = ["CRITICAL", "is_critical"]

_GROUPS: dict[str, str] = {
    # 8897个 / 8997个, 三所 / 五所, 半数, 数百, 十余家
    "digits and numerals": "0123456789.〇零一二两三四五六七八九十百千万亿兆半双几数多余倍番成第",
    # 不得新建 / 新建, 尚未达标 / 达标, 暂缓实施 / 实施
    "negation": "不未没無无非否勿莫禁停免拒止暂缓取消废",
    # 60%以上 / 60%以下, 不低于 / 不高于, 约 / 超
    "comparison": "以上下内外超过低高达至于约近左右大小少最更首唯仅全各每",
    # 提高 / 降低, 增加 / 减少
    "direction": "增减升降扩缩涨跌加",
    # 个百分点 / %, 万户 / 万人, 年 / 月
    "units and time": "%‰℃°年月日时季周天元亩岁个项家所张户人次吨米里度名件例条床座公分点旬底前后末初",
    # 将建成 / 已建成, 应 / 可
    "modality and aspect": "将要应须需必可能拟力争确保已曾完成实现着了过",
}

CRITICAL: frozenset[str] = frozenset("".join(_GROUPS.values()))


def is_critical(character: str) -> bool:
    """Whether a difference in this character may change what is said."""
    return character in CRITICAL or character.isdecimal()
