"""How a run keeps an endpoint busy: documents read, asked about, proven and written, beside clients that only ask.

    python eval/bench/flight.py [--documents N] [--requests N] [--rounds N] [--peers PYTHON] [--recorded N]

By default 300 documents that come to 628 requests, an endpoint in a process of its own that takes 200 ms, 64 in flight. The
peers get the same requests, built beforehand, and nothing to read; they run with the Python given by ``--peers``. Of
several rounds, in turns, the median is shown. ``--recorded`` answers are then taken from the store instead, beside the
same documents by the rules alone.

- wall / bound: over the larger of requests × 200 ms / 64 and the CPU time of all processes over the cores.
- in flight: requests at the endpoint, as it counts them, averaged over the time in which at least 64 were wanted; in
  brackets from the first to the last that was sent.
- gaps: how late the event loop that holds the connections comes to a timer of 1 ms, p99 and the longest; in brackets the
  CPU time of its rounds, which others on the machine do not lengthen.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flight_texts import write_documents

HERE = Path(__file__).resolve().parent
AT_ONCE, SECONDS = 64, 0.2
PEERS = ("openai (aiohttp, raw response, prebuilt schema)", "openai (raw response, prebuilt schema)", "litellm")
OWN = ("summarizer extract", "summarizer client alone", "aiohttp alone (the floor)")

Figures = dict[str, float]


@contextmanager
def endpoint(timeline: Path) -> Iterator[str]:
    """Start the endpoint; the value is its base URL. On leaving it writes when requests came and went."""
    command = [sys.executable, str(HERE / "flight_server.py"), str(SECONDS), str(timeline)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
            process.wait()


def measure(python: str, name: str, folder: Path) -> Figures | None:
    """One contender in a process of its own; None when it cannot run."""
    timeline = folder / "timeline.json"
    with endpoint(timeline) as url:
        command = [python, str(HERE / "flight_contenders.py"), name, url, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name}: missing ({done.stderr.strip().splitlines()[-1:]})", file=sys.stderr)
        return None
    found = json.loads(done.stdout.strip().splitlines()[-1])
    sent, answered = json.loads(timeline.read_text())
    wanted, got = found.pop("wanted"), found.pop("got")
    figures: Figures = found | _in_flight(sent, answered, wanted, got)
    ideal = len(sent) * SECONDS / AT_ONCE
    figures["bound"] = max(ideal, figures["cpu"] / len(os.sched_getaffinity(0)))
    figures["requests"] = len(sent)
    return figures


def _in_flight(sent: list[float], answered: list[float], wanted: list[float], got: list[float]) -> Figures:
    """Averages over time: at the endpoint, while so many were wanted that it could have been full; and at all."""
    changes = sorted(
        [(t, 1, 0) for t in sent]
        + [(t, -1, 0) for t in answered]
        + [(t, 0, 1) for t in wanted]
        + [(t, 0, -1) for t in got]
    )
    flying = asked = 0
    before = sent[0]
    total = busy_time = busy = 0.0
    for moment, fly, ask in changes:
        if before <= moment <= sent[-1]:
            total += flying * (moment - before)
            if asked >= AT_ONCE:
                busy += flying * (moment - before)
                busy_time += moment - before
            before = moment
        flying, asked = flying + fly, asked + ask
    return {
        "in_flight": busy / busy_time if busy_time else 0.0,
        "busy_share": busy_time / (sent[-1] - sent[0]),
        "in_flight_all": total / (sent[-1] - sent[0]),
    }


def compare(documents: int, requests: int, rounds: int, peers: str | None) -> None:
    """Print the table."""
    contenders = [*((name, sys.executable) for name in OWN), *((name, peers) for name in PEERS if peers)]
    results: dict[str, list[Figures]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_documents(folder, documents, requests)
        for _ in range(rounds):
            for contender, python in contenders:
                figures = measure(python, contender, folder)
                if figures is not None:
                    results.setdefault(contender, []).append(figures)
    print(
        f"{documents} documents, {requests} requests of {SECONDS * 1000:.0f} ms, {AT_ONCE} at once; {rounds} rounds;",
        end="",
    )
    print(f" load {os.getloadavg()[0]:.1f} at the end")
    print("| | wall s | CPU s | wall / bound | in flight while wanted (at all) | gaps p99 / max ms (CPU) | sent |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for contender, runs in results.items():
        of = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        ratio = statistics.median(run["wall"] / run["bound"] for run in runs)
        flying = f"{of['in_flight']:.1f} ({of['in_flight_all']:.1f})"
        gaps = f"{of['gap_p99'] * 1000:.1f} / {of['gap_max'] * 1000:.1f}"
        gaps += f" ({of['round_p99'] * 1000:.1f} / {of['round_max'] * 1000:.1f})"
        print(
            f"| {contender} | {of['wall']:.2f} | {of['cpu']:.2f} | {ratio:.2f} | {flying} | {gaps} | {of['requests']:.0f} |"
        )


def recorded(answers: int) -> None:
    """Print what so many recorded answers take beyond the same documents by the rules."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_documents(folder, round(answers * 300 / 628), answers)
        timeline = folder / "timeline.json"
        with endpoint(timeline) as url:
            times: dict[str, Figures] = {}
            for contender in ("recording", "rules", "recorded"):
                command = [sys.executable, str(HERE / "flight_contenders.py"), contender, url, str(folder)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                times[contender] = json.loads(done.stdout.strip().splitlines()[-1])
    rules, replay = times["rules"], times["recorded"]
    print(f"{answers} recorded answers: {replay['wall']:.2f} s, by the rules {rules['wall']:.2f} s,", end=" ")
    print(f"beyond {replay['wall'] - rules['wall']:.2f} s wall, {replay['cpu'] - rules['cpu']:.2f} s CPU")
    print(f"  of that in the process that holds the store: {replay['own_cpu'] - rules['own_cpu']:.2f} s CPU")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--requests", type=int, default=628)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", help="Python of the environment that holds the peers")
    parser.add_argument("--recorded", type=int, default=0, help="also so many answers from the store")
    options = parser.parse_args()
    if options.rounds:
        compare(options.documents, options.requests, options.rounds, options.peers)
    if options.recorded:
        recorded(options.recorded)


if __name__ == "__main__":
    main()
