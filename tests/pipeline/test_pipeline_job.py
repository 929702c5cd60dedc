"""What a job hands over: no key, errors that can be read elsewhere."""

from __future__ import annotations

import pickle

import pytest
from pydantic import SecretStr

from summarizer.errors import BudgetReached, DataError, SourceError, SummarizerError, UsageError
from summarizer.pipeline.job import Outcome, Recipe, portable
from summarizer.settings import Settings


class Awkward(SummarizerError):
    """Cannot be made again from its message."""

    def __init__(self, code: int, *, words: str) -> None:
        super().__init__(f"{words} {code}")


def test_a_recipe_holds_no_key() -> None:
    recipe = Recipe.of(Settings(api_key=SecretStr("k-5e1f0c27")), "m")
    assert b"k-5e1f0c27" not in pickle.dumps(recipe)


@pytest.mark.parametrize(
    "error",
    [SourceError("a.txt", "is empty"), DataError("b.json", "is damaged"), BudgetReached("5 of 5"), UsageError("x")],
)
def test_the_packages_errors_are_the_same_after_a_way_to_another_process(error: SummarizerError) -> None:
    found = pickle.loads(pickle.dumps(error))
    assert (type(found), str(found)) == (type(error), str(error))
    assert portable(error) is error


def test_an_error_that_cannot_travel_keeps_its_words() -> None:
    found = portable(Awkward(7, words="broken"))
    assert (type(found), str(found)) == (SummarizerError, "broken 7")
    assert str(portable(KeyError("x"))) == "KeyError: 'x'"


def test_only_what_concerns_one_source_lets_the_run_go_on() -> None:
    assert not Outcome.of_error(SourceError("a.txt", "is empty")).stops
    assert Outcome.of_error(DataError("store", "cannot be written")).stops
