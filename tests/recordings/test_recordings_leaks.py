"""Nothing that is committed tells a key, a header, a host or a path."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from recordings_samples import question, recording

from summarizer.exchange import Answer, Message, Outcome
from summarizer.recordings.files import FileStore
from summarizer.recordings.leaks import leaks
from summarizer.recordings.local import LocalStore
from summarizer.recordings.private import redacted
from summarizer.recordings.recording import Provenance, Recording
from summarizer.recordings.transfer import transfer

COMMITTED = Path(__file__).parents[2] / "cache" / "recordings"
CLEAN = recording(1)
KEY = "sk-" + "proj1a2B3c4D5e6F7g8H"


def said(text: str) -> Recording:
    """Return a recording with this in the answer."""
    return replace(CLEAN, answer=replace(CLEAN.answer, text=text))


def asked(text: str) -> Recording:
    """Return a recording with this in the prompt."""
    return replace(CLEAN, request=replace(CLEAN.request, messages=(Message("user", text),)))


def obtained(how: str) -> Recording:
    """Return a recording with this provenance."""
    return replace(CLEAN, provenance=Provenance(how, "2026-03-01T08:00:00+00:00"))


def test_no_committed_recording_leaks_and_none_is_damaged() -> None:
    store = FileStore(COMMITTED)
    assert list(store.verify()) == []
    found = {one.key: sentences for one in store.recordings() if (sentences := leaks(one))}
    assert found == {}


LEAKING = {
    "key in the answer": said(f"密钥是{KEY}"),
    "key in the prompt": asked(f"用 {KEY} 登录"),
    "header in the prompt": asked("Authorization: Basic"),
    "bearer token in the answer": said("Bearer eyJhbGciOi.x"),
    "path of a home": asked("见 /home/me/reports/a.txt"),
    "path of the superuser": asked("文件:/root/reports/a.txt"),
    "path of Windows": asked("见 C:\\reports\\a.txt"),
    "address in the provenance": obtained("from https://models.example.test/v1"),
    "host in the provenance": obtained("asked api.example.com"),
    "machine in the provenance": obtained("localhost:8000"),
    "number of a machine in the provenance": obtained("10.0.0.7"),
    "key among the parameters": replace(CLEAN, request=replace(CLEAN.request, parameters={"api_key": "x"})),
}


@pytest.mark.parametrize("leaking", LEAKING.values(), ids=LEAKING.keys())
def test_a_leak_is_found(leaking: Recording) -> None:
    assert leaks(leaking) != []


HARMLESS = {
    "a recording": CLEAN,
    "an address that the document prints": asked("来源:http://www.example.gov.cn/home/2026/a.html"),
    "an address in an answer": said('{"source": "https://www.example.gov.cn/root/x"}'),
    "words and versions": obtained("model-a 4.1, answered offline, batch 2 of 3"),
    "a short code of a text": said("SK-2025专项"),
}


@pytest.mark.parametrize("harmless", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_is_no_leak_is_let_through(harmless: Recording) -> None:
    assert leaks(harmless) == []


def test_errors_are_recorded_without_addresses() -> None:
    error = f"filtered by https://models.example.test:8443/v1?x=1 (10.0.0.7:80, api.example.com, key {KEY}, /home/me/x)"
    kept = Recording.of(question(1), Answer(Outcome.FILTERED, error=error), Provenance("endpoint", ""))
    assert kept.answer.error == "filtered by […] ([…], […], key […], […])"
    assert leaks(kept) == []


def test_a_filters_page_is_recorded_without_addresses_and_a_models_text_as_it_came() -> None:
    text = "blocked, see https://models.example.com/help"
    filtered = Recording.of(question(1), Answer(Outcome.FILTERED, text), Provenance("endpoint", ""))
    answered = Recording.of(question(1), Answer(Outcome.ANSWERED, text), Provenance("endpoint", ""))
    assert (filtered.answer.text, answered.answer.text) == ("blocked, see […]", text)
    assert leaks(filtered) == leaks(answered) == []
    assert leaks(replace(filtered, answer=replace(filtered.answer, text=text))) != []


def test_redaction_leaves_plain_words() -> None:
    assert redacted("the answer was cut at the token limit") == "the answer was cut at the token limit"


def test_an_export_refuses_a_leak_and_copies_the_rest(tmp_path: Path) -> None:
    local, files = LocalStore(tmp_path / "local"), FileStore(tmp_path / "files")
    local.put(recording(2))
    local.put(said(KEY))
    moved = transfer(local.recordings(), files)
    assert (moved.copied, moved.same, moved.different) == (1, 0, ())
    assert "an API key" in moved.refused[0]
    assert list(files.recordings()) == [recording(2)]


def test_an_answer_that_differs_stays_unless_told(tmp_path: Path) -> None:
    files = FileStore(tmp_path)
    files.put(CLEAN)
    assert transfer([said("[]"), recording(2)], files).different == (CLEAN.key,)
    assert files.load(CLEAN.key) == CLEAN
    assert transfer([said("[]"), recording(2)], files, overwrite=True).copied == 1
    assert files.load(CLEAN.key) == said("[]")
