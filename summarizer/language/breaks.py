"""Where Chinese prose may be parted: the marks that end a sentence, a clause or a phrase, and the pairs that stay together.

Full-width and ASCII marks are different characters; those that look alike are written by code point.
"""

from __future__ import annotations

__all__ = ["CLAUSE_BREAKS", "CLAUSE_ENDS", "CLOSERS", "PAIRS", "PHRASE_ENDS", "SENTENCE_ENDS"]

SENTENCE_ENDS = "。！？…"
"""End a sentence wherever they stand: 会议在江州召开。"""

CLAUSE_ENDS = "；：\uff0c;:,"
"""End a clause; a number goes on behind the ASCII ones when digits stand on both sides (3,500 and 19:46)."""

CLAUSE_BREAKS = frozenset(SENTENCE_ENDS + CLAUSE_ENDS + "!?、\n\r（）()|｜\t")
"""Stand at the edges of a clause or of a member of a list."""

PHRASE_ENDS = "、）)》】"
"""Part the members of a list (看病、住院、转诊) or close an insertion: the last cut before words are torn apart."""

CLOSERS = '”’」』）)》】"'
"""Belong to the sentence whose end they follow: “健康云州建设全面起步。”"""

PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("「", "」"), ("『", "』"))
"""Quotation marks and book-title marks: what stands between them is one name or one utterance."""
