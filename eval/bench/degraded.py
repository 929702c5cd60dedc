"""Weaker answers: the recorded ones spoilt in known ways, and what the guards and the cross-check make of them.

    .venv/bin/python eval/bench/degraded.py [SPLIT ...]

Each way spoils a share of the items of every recorded answer, seeded by the request. Shown are F1 of tasks (relaxed) and
indicators (value and unit) beside the whole answers and the rules alone, the share of what is shown that stands in the
source, and how many of the disagreements were told. No model is asked.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from summarizer.evaluation.counts import Counts, Share
from summarizer.evaluation.gold import Gold, load_split
from summarizer.evaluation.scoring import score_documents
from summarizer.exchange import Answer, ChatRequest, Outcome
from summarizer.extract.document import Model
from summarizer.language.themes import load_themes
from summarizer.pipeline.analysis import analyse
from summarizer.pipeline.document import by_model, by_rules
from summarizer.pipeline.model import model_with
from summarizer.recordings.files import FileStore
from summarizer.recordings.key import key_of
from summarizer.schema import Document
from summarizer.settings import load_settings

EVAL = Path(__file__).resolve().parents[1]
Spoil = Callable[[dict[str, Any], random.Random], None]
NUMBER = re.compile(r"\d+\.\d+|\d{3,}")


def lose(answer: dict[str, Any], rng: random.Random) -> None:
    """Leave a tenth of the items out."""
    for name in ("tasks", "indicators"):
        answer[name] = [item for item in answer[name] if rng.random() > 0.1]


def round_values(answer: dict[str, Any], rng: random.Random) -> None:
    """Round the values of every other indicator, in the quote as well."""
    for item in answer["indicators"]:
        if rng.random() < 0.5 and (match := NUMBER.search(item["raw"])):
            rounded = str(round(float(match[0]))) if "." in match[0] else match[0][0] + "0" * (len(match[0]) - 1)
            item["quote"] = item["quote"].replace(match[0], rounded)
            item["raw"] = item["raw"].replace(match[0], rounded)


def shorten(answer: dict[str, Any], rng: random.Random) -> None:
    """Cut every third quote to its value, and every third task's last words off."""
    for item in answer["indicators"]:
        if rng.random() < 0.33:
            item["quote"] = item["raw"]
    for task in answer["tasks"]:
        if rng.random() < 0.33 and task["last"]:
            task["last"] = task["last"][: len(task["last"]) // 2]


def reword(answer: dict[str, Any], rng: random.Random) -> None:
    """Say every third title and quote in other words."""
    for task in answer["tasks"]:
        if rng.random() < 0.33:
            task["title"] = task["title"].replace("推进", "促进").replace("加强", "强化").replace("实施", "开展")
    for item in answer["indicators"]:
        if rng.random() < 0.33:
            item["quote"] = item["quote"].replace("达到", "达").replace("提高到", "提升到").replace("新增", "增加")


def flip(answer: dict[str, Any], rng: random.Random) -> None:
    """Turn every other status round."""
    for item in answer["indicators"]:
        if rng.random() < 0.5:
            item["status"] = {"achieved": "target", "target": "achieved"}[item["status"]]


def melt(answer: dict[str, Any], rng: random.Random) -> None:
    """Make one task of two neighbours, in every answer with more than two."""
    tasks = answer["tasks"]
    if len(tasks) > 2:
        at = rng.randrange(len(tasks) - 1)
        tasks[at]["last"] = tasks[at + 1]["last"]
        del tasks[at + 1]


WAYS: dict[str, Spoil] = {
    "a tenth lost": lose,
    "values rounded": round_values,
    "quotes shortened": shorten,
    "reworded": reword,
    "statuses flipped": flip,
    "two tasks melted": melt,
}


class Spoilt:
    """The recordings, spoilt on the way; a second question gets an empty answer: nothing is won back."""

    def __init__(self, store: FileStore, spoil: Spoil | None) -> None:
        self._store, self._spoil = store, spoil

    async def ask(self, request: ChatRequest) -> Answer:
        """Answer from the store."""
        key = key_of(request)
        answer = self._store.get(key)
        if answer is None:
            return Answer(Outcome.MISSING)
        if self._spoil is None:
            return answer
        if request.attempt:
            return Answer(Outcome.ANSWERED, '{"tasks": [], "indicators": [], "instructions_in_text": []}')
        value = json.loads(answer.text)
        self._spoil(value, random.Random(key))
        return Answer(Outcome.ANSWERED, json.dumps(value, ensure_ascii=False))


class Tally:
    """Sums over documents."""

    def __init__(self) -> None:
        self.tasks, self.indicators, self.wrong, self.status, self.grounded = (
            Counts(),
            Counts(),
            Share(),
            Share(),
            Share(),
        )
        self.told = 0

    def add(self, gold: Gold, document: Document, told: int) -> None:
        """Count one document."""
        score = score_documents(gold, document)
        self.tasks += score.tasks.relaxed
        self.indicators += score.indicators.correct
        self.wrong += score.indicators.wrong_value
        self.status += score.indicators.status
        self.grounded += score.grounded
        self.told += told

    def row(self, name: str) -> str:
        """One line of the table."""
        shown = [self.tasks.f1, self.indicators.f1, self.status.value, self.grounded.value]
        cells = ["–" if value is None else f"{value:.4f}" for value in shown]
        return f"| {name} | {' | '.join(cells)} | {self.wrong.right} of {self.wrong.n} | {self.told} |"


def main() -> None:
    """Print the table over the splits."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("splits", nargs="*", default=["dev", "test"])
    golds = [gold for split in parser.parse_args().splits for gold in load_split(EVAL, split)]
    settings = load_settings({}, {}, EVAL.parent)
    store, themes = FileStore(settings.recordings_folder), load_themes()
    tallies = {name: Tally() for name in ("rules alone", "recorded answers", *WAYS)}
    for gold in golds:
        analysis = analyse(gold.path)
        tallies["rules alone"].add(gold, by_rules(analysis, themes).document, 0)
        for name, spoil in {"recorded answers": None, **WAYS}.items():
            model: Model = model_with(Spoilt(store, spoil), settings.recorded_model, settings)
            result = asyncio.run(by_model(analysis, themes, model))
            tallies[name].add(gold, result.document, len(result.problems))
    print(f"{len(golds)} documents")
    print("| answers | tasks F1 | indicators F1 | status | in the source | wrong values | problems told |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, tally in tallies.items():
        print(tally.row(name))


if __name__ == "__main__":
    main()
