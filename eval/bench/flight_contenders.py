"""One contender of the benchmark of runs, in a process of its own: ``flight_contenders.py NAME BASE_URL FOLDER``.

Prints one JSON line: wall and CPU seconds with all child processes, gaps of the event loop in seconds, and when each
question was wanted and answered (monotonic seconds). Peers read the requests that our own client was given before.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

AT_ONCE = 64
TICK = 0.001

wanted: list[float] = []
got: list[float] = []


class Gaps:
    """How late the loop comes to a timer, measured from when it is entered; and the CPU that each of its rounds takes.

    The first is what a user has, the second does not depend on who else has the cores.
    """

    def __init__(self) -> None:
        self.late: list[float] = []
        self.rounds: list[float] = []

    async def __aenter__(self) -> Gaps:
        self._task = asyncio.create_task(self._tick())
        loop: Any = asyncio.get_running_loop()
        run_once = loop._run_once

        def timed() -> None:
            before = time.thread_time()
            run_once()
            self.rounds.append(time.thread_time() - before)

        loop._run_once = timed
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _tick(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            self.late.append(time.perf_counter() - before - TICK)

    def figures(self) -> dict[str, float]:
        late, rounds = sorted(self.late), sorted(self.rounds)
        return {
            "gap_p99": late[int(len(late) * 0.99)],
            "gap_max": late[-1],
            "round_p99": rounds[int(len(rounds) * 0.99)],
            "round_max": rounds[-1],
        }


def _surprise(apart: object) -> None:
    """Every text of the benchmark is meant to be read."""
    print(apart, file=sys.stderr)


def settings(url: str, folder: Path, *, method: str, cache: str) -> Any:
    from flight_texts import CHUNK_TOKENS

    from summarizer.settings import load_settings

    flags = {
        "method": method, "base_url": url, "model": "bench", "concurrency": AT_ONCE, "cache_mode": cache,
        "cache_folder": folder / "store", "recordings_folder": folder / "none", "chunk_tokens": CHUNK_TOKENS,
    }  # fmt: skip
    return load_settings(flags, {}, folder)


async def extract(url: str, folder: Path, *, method: str = "model", cache: str = "off") -> Gaps:
    """The whole way: documents read, asked about, proven, written."""
    from summarizer.pipeline.corpus import extract_corpus
    from summarizer.pipeline.session import Session

    # The gaps are those of a loop that holds connections: from when the way to the model is open.
    async with Session(settings(url, folder, method=method, cache=cache)) as session, Gaps() as gaps:
        if session.connection is not None:
            answering = session.connection.asker.ask

            async def ask(request: Any) -> Any:
                wanted.append(time.monotonic())
                answer = await answering(request)
                got.append(time.monotonic())
                return answer

            session.connection.asker.ask = ask  # type: ignore[method-assign]
        target = folder / f"out-{method}-{cache}.jsonl"
        target.unlink(missing_ok=True)
        counts = await extract_corpus(session.sources([folder / "texts"], _surprise), target, session)
    assert counts.failed == counts.unreadable == 0, counts
    return gaps


async def keep_busy(ask: Callable[[dict[str, Any]], Awaitable[object]], bodies: list[dict[str, Any]]) -> Gaps:
    """Ask everything, so many at once."""
    waiting = iter(bodies)

    async def work() -> None:
        for body in waiting:
            wanted.append(time.monotonic())
            await ask(body)
            got.append(time.monotonic())

    async with Gaps() as gaps:
        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return gaps


def planned(url: str, folder: Path) -> list[Any]:
    """Our own requests."""
    from summarizer.pipeline.plan import plan_requests
    from summarizer.pipeline.session import Session

    session = Session(settings(url, folder, method="model", cache="off"))
    return list(
        plan_requests(
            session.sources([folder / "texts"], _surprise), session, lambda error: print(error, file=sys.stderr)
        )
    )


async def client_alone(url: str, folder: Path) -> Gaps:
    from summarizer.llm.client import Client

    requests = planned_requests
    chosen = settings(url, folder, method="model", cache="off")
    async with Client(chosen.endpoint, key=None, count_tokens=len) as client:
        await client.ask(requests[0])
        return await keep_busy(client.ask, requests[1:])


async def aiohttp_alone(url: str, folder: Path) -> Gaps:
    import aiohttp

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:

        async def ask(body: dict[str, Any]) -> object:
            async with session.post(f"{url}/chat/completions", json=body) as reply:
                return json.loads(json.loads(await reply.read())["choices"][0]["message"]["content"])

        return await keep_busy(ask, bodies(folder))


async def openai_raw(url: str, folder: Path, *, aiohttp: bool) -> Gaps:
    from openai import AsyncOpenAI, DefaultAioHttpClient

    more: dict[str, Any] = {"http_client": DefaultAioHttpClient()} if aiohttp else {}
    async with AsyncOpenAI(api_key="k", base_url=url, max_retries=0, **more) as client:

        async def ask(body: dict[str, Any]) -> object:
            reply = await client.chat.completions.with_raw_response.create(**body)
            content = json.loads(reply.content)["choices"][0]["message"]["content"]
            return json.loads(content)

        await ask(bodies(folder)[0])
        return await keep_busy(ask, bodies(folder)[1:])


async def litellm_schema(url: str, folder: Path) -> Gaps:
    import litellm

    async def ask(body: dict[str, Any]) -> object:
        given = body | {"model": f"openai/{body['model']}"}
        reply = await litellm.acompletion(api_base=url, api_key="k", num_retries=0, **given)
        return json.loads(reply.choices[0].message.content)

    await ask(bodies(folder)[0])
    return await keep_busy(ask, bodies(folder)[1:])


def bodies(folder: Path) -> list[dict[str, Any]]:
    return json.loads((folder / "bodies.json").read_text(encoding="utf-8"))


CONTENDERS: dict[str, Callable[[str, Path], Awaitable[Gaps]]] = {
    "summarizer extract": extract,
    "summarizer client alone": client_alone,
    "aiohttp alone (the floor)": aiohttp_alone,
    "openai (aiohttp, raw response, prebuilt schema)": lambda url, folder: openai_raw(url, folder, aiohttp=True),
    "openai (raw response, prebuilt schema)": lambda url, folder: openai_raw(url, folder, aiohttp=False),
    "litellm": litellm_schema,
    "recording": lambda url, folder: extract(url, folder, cache="record"),
    "recorded": lambda url, folder: extract(url, folder, cache="auto"),
    "rules": lambda url, folder: extract(url, folder, method="heuristic"),
}

planned_requests: list[Any] = []


def main() -> None:
    name, url, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    if name == "summarizer client alone":
        from summarizer.llm import wire

        planned_requests.extend(planned(url, folder))
        written = [wire.request_body(request, "json_schema") for request in planned_requests]
        (folder / "bodies.json").write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    before = _cpu()
    own, begun = time.process_time(), time.monotonic()
    gaps = asyncio.run(CONTENDERS[name](url, folder))  # type: ignore[arg-type]
    wall = time.monotonic() - begun
    figures = {"wall": wall, "cpu": _cpu() - before, "own_cpu": time.process_time() - own, **gaps.figures()}
    print(json.dumps({**figures, "wanted": wanted, "got": got}))


def _cpu() -> float:
    """CPU seconds of this process and of its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


if __name__ == "__main__":
    os.environ.pop("OPENAI_API_KEY", None)
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # it would fetch a table at import
    main()
