"""The commands: data on stdout, exit codes of the contract, no model needed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from evaluation_samples import annotation, written
from typer.testing import CliRunner, Result

from summarizer.cli.app import app
from summarizer.errors import DataError, UsageError
from summarizer.evaluation.runs import load_run

Call = Callable[..., Result]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run ``summarizer eval`` in a folder with one fixture."""
    monkeypatch.chdir(tmp_path)
    written(tmp_path / "eval")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["eval", *arguments])

    return run


def test_run_writes_the_folder_and_prints_the_table(call: Call, tmp_path: Path) -> None:
    result = call("run", "--split", "dev", "-o", "out")
    assert result.exit_code == 0
    assert "| figure | heuristic |" in result.stdout
    files = {path.name for path in (tmp_path / "out" / "dev").iterdir()}
    assert files == {"run.json", "samples.jsonl", "report.md", "report.html", "junit.xml"}


def test_all_splits_that_have_gold_are_run_by_default(call: Call, tmp_path: Path) -> None:
    written(tmp_path / "eval", split="stress")
    call("run", "-o", "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"dev", "stress"}


def test_json_on_stdout_is_json_alone(call: Call) -> None:
    found = json.loads(call("run", "-o", "out", "--json").stdout)
    assert found["dev"]["documents"] == 1
    assert found["dev"]["figures"]["grounded"]["heuristic"]["value"] == 1


def test_without_recordings_a_replay_fails_in_part_and_says_so(call: Call, tmp_path: Path) -> None:
    result = call("run", "--method", "heuristic", "--method", "replay", "-o", "out")
    assert result.exit_code == 3
    replayed = load_run(tmp_path / "out" / "dev").of("replay")
    assert replayed[0].error is not None
    assert "no" in replayed[0].error
    assert replayed[0].score.tasks.relaxed.tp == 0


def test_report_scores_again_with_the_gold_of_now(call: Call, tmp_path: Path) -> None:
    call("run", "-o", "out")
    before = load_run(tmp_path / "out" / "dev").samples[0].score.tasks.relaxed
    gold = tmp_path / "eval" / "gold" / "dev" / "dongling.json"
    gold.write_text(json.dumps(annotation(tasks=annotation()["tasks"][:1]), ensure_ascii=False), encoding="utf-8")
    assert call("report", "out/dev").exit_code == 0
    after = load_run(tmp_path / "out" / "dev").samples[0].score.tasks.relaxed
    assert after.tp + after.fn == 1 < before.tp + before.fn


def test_a_report_to_be_committed_holds_nothing_but_the_report(call: Call, tmp_path: Path) -> None:
    call("run", "-o", "out")
    assert call("report", "out/dev", "--into", "reports").exit_code == 0
    committed = {path.name: path.read_bytes() for path in (tmp_path / "reports" / "dev").iterdir()}
    assert committed == {name: (tmp_path / "out" / "dev" / name).read_bytes() for name in ("report.md", "report.html")}


def test_compare_of_a_run_with_itself_is_inconclusive(call: Call) -> None:
    call("run", "-o", "a")
    call("run", "-o", "b")
    result = call("compare", "a/dev", "b/dev:heuristic")
    assert result.exit_code == 0
    assert result.stdout.startswith("inconclusive:")
    assert json.loads(call("compare", "a/dev", "b/dev", "--json").stdout)["lost"] == []


def _floors(tmp_path: Path, bound: float) -> None:
    run = load_run(tmp_path / "out" / "dev")
    floor = {"split": "dev", "method": "heuristic", "metric": "grounded", "bound": bound}
    content = {"corpus": {"dev": run.info.corpus}, "floors": [floor]}
    (tmp_path / "eval" / "floors.json").write_text(json.dumps(content), encoding="utf-8")


def test_the_gate_passes_on_held_floors_and_ends_with_4_on_a_broken_one(call: Call, tmp_path: Path) -> None:
    call("run", "-o", "out")
    _floors(tmp_path, 1.0)
    assert call("gate", "out/dev").exit_code == 0
    _floors(tmp_path, 1.1)
    result = call("gate", "out/dev")
    assert result.exit_code == 4
    assert "FAILED dev: heuristic grounded" in result.stdout
    assert 'name="gate"' in (tmp_path / "out" / "dev" / "junit.xml").read_text(encoding="utf-8")


def test_tightening_writes_floors_that_the_run_holds(call: Call, tmp_path: Path) -> None:
    call("run", "-o", "out")
    assert call("gate", "out/dev", "--tighten").exit_code == 0
    floors = json.loads((tmp_path / "eval" / "floors.json").read_text(encoding="utf-8"))
    assert {floor["metric"] for floor in floors["floors"]} >= {"grounded", "indicator_correct_f1"}


def test_the_gate_sees_changed_gold(call: Call, tmp_path: Path) -> None:
    call("run", "-o", "out")
    _floors(tmp_path, 0.0)
    gold = tmp_path / "eval" / "gold" / "dev" / "dongling.json"
    gold.write_text(json.dumps(annotation(decoys=[]), ensure_ascii=False), encoding="utf-8")
    checks = json.loads(call("gate", "out/dev", "--json").stdout)
    assert [check["passed"] for check in checks] == [False, True]


def test_what_is_not_there_is_named(call: Call) -> None:
    for arguments, error in (
        (("run", "--split", "nowhere"), UsageError),
        (("run", "--method", "oracle"), UsageError),
        (("run", "--method", "model"), UsageError),
        (("run", "--folder", "nowhere"), UsageError),
        (("report", "nowhere"), DataError),
        (("compare", "nowhere", "there"), DataError),
        (("gate", "nowhere"), DataError),
    ):
        result = call(*arguments)
        assert isinstance(result.exception, error), arguments


def test_a_run_of_several_methods_must_be_named_in_a_comparison(call: Call) -> None:
    call("run", "--method", "heuristic", "--method", "replay", "-o", "out")
    assert isinstance(call("compare", "out/dev", "out/dev").exception, UsageError)
    assert call("compare", "out/dev:heuristic", "out/dev:replay").exit_code == 0
    assert isinstance(call("compare", "out/dev:nobody", "out/dev:replay").exception, UsageError)


def test_robustness_is_measured_on_request(call: Call, tmp_path: Path) -> None:
    assert call("run", "-o", "out", "--robustness").exit_code == 0
    assert "## Robustness" in (tmp_path / "out" / "dev" / "report.md").read_text(encoding="utf-8")
    call("run", "-o", "out")
    assert "## Robustness" not in (tmp_path / "out" / "dev" / "report.md").read_text(encoding="utf-8")


def test_resume_keeps_what_was_done(call: Call, tmp_path: Path) -> None:
    call("run", "-o", "out")
    before = (tmp_path / "out" / "dev" / "samples.jsonl").read_bytes()
    assert call("run", "-o", "out", "--resume").exit_code == 0
    assert (tmp_path / "out" / "dev" / "samples.jsonl").read_bytes() == before


def test_a_method_written_by_hand_is_no_method(call: Call) -> None:
    for name in ("heuristic:fast", "oracle:one"):
        assert isinstance(call("run", "--method", name).exception, UsageError)


def test_an_overview_written_by_hand_is_what_rouge_is_measured_against(call: Call, tmp_path: Path) -> None:
    reference = tmp_path / "eval" / "gold" / "overview" / "dev.txt"
    reference.parent.mkdir()
    reference.write_text("东岭市部署强化基层、深化医改、发展托育。", encoding="utf-8")
    call("run", "-o", "out")
    rouge = load_run(tmp_path / "out" / "dev").info.overview["heuristic"].rouge_l
    assert rouge is not None
    assert 0 < rouge < 1
