"""The words around figures (``data/indicators.toml``), made ready for matching at either end of a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from summarizer.language.tables import Table, Words, load
from summarizer.schema import Bound

__all__ = ["Lexicon", "LexiconTable", "WordSet", "lexicon"]


class WordSet:
    """A set of words with the longest match at either end of a text."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._by_first = _lengths(self._words, 0)
        self._by_last = _lengths(self._words, -1)

    def __contains__(self, word: object) -> bool:
        return word in self._words

    def at_end(self, text: str) -> str | None:
        """The longest word that ``text`` ends with."""
        for length in self._by_last.get(text[-1:], ()):
            if text[-length:] in self._words:
                return text[-length:]
        return None

    def at_start(self, text: str, start: int = 0) -> str | None:
        """The longest word at ``text[start:]``."""
        for length in self._by_first.get(text[start : start + 1], ()):
            if text[start : start + length] in self._words:
                return text[start : start + length]
        return None


def _lengths(words: Iterable[str], place: int) -> dict[str, tuple[int, ...]]:
    """First (or last) character → lengths of the words that have it there, longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for word in words:
        lengths[word[place]].add(len(word))
    return {char: tuple(sorted(found, reverse=True)) for char, found in lengths.items()}


@dataclass(frozen=True)
class Lexicon:
    """Groups of words; what each does is told beside it in the data file."""

    up: WordSet
    down: WordSet
    level: WordSet
    before: Mapping[Bound, WordSet]
    after: Mapping[Bound, WordSet]
    adverbs: WordSet
    light: WordSet
    count_verbs: WordSet
    carried: WordSet
    done_verbs: WordSet
    not_noun: WordSet
    noun_anyway: WordSet
    noun_ends: re.Pattern[str]
    heads: WordSet
    generic: WordSet
    rises: WordSet
    falls: WordSet
    rates: WordSet
    times: re.Pattern[str]
    durations: re.Pattern[str]
    ages: re.Pattern[str]
    not_measured: WordSet
    alone: WordSet
    beside: re.Pattern[str]
    government: re.Pattern[str]
    elsewhere: re.Pattern[str]
    target: re.Pattern[str]
    achieved: re.Pattern[str]
    past_inside_plan: re.Pattern[str]
    target_inside_past: re.Pattern[str]
    binding: WordSet
    expected: WordSet
    added: tuple[str, ...]


class _Change(Table):
    up: Words
    down: Words


class _Level(Table):
    arrive: Words
    stems: Words
    verbs: Words


class LexiconTable(Table):
    """``data/indicators.toml``; the reason of each group says what it does."""

    change: _Change
    level: _Level
    before: dict[Bound, Words]
    after: dict[Bound, Words]
    adverbs: Words
    light: Words
    count_verbs: Words
    carried: Words
    done_verbs: Words
    not_noun: Words
    noun_anyway: Words
    noun_ends: Words
    heads: Words
    generic: Words
    rises: Words
    falls: Words
    rates: Words
    times: Words
    durations: Words
    ages: Words
    not_measured: Words
    alone: Words
    beside: Words
    government: Words
    elsewhere: Words
    target: Words
    achieved: Words
    past_inside_plan: Words
    target_inside_past: Words
    binding: Words
    expected: Words
    added: Words


@cache
def lexicon() -> Lexicon:
    """The one lexicon of the process."""
    table = load(LexiconTable, "indicators.toml")
    changes = (*table.change.up.words, *table.change.down.words)
    arrivals = [stem + to for stem in (*changes, *table.level.stems.words) for to in table.level.arrive.words]
    return Lexicon(
        up=WordSet(table.change.up.words),
        down=WordSet(table.change.down.words),
        level=WordSet([*table.level.verbs.words, *arrivals]),
        before={bound: WordSet(row.words) for bound, row in table.before.items()},
        after={bound: WordSet(row.words) for bound, row in table.after.items()},
        adverbs=WordSet(table.adverbs.words),
        light=WordSet(table.light.words),
        count_verbs=WordSet(table.count_verbs.words),
        done_verbs=WordSet(table.done_verbs.words),
        carried=WordSet(table.carried.words),
        not_noun=WordSet(table.not_noun.words),
        noun_anyway=WordSet(table.noun_anyway.words),
        heads=WordSet(table.heads.words),
        generic=WordSet(table.generic.words),
        rises=WordSet(table.rises.words),
        falls=WordSet(table.falls.words),
        rates=WordSet(table.rates.words),
        not_measured=WordSet(table.not_measured.words),
        alone=WordSet(table.alone.words),
        binding=WordSet(table.binding.words),
        expected=WordSet(table.expected.words),
        added=table.added.words,
        noun_ends=table.noun_ends.pattern,
        times=table.times.pattern,
        durations=table.durations.pattern,
        ages=table.ages.pattern,
        beside=table.beside.pattern,
        government=table.government.pattern,
        elsewhere=table.elsewhere.pattern,
        target=table.target.pattern,
        achieved=table.achieved.pattern,
        past_inside_plan=table.past_inside_plan.pattern,
        target_inside_past=table.target_inside_past.pattern,
    )
