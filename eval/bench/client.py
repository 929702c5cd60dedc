"""How fast 1000 structured requests are answered, beside every client that validates answers.

    python eval/bench/client.py [--peers PYTHON] [--requests N] [--rounds N] [--memory]

The endpoint is a process of its own that takes 200 ms; 64 requests are in the air. Peers run with the Python given by
``--peers`` (a virtual environment with openai, instructor, pydantic-ai-slim[openai], litellm, langextract[openai]); one that
is not installed there is said to be missing. Of several rounds, in turns, the median is shown.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONCURRENCY = 64
SECONDS = 0.2
PEERS = (
    "openai raw response, schema prebuilt (aiohttp transport)",
    "openai parse",
    "openai parse (aiohttp transport)",
    "instructor",
    "pydantic-ai",
    "litellm",
    "langextract (validates nothing)",
)


@contextmanager
def endpoint(seconds: float) -> Iterator[str]:
    """Start the endpoint; the value is its base URL."""
    command = [sys.executable, str(HERE / "client_server.py"), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def run(python: str, name: str, url: str, requests: int) -> dict[str, object] | None:
    """One measurement in a process of its own; None when the contender cannot run."""
    command = [python, str(HERE / "client_contenders.py"), name, url, str(requests)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name}: missing ({done.stderr.strip().splitlines()[-1:]})", file=sys.stderr)
        return None
    result: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def compare(peers: str | None, requests: int, rounds: int) -> None:
    """Print the table."""
    ideal = requests * SECONDS / CONCURRENCY
    own = ("aiohttp alone (the floor)", "summarizer")
    contenders = [*((name, sys.executable) for name in own), *((name, peers) for name in PEERS if peers)]
    results: dict[str, list[dict[str, object]]] = {}
    with endpoint(SECONDS) as url:
        for _ in range(rounds):
            for name, python in contenders:
                result = run(python, name, url, requests)
                if result is None:
                    contenders = [pair for pair in contenders if pair[0] != name]
                else:
                    results.setdefault(name, []).append(result)
    print(
        f"{requests} requests, {CONCURRENCY} at once, {SECONDS * 1000:.0f} ms each: ideal {ideal:.2f} s; {rounds} rounds"
    )
    print("| client | wall / ideal | CPU ms a request | versions |\n| --- | --- | --- | --- |")
    for name, runs in results.items():
        wall = statistics.median(float(str(r["wall"])) for r in runs) / ideal
        cpu = statistics.median(float(str(r["cpu"])) for r in runs) / requests * 1000
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {runs[0]['versions']} |")


def memory() -> None:
    """Print the peak memory of short and long runs."""
    with endpoint(0.01) as url:
        for requests in (1000, 20_000):
            result = run(sys.executable, "summarizer", url, requests)
            if result is not None:
                print(f"{requests} requests: peak {int(str(result['peak_kib'])) / 1024:.1f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", help="Python of the environment that holds the peers")
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", action="store_true", help="measure peak memory instead")
    options = parser.parse_args()
    if options.memory:
        memory()
    else:
        compare(options.peers, options.requests, options.rounds)


if __name__ == "__main__":
    main()
