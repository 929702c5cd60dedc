"""The endpoint of the benchmark of runs: the true answer to each chunk after a fixed time, until stdin is closed.

    python eval/bench/flight_server.py SECONDS TIMELINE

Prints its base URL; writes the moments (monotonic seconds) at which requests came and answers went.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from flight_texts import answer_to
from server import ModelServer, Reply, completion

_cached: dict[str, Reply] = {}


async def _serve(seconds: float) -> list[float]:
    sent: list[float] = []

    def script(number: int, body: dict[str, Any]) -> Reply:
        sent.append(time.monotonic())
        text = body["messages"][-1]["content"]
        if text not in _cached:
            _cached[text] = completion(answer_to(text), usage=(1500, 900), delay=seconds)
        return _cached[text]

    async with ModelServer(script, keep=False) as server:
        print(server.base_url, flush=True)
        await asyncio.to_thread(sys.stdin.read)
    return sent


if __name__ == "__main__":
    seconds = float(sys.argv[1])
    sent = asyncio.run(_serve(seconds))
    Path(sys.argv[2]).write_text(json.dumps([sent, [moment + seconds for moment in sent]]))
