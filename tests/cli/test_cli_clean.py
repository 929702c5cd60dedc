"""``summarizer clean``: data on stdout, as a report, as JSON, or the clean text itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from summarizer.cli.clean import register
from summarizer.errors import SourceError

PAGE = "首页 > 要闻 > 正文\n全市水务工作会议召开\n来源：岭南日报\n会议要求，一是加快河湖治理，完成清淤疏浚80公里。\n责任编辑：方圆\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def run(*arguments: str) -> str:
    app = typer.Typer()
    app.callback()(lambda: None)
    register(app)
    result = CliRunner().invoke(app, ["clean", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_report_names_each_dropped_range_with_its_reason(page: Path) -> None:
    shown = run(str(page))
    assert "navigation" in shown
    assert "来源：岭南日报" in shown
    assert "全市水务工作会议召开" in shown


def test_json_holds_ranges_that_partition_the_source(page: Path) -> None:
    report = json.loads(run(str(page), "--json"))
    ranges = sorted((part["start"], part["end"]) for part in [*report["kept"], *report["dropped"]])
    assert [start for start, _ in ranges] == [0, *(end for _, end in ranges[:-1])]
    assert ranges[-1][1] == len(PAGE) == report["chars"]["source"]
    assert report["facts"]["publisher"] == "岭南日报"


def test_text_prints_the_clean_text_alone(page: Path) -> None:
    assert run(str(page), "--text") == "全市水务工作会议召开\n会议要求，一是加快河湖治理，完成清淤疏浚80公里。\n"


def test_the_help_shows_an_example() -> None:
    assert "Example: summarizer clean" in run("--help")


def test_an_empty_file_is_a_source_error(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    with pytest.raises(SourceError, match="empty"):
        run(str(path))


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_terminal_of_another_encoding_gets_signs_for_what_it_lacks(page: Path, encoding: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "from summarizer.cli import main; main()", "clean", str(page)],
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert b"navigation" in ended.stdout
    assert b"?" in ended.stdout
