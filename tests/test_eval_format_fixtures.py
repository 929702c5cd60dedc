"""The DOCX fixtures against the sources they are made from."""

import importlib.util
import json
from pathlib import Path

import pytest

from summarizer.source.word.reader import read_docx

EVAL = Path(__file__).parents[1] / "eval"
LIMIT = 1 << 20
NAMES = ("dev/kindergarten_plan", "test/cdc_duty_table")


@pytest.mark.parametrize("name", NAMES)
def test_a_docx_fixture_reads_as_its_source_does(name: str) -> None:
    spec = importlib.util.spec_from_file_location("make_format_fixtures", EVAL / "make_format_fixtures.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    blocks = json.loads((EVAL / "fixtures/sources" / f"{Path(name).name}.json").read_text(encoding="utf-8"))
    committed = (EVAL / "fixtures" / f"{name}.docx").read_bytes()
    assert read_docx(tool.build_docx(blocks), LIMIT) == read_docx(committed, LIMIT)
