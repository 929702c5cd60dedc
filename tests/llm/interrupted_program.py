"""A run that test_llm_interrupt.py interrupts: ten answers come, then 64 calls stay open. Prints what the caller kept."""

from __future__ import annotations

import asyncio
import signal
import sys
from dataclasses import replace
from typing import Any

from answer_gathering import gather_answers
from llm_helpers import profile, question
from server import ModelServer, Reply, echo

from summarizer.exchange import Answer
from summarizer.llm.client import Client

CALLS = 64


async def _run(kept: dict[int, Answer]) -> None:
    told: list[bool] = []

    def tell() -> None:
        # The ten that are answered make room for ten more; both must have happened, in whatever order.
        if len(kept) == 10 and server.count >= 10 + CALLS and not told:
            told.append(True)
            print("open", flush=True)

    def script(number: int, body: dict[str, Any]) -> Reply:
        asyncio.get_running_loop().call_soon(tell)
        return replace(echo(body), hang=number >= 10)

    async with ModelServer(script) as server:
        used = profile(server, concurrency=CALLS, timeout=600, rung="json_schema")
        async with Client(used, key=None, count_tokens=len) as asker:
            async for index, answer in gather_answers(asker, (question(f"问{n}") for n in range(1000)), CALLS):
                kept[index] = answer
                tell()


def main() -> int:
    kept: dict[int, Answer] = {}
    try:
        asyncio.run(_run(kept))
    except KeyboardInterrupt:
        print(len(kept), flush=True)
        return 130
    return 0


if __name__ == "__main__":
    # A test run in the background is started with Ctrl-C ignored, and passes that on.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main())
