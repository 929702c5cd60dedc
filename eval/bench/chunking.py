"""How fast and how well Chinese reports are cut into chunks of 1000 tokens, beside the splitters that others use.

    python eval/bench/chunking.py [--megabytes N] [--rounds N] [--only NAME] [--real FOLDER] [--no-peers]

The peers run in a virtual environment of their own, eval/bench/.venv, which the script makes from requirements-peers.txt when
it is not there; one that cannot run is said to be missing. Texts are invented (chunking_texts.py), or with ``--real`` the
.txt files of a folder. "× count" is the time over that of counting all tokens plainly (encode_ordinary, one thread) in the
same process just before; wall first, then CPU of all threads. Each round of each set of texts runs in a fresh process, and the
median of the rounds is shown. Everyone is given one text after another.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import venv
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from chunking_contenders import CONTENDERS
from chunking_texts import Text, documents, one_document

HERE = Path(__file__).resolve().parent
PEERS = HERE / ".venv"
LIMIT = 1000
_ITEM = re.compile("(?:(?<=[。！？；：\n\u3000 ])|^)[一二三四五六七八九十]{1,2}是")


def peers_python() -> str:
    """The peers' interpreter; makes their environment when there is none."""
    python = PEERS / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not (PEERS / ".ready").exists():
        print("making eval/bench/.venv from requirements-peers.txt", file=sys.stderr)
        venv.create(PEERS, with_pip=True)
        install = [str(python), "-m", "pip", "install", "-q", "-r", str(HERE / "requirements-peers.txt")]
        if subprocess.run(install, check=False).returncode == 0:
            (PEERS / ".ready").touch()
    return str(python)


def real_texts(folder: Path) -> list[Text]:
    """The .txt files of a folder without their line breaks; an item runs from its 一是 to the next of its list."""
    texts = []
    for path in sorted(folder.glob("*.txt")):
        text = "".join(path.read_text(encoding="utf-8").split("\n"))
        starts = [match.start() for match in _ITEM.finditer(text)]
        texts.append(Text(text, tuple((a, b) for a, b in pairwise(starts) if text[b] != "一" or text[b + 1] != "是")))
    return texts


def run(python: str, name: str, texts: Path, rounds: int) -> dict[str, Any] | None:
    """One contender on one set of texts, each round in a process of its own; None when it cannot run."""
    reports: list[dict[str, Any]] = []
    for number in range(rounds):
        judge = str(int(number == rounds - 1))
        command = [python, str(HERE / "chunking_contenders.py"), name, str(texts), str(LIMIT), judge]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name}: missing ({(done.stderr.strip().splitlines() or ['no message'])[-1]})", file=sys.stderr)
            return None
        reports.append(json.loads(done.stdout.strip().splitlines()[-1]))
    return reports[-1] | {kind: statistics.median(report[kind] for report in reports) for kind in ("wall", "cpu")}


def show(name: str, label: str, row: dict[str, Any]) -> None:
    print(
        f"| {name} {row['version']} | {label} | {row['wall']:.2f} | {row['cpu']:.2f} | {row['chunks']} "
        f"| {row['over']} | {row['lost']} | {row['in_sentence']} | {row['in_item']} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--megabytes", type=float, default=20, help="size of the set of documents; the other sets are a quarter"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", help="contenders whose name contains this")
    parser.add_argument("--real", type=Path, help="a folder of .txt files instead of invented texts")
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    if options.real:
        sets = {"real, flat": real_texts(options.real)}
    else:
        size = options.megabytes
        sets = {
            f"{size:g} MB of documents": documents(size),
            f"{size / 4:g} MB flat": documents(size / 4, flat=True),
            f"one of {size / 4:g} MB": one_document(size / 4),
        }
    names = [
        name
        for name in CONTENDERS
        if (options.only or "") in name and (name.startswith("summarizer") or not options.no_peers)
    ]
    print(
        f"chunks of {LIMIT} tokens of o200k_base; {os.cpu_count()} cores; Python {sys.version.split()[0]}; {options.rounds} rounds\n"
    )
    print(
        "| splitter | texts | × count, wall | × count, CPU | chunks | over | lost characters | cuts in a sentence | cuts in an item |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        files = {label: Path(folder) / f"{number}.json" for number, label in enumerate(sets)}
        for label, made in sets.items():
            files[label].write_text(json.dumps([asdict(text) for text in made]), encoding="utf-8")
        for name in names:
            python = sys.executable if name.startswith("summarizer") else peers_python()
            for label, texts in files.items():
                row = run(python, name, texts, options.rounds)
                if row:
                    show(name, label, row)


if __name__ == "__main__":
    main()
