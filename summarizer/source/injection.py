"""Text that speaks to the machine that will read it: orders to forget, fake turns, prompt delimiters, hidden characters.

``injections`` only warns, and whatever asks a model must fence the text so that none of this can act. ``injected_drops``
names what is certain and stands by itself, so that it is not taken for the words of the task before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from summarizer.language.characters import COLONS, STOPS
from summarizer.language.damage import damage

__all__ = ["injections"]

_INVISIBLE = "\u200b-\u200f\u2060-\u2064\ufeff\u00ad"
_SPACE = re.compile(rf"[\s{_INVISIBLE}]+")
# Tag characters spell hidden ASCII, direction overrides hide the order, long runs of zero width encode bits.
_HIDDEN = re.compile(rf"[\U000e0000-\U000e007f]+|[\u202a-\u202e\u2066-\u2069]+|[{_INVISIBLE}]{{8,}}")
_REACH = 8  # characters between a word that points back and its object


@cache
def _order() -> re.Pattern[str]:
    words = damage().injection
    verbs, back, objects = (
        "|".join(map(re.escape, part)) for part in (words.verbs.words, words.back.words, words.objects.words)
    )
    return re.compile(rf"(?:{verbs})(?:{back})[^{STOPS}]{{0,{_REACH}}}?(?:{objects})")


@cache
def _turn() -> re.Pattern[str]:
    return re.compile(
        rf"^[ \t#>*]{{0,8}}({'|'.join(damage().injection.turns.words)})[ \t*]{{0,4}}[{COLONS}]",
        re.MULTILINE | re.IGNORECASE,
    )


def injections(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, detail)`` in source offsets for each kind of attempt found."""
    words = damage().injection
    for mark in words.marks.words:
        if (at := text.find(mark)) >= 0:
            yield at, at + len(mark), f"prompt delimiter: {mark}"
    turns = list(_turn().finditer(text))
    if len({match.group(1).lower() for match in turns}) >= 2:
        yield *turns[0].span(), f"fake turn of a conversation: {turns[0].group().strip()}"
    for match in _HIDDEN.finditer(text):
        yield *match.span(), f"{len(match.group())} hidden character(s), first U+{ord(match.group()[0]):04X}"
        break
    # Character by character: İ is two characters in lower case, which would move all that stand behind it.
    compact = "".join(low if len(low := char.lower()) == 1 else char for char in _SPACE.sub("", text))
    hits = [(at, at + len(phrase)) for phrase in words.phrases.words if (at := compact.find(phrase)) >= 0]
    hits += [match.span() for match in _order().finditer(compact) if not _negated(compact, match.start())]
    if hits:
        places = _places(text, {offset for hit in hits for offset in (hit[0], hit[1] - 1)})
        for start, end in hits:
            yield places[start], places[end - 1] + 1, f"words to a machine: {compact[start:end][:30]}"


def _negated(compact: str, at: int) -> bool:
    return compact[max(0, at - 3) : at].endswith(damage().injection.negations.words)


def _places(text: str, wanted: set[int]) -> dict[int, int]:
    """Source offsets of offsets in the text without white space and invisible characters, in one pass."""
    found: dict[int, int] = {}
    seen = at = 0
    for gap in [*_SPACE.finditer(text), None]:
        stop = gap.start() if gap else len(text)
        for offset in [offset for offset in wanted if seen <= offset < seen + stop - at]:
            found[offset] = at + offset - seen
        seen += stop - at
        at = gap.end() if gap else stop
    return found
