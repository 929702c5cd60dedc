"""Batches in the forms of other vendors, and the loose ends that their endpoints leave."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openai.types import Batch
from pydantic import SecretStr
from recordings_samples import answered, clock, question

from summarizer.errors import UsageError
from summarizer.exchange import Usage
from summarizer.llm.batch_api import BatchApi, _state
from summarizer.llm.ladder import RUNGS
from summarizer.profiles import Profile, Rung, ready_profiles
from summarizer.recordings.batch import BatchForm, request_line, request_of_line, write_batch
from summarizer.recordings.batch_answers import BatchRead, read_batch
from summarizer.recordings.key import key_of
from summarizer.recordings.local import LocalStore

QUESTIONS = [question(number) for number in range(1, 6)]


@pytest.mark.parametrize("rung", RUNGS)
@pytest.mark.parametrize("field", [None, "max_tokens", "max_completion_tokens"])
def test_a_line_on_any_rung_gives_its_request_back(rung: Rung, field: str | None) -> None:
    for asked in QUESTIONS:
        key = key_of(asked)
        line = request_line(key, asked, BatchForm(rung=rung, output_field=field))
        assert request_of_line(line) == (key, asked)
        assert (field is None) == (not {"max_tokens", "max_completion_tokens"} & set(json.loads(line)["body"]))


@pytest.mark.parametrize("name", ready_profiles())
def test_an_export_has_the_form_of_its_endpoint(name: str, tmp_path: Path) -> None:
    profile = Profile.model_validate(ready_profiles()[name].values())
    form = BatchForm.of(profile)
    (file,) = write_batch(QUESTIONS[:2], LocalStore(tmp_path / "s"), tmp_path, form).files
    line = json.loads(file.read_text(encoding="utf-8").splitlines()[0])
    assert line["url"] == (profile.batch_endpoint or "/v1/chat/completions")
    assert line["body"][profile.output_field] > 0
    kind = line["body"].get("response_format", {}).get("type")
    assert kind == (profile.rung or "json_schema")


def test_a_file_has_no_more_lines_than_the_endpoint_takes(tmp_path: Path) -> None:
    files = write_batch(QUESTIONS, LocalStore(tmp_path / "s"), tmp_path, BatchForm(lines=2)).files
    assert [len(file.read_text(encoding="utf-8").splitlines()) for file in files] == [2, 2, 1]


def test_an_endpoint_without_a_batch_api_is_told_before_anything_is_sent() -> None:
    deepseek = Profile.model_validate(ready_profiles()["deepseek"].values())
    with pytest.raises(UsageError, match=r"no Batch API is known for api\.deepseek\.com"):
        BatchApi(deepseek, SecretStr("sk-do-not-tell-123"))


def _batch(**fields: Any) -> Batch:
    return Batch.construct(**({"id": "b1", "object": "batch", "status": "completed"} | fields))


@pytest.mark.parametrize("nothing", ["", None, " "])
def test_an_empty_file_id_is_no_file(nothing: str | None) -> None:
    state = _state(_batch(output_file_id=nothing, error_file_id=nothing, request_counts=None))
    assert (state.output_file, state.error_file, state.total, state.ended) == (None, None, 0, True)


def test_a_batch_that_holds_only_errors_has_an_error_file_and_has_ended() -> None:
    state = _state(_batch(output_file_id="", error_file_id="f2", request_counts={"total": 3, "failed": 3}))
    assert (state.output_file, state.error_file, state.total, state.completed, state.failed) == (None, "f2", 3, 0, 3)


@pytest.mark.parametrize(
    "errors",
    [
        {"data": [{"line": 3, "message": "body is too large", "code": "x"}]},
        [{"line": 3, "message": "body is too large"}],
        {"message": "body is too large"},
        "body is too large",
    ],
)
def test_what_is_wrong_with_a_batch_is_read_in_any_form(errors: Any) -> None:
    (problem,) = _state(_batch(status="FAILED", errors=errors)).problems
    assert "body is too large" in problem


def _read(tmp_path: Path, store: LocalStore, *values: Any) -> BatchRead:
    files = write_batch(QUESTIONS, store, tmp_path / "out").files
    path = tmp_path / "answers.jsonl"
    path.write_text("".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values), encoding="utf-8")
    return read_batch([path], files, store, clock=clock)


def _body(number: int) -> dict[str, Any]:
    message = {"content": answered(QUESTIONS[number]).text}
    return {
        "choices": [{"message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 9, "completion_tokens": 2},
    }


def test_a_status_that_is_a_text_is_read(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "s")
    lines = [
        {"custom_id": key_of(QUESTIONS[0]), "response": {"status_code": "200", "body": _body(0)}, "error": ""},
        {
            "custom_id": key_of(QUESTIONS[1]),
            "response": {"status_code": 200, "body": json.dumps(_body(1))},
            "error": {},
        },
        {
            "custom_id": key_of(QUESTIONS[2]),
            "response": {"status_code": "400", "body": {"error": {"message": "参数非法"}}},
        },
        {"custom_id": key_of(QUESTIONS[3]), "response": {}, "error": "请求超时"},
        {
            "custom_id": key_of(QUESTIONS[4]),
            "response": {"status_code": 429, "body": {"code": 50505, "message": "busy"}},
        },
    ]
    report = _read(tmp_path, store, *lines)
    assert (report.recorded, report.unreadable) == (2, [])
    kept = store.get(key_of(QUESTIONS[1]))
    assert kept is not None
    assert kept.usage == Usage(9, 2, 0)
    assert [problem.reason for problem in report.failed] == ["status 400: 参数非法", "请求超时", "status 429: busy"]


def test_an_address_or_a_key_in_a_batchs_error_is_not_told(tmp_path: Path) -> None:
    failed = {"message": "POST https://user:word@host.example/v1 with sk-abcdefghijklmnop1234 failed"}
    report = _read(
        tmp_path, LocalStore(tmp_path / "s"), {"custom_id": key_of(QUESTIONS[0]), "response": None, "error": failed}
    )
    (problem,) = report.failed
    assert "word" not in problem.reason
    assert "sk-abc" not in problem.reason
