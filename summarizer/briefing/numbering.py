"""Numbers of headings and days in Chinese characters."""

from __future__ import annotations

__all__ = ["in_characters"]

_NUMERALS = "〇一二三四五六七八九"


def in_characters(number: int) -> str:
    """A number of 1 to 99 as a heading prints it: 一, 十, 二十一."""
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _NUMERALS[tens]) + "十" if tens else "") + (_NUMERALS[ones] if ones else "")
