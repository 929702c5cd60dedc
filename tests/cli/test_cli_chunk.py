from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from summarizer.cli.chunk import register

_TEXT = "云州市卫生工作会议召开\n会议要求\uff0c抓好以下工作。" + "".join(
    f"{n}是健全基层网络。推进乡镇卫生院提标扩能\uff0c新增康复床位320张。" for n in "一二三四五六七八"
)


@pytest.fixture
def app() -> typer.Typer:
    made = typer.Typer()
    register(made)
    made.callback()(lambda: None)
    return made


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "会议.txt"
    path.write_text(_TEXT, encoding="utf-8")
    return path


def test_json_gives_every_chunk_with_its_place_in_the_source(app: typer.Typer, file: Path) -> None:
    done = CliRunner().invoke(app, ["chunk", str(file), "--max-tokens", "120", "--model", "gpt-4o", "--json"])
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert report["budget"] == 120
    assert report["counting"]["exact"] is True
    assert len(report["chunks"]) > 1
    for chunk in report["chunks"]:
        assert chunk["tokens"] <= 120
        assert _TEXT[chunk["source"]["start"] : chunk["source"]["end"]] == chunk["text"]


def test_the_table_names_tokens_and_the_reason_of_each_cut(app: typer.Typer, file: Path) -> None:
    done = CliRunner().invoke(app, ["chunk", str(file), "--max-tokens", "120", "--model", "gpt-4o"])
    assert "exact tokens of o200k_base" in done.stdout
    assert "ends at item" in done.stdout
    assert "ends at end" in done.stdout


def test_a_model_of_unknown_encoding_is_cut_by_the_shipped_encoding_as_brief_cuts_for_it(
    app: typer.Typer, file: Path
) -> None:
    done = CliRunner().invoke(app, ["chunk", str(file), "--model", "qwen-max", "--json"])
    report = json.loads(done.stdout)
    assert (report["model"], report["counting"]["name"]) == ("qwen-max", "o200k_base")


def test_the_default_budget_follows_the_model(app: typer.Typer, file: Path) -> None:
    done = CliRunner().invoke(app, ["chunk", str(file), "--model", "gpt-4-turbo", "--json"])
    assert json.loads(done.stdout)["budget"] == 2048


def test_the_help_has_an_example(app: typer.Typer) -> None:
    assert "Example: summarizer chunk" in CliRunner().invoke(app, ["chunk", "--help"]).stdout
