"""Same and near-same texts among many: a notice saved twice, or printed by another site with its own furniture.

A text is known by a sketch: the smallest hashes of its runs of characters (bottom-k minhash, Broder 1997). The share of
common hashes among the k smallest of both is an unbiased estimate of how many runs the texts share (Jaccard), with a
standard error of at most 0.5 / √k. Texts are compared only with those that share a band of hashes, so a corpus costs
linear time; a sketch has a fixed size, so it may be kept beside the text and compared later.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from zlib import crc32

__all__ = ["Sketch", "find_duplicates", "resemblance", "sketch"]

_NOT_WORD = re.compile(r"[\W_]+")
_RUN = 9  # characters of a run: an official phrase is shorter, a sentence longer
_SIZE = 192  # hashes of a sketch: an error of 0.036
_LEAST_RUNS = 30  # a shorter text is the same only as a whole
_ALIKE = 0.8  # resemblance from which two texts are the same but for their furniture
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


def find_duplicates(sketches: Iterable[tuple[str, Sketch]], *, alike: float = _ALIKE) -> Mapping[str, str]:
    """Which texts are the same or near-same as an earlier one: the name of each such text → the name of the first.

    ``sketches`` are names (distinct) with their sketches, in the order that decides which text is the first; a text that
    resembles several is given to the one that it resembles most, the earlier of equals. Nothing is said of a text that
    resembles only a duplicate. Cost is linear in the number of texts.
    """
    first: dict[str, str] = {}
    by_whole: dict[int, str] = {}
    kept: dict[str, Sketch] = {}
    bands: defaultdict[int, list[str]] = defaultdict(list)
    for name, own in sketches:
        same = by_whole.get(own.whole)
        if same is None and own.runs >= _LEAST_RUNS:
            near = {other: None for value in own.least[:_BANDS] for other in bands[value]}
            scored = [(resemblance(own, kept[other]), other) for other in near]
            best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
            same = best[1] if best[0] >= alike else None
        if same is not None:
            first[name] = same
            by_whole.setdefault(own.whole, same)
            continue
        by_whole[own.whole] = name
        kept[name] = own
        for value in own.least[:_BANDS]:
            if len(bands[value]) < _CROWD:
                bands[value].append(name)
    return first


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
