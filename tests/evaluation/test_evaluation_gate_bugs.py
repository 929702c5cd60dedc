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
from summarizer.cli.exits import Exit
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


def _gate(folder: Path) -> list[tuple[str, list[str]]]:
    """Each check that fails over the split ``dev``, with the items it names."""
    run = CliRunner().invoke(app, ["eval", "run", "--split", "dev", "-o", str(folder)])
    assert run.exit_code in (Exit.DONE, Exit.PARTIAL), run.output  # a text without a recorded answer is a miss
    gate = CliRunner().invoke(app, ["eval", "gate", str(folder / "dev")])
    failed: list[tuple[str, list[str]]] = []
    for line in gate.output.splitlines():
        if line.startswith("FAILED"):
            failed.append((line, []))
        elif line.startswith("       ") and failed:
            failed[-1][1].append(line)
    assert gate.exit_code == (4 if failed else 0)
    return failed


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What fails without any bug: no proof of one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(CHECKOUT)
        return {line for line, _ in _gate(tmp_path_factory.mktemp("sound"))}


@pytest.mark.parametrize("plant", [_a_marker_removed, _numbers_unchecked, _a_recording_emptied])
def test_a_planted_bug_fails_the_gate_with_the_items_named(
    plant: Callable[[pytest.MonkeyPatch], None],
    standing: set[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(CHECKOUT)
    plant(monkeypatch)
    found = [(line, items) for line, items in _gate(tmp_path) if line not in standing]
    assert found
    outcomes = (" missed ", " wrong ", " extra ", " decoy ")
    assert any(".txt: " in item and any(word in item for word in outcomes) for _, items in found for item in items)
