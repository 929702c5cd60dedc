"""Measure the stores: the local one beside raw SQLite, four processes on one file, a fully recorded run.

    .venv/bin/python eval/bench/store.py [--entries 100000] [--only PART] [--json]

All figures come from one run on one machine; only their differences and ratios carry over to another.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from summarizer.exchange import Answer, ChatRequest, Message, Outcome, ResponseFormat, Usage
from summarizer.recordings.asker import Mode, RecordedAsker
from summarizer.recordings.files import FileStore
from summarizer.recordings.key import key_of
from summarizer.recordings.local import LocalStore
from summarizer.recordings.recording import Provenance, Recording
from summarizer.recordings.store import LayeredStore, Store

_SENTENCE = "加强基层医疗卫生服务能力建设,到2030年每千人口执业医师数提高到3.9人。"
_PROMPT = "从材料中逐项摘录重点任务和主要指标,每一项都引用原文。" * 40
_SCHEMA = {
    "type": "object",
    "properties": {f"field{n}": {"type": "string", "description": "原文中的一段"} for n in range(40)},
}
_CHARACTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
_PROCESSES = 4


def request(number: int) -> ChatRequest:
    """Return a request of the size of a chunk's: a prompt of 1,000 characters, a text of 1,500, a schema of 40 fields.

    The text is of random characters, so that no compression can shine.
    """
    text = f"第{number}段。" + "".join(random.Random(number).choices(_CHARACTERS, k=1500))
    return ChatRequest(
        model="model-a",
        messages=(Message("system", _PROMPT), Message("user", text)),
        parameters={"temperature": 0.0, "max_completion_tokens": 4096},
        response_format=ResponseFormat("items", _SCHEMA),
    )


def recording(number: int) -> Recording:
    """Return a recording with an answer of about 2 KB."""
    text = json.dumps({"tasks": [f"第{number}项:{_SENTENCE}"] + [_SENTENCE] * 17}, ensure_ascii=False)
    answer = Answer(Outcome.ANSWERED, text=text, finish_reason="stop", usage=Usage(1800, 600))
    return Recording.of(request(number), answer, Provenance("bench", "2026-01-01T00:00:00+00:00"))


def microseconds(work: Callable[[str], object], keys: Sequence[str]) -> float:
    """Return the median of the single calls' times."""
    times = []
    for key in keys:
        start = perf_counter()
        work(key)
        times.append(perf_counter() - start)
    return 1e6 * median(times)


def reading(folder: Path, entries: int) -> dict[str, float]:
    """Compare ``LocalStore.get`` with a bare SELECT of the same answers from the same file, in turns."""
    store = LocalStore(folder)
    start = perf_counter()
    for number in range(entries):
        store.put(recording(number))
    put = (perf_counter() - start) / entries * 1e6
    start = perf_counter()
    for number in range(1000):
        recording(number)
    making = (perf_counter() - start) / 1000 * 1e6
    raw = sqlite3.connect(store.path, isolation_level=None)
    keys = list(store.keys())
    random.Random(1).shuffle(keys)
    keys = keys[:20_000]
    select = "SELECT answer FROM recording WHERE key = ?"

    def bare(key: str) -> object:
        return raw.execute(select, (key,)).fetchone()

    microseconds(bare, keys)
    rounds = [(microseconds(bare, keys), microseconds(store.get, keys)) for _ in range(5)]
    raw.close()
    return {
        "entries": entries,
        "put_us": put - making,
        "raw_get_us": median(one for one, _ in rounds),
        "store_get_us": median(other for _, other in rounds),
        "get_added_us": median(other - one for one, other in rounds),
        "bytes_per_entry": store.path.stat().st_size / entries,
    }


def worker(folder: Path, number: int, entries: int) -> None:
    """Put this process's share and read back random entries of all; anything lost or torn ends it with an error."""
    store = LocalStore(folder)
    chance = random.Random(number)
    for entry in range(number, entries, _PROCESSES):
        one = recording(entry)
        store.put(one)
        other = recording(chance.randrange(entries))
        found = store.get(other.key)
        if found is not None and found.text != other.answer.text:
            raise SystemExit(f"torn: {other.key}")
        own = store.get(one.key)
        if own is None or own.text != one.answer.text:
            raise SystemExit(f"lost: {one.key}")


def processes(folder: Path, entries: int) -> dict[str, float]:
    """Let four processes put and get on one new store, then look for each entry."""
    start = perf_counter()
    running = [
        subprocess.Popen(
            [sys.executable, __file__, "--worker", str(n), "--folder", str(folder), "--entries", str(entries)]
        )
        for n in range(_PROCESSES)
    ]
    failed = sum(process.wait() != 0 for process in running)
    elapsed = perf_counter() - start
    store = LocalStore(folder)
    lost = torn = 0
    for number in range(entries):
        one = recording(number)
        found = store.get(one.key)
        lost += found is None
        torn += found is not None and found.text != one.answer.text
    damaged = sum(1 for _ in store.verify())
    return {"processes_failed": failed, "lost": lost, "torn": torn, "damaged": damaged, "wall_s": elapsed}


def recorded_run(store: Store, requests: Sequence[ChatRequest]) -> float:
    """Return the seconds that a run takes in which every request has been recorded."""

    async def run() -> list[Answer]:
        asker = RecordedAsker(None, store, Mode.REPLAY)
        return await asyncio.gather(*(asker.ask(one) for one in requests))

    start = perf_counter()
    answers = asyncio.run(run())
    elapsed = perf_counter() - start
    if not all(answer.from_cache for answer in answers):
        raise SystemExit("a recorded answer was not served")
    return elapsed


def runs(folder: Path) -> dict[str, float]:
    """Time 1,000 recorded requests from files, from the local store, and from both in layers; and a miss among 5,000."""
    files, local = FileStore(folder / "files"), LocalStore(folder / "local")
    empty = FileStore(folder / "empty")
    requests = [request(number) for number in range(1000)]
    for number in range(1000):
        files.put(recording(number))
    for number in range(5000):
        local.put(recording(number))
    start = perf_counter()
    for one in requests:
        key_of(one)
    keys = perf_counter() - start
    result = {"keys_1000_s": keys}
    for name, store in (("files", files), ("local", local), ("layered", LayeredStore(empty, local))):
        result[f"{name}_1000_s"] = median(recorded_run(store, requests) for _ in range(5))
    asker = RecordedAsker(None, local, Mode.REPLAY)
    for name in ("first_miss_of_5000_s", "next_miss_s"):
        start = perf_counter()
        asyncio.run(asker.ask(request(9_000)))
        result[name] = perf_counter() - start
    return result


def main() -> None:
    """Run the measurements and print them."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--entries", type=int, default=100_000)
    options.add_argument("--only", choices=["recorded_run", "reading", "processes"])
    options.add_argument("--json", action="store_true")
    options.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.worker is not None:
        worker(given.folder, given.worker, given.entries)
        return
    parts: dict[str, Callable[[Path], dict[str, float]]] = {
        "recorded_run": runs,
        "reading": lambda folder: reading(folder, given.entries),
        "processes": lambda folder: processes(folder, given.entries),
    }
    with tempfile.TemporaryDirectory() as temporary:
        chosen = [given.only] if given.only else list(parts)
        result = {name: parts[name](Path(temporary, name)) for name in chosen}
    if given.json:
        print(json.dumps(result, indent=1))
        return
    for title, figures in result.items():
        print(title)
        for name, value in figures.items():
            print(f"  {name:24} {value:12.4g}")


if __name__ == "__main__":
    main()
