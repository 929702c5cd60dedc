"""``summarizer cache``: what it says about the stores, and what it moves."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from summarizer.cli.cache import register
from summarizer.errors import UsageError
from summarizer.exchange import Answer, ChatRequest, Message, Outcome, Usage
from summarizer.recordings.files import FileStore
from summarizer.recordings.local import LocalStore
from summarizer.recordings.recording import Provenance, Recording

app = typer.Typer()
register(app)


def recording(number: int, when: str = "2026-03-01T08:00:00+00:00", model: str = "model-a") -> Recording:
    request = ChatRequest(model, (Message("user", f"第{number}段:推进家庭医生签约服务。"),))
    return Recording.of(request, Answer(Outcome.ANSWERED, "[]", "stop", Usage(9, 1)), Provenance("endpoint", when))


ONE, TWO, OTHER = recording(1), recording(2, "2020-01-01T00:00:00+00:00"), recording(3, model="model-b")


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "cache" / "recordings")


@pytest.fixture
def local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalStore:
    """A local store with three answers, in the place where the commands look for it."""
    monkeypatch.chdir(tmp_path)
    store = LocalStore(tmp_path / "cache" / "local")
    for one in (ONE, TWO, OTHER):
        store.put(one)
    return store


def run(*given: str) -> Result:
    return CliRunner().invoke(app, ["cache", *given])


def data(*given: str) -> Any:
    result = run(*given, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_stats_counts_by_store_model_and_outcome(local: LocalStore, files: FileStore) -> None:
    files.put(ONE)
    recorded, own = data("stats")
    assert (recorded["store"], recorded["entries"]) == ("recordings", 1)
    assert (own["store"], own["entries"], own["models"]) == ("local", 3, {"model-a": 2, "model-b": 1})
    assert own["outcomes"] == {"answered": 3}
    assert (own["oldest"], own["newest"]) == (TWO.provenance.when, ONE.provenance.when)
    assert own["bytes"] > 300
    shown = run("stats").stdout
    assert "local: 3 answers" in shown
    assert "model-a 2, model-b 1" in shown


def test_list_shows_the_newest_first_and_can_be_narrowed(local: LocalStore) -> None:
    assert {row["key"] for row in data("list")} == {ONE.key, TWO.key, OTHER.key}
    assert data("list")[-1]["key"] == TWO.key
    assert [row["key"] for row in data("list", "--model", "model-b")] == [OTHER.key]
    short = run("list", "--limit", "1")
    assert len(short.stdout.splitlines()) == 1
    assert "2 more" in short.stderr
    assert " d " in short.stdout


def test_show_takes_the_beginning_of_a_key(local: LocalStore) -> None:
    shown = run("show", ONE.key[:10]).stdout
    assert "第1段:推进家庭医生签约服务。" in shown
    assert "answered" in shown
    assert data("show", ONE.key)["request"]["messages"][0]["content"] == ONE.request.messages[0].content


@pytest.mark.parametrize("key", ["zz", ""])
def test_show_wants_exactly_one(local: LocalStore, key: str) -> None:
    assert isinstance(run("show", key).exception, UsageError)


def test_export_import_and_back_are_the_same_answers(local: LocalStore, files: FileStore, tmp_path: Path) -> None:
    assert data("export", "--model", "model-a")["copied"] == 2
    assert data("export", OTHER.key[:8])["copied"] == 1
    assert data("export") == {"copied": 0, "same": 3, "different": [], "refused": []}
    assert list(files.recordings()) == list(local.recordings())
    data("prune", "--all")
    assert list(local.recordings()) == []
    assert data("import", str(files.folder))["copied"] == 3
    assert list(files.recordings()) == list(local.recordings())


def test_export_refuses_what_must_not_be_published_and_says_so(local: LocalStore, files: FileStore) -> None:
    local.put(replace(ONE, answer=replace(ONE.answer, text="sk-" + "x1Y2" * 6)))
    result = run("export")
    assert result.exit_code == 3
    assert "an API key" in result.stdout
    assert {one.key for one in files.recordings()} == {TWO.key, OTHER.key}


def test_import_wants_a_folder(local: LocalStore, tmp_path: Path) -> None:
    assert isinstance(run("import", str(tmp_path / "none")).exception, UsageError)


def test_verify_is_silent_when_all_is_well(local: LocalStore, files: FileStore) -> None:
    files.put(ONE)
    assert data("verify") == []


def test_verify_names_damage_changes_nothing_and_ends_with_3(local: LocalStore, files: FileStore) -> None:
    files.put(ONE)
    (path,) = files.folder.glob("??/*.json")
    path.write_text(path.read_text(encoding="utf-8").replace('"text": "[]"', '"text": "[1]"'), encoding="utf-8")
    for _ in range(2):
        result = run("verify", "--json")
        assert result.exit_code == 3
        (finding,) = json.loads(result.stdout)
        assert finding["store"] == "recordings"
        assert "sha256" in finding["reason"]


def test_prune_removes_the_old_ones_only(local: LocalStore) -> None:
    would = data("prune", "--older-than", "1500", "--dry-run")
    assert would == {"removed": 1, "bytes": would["bytes"], "dry_run": True}
    assert local.get(TWO.key) is not None
    assert data("prune", "--older-than", "1500")["removed"] == 1
    assert local.get(TWO.key) is None
    assert local.get(ONE.key) is not None


def test_prune_joins_its_conditions(local: LocalStore) -> None:
    assert data("prune", "--model", "model-b", "--outcome", "cut")["removed"] == 0
    assert data("prune", "--model", "model-b", "--outcome", "answered")["removed"] == 1


def test_prune_leaves_recordings_alone_unless_told(local: LocalStore, files: FileStore) -> None:
    files.put(ONE)
    data("prune", "--all")
    assert files.get(ONE.key) is not None
    assert data("prune", "--all", "--store", "recordings")["removed"] == 1


@pytest.mark.parametrize("given", [[], ["--all", "--model", "model-a"]])
def test_prune_wants_to_be_told_what(local: LocalStore, given: list[str]) -> None:
    assert isinstance(run("prune", *given).exception, UsageError)
    assert len(list(local.keys())) == 3


@pytest.mark.parametrize("command", [["stats"], ["list"], ["verify"], ["prune", "--all"], ["export"]])
def test_commands_on_nothing_make_nothing(command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*command).exit_code == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["stats", "list", "show", "verify", "prune", "export", "import"])
def test_every_command_has_an_example(command: str) -> None:
    assert f"Example: summarizer cache {command}" in " ".join(run(command, "--help").stdout.split())


def test_help_imports_no_store() -> None:
    import subprocess

    program = (
        "import sys, typer\nfrom summarizer.cli import batch, cache\napp = typer.Typer()\n"
        "batch.register(app)\ncache.register(app)\n"
        "print([name for name in ('sqlite3', 'numpy', 'openai', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
