"""The words around figures, read once from ``language/data/indicators.toml`` and made ready for suffix matching."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from summarizer.schema import Bound

__all__ = ["Lexicon", "Words", "lexicon"]


class Words:
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

    def pattern(self) -> re.Pattern[str]:
        """A pattern that finds any of the words, longest first."""
        return re.compile("|".join(re.escape(word) for word in sorted(self._words, key=len, reverse=True)))


def _lengths(words: Iterable[str], place: int) -> dict[str, tuple[int, ...]]:
    """First (or last) character → lengths of the words that have it there, longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for word in words:
        lengths[word[place]].add(len(word))
    return {char: tuple(sorted(found, reverse=True)) for char, found in lengths.items()}


@dataclass(frozen=True)
class Lexicon:
    """Groups of words; what each does is told beside it in the data file."""

    up: Words
    down: Words
    level: Words
    before: Mapping[Bound, Words]
    after: Mapping[Bound, Words]
    adverbs: Words
    light: Words
    count_verbs: Words
    carried: Words
    done_verbs: Words
    not_noun: Words
    noun_anyway: Words
    noun_ends: re.Pattern[str]
    heads: Words
    generic: Words
    rises: Words
    falls: Words
    rates: Words
    times: re.Pattern[str]
    durations: re.Pattern[str]
    ages: re.Pattern[str]
    not_measured: Words
    alone: Words
    beside: re.Pattern[str]
    government: re.Pattern[str]
    elsewhere: re.Pattern[str]
    target: re.Pattern[str]
    achieved: re.Pattern[str]
    past_inside_plan: re.Pattern[str]
    target_inside_past: re.Pattern[str]
    binding: Words
    expected: Words


@cache
def lexicon() -> Lexicon:
    """The one lexicon of the process."""
    path = files("summarizer.language") / "data" / "indicators.toml"
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    change, level, comparator, after = data["change"], data["level"], data["comparator"], data["after_noun"]
    arrivals = [stem + to for stem in change["up"] + change["down"] + level["stems"] for to in level["arrive"]]
    status = data["status"]
    return Lexicon(
        up=Words(change["up"]),
        down=Words(change["down"]),
        level=Words(level["words"] + arrivals),
        before={Bound(bound): Words(words) for bound, words in comparator["before"].items()},
        after={Bound(bound): Words(words) for bound, words in comparator["after"].items()},
        adverbs=Words(data["adverbs"]["words"]),
        light=Words(data["light"]["words"]),
        count_verbs=Words(data["count_verbs"]["words"]),
        done_verbs=Words(data["done_verbs"]["words"]),
        carried=Words(data["carried"]["words"]),
        not_noun=Words(after["not_noun"]),
        noun_anyway=Words(after["noun_anyway"]),
        noun_ends=Words(after["ends"]).pattern(),
        heads=Words(data["heads"]["words"]),
        generic=Words(data["heads"]["generic"]),
        rises=Words(data["heads"]["rises"]),
        falls=Words(data["heads"]["falls"]),
        rates=Words(data["heads"]["rates"]),
        times=Words(data["heads"]["times"]).pattern(),
        durations=Words(data["heads"]["durations"]).pattern(),
        ages=Words(data["heads"]["ages"]).pattern(),
        not_measured=Words(data["not_measured"]["nouns"]),
        alone=Words(data["not_measured"]["alone"]),
        beside=Words(data["not_measured"]["beside"]).pattern(),
        government=Words(data["subject"]["government"]).pattern(),
        elsewhere=Words(data["subject"]["elsewhere"]).pattern(),
        target=Words(status["target"]).pattern(),
        achieved=Words(status["achieved"]).pattern(),
        past_inside_plan=Words(status["past_inside_plan"]).pattern(),
        target_inside_past=Words(status["target_inside_past"]).pattern(),
        binding=Words(data["nature"]["binding"]),
        expected=Words(data["nature"]["expected"]),
    )
