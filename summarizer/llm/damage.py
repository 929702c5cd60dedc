"""Damage that no error tells of: an answer that runs in circles or into white space, a question that was not read whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["PartlyRead", "Reading", "blank_tail", "repeats", "usual_tokens"]

_BLANK = 64
"""White space at the end of an answer that was cut: more than any indentation has."""

_TAIL = 4000
_TIMES = 5
_LONGEST_UNIT = 600
"""An answer runs in circles when one piece of at most so many characters stands so often one behind the other at its end."""

_LEAST_EXPECTED = 400
"""Below so many tokens a chat template alone makes counts incomparable."""

_LEAST_PER_CHINESE = 0.4
_LEAST_PER_OTHER = 0.12
"""No vocabulary in use makes fewer tokens of a text: 0.55 to 1.5 a Chinese character, 0.2 to 0.4 another one, measured over
o200k_base, cl100k_base and the vendors' own statements (DeepSeek: 0.6 and 0.3)."""

_PER_CHINESE = 0.7
_PER_OTHER = 0.3
"""What vocabularies make of a text on average, for the figure that is told."""

_SHRUNK = 0.6
"""Counts of two questions of one kind differ by a fifth between texts; below this share something was left out."""


def blank_tail(text: str) -> bool:
    """Whether the text ends in white space that goes on and on."""
    return len(text) - len(text.rstrip()) >= _BLANK


def repeats(text: str) -> bool:
    """Whether the end of the text is one piece over and over (what a loop printed before it was cut)."""
    tail = text[-_TAIL:]
    for size in range(1, min(_LONGEST_UNIT, len(tail) // _TIMES) + 1):
        unit = tail[-size:]
        times = max(_TIMES, 80 // size + 1)  # a row of some dots or equal digits is no circle
        if len(tail) >= size * times and tail.endswith(unit * times):
            return True
    return False


@dataclass(frozen=True, slots=True)
class PartlyRead:
    """The endpoint's own count of a question, and about how many tokens it has."""

    read: int
    expected: float

    def __str__(self) -> str:
        return (
            f"the endpoint read {self.read:,} of about {self.expected:,.0f} tokens: it cuts what is longer than its context in "
            "silence, and the answer is to a part of the question. Give it a larger context, or say the one it has (context "
            "in the profile), and ask again with --cache refresh"
        )


def _characters(text: str) -> tuple[int, int]:
    """Chinese characters (with their punctuation) and others: the former take three bytes of UTF-8, the latter mostly one.

    Counted this way a text costs microseconds; a pattern over it takes a thousand times as long.
    """
    chinese = min((len(text.encode("utf-8", "surrogatepass")) - len(text)) // 2, len(text))
    return chinese, len(text) - chinese


def usual_tokens(text: str) -> int:
    """About how many tokens vocabularies make of a text: no count, but the same for every model, and quick."""
    chinese, other = _characters(text)
    return round(chinese * _PER_CHINESE + other * _PER_OTHER)


class Reading:
    """What one endpoint and model is known to count, learned from answer to answer."""

    def __init__(self) -> None:
        self._share = 0.0

    def judge(self, texts: Sequence[str], reported: int) -> PartlyRead | None:
        """Judge a question of these texts, of which ``reported`` tokens were read.

        Two signs count: fewer tokens than any vocabulary makes of such a text, and a much smaller share of what is usual than
        other questions to this endpoint had. ``reported`` 0 is no report.
        """
        usual = sum(map(usual_tokens, texts))
        if not reported or usual < _LEAST_EXPECTED:
            return None
        least = 0.0
        for chinese, other in map(_characters, texts):
            least += chinese * _LEAST_PER_CHINESE + other * _LEAST_PER_OTHER
        share = reported / usual
        shrunk = self._share > 0 and share < self._share * _SHRUNK
        self._share = max(self._share, share)
        if reported >= least and not shrunk:
            return None
        return PartlyRead(reported, round(usual * (self._share if shrunk else 1), -2))
