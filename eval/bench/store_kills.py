"""Kill a run again and again and count what it asks: no answer that had arrived is paid for twice.

    .venv/bin/python eval/bench/store_kills.py [--kills 100] [--requests 500] [--seed 1] [--json]

This process is the server: it answers a line of JSON with a line of JSON and counts. The run is a process of its own, a
:class:`RecordedAsker` over a local store with 16 requests at a time. The server ends it with SIGKILL, at a random moment
after a random number of requests (or of nothing at all), and starts it anew on the same store until it finishes. Then:
each request was seen once, plus once for each kill that met it under way; at no kill were more under way than the run
asks at a time; and the result equals that of an undisturbed run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import signal
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from summarizer.exchange import Answer, ChatRequest, Message, Outcome, Usage
from summarizer.recordings.asker import Mode, RecordedAsker
from summarizer.recordings.key import key_of
from summarizer.recordings.local import LocalStore

_AT_A_TIME = 16
_LATENCY_S = (0.005, 0.1)
"""Shortest and longest answer, so that kills meet requests of every age."""
_MOMENT_S = 0.02
"""Longest time from the request that calls the kill to the kill."""
_STARTING_S = 0.4
"""Kills that wait for no request fall into this time after the start: the import, the opening of the store."""


def request(number: int) -> ChatRequest:
    """Return the run's request of this number."""
    return ChatRequest("model-a", (Message("user", f"第{number}段:推进医保支付方式改革,覆盖{number}个统筹地区。"),))


@dataclass
class Report:
    """What was seen. ``repeated`` is the number of requests beyond the first of each."""

    kills: int = 0
    kills_before_a_request: int = 0
    requests: int = 0
    seen: int = 0
    repeated: int = 0
    in_flight_at_kills: int = 0
    most_in_flight: int = 0
    recorded_at_kills: list[set[str]] = field(default_factory=list, repr=False)
    same_result: bool = False
    faults: list[str] = field(default_factory=list)


class Server:
    """Answers and counts; calls ``on_request`` when a request has come."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.seen: Counter[str] = Counter()
        self.by_run: defaultdict[int, set[str]] = defaultdict(set)
        self.until_kill = -1
        self.kill = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer each line of one connection."""
        try:
            while line := await reader.readline():
                question = json.loads(line)
                self.seen[question["key"]] += 1
                self.by_run[question["run"]].add(question["key"])
                self.until_kill -= 1
                if self.until_kill == 0:
                    self.kill.set()
                await asyncio.sleep(self._chance.uniform(*_LATENCY_S))
                writer.write(json.dumps({"text": f"答：{question['text']}"}).encode() + b"\n")
                await writer.drain()
        except ConnectionError:
            pass  # the run was killed
        finally:
            writer.close()


class LineAsker:
    """Asks the server, 16 requests at a time."""

    def __init__(self, port: int, number: int) -> None:
        self._port = port
        self._run = number
        self._free = asyncio.Semaphore(_AT_A_TIME)

    async def ask(self, question: ChatRequest) -> Answer:
        """Return the server's answer."""
        async with self._free:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
            line = {"run": self._run, "key": key_of(question), "text": question.messages[0].content}
            writer.write(json.dumps(line).encode() + b"\n")
            answer = json.loads(await reader.readline())
            writer.close()
            return Answer(Outcome.ANSWERED, text=answer["text"], finish_reason="stop", usage=Usage(10, 10))


async def run(port: int, folder: Path, requests: int, number: int) -> None:
    """Ask all requests and write the result: what the killed process does."""
    asker = RecordedAsker(LineAsker(port, number), LocalStore(folder), Mode.RECORD)
    answers = await asyncio.gather(*(asker.ask(request(number)) for number in range(requests)))
    (folder / "result.json").write_text(json.dumps([answer.text for answer in answers], ensure_ascii=False))


Begin = Callable[[int], Awaitable[asyncio.subprocess.Process]]


