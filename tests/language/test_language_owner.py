"""The language stands in one place: no module outside it writes Chinese words or marks of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import summarizer

_ROOT = Path(summarizer.__file__).parent
_CHINESE = re.compile("[\u3001\u3002\u3400-\u9fff\uff01\uff0c\uff1a\uff1b\uff1f]")

_ELSEWHERE = {
    "schema/problems.py": "sentences to the user, each in Chinese and English",
    "briefing/render/word_layout.py": "names of the faces that the standard of official papers asks for",
    "briefing/render/workbook.py": "names of faces",
    "chunk/context.py": "labels of a chunk's context: words of the prompt",
    "chunk/stretches.py": "the letters of a tokenizer's own pattern, held by a property test",
    "extract/document.py": "sentences that ask a model again",
    "extract/overview.py": "sentences that ask a model again",
    "extract/prompts.py": "the fence around a source text in a prompt",
    "extract/prove_indicators.py": "sentences that ask a model again",
    "extract/prove_tasks.py": "sentences that ask a model again",
    "extract/prove_overview.py": "sentences that ask a model again",
    "cli/doctor_sample.py": "a made-up text to try an endpoint with",
    "evaluation/perturbations.py": "texts of damage that are put into fixtures",
}
"""Modules that write Chinese for readers or models, or mend somebody else's syntax."""

_READS_FILES = {
    "source/clean.py",
    "source/facts.py",
    "source/head.py",
    "source/injected.py",
    "source/injection.py",
    "source/inline.py",
    "source/issuer.py",
    "source/lines.py",
    "source/site_header.py",
    "source/meeting.py",
    "source/text.py",
}
"""Of the modules that read files those that read prose. The others know shapes of pages and formats, whose words are part of
a layout: they stand beside the code that knows it, and those that are lists in ``furniture.toml``."""


def _written(path: Path) -> Iterator[tuple[int, str]]:
    """String constants of a module that are no docstrings and hold Chinese, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        written = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
        if written and _CHINESE.search(node.value):
            yield node.lineno, node.value


def _modules() -> list[str]:
    """Modules that are held; what talks to models may import no language and knows the words of endpoints by itself."""
    names = sorted(path.relative_to(_ROOT).as_posix() for path in _ROOT.rglob("*.py"))
    return [
        name
        for name in names
        if not name.startswith(("language/", "llm/")) and (not name.startswith("source/") or name in _READS_FILES)
    ]


@pytest.mark.parametrize("name", [name for name in _modules() if name not in _ELSEWHERE])
def test_no_module_outside_the_language_writes_words_or_marks_of_its_own(name: str) -> None:
    assert list(_written(_ROOT / name)) == []


@pytest.mark.parametrize("name", sorted(_ELSEWHERE))
def test_every_exception_is_still_one(name: str) -> None:
    assert list(_written(_ROOT / name)) != []


def test_a_character_class_of_sentence_ends_is_seen(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""。 in a docstring is none."""\nEND = "[\\u3002]"\n', encoding="utf-8")
    assert [line for line, _ in _written(module)] == [2]
