"""Radicals that stand for characters: ⽣ ⼈ ⼯ look like 生 人 工 and are other code points.

Fonts that were subset by careless programs give the radical as the character's code; a reader sees no difference.
"""

from __future__ import annotations

import unicodedata

__all__ = ["unify_radicals"]

# The radicals of the supplement that Unicode maps to no character itself, and the simplified characters they look like.
_SUPPLEMENT = {
    "⺁": "厂", "⺄": "乙", "⺈": "刀", "⺊": "卜", "⺌": "小", "⺎": "兀", "⺒": "巳", "⺝": "月", "⺟": "母", "⺠": "民",
    "⺥": "爪", "⺩": "王", "⺪": "疋", "⺬": "示", "⺮": "竹", "⺲": "网", "⺶": "羊", "⺷": "羊", "⺻": "聿", "⺼": "肉",
    "⻁": "虎", "⻄": "西", "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车", "⻌": "辶", "⻑": "長", "⻒": "镸", "⻓": "长",
    "⻔": "门", "⻗": "雨", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马", "⻣": "骨",
    "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙", "⻳": "龟",
}  # fmt: skip
_TABLE = str.maketrans(
    {
        **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},  # Kangxi radicals
        **_SUPPLEMENT,
    }
)


def unify_radicals(text: str) -> str:
    """The text with characters for the radicals that stand for them, one for one."""
    return text.translate(_TABLE)
