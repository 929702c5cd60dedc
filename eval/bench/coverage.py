"""Do the intervals hold what they promise, and does the paired test cry wolf? A simulation with known truth.

    .venv/bin/python eval/bench/coverage.py [--rounds 2000] [--seed 1]

Documents are drawn from a model of how extraction fails: the number of gold items a document is gamma-Poisson, its hit rate
beta (documents differ in difficulty, items of one document share it), false alarms are Poisson and more frequent in hard
documents. Truth is the same figure over a million documents. For the paired test two equally good systems read the same
documents: their difficulty is shared in part, and which system is called A is chance.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from summarizer.evaluation.intervals import Ratios, bootstrap_t, jackknife_t
from summarizer.evaluation.paired import swap_test

SIZES = (12, 30, 60)
FloatArray = np.ndarray


@dataclass(frozen=True)
class World:
    """``rate`` hit rate, ``spread`` intra-document correlation of hits, ``items`` gold items a document on average."""

    rate: float
    spread: float
    items: float


WORLDS = (
    World(0.60, 0.10, 10),
    World(0.80, 0.10, 10),
    World(0.80, 0.10, 30),
    World(0.90, 0.10, 10),
    World(0.90, 0.10, 30),
    World(0.95, 0.10, 12),
)


def documents(world: World, shape: tuple[int, ...], random: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Parts and wholes of micro F1 for documents in an array of ``shape``."""
    rates = difficulty(world, shape, random)
    return judged(world, sizes(world, shape, random), rates, random)


def sizes(world: World, shape: tuple[int, ...], random: np.random.Generator) -> FloatArray:
    return 1 + random.poisson(random.gamma(2, world.items / 2, shape))


def difficulty(world: World, shape: tuple[int, ...], random: np.random.Generator) -> FloatArray:
    weight = 1 / world.spread - 1
    return random.beta(world.rate * weight, (1 - world.rate) * weight, shape)


def judged(
    world: World, items: FloatArray, rates: FloatArray, random: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    hits = random.binomial(items, rates)
    alarms = random.poisson(0.8 * items * (1 - rates))
    return 2.0 * hits, hits + items + alarms + 0.0


def covered(world: World, n: int, rounds: int, random: np.random.Generator) -> dict[str, float]:
    """Share of samples of n documents whose interval holds the truth."""
    parts, wholes = documents(world, (1_000_000,), random)
    truth = parts.sum() / wholes.sum()
    parts, wholes = documents(world, (rounds, n), random)
    inside = {"jackknife-t": 0, "bootstrap-t": 0}
    for index in range(rounds):
        ratios = Ratios(parts[index], wholes[index])
        for name, found in (("jackknife-t", jackknife_t(ratios)), ("bootstrap-t", bootstrap_t(ratios, rounds=600))):
            inside[name] += found is not None and found.low <= truth <= found.high
    return {name: count / rounds for name, count in inside.items()}


def false_alarms(world: World, n: int, rounds: int, random: np.random.Generator) -> float:
    """Share of pairs of equally good systems that the swap test calls different at 0.05."""
    alarms = 0
    for _ in range(rounds):
        items, shared = sizes(world, (n,), random), difficulty(world, (n,), random)
        columns = []
        for _ in "AB":
            rates = np.where(random.random(n) < 0.5, shared, difficulty(world, (n,), random))
            columns += judged(world, items, rates, random)
        alarms += swap_test(np.column_stack(columns), rounds=2000, seed=int(random.integers(2**31))) <= 0.05
    return alarms / rounds


def table(rounds: int, seed: int) -> Iterator[str]:
    """Yield the lines of the Markdown table."""
    yield "| hit rate | spread | items | documents | jackknife-t | bootstrap-t | false alarms of the swap test |"
    yield "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for world in WORLDS:
        for n in SIZES:
            random = np.random.default_rng([seed, n, int(world.rate * 100), int(world.items)])
            share = covered(world, n, rounds, random)
            alarms = false_alarms(world, n, rounds, random)
            yield (
                f"| {world.rate:.2f} | {world.spread:.2f} | {world.items:.0f} | {n} "
                f"| {share['jackknife-t']:.1%} | {share['bootstrap-t']:.1%} | {alarms:.1%} |"
            )


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    for line in table(options.rounds, options.seed):
        print(line, flush=True)


if __name__ == "__main__":
    main()
