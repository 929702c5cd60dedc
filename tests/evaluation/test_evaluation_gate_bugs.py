"""A bug planted in the rules, in a guard or in a recording makes the gate fail and names what was lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import summarizer.extract.prove_indicators as proving
import summarizer.outline.build as building
from summarizer.cli.app import app
from summarizer.exchange import Answer
from summarizer.language.markers import Marker
from summarizer.recordings.files import FileStore

CHECKOUT = Path(__file__).resolve().parents[2]


def _a_marker_removed(patch: pytest.MonkeyPatch) -> None:
    scan = building.scan_markers

    def without(text: str) -> Iterator[Marker]:
        return (marker for marker in scan(text) if marker.style.name != "is")

    patch.setattr(building, "scan_markers", without)


def _numbers_unchecked(patch: pytest.MonkeyPatch) -> None:
    read = proving.quantity_at

    def off_by_one(*arguments: Any) -> Any:
        found = read(*arguments)
        return found and replace(found, value=found.value + 1)

    patch.setattr(proving, "quantity_at", off_by_one)


def _a_recording_emptied(patch: pytest.MonkeyPatch) -> None:
    get = FileStore.get

    def emptied(self: FileStore, key: str) -> Answer | None:
        answer = get(self, key)
        nothing = json.dumps({"tasks": [], "indicators": [], "instructions_in_text": []})
        return replace(answer, text=nothing) if answer and key.startswith(tuple("01234567")) else answer

    patch.setattr(FileStore, "get", emptied)


@pytest.mark.parametrize("plant", [_a_marker_removed, _numbers_unchecked, _a_recording_emptied])
def test_a_planted_bug_fails_the_gate_with_the_items_named(
    plant: Callable[[pytest.MonkeyPatch], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CHECKOUT)
    plant(monkeypatch)
    run = CliRunner().invoke(app, ["eval", "run", "--split", "dev", "-o", str(tmp_path)])
    assert run.exit_code == 0, run.output
    gate = CliRunner().invoke(app, ["eval", "gate", str(tmp_path / "dev")])
    assert gate.exit_code == 4
    failed = [line for line in gate.output.splitlines() if line.startswith("FAILED")]
    named = [line for line in gate.output.splitlines() if line.startswith("       ")]
    assert failed
    assert any(".txt: " in line and (" missed " in line or " wrong " in line) for line in named)
