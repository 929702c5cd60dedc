"""The words around the data: both languages for every label, a label for every value of a closed list, none that nothing shows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

import pytest

from summarizer.briefing.labels import LANGUAGES, labels_for
from summarizer.schema import (
    Bound,
    Change,
    DecisionBy,
    DoubtReason,
    Flag,
    Horizon,
    Level,
    Nature,
    Origin,
    Status,
    TaskKind,
    TextKind,
    ThemeStanding,
)

ZH, EN = (labels_for(language) for language in LANGUAGES)
CLOSED: dict[str, Iterable[StrEnum]] = {
    "bound": Bound,
    "relation": Bound,
    "change": Change,
    "row": Change,
    "decision": DecisionBy,
    "doubt": DoubtReason,
    "flag": Flag,
    "horizon": Horizon,
    "level": Level,
    "nature": Nature,
    "origin": Origin,
    "status": Status,
    "all": Status,
    "kind": TaskKind,
    "text_kind": TextKind,
    "standing": ThemeStanding,
}


@pytest.mark.parametrize("name", ZH)
def test_a_label_takes_the_same_values_in_both_languages(name: str) -> None:
    fields = [set(re.findall(r"\{(\w+)", words)) for words in (ZH[name], EN[name])]
    assert fields[0] == fields[1]
    assert ZH[name]
    assert EN[name]


@pytest.mark.parametrize("group", CLOSED)
def test_every_value_of_a_closed_list_has_a_label(group: str) -> None:
    for value in CLOSED[group]:
        assert f"{group}.{value}" in ZH


def test_no_label_is_left_that_nothing_shows() -> None:
    package = Path(str(files("summarizer.briefing")))
    code = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*") if path.suffix in (".py", ".js"))
    groups = {"heading", "item", "method", "page", "say", "relation", *CLOSED}
    names = [name for name in ZH if name.partition(".")[0] not in groups or name.startswith("page.")]
    assert [name for name in names if not re.search(rf"(?:[\"'`.]){re.escape(name)}\b", code)] == [
        "page.accepted",
        "page.rejected",
    ]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="not in"):
        labels_for("fr")
