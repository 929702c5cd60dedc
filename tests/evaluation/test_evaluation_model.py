"""A model beside the rules, live once and replayed after, through the commands."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from evaluation_samples import FIRST, written
from server import ModelServer, completion
from typer.testing import CliRunner

from summarizer.cli.app import app
from summarizer.evaluation.runs import load_run

_TASK = {
    "ordinal": 1,
    "marker": "一是",
    "kind": "task",
    "title": "强化基层",
    "first": FIRST[:8],
    "last": FIRST[-8:],
    "measures": [],
    "lead": [],
    "support": [],
    "deadline": None,
}
_ANSWER = json.dumps({"tasks": [_TASK], "indicators": [], "instructions_in_text": []}, ensure_ascii=False)


@pytest.fixture
def endpoint() -> Iterator[ModelServer]:
    """A model on loopback that knows one task, in a thread of its own."""
    server = ModelServer(lambda number, body: completion(_ANSWER))
    ready, done = threading.Event(), threading.Event()

    async def serve() -> None:
        async with server:
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait()
    yield server
    done.set()
    thread.join()


def test_a_live_model_is_measured_and_then_replayed_without_it(
    endpoint: ModelServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "eval")
    run = ["eval", "run", "--method", "heuristic", "--model", "test-model"]
    live = CliRunner().invoke(app, [*run, "--method", "model", "--base-url", endpoint.base_url, "-o", "live"])
    assert live.exit_code == 0
    asked = endpoint.count
    assert asked > 0
    replayed = CliRunner().invoke(app, [*run, "--method", "replay", "-o", "replayed"])
    assert replayed.exit_code == 0
    assert endpoint.count == asked
    first, second = (
        load_run(tmp_path / folder / "dev").of(method)[0]
        for folder, method in (("live", "model"), ("replayed", "replay"))
    )
    assert first.score == second.score
    assert first.score.tasks.relaxed.tp >= 1
    assert (first.facts.source, second.facts.source) == ("live", "replayed")
    assert first.facts.latency_s is not None
    assert second.facts.latency_s is None
    assert (first.facts.requests, first.facts.input_tokens) == (asked, 100 * asked)
    assert (second.facts.requests, second.facts.input_tokens) == (asked, 100 * asked)
    assert "model" in live.stdout
    assert "replay against heuristic" in replayed.stdout
