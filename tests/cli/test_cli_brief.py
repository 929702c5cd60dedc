"""The main job from the command line: what is written where, and what the exit codes say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from summarizer.cli.app import app

READOUT = (
    "2026年全市养老服务工作会议召开\n"
    "发布时间\uff1a2026-02-04 来源\uff1a云溪日报\n"
    "2月3日\uff0c全市养老服务工作会议在云溪召开\u3002会议总结2025年工作\uff0c部署2026年重点任务\u3002\n"
    "会议要求\uff0c2026年重点抓好以下两项工作\u3002\n"
    "一是扩大普惠养老供给\u3002新增护理型床位1200张以上\uff0c失能老年人集中照护补贴覆盖率不低于60%\u3002\n"
    "二是健全居家服务网络\u3002推进家庭养老床位建设\uff0c不得降低服务标准\u3002\n"
)


def _run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "readout.txt"
    path.write_text(READOUT, encoding="utf-8", newline="")
    return path


def test_markdown_goes_to_stdout_without_o(source: Path) -> None:
    result = _run("brief", source)
    assert result.exit_code == 0
    assert result.stdout.startswith("# 简报")
    assert "扩大普惠养老供给" in result.stdout


def test_the_first_screen_names_the_method(source: Path) -> None:
    assert "规则（未使用模型）" in "\n".join(_run("brief", source).stdout.splitlines()[:5])


def test_labels_come_in_english_and_the_source_stays_chinese(source: Path) -> None:
    out = _run("brief", source, "--language", "en").stdout
    assert "### Tasks" in out
    assert "扩大普惠养老供给" in out


def test_several_formats_are_written_in_one_run(source: Path, tmp_path: Path) -> None:
    result = _run("brief", source, "-o", tmp_path / "out/b.md", "-o", tmp_path / "out/b.json")
    assert result.exit_code == 0
    assert result.stdout == ""
    briefing = json.loads((tmp_path / "out/b.json").read_text(encoding="utf-8"))
    assert briefing["schema_version"] == "2"
    assert [task["title"] for task in briefing["documents"][0]["tasks"]] == ["扩大普惠养老供给", "健全居家服务网络"]


def test_every_span_in_the_json_is_the_text(source: Path, tmp_path: Path) -> None:
    _run("brief", source, "-o", tmp_path / "b.json")
    document = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))["documents"][0]
    spans = [item["evidence"] for item in document["tasks"] + document["indicators"]]
    assert len(spans) == 4
    assert all(READOUT[span["start"] : span["end"]] == span["quote"] for span in spans)


def test_an_unknown_format_is_refused_before_any_work(source: Path, tmp_path: Path) -> None:
    result = _run("brief", source, "-o", tmp_path / "b.odt")
    assert result.exit_code != 0
    assert "b.odt" in str(result.exception)


def test_an_unreadable_file_is_named_and_the_others_are_done(source: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    result = _run("brief", tmp_path, "-o", tmp_path / "b.json")
    assert result.exit_code == 3
    assert "broken.pdf" in result.stderr
    briefing = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert len(briefing["documents"]) == 1
    assert [problem["kind"] for problem in briefing["problems"]] == ["unreadable"]


def test_nothing_readable_at_all_is_exit_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.txt").write_bytes(b"")
    assert _run("brief", tmp_path / "empty.txt", "-o", tmp_path / "b.json").exit_code == 2


def test_replay_without_recordings_is_partial_and_the_rules_stand_in(source: Path, tmp_path: Path) -> None:
    result = _run("brief", source, "--method", "replay", "-o", tmp_path / "b.json")
    assert result.exit_code == 3
    briefing = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert briefing["run"]["method"] == "heuristic"
    assert briefing["documents"][0]["coverage"] == {
        "chunks": 1,
        "answered": 0,
        "from_cache": 0,
        "by_heuristic": 1,
        "failed": 1,
    }
    assert [problem["kind"] for problem in briefing["problems"]] == ["missing"]
    assert len(briefing["documents"][0]["tasks"]) == 2


def test_auto_without_endpoint_and_recordings_is_the_rules_without_a_complaint(source: Path, tmp_path: Path) -> None:
    result = _run("brief", source, "-o", tmp_path / "b.json")
    assert result.exit_code == 0
    briefing = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert briefing["run"]["method"] == "heuristic"
    assert briefing["problems"] == []


def test_extract_goes_on_where_it_was_stopped(source: Path, tmp_path: Path) -> None:
    other = tmp_path / "zweite.txt"
    other.write_text(READOUT.replace("云溪", "临川"), encoding="utf-8")
    target = tmp_path / "corpus.jsonl"
    assert _run("extract", source, "-o", target).exit_code == 0
    whole = target.read_bytes()
    target.write_bytes(whole + b'{"id": "cut off in the midd')
    result = _run("extract", source, other, "-o", target)
    assert result.exit_code == 0
    assert "1 written, 1 before" in result.stderr
    lines = target.read_bytes().splitlines(keepends=True)
    assert lines[0] == whole
    assert [json.loads(line)["path"] for line in lines] == [str(source), str(other)]


def test_extract_refuses_a_file_that_is_none_of_its_own(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "notes.jsonl"
    target.write_text("no json\n", encoding="utf-8")
    result = _run("extract", source, "-o", target)
    assert "line 1" in str(result.exception)
    assert target.read_text(encoding="utf-8") == "no json\n"


def test_the_closing_line_says_what_was_written_where(source: Path, tmp_path: Path) -> None:
    result = _run("brief", source, "-o", tmp_path / "b.json", "-o", tmp_path / "b.md")
    (line,) = result.stderr.splitlines()
    assert line.startswith("summarizer: 1 document, 2 tasks, 2 indicators → ")
    assert f"{tmp_path / 'b.json'}, {tmp_path / 'b.md'}" in line
    assert "method heuristic" in line


def test_json_reports_what_was_written_on_stdout_alone(source: Path, tmp_path: Path) -> None:
    report = json.loads(_run("brief", source, "-o", tmp_path / "b.md", "--json").stdout)
    assert (report["written"], report["tasks"], report["exit_code"]) == ([str(tmp_path / "b.md")], 2, 0)
    counts = json.loads(_run("extract", source, "-o", tmp_path / "c.jsonl", "--json").stdout)
    assert (counts["written"], counts["written_to"]) == (1, str(tmp_path / "c.jsonl"))


def test_a_briefing_is_never_written_over_what_it_is_made_from(source: Path, tmp_path: Path) -> None:
    own = tmp_path / "notes.md"
    own.write_text(READOUT, encoding="utf-8")
    result = _run("brief", tmp_path, "-o", own)
    assert "is one of the files to read" in str(result.exception)
    assert own.read_text(encoding="utf-8") == READOUT


def test_extract_passes_over_the_file_that_it_writes(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.txt"  # a name that a folder's listing takes for an input
    assert _run("extract", tmp_path, "-o", out).exit_code == 0
    again = _run("extract", tmp_path, "-o", out)
    assert "out.txt: passed over" in again.stderr
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


def test_a_model_that_is_named_and_cannot_be_asked_is_an_error_and_nothing_is_written(
    source: Path, tmp_path: Path
) -> None:
    for command in (["brief", "-o", tmp_path / "b.json"], ["extract", "-o", tmp_path / "b.jsonl"]):
        result = _run(*command, source, "--model", "m")
        assert "--model needs an endpoint" in str(result.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["readout.txt"]


def test_a_dry_run_says_what_would_be_asked_and_writes_nothing(source: Path, tmp_path: Path) -> None:
    for command in (["brief"], ["extract", "-o", tmp_path / "c.jsonl"]):
        result = _run(*command, source, "--dry-run", "--json")
        assert result.exit_code == 0
        plan = json.loads(result.stdout)
        assert (plan["model"], plan["requests"]) == ("offline-llm-2026-11", 1)
    assert [path.name for path in tmp_path.iterdir()] == ["readout.txt"]


def test_verbose_shows_what_the_stages_log_and_stdout_stays_data(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import logging

    import summarizer.pipeline.analysis as analysis

    quiet = analysis.analyse

    def chatty(*given: Any) -> Any:
        logging.getLogger("summarizer.heuristic").debug("一是\uff1a taken")
        return quiet(*given)

    monkeypatch.setattr(analysis, "analyse", chatty)
    result = _run("brief", source, "-v")
    assert "summarizer: summarizer.heuristic: 一是\uff1a taken" in result.stderr
    assert result.stdout.startswith("# 简报")
    assert "taken" not in _run("brief", source).stderr
