"""The type checker keeps offsets of the clean text and of the source text apart."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_type_hints

from mypy import api

import summarizer
from summarizer.reading.reading import Reading
from summarizer.schema import CleanOffset

_PROJECT = Path(summarizer.__file__).parent.parent

_PROGRAM = """
from summarizer.schema import CleanOffset, Evidence, SourceOffset
from summarizer.source.text import CleanText


def use(clean: CleanText, kept: CleanOffset, at: SourceOffset, place: Evidence) -> None:
    clean.to_source(kept)
    clean.to_clean(at)
    clean.to_clean(place.start)
    clean.printed(place.start, place.end)
    clean.evidence(kept, kept)
    clean.to_source(at)  # refused
    clean.to_clean(kept)  # refused
    clean.kept_before(kept)  # refused
    clean.unbroken(kept, at)  # refused
    clean.evidence(kept, at)  # refused
    clean.printed(kept, place.end)  # refused
    clean.to_source(3)  # refused
"""


def _refused(folder: Path) -> set[int]:
    """The lines of the program that the type checker refuses, as the project configures it."""
    program = folder / "program.py"
    program.write_text(_PROGRAM, encoding="utf-8")
    options = ["--config-file", str(_PROJECT / "pyproject.toml"), "--follow-imports", "silent"]
    said, trouble, _ = api.run([*options, "--cache-dir", str(folder / "cache"), str(program)])
    assert trouble == ""
    return {int(line) for line in re.findall(r"program\.py:(\d+): error: .* expected \"(?:Clean|Source)Offset\"", said)}


def test_an_offset_of_the_other_text_is_refused_and_one_of_its_own_is_taken(tmp_path: Path) -> None:
    lines = _PROGRAM.splitlines()
    assert _refused(tmp_path) == {number for number, line in enumerate(lines, 1) if line.endswith("# refused")}


def test_a_reading_gives_evidence_for_clean_offsets_alone() -> None:
    for method in (Reading.evidence, Reading.printed):
        hints = get_type_hints(method)
        assert (hints["start"], hints["end"]) == (CleanOffset, CleanOffset)
