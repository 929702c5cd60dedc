"""``summarizer config`` and ``summarizer doctor``."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from server import ModelServer, Reply, completion, error
from typer.testing import CliRunner

from summarizer.cli.app import app

KEY = "sk-do-not-tell"


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@contextmanager
def _serving(script: Any) -> Iterator[ModelServer]:
    """A server on a loop of its own, because commands run one of theirs."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = ModelServer(script)
    asyncio.run_coroutine_threadsafe(server.__aenter__(), loop).result(5)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(server.__aexit__(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


def _checks(*arguments: str, code: int = 0) -> dict[str, dict[str, str]]:
    done = CliRunner().invoke(app, ["doctor", "--json", *arguments])
    assert done.exit_code == code, done.output
    return {check["name"]: check for check in json.loads(done.stdout)}


def test_config_shows_values_with_their_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_METHOD", "replay")
    done = CliRunner().invoke(app, ["config", "--model", "qwen3"])
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert "replay  (environment SUMMARIZER_METHOD)" in lines["method"]
    assert "qwen3  (flag --model)" in lines["endpoint.model"]
    assert "(default)" in lines["language"]


def test_config_tells_of_a_key_only_that_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert json.loads(CliRunner().invoke(app, ["config", "--json"]).stdout)["endpoint.api_key"]["value"] is None
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    for arguments in (["config"], ["config", "--json"]):
        shown = CliRunner().invoke(app, arguments).stdout
        assert KEY not in shown
        assert "OPENAI_API_KEY" in shown
    row = json.loads(shown)["endpoint.api_key"]
    assert row == {"value": True, "source": "environment", "from": "OPENAI_API_KEY"}


def test_doctor_without_an_endpoint_checks_the_machine_and_calls_nobody() -> None:
    checks = _checks()
    assert {checks[name]["status"] for name in ("python", "packages", "vocabulary", "endpoint")} == {"ok"}
    assert "none is configured" in checks["endpoint"]["detail"]


def _answering(body: dict[str, Any]) -> Reply:
    """What a model makes of doctor's own text: its numbered tasks, proven or not does not matter here."""
    text = body["messages"][-1]["content"]
    tasks = [{"title": line} for line in text.splitlines() if line.startswith("（")]
    content = json.dumps({"tasks": [_TASK | task for task in tasks], "indicators": [], "instructions_in_text": []})
    tokens = sum(len(message["content"]) for message in body["messages"]) * 7 // 10
    tool = body["tools"][0]["function"]["name"] if "tools" in body else None
    return completion(content, tool=tool, usage=(tokens, len(content) // 2))


_TASK = {
    "ordinal": 1,
    "marker": "一是",
    "kind": "task",
    "first": "x",
    "last": "y",
    "measures": [],
    "lead": [],
    "support": [],
    "deadline": None,
}
_LIST = {"object": "list", "data": [{"id": "m", "max_model_len": 32768}, {"id": "other"}]}


def _served(seen: list[dict[str, Any]], **models: Any) -> Any:
    """A script with a list of models; the questions land in ``seen``."""

    def script(_number: int, body: dict[str, Any]) -> Reply:
        if not body:
            return Reply(json.dumps(models or _LIST).encode())
        seen.append(body)
        return _answering(body)

    return script


def test_doctor_sends_what_a_run_sends_and_tries_each_rung() -> None:
    seen: list[dict[str, Any]] = []
    with _serving(_served(seen)) as server:
        checks = _checks("--base-url", server.base_url, "--model", "m")
    assert len(seen) == 5
    first = seen[0]
    assert first["temperature"] == 0
    assert first["max_completion_tokens"] > 1000
    assert first["response_format"]["json_schema"]["schema"]["required"] == [
        "tasks",
        "indicators",
        "instructions_in_text",
    ]
    assert len(first["messages"][-1]["content"]) > 2000
    assert [check["status"] for check in checks.values() if check["name"] not in {"price", "context"}] == ["ok"] * 9
    assert checks["structured output"]["detail"].startswith(
        "a run uses json_schema (json_schema held, json_object held, tool held, text held)"
    )
    assert "32,768 tokens (GET /models)" in checks["context"]["detail"]
    assert "requests" in checks["a run of 20 pages"]["detail"]
    assert checks["price"]["status"] == "warning"


def test_doctor_says_which_rungs_are_refused_and_which_are_passed_over() -> None:
    def script(_number: int, body: dict[str, Any]) -> Reply:
        if not body:
            return error(404, "Not Found")
        kind = body.get("response_format", {}).get("type")
        if kind == "json_schema":
            return error(400, "response_format json_schema is not supported", param="response_format")
        return completion("好的") if kind == "json_object" else _answering(body)

    with _serving(script) as server:
        checks = _checks("--base-url", server.base_url, "--model", "m")
    detail = checks["structured output"]["detail"]
    assert "json_schema refused, json_object passed over, tool held, text held" in detail
    assert "rung = 'tool'" in detail
    assert checks["models"]["status"] == "warning"


def test_doctor_says_what_the_endpoint_does_not_take() -> None:
    seen: list[dict[str, Any]] = []
    good = _served(seen)

    def script(number: int, body: dict[str, Any]) -> Reply:
        if body.get("temperature") == 0:
            return error(400, "invalid temperature: only 1 is allowed for this model")
        return good(number, body)

    with _serving(script) as server:
        checks = _checks("--base-url", server.base_url, "--model", "m")
    assert "temperature = 1" in checks["parameters"]["detail"]


def test_doctor_names_a_question_that_was_read_in_part() -> None:
    def script(_number: int, body: dict[str, Any]) -> Reply:
        return (
            Reply(json.dumps(_LIST).encode())
            if not body
            else completion(json.loads(_answering(body).body)["choices"][0]["message"]["content"], usage=(128, 50))
        )

    with _serving(script) as server:
        checks = _checks("--base-url", server.base_url, "--model", "m")
    assert checks["question"]["status"] == "warning"
    assert "the endpoint read 128 of about" in checks["question"]["detail"]


def test_doctor_lists_the_models_when_none_is_named_and_takes_the_only_one() -> None:
    seen: list[dict[str, Any]] = []
    with _serving(_served(seen)) as server:
        checks = _checks("--profile", "vllm", "--base-url", server.base_url, code=3)
    assert "name one with --model: m, other" in checks["models"]["detail"]
    assert not seen
    with _serving(_served(seen, data=[{"id": "only"}])) as server:
        checks = _checks("--profile", "vllm", "--base-url", server.base_url)
    assert {body["model"] for body in seen} == {"only"}
    assert {body["chat_template_kwargs"]["enable_thinking"] for body in seen} == {False}


def test_doctor_fails_when_the_server_has_less_context_than_the_profile_says() -> None:
    with (
        _serving(_served([], data=[{"id": "m", "max_model_len": 8192}])) as server,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("SUMMARIZER_CONTEXT", "16384")
        checks = _checks("--base-url", server.base_url, "--model", "m", code=3)
    assert "8,192 tokens (GET /models), the profile says 16,384: set context = 8192" in checks["context"]["detail"]


def test_doctor_fails_with_the_endpoints_words_and_without_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with _serving(lambda _n, _b: error(401, f"Incorrect API key provided: {KEY}")) as server:
        checks = _checks("--base-url", server.base_url, "--model", "m", code=3)
    assert checks["endpoint"]["status"] == "failed"
    assert "Incorrect API key provided" in checks["endpoint"]["detail"]
    assert KEY not in json.dumps(checks)
    assert "structured output" not in checks


def test_doctor_refuses_to_send_a_key_unencrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    checks = _checks("--base-url", "http://model.example/v1", "--model", "m", code=3)
    assert "is not encrypted" in checks["endpoint"]["detail"]
    assert "--insecure" in checks["endpoint"]["detail"]


def test_a_ready_profile_without_its_key_is_told_by_name() -> None:
    checks = _checks("--profile", "deepseek", code=3)
    assert "DEEPSEEK_API_KEY" in checks["endpoint"]["detail"]


def test_the_ready_profiles_are_listed_with_day_and_source() -> None:
    listed = json.loads(CliRunner().invoke(app, ["config", "profiles", "--json"]).stdout)
    assert set(listed) == {
        "deepseek",
        "qwen",
        "glm",
        "kimi",
        "doubao",
        "siliconflow",
        "ollama",
        "vllm",
        "llamacpp",
        "azure",
        "openai",
    }
    for ready in listed.values():
        for entry in (*ready["models"].values(), *ready["facts"]):
            assert entry["as_of"].startswith("202")
            assert entry["source"]
    assert listed["glm"]["models"]["glm-4.7"]["price"] is None
    lines = CliRunner().invoke(app, ["config", "profiles", "deepseek"]).stdout
    assert "api-docs.deepseek.com" in lines
    assert CliRunner().invoke(app, ["config", "profiles", "deepsek"]).exit_code != 0
