"""Write docs/commands.md from the program's own help: .venv/bin/python docs/make_commands.py"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from typer.main import get_command
from typer.testing import CliRunner

from summarizer.cli.app import app

TARGET = Path(__file__).parent / "commands.md"
WIDTH = "100"


def names(command: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command, groups before their members."""
    yield path
    for name, inner in sorted(getattr(command, "commands", {}).items()):
        yield from names(inner, (*path, name))


def reference() -> str:
    """The whole page."""
    parts = ["# Commands", "Made from the program's own help by `docs/make_commands.py`; a test holds it."]
    for path in names(get_command(app)):
        shown = CliRunner().invoke(
            app, [*path, "--help"], env={"COLUMNS": WIDTH, "TERMINAL_WIDTH": WIDTH}, prog_name="summarizer"
        )
        lines = "\n".join(line.rstrip() for line in shown.output.strip().splitlines())
        parts += [f"## `{' '.join(('summarizer', *path))}`", f"```\n{lines}\n```"]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
