"""What the rules cost: megabytes a second, and how often a document is converted and scanned.

    .venv/bin/python eval/bench/rules.py [FOLDER ...] [--rounds 5] [--against CHECKOUT]

Every file of the folders (the fixtures without one) goes from bytes to the document of the rules. Seconds are CPU seconds
of one process, files read beforehand into the page cache, the least and the median of several rounds. Conversions of
script (calls of OpenCC) and scans for numbers and for times are counted in a round of their own, so that counting costs the
others nothing; "passes" are the converted or scanned characters over those of the source, so that a scan of three words is no
scan of the document. ``--against`` measures another checkout with the same files in turn, a process a round each, for a before and
after in one run. No model is asked.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

EVAL = Path(__file__).resolve().parents[1]
SCANS = ("find_quantities", "find_times")
"""Functions that scan a text; they take ``(text, start, end)`` and yield what has an ``end``."""
ROOMS = ("summarizer.pipeline.analysis", "summarizer.pipeline.document", "summarizer.pipeline.walk")
"""Where a checkout may have ``analyse`` and ``by_rules``."""


@dataclass
class Counted:
    """Calls of one function, and the characters it was given or came to see."""

    calls: int = 0
    characters: int = 0


@dataclass
class Counts:
    """All that is counted over a set of files."""

    documents: int = 0
    characters: int = 0
    by_name: dict[str, Counted] = field(default_factory=dict)

    def of(self, name: str) -> Counted:
        return self.by_name.setdefault(name, Counted())


def _function(name: str) -> Callable[..., Any]:
    """A function of the measured checkout, from whichever room has it."""
    for room in ROOMS:
        try:
            found = getattr(importlib.import_module(room), name, None)
        except ModuleNotFoundError:
            continue
        if found is not None:
            return found  # type: ignore[no-any-return]
    raise SystemExit(f"no {name} in {', '.join(ROOMS)}: is this a checkout of the summarizer?")


def document_by_rules() -> Callable[[Path], Any]:
    """The way from a file to the document of the rules."""
    from summarizer.language.themes import load_themes

    analyse, by_rules, themes = _function("analyse"), _function("by_rules"), load_themes(None)

    def made(path: Path) -> Any:
        return by_rules(analyse(path), themes).document

    return made


def files_below(folders: list[Path]) -> list[Path]:
    """Every file that the program reads, by path."""
    from summarizer.errors import SourceError
    from summarizer.source.read import read

    found = []
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        try:
            read(path)
        except SourceError:
            continue
        found.append(path)
    return found


def count(files: list[Path]) -> Counts:
    """One round with counting wrappers; a file that was walked before has built every table."""
    import opencc

    made = document_by_rules()
    made(files[0])
    counts = Counts()
    convert = opencc.OpenCC.convert

    def converted(self: Any, text: str) -> str:
        counted = counts.of("convert")
        counted.calls += 1
        counted.characters += len(text)
        result: str = convert(self, text)
        return result

    setattr(opencc.OpenCC, "convert", converted)  # noqa: B010 - a method put in another's place for this round
    _forget_converter()
    try:
        for name in SCANS:
            _replace(name, counts.of(name))
        for path in files:
            counts.documents += 1
            counts.characters += made(path).chars.source
    finally:
        setattr(opencc.OpenCC, "convert", convert)  # noqa: B010 - as above
        _forget_converter()
    return counts


def _forget_converter() -> None:
    """Let the next conversion take OpenCC's method anew; folding keeps the one it has. Another checkout may keep none."""
    keeper = getattr(importlib.import_module("summarizer.language.fold"), "_converter", None)
    if keeper is not None:
        keeper.cache_clear()


def _replace(name: str, counted: Counted) -> None:
    """Put a counting wrapper wherever a module holds the function."""
    room = {"find_quantities": "summarizer.language.quantities", "find_times": "summarizer.language.dates"}[name]
    scan = getattr(importlib.import_module(room), name)

    def counting(text: str, start: int = 0, end: int | None = None, **more: Any) -> Iterator[Any]:
        counted.calls += 1
        seen, whole = start, len(text) if end is None else min(end, len(text))
        try:
            for found in scan(text, start, end, **more):
                seen = found.end
                yield found
            seen = whole
        finally:
            counted.characters += max(0, seen - start)

    for module in [module for key, module in sys.modules.items() if key.startswith("summarizer.")]:
        if getattr(module, name, None) is scan:
            setattr(module, name, counting)


def seconds(files: list[Path]) -> float:
    """CPU seconds of one round, tables built before."""
    made = document_by_rules()
    made(files[0])
    begun = time.process_time()
    for path in files:
        made(path)
    return time.process_time() - begun


def _measured(checkout: Path, files: list[Path], what: str) -> Any:
    """Run this script over a checkout in a process of its own; the files go in by stdin."""
    done = subprocess.run(
        [sys.executable, str(Path(__file__).resolve()), "--worker", what],
        input="\n".join(str(path) for path in files),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )
    return json.loads(done.stdout)


def _work(what: str) -> None:
    files = [Path(line) for line in sys.stdin.read().splitlines()]
    if what == "seconds":
        print(json.dumps(seconds(files)))
        return
    counts = count(files)
    scans = {name: [counted.calls, counted.characters] for name, counted in counts.by_name.items()}
    print(json.dumps({"documents": counts.documents, "characters": counts.characters, **scans}))


def _rows(files: list[Path], checkouts: dict[str, Path], rounds: int) -> Iterator[str]:
    size = sum(path.stat().st_size for path in files) / 1e6
    taken: dict[str, list[float]] = {name: [] for name in checkouts}
    for _ in range(rounds):
        for name, checkout in checkouts.items():
            taken[name].append(_measured(checkout, files, "seconds"))
    yield f"{len(files)} files, {size:.3f} MB, {rounds} rounds"
    yield ""
    yield "| checkout | MB/s best | MB/s median | conversions / document | passes | number scans / document | passes | time scans / document | passes |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, checkout in checkouts.items():
        counts = _measured(checkout, files, "counts")
        documents, characters = counts["documents"], counts["characters"]
        speed = [f"{size / t:.3f}" for t in (min(taken[name]), statistics.median(taken[name]))]
        often = [
            cell
            for scan in ("convert", *SCANS)
            for calls, seen in [counts.get(scan, (0, 0))]
            for cell in (f"{calls / documents:.1f}", f"{seen / characters:.2f}")
        ]
        yield f"| {' | '.join([name, *speed, *often])} |"


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="What the rules cost.")
    parser.add_argument("folders", nargs="*", type=Path, help="folders of texts; the fixtures by default")
    parser.add_argument("--rounds", type=int, default=5, help="timed rounds of each checkout")
    parser.add_argument("--against", type=Path, help="another checkout, measured in turn with this one")
    parser.add_argument("--worker", choices=("seconds", "counts"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        _work(options.worker)
        return 0
    splits = [EVAL / "fixtures" / split for split in ("documents", "dev", "test", "stress")]
    files = files_below(options.folders or splits)
    if not files:
        print("no readable file there", file=sys.stderr)
        return 2
    checkouts = {"this": EVAL.parent}
    if options.against is not None:
        checkouts = {"other": options.against.resolve(), **checkouts}
    for row in _rows([path.resolve() for path in files], checkouts, options.rounds):
        print(row)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
