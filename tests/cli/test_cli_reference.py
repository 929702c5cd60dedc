"""Every command is documented: the reference is the program's own help, and each help shows an example."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from typer.main import get_command
from typer.testing import CliRunner

from summarizer.cli.app import app

DOCS = Path(__file__).resolve().parents[2] / "docs"


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_commands", DOCS / "make_commands.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_what_the_program_says() -> None:
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == _maker().reference()


def _helps(flag: str) -> dict[tuple[str, ...], str]:
    return {path: CliRunner().invoke(app, [*path, flag]).output for path in _maker().names(get_command(app))}


def test_every_command_and_group_has_an_example_in_its_help() -> None:
    helps = _helps("--help")
    assert len(helps) > 25
    assert [" ".join(path) for path, text in helps.items() if "Example:" not in text] == []


def test_the_short_flag_shows_the_same_help() -> None:
    assert _helps("-h") == _helps("--help")
