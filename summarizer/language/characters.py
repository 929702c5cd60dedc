"""Characters of Chinese print by what they do: the one place where marks, blanks, numerals and scripts are listed.

Every constant is the inside of a character class: ``f"[{SENTENCE_ENDS}]"``, ``f"[^{CLAUSE_ENDS}\\n]"``. All but those
with a range in them (``DASHES``, ``HAN``, ``SINGLE_NUMBERS``, ``WIDE_DIGITS``) are plain sets of characters too. Full-width
and ASCII marks are different characters; those that look alike are written by code point. What data files may use of it
stands in :data:`FRAGMENTS`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

__all__ = [
    "BLANKS",
    "CLAUSE_BREAKS",
    "CLAUSE_ENDS",
    "CLOSERS",
    "CLOSING_BRACKETS",
    "CLOSING_QUOTES",
    "COLONS",
    "COMMAS",
    "CUTTING_ENDS",
    "DASHES",
    "ENUMERATION_COMMA",
    "FRAGMENTS",
    "FULL_STOP",
    "HAN",
    "NUMERALS",
    "NUMERAL_DIGITS",
    "OPENING_BRACKETS",
    "OPENING_QUOTES",
    "ORDINALS",
    "PAIRS",
    "PHRASE_ENDS",
    "SEMICOLONS",
    "SENTENCE_ENDS",
    "SINGLE_NUMBERS",
    "STOPS",
    "WIDE_COMMA",
    "WIDE_DIGITS",
    "WIDE_SEMICOLON",
    "ZEROS",
    "ZERO_WIDTH",
    "expanded",
]

# ---------------------------------------------------------------- marks that part a text
FULL_STOP = "\u3002"
"""。 and no other stop."""

STOPS = FULL_STOP + "\uff01\uff1f"
"""。！？: end a sentence wherever they stand: 会议在江州召开。"""

SENTENCE_ENDS = STOPS + "!?"
"""With the ASCII forms that careless typing leaves; the ASCII full stop is none, it stands in numbers and addresses."""

CUTTING_ENDS = STOPS + "\u2026"
"""Where a long text may be cut after a sentence; an ellipsis ends what a paywall left of one: 会议强调……"""

WIDE_COMMA = "\uff0c"
WIDE_SEMICOLON = "\uff1b"
COMMAS = WIDE_COMMA + ","
SEMICOLONS = WIDE_SEMICOLON + ";"
COLONS = "\uff1a:"

CLAUSE_ENDS = SEMICOLONS + COLONS + COMMAS
"""End a clause; a number goes on behind the ASCII ones when digits stand on both sides (3,500 and 19:46)."""

ENUMERATION_COMMA = "\u3001"
"""、 parts the members of a list: 看病、住院、转诊."""

PHRASE_ENDS = ENUMERATION_COMMA + "\uff09)》】"
"""Part the members of a list or close an insertion: the last cut before words are torn apart."""

CLAUSE_BREAKS = SENTENCE_ENDS + CLAUSE_ENDS + PHRASE_ENDS + "\uff08(\n\r|\uff5c\t"
"""Stand at the edges of a clause, of a member of a list or of a cell."""

# ---------------------------------------------------------------- pairs
PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("「", "」"), ("『", "』"))
"""Quotation marks and book-title marks: what stands between them is one name or one utterance."""

OPENING_QUOTES = "“\"「『‘'"
CLOSING_QUOTES = "”\"」』’'"
"""Straight ones open and close: “十四五”, \"十四五\", 「十四五」."""

OPENING_BRACKETS = "\uff08(【〔"
CLOSING_BRACKETS = "\uff09)】〕"
"""Round, lenticular and tortoise-shell brackets; the square ones need a backslash in a class and stand where they are used."""

CLOSERS = '”’」』\uff09)》】"'
"""Belong to the sentence whose end they follow: “健康云州建设全面起步。”"""

DASHES = "\\-\u2010-\u2015\u2212\uff0d\u2500"
"""Hyphens, dashes, the minus sign, the full-width hyphen and the box line that stands for a dash."""

# ---------------------------------------------------------------- blanks and what is not seen
BLANKS = " \t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""White space inside a line: the ASCII and the ideographic blank, the tabulator, no-break and typographic spaces."""

ZERO_WIDTH = (
    "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad"
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Characters of no width: joiners, the byte-order mark, soft hyphens, marks of direction."""

# ---------------------------------------------------------------- numbers and script
WIDE_DIGITS = "\uff10-\uff19"
ORDINALS = "一二三四五六七八九十"
"""Numerals that count the items of a list: 一、 to 九十九、."""

ZEROS = "〇零○"
"""Printed forms of a zero written in characters."""

NUMERAL_DIGITS = ZEROS + "一二三四五六七八九"
"""Digits written in characters: 二〇二六."""

NUMERALS = "〇零○一二两三四五六七八九十廿卅百千万亿"
"""Characters of a number written in words: 两千三百, 廿五 (25)."""

SINGLE_NUMBERS = "①-⑳❶-❿➀-➓"
"""Numbers in a circle, one character each."""

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""Chinese characters: the unified block, its extensions, the compatibility ideographs."""

FRAGMENTS: Mapping[str, str] = MappingProxyType(
    {
        # one to three numerals that number an item: 三, 十二, 二十一
        "cn": f"[{ORDINALS}]{{1,3}}",
        # the number of an item in ASCII digits: 3, 12
        "n": r"[1-9]\d?",
        "d": "[1-9]",
        "han": f"[{HAN}]",
        "blank": f"[{BLANKS}]",
        "stop": f"[{STOPS}]",
        "end": f"[{SENTENCE_ENDS}]",
        "year": r"(?:19|20)\d\d",
        # a five-year plan as it is named: 十四五, with or without quotation marks
        "plan": f"[{OPENING_QUOTES}]?十[{ORDINALS}]?五[{CLOSING_QUOTES}]?",
    }
)
"""What ``{name}`` in a pattern of a data file stands for."""

_FRAGMENT = re.compile(r"\{([a-z]+)\}")


def expanded(pattern: str) -> str:
    """A pattern of a data file with each ``{name}`` replaced by its fragment.

    Raises :class:`KeyError` with the name when there is no such fragment.
    """
    return _FRAGMENT.sub(lambda found: FRAGMENTS[found[1]], pattern)
