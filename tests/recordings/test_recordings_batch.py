"""The Batch API's files: what is asked is what is missing, and each answer finds its request."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recordings_samples import answered, clock, question, recording

from summarizer.errors import DataError, UsageError
from summarizer.exchange import ChatRequest, Message, Outcome, ResponseFormat, Usage
from summarizer.recordings import batch
from summarizer.recordings.batch import request_line, request_of_line, write_batch
from summarizer.recordings.batch_answers import BatchRead, read_batch
from summarizer.recordings.key import key_of
from summarizer.recordings.local import LocalStore

QUESTIONS = [question(number) for number in range(1, 6)]

_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_names = st.text().filter(lambda name: name not in {"model", "messages", "response_format"})
_messages = st.builds(Message, st.sampled_from(["system", "user", "assistant"]), st.text(st.characters()))
_formats = st.builds(ResponseFormat, st.text(), st.dictionaries(st.text(), _values, max_size=3))
_requests = st.builds(
    ChatRequest,
    model=st.text(),
    messages=st.lists(_messages, max_size=3).map(tuple),
    parameters=st.dictionaries(_names, _values, max_size=3),
    response_format=st.none() | _formats,
    attempt=st.integers(0, 9),
)


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "store")


def lines(paths: Sequence[Path]) -> list[dict[str, Any]]:
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def completion(request: ChatRequest, **message: Any) -> dict[str, Any]:
    """Return an output line of the Batch API."""
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"content": answered(request).text} | message}],
        "usage": {"prompt_tokens": 900, "completion_tokens": 120, "prompt_tokens_details": {"cached_tokens": 300}},
    }
    response = {"status_code": 200, "request_id": "req-1", "body": body}
    return {"id": "batch_req_1", "custom_id": key_of(request), "response": response, "error": None}


def write(path: Path, *values: object) -> Path:
    path.write_text("".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values), encoding="utf-8")
    return path


def exported(folder: Path, store: LocalStore) -> tuple[Path, ...]:
    return write_batch(QUESTIONS, store, folder / "out").files


def read(path: Path, files: Sequence[Path], store: LocalStore) -> BatchRead:
    return read_batch([path], files, store, how="batch", clock=clock)


@given(_requests)
def test_a_line_gives_its_request_back(request: ChatRequest) -> None:
    key = key_of(request)
    found, again = request_of_line(request_line(key, request))
    assert found == key == key_of(again)
    assert again.attempt == request.attempt


def test_a_line_is_what_the_batch_api_takes() -> None:
    value = json.loads(request_line(key_of(QUESTIONS[0]), QUESTIONS[0]))
    assert (value["method"], value["url"]) == ("POST", "/v1/chat/completions")
    assert len(value["custom_id"]) <= 64
    assert set(value) == {"custom_id", "method", "url", "body"}
    assert set(value["body"]) == {"model", "messages", "temperature", "response_format"}
    assert value["body"]["response_format"]["type"] == "json_schema"
    assert value["body"]["response_format"]["json_schema"]["strict"] is True


def test_the_schema_keeps_the_order_of_its_fields() -> None:
    wanted = ResponseFormat("x", {"z": 1, "a": 2})
    line = request_line("k", replace(QUESTIONS[0], response_format=wanted))
    assert list(json.loads(line)["body"]["response_format"]["json_schema"]["schema"]) == ["z", "a"]


def test_a_parameter_cannot_take_the_place_of_another_field() -> None:
    with pytest.raises(UsageError, match="messages"):
        request_line("k", replace(QUESTIONS[0], parameters={"messages": []}))


def test_a_line_whose_body_was_changed_is_no_request() -> None:
    line = request_line(key_of(QUESTIONS[0]), QUESTIONS[0]).replace(b'"temperature":0.0', b'"temperature":0.5')
    with pytest.raises(ValueError, match="not the key"):
        request_of_line(line)


def test_only_what_is_not_recorded_is_written_and_once(tmp_path: Path, store: LocalStore) -> None:
    store.put(recording(2))
    report = write_batch([*QUESTIONS, QUESTIONS[0], QUESTIONS[1]], store, tmp_path / "out")
    assert (report.written, report.recorded, report.repeated) == (4, 1, 2)
    assert [line["custom_id"] for line in lines(report.files)] == [
        key_of(request) for request in QUESTIONS if request != QUESTIONS[1]
    ]


def test_an_export_of_nothing_leaves_no_file_and_takes_the_old_ones_away(tmp_path: Path, store: LocalStore) -> None:
    (old,) = exported(tmp_path, store)
    for number in range(1, 6):
        store.put(recording(number))
    assert exported(tmp_path, store) == ()
    assert not old.exists()


def test_files_are_split_at_the_limits_and_hold_one_model_each(
    tmp_path: Path, store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "_MOST_LINES", 2)
    mixed = [*QUESTIONS, question(1, model="model-b"), question(2, model="model-b")]
    report = write_batch(mixed, store, tmp_path)
    assert [path.name for path in report.files] == [f"requests-000{n}.jsonl" for n in range(1, 5)]
    models = [{line["body"]["model"] for line in lines([path])} for path in report.files]
    assert all(len(one) == 1 for one in models)
    size = len(request_line(key_of(QUESTIONS[0]), QUESTIONS[0]))
    monkeypatch.setattr(batch, "_MOST_LINES", 50_000)
    monkeypatch.setattr(batch, "_MOST_BYTES", 2 * size + 10)
    files = write_batch(QUESTIONS, store, tmp_path).files
    assert len(files) == 3
    assert all(path.stat().st_size <= 2 * size + 10 for path in files)


def test_an_export_that_fails_leaves_no_file(tmp_path: Path, store: LocalStore) -> None:
    bad = replace(QUESTIONS[1], parameters={"model": "x"})
    with pytest.raises(UsageError):
        write_batch([QUESTIONS[0], bad], store, tmp_path)
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def test_answers_come_into_the_store_in_any_order(tmp_path: Path, store: LocalStore) -> None:
    files = exported(tmp_path, store)
    report = read(write(tmp_path / "o.jsonl", *(completion(one) for one in reversed(QUESTIONS))), files, store)
    assert (report.recorded, report.missing, report.failed, report.unreadable) == (5, [], [], [])
    kept = store.load(key_of(QUESTIONS[0]))
    assert kept is not None
    assert kept.request == QUESTIONS[0]
    assert (kept.answer.text, kept.answer.usage) == (answered(QUESTIONS[0]).text, Usage(900, 120, 300))
    assert (kept.provenance.how, kept.provenance.when) == ("batch", "2026-03-01T08:00:00+00:00")


def test_a_reask_is_recorded_under_its_attempt(tmp_path: Path, store: LocalStore) -> None:
    again = replace(QUESTIONS[0], attempt=2)
    files = write_batch([again], store, tmp_path).files
    read(write(tmp_path / "o.jsonl", completion(again)), files, store)
    kept = store.load(key_of(again))
    assert kept is not None
    assert kept.request == again
    assert store.get(key_of(QUESTIONS[0])) is None


def test_the_short_form_of_offline_answerers_is_read(tmp_path: Path, store: LocalStore) -> None:
    files = exported(tmp_path, store)
    short = [
        {"custom_id": key_of(QUESTIONS[0]), "content": '{"tasks": []}', "finish_reason": "stop"},
        {"custom_id": key_of(QUESTIONS[1]), "content": '{"tasks": ['},
        {"custom_id": key_of(QUESTIONS[2]), "content": '{"tasks": [', "finish_reason": "length"},
        {"custom_id": key_of(QUESTIONS[3]), "content": ""},
        {"custom_id": key_of(QUESTIONS[4]), "content": {"tasks": []}},
    ]
    report = read(write(tmp_path / "o.jsonl", *short), files, store)
    assert report.recorded == 4
    outcomes = [answer.outcome for one in QUESTIONS[:4] if (answer := store.get(key_of(one)))]
    assert outcomes == [Outcome.ANSWERED, Outcome.ANSWERED, Outcome.CUT, Outcome.EMPTY]
    (problem,) = report.unreadable
    assert (problem.file, problem.line) == ("o.jsonl", 5)
    assert "raw text" in problem.reason


def test_refusals_and_filters_are_recorded_as_such(tmp_path: Path, store: LocalStore) -> None:
    files = exported(tmp_path, store)
    filtered = completion(QUESTIONS[1])
    filtered["response"]["body"]["choices"][0]["finish_reason"] = "content_filter"
    read(
        write(tmp_path / "o.jsonl", completion(QUESTIONS[0], content=None, refusal="不能回答"), filtered), files, store
    )
    outcomes = [answer.outcome for one in QUESTIONS[:2] if (answer := store.get(key_of(one)))]
    assert outcomes == [Outcome.REFUSED, Outcome.FILTERED]


def test_failures_are_told_and_stay_missing(tmp_path: Path, store: LocalStore) -> None:
    files = exported(tmp_path, store)
    keys = [key_of(one) for one in QUESTIONS]
    bad = {"status_code": 400, "body": {"error": {"message": "schema too deep"}}}
    failures = [
        {"custom_id": keys[0], "response": None, "error": {"code": "batch_expired", "message": "not in time"}},
        {"custom_id": keys[1], "response": bad, "error": None},
        {"custom_id": keys[2], "response": {"status_code": 200, "body": {"choices": []}}, "error": None},
    ]
    report = read(write(tmp_path / "e.jsonl", *failures, completion(QUESTIONS[3])), files, store)
    assert report.missing == [keys[0], keys[1], keys[2], keys[4]]
    assert [(problem.line, problem.custom_id) for problem in report.failed] == [
        (1, keys[0]),
        (2, keys[1]),
        (3, keys[2]),
    ]
    assert "not in time" in report.failed[0].reason
    assert "status 400: schema too deep" in report.failed[1].reason
    again = write_batch(QUESTIONS, store, tmp_path / "again")
    assert [line["custom_id"] for line in lines(again.files)] == report.missing


def test_unreadable_lines_are_told_by_file_and_line_and_the_others_are_read(tmp_path: Path, store: LocalStore) -> None:
    files = exported(tmp_path, store)
    good = json.dumps(completion(QUESTIONS[0]), ensure_ascii=False)
    unknown = json.dumps({"custom_id": "0" * 64, "content": "x"})
    content = ["\ufeff" + good, "", "{", "[]", unknown, '{"custom_id": ["x"], "content": "x"}', "3"]
    path = tmp_path / "o.jsonl"
    path.write_bytes(("\r\n".join(content)).encode() + b'\n{"custom_id": "\xff"}\n')
    report = read(path, files, store)
    assert report.recorded == 1
    assert [problem.line for problem in report.unreadable] == [3, 4, 5, 6, 7, 8]
    assert "no request file" in report.unreadable[2].reason


def test_a_second_import_changes_nothing_and_a_contradiction_is_told(tmp_path: Path, store: LocalStore) -> None:
    files = exported(tmp_path, store)
    path = write(tmp_path / "o.jsonl", completion(QUESTIONS[0]))
    read(path, files, store)
    assert (read(path, files, store).recorded, read(path, files, store).already) == (0, 1)
    other = write(tmp_path / "p.jsonl", completion(QUESTIONS[0], content="[]"))
    report = read(other, files, store)
    assert "another answer" in report.unreadable[0].reason
    kept = store.get(key_of(QUESTIONS[0]))
    assert kept is not None
    assert kept.text == answered(QUESTIONS[0]).text


def test_a_damaged_request_file_stops_the_import(tmp_path: Path, store: LocalStore) -> None:
    (file,) = exported(tmp_path, store)
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(DataError, match="line 5"):
        read(write(tmp_path / "o.jsonl", completion(QUESTIONS[0])), [file], store)


def test_a_file_that_is_not_there_is_named(tmp_path: Path, store: LocalStore) -> None:
    with pytest.raises(DataError, match="nowhere"):
        read(tmp_path / "nowhere.jsonl", exported(tmp_path, store), store)
