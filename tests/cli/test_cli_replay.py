"""The committed recordings answer everything the example documents ask: the network is refused, nothing is missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from summarizer.cli.app import app

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _in_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)


def _replayed(out: Path) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["brief", "eval/fixtures/documents", "--method", "replay", "-o", str(out)])
    assert result.exit_code == 0, result.output
    briefing: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return briefing


def test_the_example_briefing_is_the_models_and_verifies(tmp_path: Path) -> None:
    briefing = _replayed(tmp_path / "b.json")
    assert briefing["run"]["method"] == "replay"
    assert briefing["run"]["cache"]["misses"] == 0
    assert all(document["coverage"]["failed"] == 0 for document in briefing["documents"])
    assert briefing["overview"]
    verified = CliRunner().invoke(app, ["verify", str(tmp_path / "b.json"), "--root", str(CHECKOUT)])
    assert verified.exit_code == 0, verified.output


def test_two_replays_differ_in_nothing_but_time(tmp_path: Path) -> None:
    one, other = _replayed(tmp_path / "a.json"), _replayed(tmp_path / "b.json")
    for briefing in (one, other):
        briefing.pop("created_at")
        briefing["run"].pop("elapsed_s")
    assert one == other


@pytest.mark.parametrize("split", ["dev", "test", "stress"])
def test_every_fixture_is_answered_from_the_recordings(split: str, tmp_path: Path) -> None:
    out = tmp_path / "documents.jsonl"
    result = CliRunner().invoke(app, ["extract", f"eval/fixtures/{split}", "--method", "replay", "-o", str(out)])
    assert result.exit_code == 0, result.output
    documents = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert sum(document["coverage"]["failed"] for document in documents) == 0
