"""A briefing that says anything else than its sources does not verify."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_cli_brief import READOUT
from typer.testing import CliRunner

from summarizer.cli.app import app

Tamper = Callable[[dict[str, Any]], None]


def _run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "readout.txt").write_text(READOUT, encoding="utf-8", newline="")
    _run("brief", "readout.txt", "-o", "b.json")
    return tmp_path / "b.json"


def _tampered(made: Path, tamper: Tamper) -> Any:
    briefing = json.loads(made.read_text(encoding="utf-8"))
    tamper(briefing)
    made.write_text(json.dumps(briefing, ensure_ascii=False), encoding="utf-8")
    return _run("verify", made)


def test_an_honest_briefing_verifies(made: Path) -> None:
    result = _run("verify", made)
    assert result.exit_code == 0
    assert "all hold" in result.stderr


def _first_task(briefing: dict[str, Any]) -> dict[str, Any]:
    task: dict[str, Any] = briefing["documents"][0]["tasks"][0]
    return task


def _first_indicator(briefing: dict[str, Any]) -> dict[str, Any]:
    indicator: dict[str, Any] = briefing["documents"][0]["indicators"][0]
    return indicator


LIES: dict[str, Tamper] = {
    "value": lambda b: _first_indicator(b).update(value=1300),
    "raw value": lambda b: _first_indicator(b).update(raw="1300张"),
    "unit": lambda b: _first_indicator(b).update(unit="个"),
    "indicator name": lambda b: _first_indicator(b).update(name="新增托位"),
    "period": lambda b: _first_indicator(b).update(period="2031年"),
    "base": lambda b: _first_indicator(b).update(base=1100),
    "indicator quote": lambda b: _first_indicator(b)["evidence"].update(quote="新增护理型床位1300张"),
    "indicator offset": lambda b: _first_indicator(b)["evidence"].update(
        start=_first_indicator(b)["evidence"]["start"] - 1
    ),
    "task title": lambda b: _first_task(b).update(title="扩大优质养老供给"),
    "task quote": lambda b: _first_task(b)["evidence"].update(quote="一是"),
    "task marker": lambda b: _first_task(b).update(marker="五是"),
    "lead unit": lambda b: _first_task(b).update(lead=["市民政局"]),
    "deadline": lambda b: _first_task(b).update(deadline="2026年底前"),
    "step": lambda b: _first_task(b)["steps"][0].update(text="新增护理型床位1300张以上"),
    "step of another task": lambda b: _first_task(b).update(steps=b["documents"][0]["tasks"][1]["steps"]),
    "bound": lambda b: _first_indicator(b).update(bound="le"),
    "days of a time": lambda b: _first_indicator(b).update(period_end="2031-01-01"),
    "title": lambda b: b["documents"][0].update(title="另一个会议召开"),
    "published": lambda b: b["documents"][0].update(published="2026-03-04"),
    "meeting date": lambda b: b["documents"][0]["meeting"].update(date="2026-02-13"),
    "hash": lambda b: b["documents"][0].update(sha256="0" * 64),
    "length": lambda b: b["documents"][0]["chars"].update(source=7),
    "dangling task id": lambda b: _first_indicator(b).update(task_id="nowhere.t1"),
    "repeated id": lambda b: b["documents"][0]["tasks"][1].update(id=_first_task(b)["id"]),
    "citation of nothing": lambda b: b.update(overview=[{"text": "一句话\u3002", "cites": ["nowhere.t1"]}]),
    "number without evidence": lambda b: b.update(
        overview=[{"text": "新增1300张\u3002", "cites": [_first_indicator(b)["id"]]}]
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_found(made: Path, lie: str) -> None:
    result = _tampered(made, LIES[lie])
    assert result.exit_code == 4
    assert result.stdout.strip()


def test_a_changed_source_is_found(made: Path) -> None:
    (made.parent / "readout.txt").write_text(READOUT.replace("1200", "1300"), encoding="utf-8", newline="")
    assert _run("verify", made).exit_code == 4


def test_a_missing_source_is_told_apart_from_a_lie(made: Path) -> None:
    (made.parent / "readout.txt").unlink()
    result = _run("verify", made, "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["unreadable"][0]["where"] == "readout.txt"


def test_a_file_that_is_no_briefing_is_named_with_the_place(made: Path) -> None:
    made.write_text('{"schema_version": "1"}', encoding="utf-8")
    result = _run("verify", made)
    assert "b.json" in str(result.exception)
