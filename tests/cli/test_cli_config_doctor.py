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


def test_doctor_says_what_an_endpoint_supports_in_two_small_calls() -> None:
    with _serving(lambda _n, b: completion('{"number": 12}' if "response_format" in b else "好")) as server:
        checks = _checks("--base-url", server.base_url, "--model", "m")
    assert server.count == 2
    assert checks["endpoint"]["status"] == "ok"
    assert checks["structured output"]["detail"].startswith("json_schema")
    assert checks["usage"]["status"] == "ok"
    assert checks["price"]["status"] == "warning"


def test_doctor_finds_the_rung_that_holds() -> None:
    def script(_number: int, body: dict[str, Any]) -> Reply:
        if "response_format" in body:
            return error(400, "response_format is not supported", param="response_format")
        return completion('{"number": 12}', tool="number") if "tools" in body else completion("好")

    with _serving(script) as server:
        checks = _checks("--base-url", server.base_url, "--model", "m")
    assert checks["structured output"]["detail"].startswith("tool")


def test_doctor_fails_with_the_endpoints_words_and_without_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with _serving(lambda _n, _b: error(401, f"Incorrect API key provided: {KEY}")) as server:
        checks = _checks("--base-url", server.base_url, "--model", "m", code=3)
    assert checks["endpoint"]["status"] == "failed"
    assert "Incorrect API key provided" in checks["endpoint"]["detail"]
    assert KEY not in json.dumps(checks)


def test_doctor_warns_of_an_unencrypted_address(monkeypatch: pytest.MonkeyPatch) -> None:
    from summarizer.llm import transport

    with _serving(lambda _n, _b: completion('{"number": 12}')) as server:
        monkeypatch.setattr(transport, "_LOOPBACK", set())
        checks = _checks("--base-url", server.base_url, "--model", "m")
    assert checks["encryption"]["status"] == "warning"
