"""Every kind of problem and every reason of a rejection has a sentence in both languages, and every detail in it gets filled."""

from __future__ import annotations

import string

import pytest

from summarizer.schema import Origin, ProblemKind, RejectionReason, problem, rejected, sentences_of

KINDS = [*ProblemKind, *RejectionReason]


def _details(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_kind_has_a_sentence_in_both_languages(kind: ProblemKind | RejectionReason) -> None:
    zh, en = sentences_of(kind)
    assert any("\u4e00" <= character <= "\u9fff" for character in zh)
    assert not any("\u4e00" <= character <= "\u9fff" for character in en)
    assert en


@pytest.mark.parametrize("kind", list(ProblemKind), ids=str)
def test_every_detail_of_a_problem_is_filled_in_both_languages(kind: ProblemKind) -> None:
    names = set[str]().union(*map(_details, sentences_of(kind)))
    details: dict[str, str | int] = {name: f"<{name}>" for name in names - {"chunk"}}
    made = problem(kind, details, chunk=3 if "chunk" in names else None)
    for told, sentence in ((made.message_zh, sentences_of(kind).zh), (made.message, sentences_of(kind).en)):
        assert not {"{", "}"} & set(told)
        assert all(f"<{name}>" in told for name in _details(sentence) - {"chunk"})


@pytest.mark.parametrize("reason", list(RejectionReason), ids=str)
def test_every_detail_of_a_rejection_is_filled_in_both_languages(reason: RejectionReason) -> None:
    names = set[str]().union(*map(_details, sentences_of(reason)))
    details: dict[str, str | int] = {name: "title" if name == "part" else f"<{name}>" for name in names}
    made = rejected("task", Origin.MODEL, reason, "words", details)
    for told in (made.message_zh, made.message):
        assert not {"{", "}"} & set(told)
    if "part" in names:
        assert "标题" in made.message_zh
        assert "title" in made.message


def test_a_problem_without_a_needed_detail_is_refused() -> None:
    with pytest.raises(KeyError, match="path"):
        problem(ProblemKind.UNREADABLE, {"reason": "gone"})