async def start(port: int, folder: Path, requests: int, number: int) -> asyncio.subprocess.Process:
    """Start the run as a process."""
    given = ["--port", str(port), "--folder", str(folder), "--requests", str(requests), "--run", str(number)]
    return await asyncio.create_subprocess_exec(sys.executable, __file__, *given)


async def killed_run(
    server: Server, begin: Begin, folder: Path, reach: int, chance: random.Random, report: Report
) -> bool:
    """Start the run and kill it; return whether it had finished before."""
    before_requests = chance.random() < 0.1
    server.kill.clear()
    server.until_kill = -1 if before_requests else chance.randint(1, reach)
    process = await begin(report.kills)
    ended = asyncio.create_task(process.wait())
    called = asyncio.create_task(server.kill.wait())
    moment = chance.uniform(0, _STARTING_S) if before_requests else chance.uniform(0, _MOMENT_S)
    if before_requests:
        await asyncio.wait([ended], timeout=moment)
    else:
        await asyncio.wait([ended, called], return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait([ended], timeout=moment)
    called.cancel()
    if process.returncode is not None:
        return True
    process.send_signal(signal.SIGKILL)
    await ended
    report.kills += 1
    report.recorded_at_kills.append(set(LocalStore(folder).keys()))
    return False


async def measure(folder: Path, kills: int, requests: int, seed: int) -> Report:
    """Run undisturbed, then with kills, and compare."""
    chance = random.Random(seed)
    report = Report(requests=requests)
    server = Server(seed)
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    calm, disturbed = folder / "calm", folder / "disturbed"
    await (await start(port, calm, requests, -1)).wait()
    if server.seen.total() != requests:
        report.faults.append(f"the undisturbed run asked {server.seen.total()} times")
    server.seen.clear()
    begin = partial(start, port, disturbed, requests)
    reach = _AT_A_TIME + requests // kills
    finished = False
    while report.kills < kills and not finished:
        finished = await killed_run(server, begin, disturbed, reach, chance, report)
    if not finished:
        await (await begin(kills)).wait()
    listening.close()
    in_flight = [len(server.by_run[number] - kept) for number, kept in enumerate(report.recorded_at_kills)]
    report.in_flight_at_kills, report.most_in_flight = sum(in_flight), max(in_flight)
    report.kills_before_a_request = sum(not server.by_run[number] for number in range(report.kills))
    report.seen = server.seen.total()
    report.repeated = report.seen - len(server.seen)
    report.same_result = (calm / "result.json").read_bytes() == (disturbed / "result.json").read_bytes()
    check(report, server, LocalStore(disturbed), kills)
    return report


def check(report: Report, server: Server, store: LocalStore, kills: int) -> None:
    """Add to the report what is not as it must be."""
    wanted = {key_of(request(number)) for number in range(report.requests)}
    rules = {
        f"only {report.kills} of {kills} kills before the run was done": report.kills == kills,
        "the server did not see exactly the requests of the run": set(server.seen) == wanted,
        "a request was repeated that was not under way at a kill": report.repeated == report.in_flight_at_kills,
        f"more than {_AT_A_TIME} requests were under way": report.most_in_flight <= _AT_A_TIME,
        "the result differs from that of the undisturbed run": report.same_result,
        "the store does not hold each answer": set(store.keys()) == wanted,
        "the store is damaged": not list(store.verify()),
    }
    report.faults += [fault for fault, holds in rules.items() if not holds]


def main() -> None:
    """Measure and print, or be the run that is killed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--requests", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--json", action="store_true")
    options.add_argument("--port", type=int, help=argparse.SUPPRESS)
    options.add_argument("--run", type=int, help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.port is not None:
        asyncio.run(run(given.port, given.folder, given.requests, given.run))
        return
    with tempfile.TemporaryDirectory() as temporary:
        report = asyncio.run(measure(Path(temporary), given.kills, given.requests, given.seed))
    figures = {name: value for name, value in asdict(report).items() if name != "recorded_at_kills"}
    if given.json:
        print(json.dumps(figures, indent=1))
    else:
        for name, value in figures.items():
            print(f"{name:24} {value}")
    sys.exit(1 if report.faults else 0)


if __name__ == "__main__":
    main()
