"""Same and near-same texts among many: a notice saved twice, or printed by another site with its own furniture.

A text is known by a sketch: the smallest hashes of its runs of characters (bottom-k minhash, Broder 1997). The share of
common hashes among the k smallest of both is an unbiased estimate of how many runs the texts share (Jaccard), with a
standard error of at most 0.5 / √k. Texts are compared only with those that share a band of hashes, so a corpus costs
linear time; a sketch has a fixed size, so it may be kept beside the text and compared later.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from zlib import crc32

__all__ = ["ALIKE", "KnownTexts", "Sketch", "resemblance", "sketch"]

_NOT_WORD = re.compile(r"[\W_]+")
_RUN = 9  # characters of a run: an official phrase is shorter, a sentence longer
_SIZE = 192  # hashes of a sketch: an error of 0.036
_LEAST_RUNS = 30  # a shorter text is the same only as a whole
ALIKE = 0.8  # resemblance from which two texts are the same but for their furniture
_BANDS = 24  # smallest hashes by which texts meet: above 0.8 they miss with a chance below 1e-16
_CROWD = 64  # texts that share one hash and are compared with each other; more share a form, not a text


@dataclass(frozen=True, slots=True)
class Sketch:
    """``whole`` is the hash of all letters and digits; ``least`` the smallest hashes of the runs, sorted; ``runs`` how many there are."""

    whole: int
    least: tuple[int, ...]
    runs: int


def sketch(text: str) -> Sketch:
    """The sketch of a clean text. White space, punctuation and letter case do not count. Linear in the text."""
    letters = _NOT_WORD.sub("", text).lower()
    codes = memoryview(letters.encode("utf-32-le", "surrogatepass"))  # four bytes a character
    runs = {crc32(codes[4 * at : 4 * (at + _RUN)]) for at in range(len(letters) - _RUN + 1)}
    return Sketch(_hash(letters), tuple(nsmallest(_SIZE, runs)), len(runs))


def resemblance(one: Sketch, other: Sketch) -> float:
    """The estimated share of common runs, 0 to 1; 1.0 exactly for the same letters, 0 where one is too short to tell."""
    if one.whole == other.whole:
        return 1.0
    if min(one.runs, other.runs) < _LEAST_RUNS:
        return 0.0
    both = set(one.least) & set(other.least)
    union = nsmallest(_SIZE, set(one.least) | set(other.least))
    return sum(value in both for value in union) / len(union)


class KnownTexts:
    """Texts by their names, asked whether another one is the same as one of them. Looking and keeping cost the same for any number."""

    def __init__(self, *, alike: float = ALIKE) -> None:
        self._alike = alike
        self._by_whole: dict[int, str] = {}
        self._sketches: dict[str, Sketch] = {}
        self._bands: defaultdict[int, list[str]] = defaultdict(list)

    def find(self, own: Sketch) -> str | None:
        """The name of the text that this one resembles most, the earlier of equals; ``None`` when it resembles none enough."""
        same = self._by_whole.get(own.whole)
        if same is not None or own.runs < _LEAST_RUNS:
            return same
        near = {other: None for value in own.least[:_BANDS] for other in self._bands[value]}
        scored = [(resemblance(own, self._sketches[other]), other) for other in near]
        best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
        return best[1] if best[0] >= self._alike else None

    def keep(self, name: str, own: Sketch) -> None:
        """Know a text from now on, by a name of its own."""
        self._by_whole.setdefault(own.whole, name)
        self._sketches[name] = own
        for value in own.least[:_BANDS]:
            if len(self._bands[value]) < _CROWD:
                self._bands[value].append(name)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
