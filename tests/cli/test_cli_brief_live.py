"""The main job against an endpoint on loopback: what the run says of itself, and how faults end it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from server import ModelServer, completion, error
from server.running import serving
from typer.testing import CliRunner

from summarizer.cli.app import app
from summarizer.errors import UsageError

READOUT = "会议要求\uff0c2026年抓好以下工作\u3002一是强化基层\uff0c新增护理站12家\u3002二是深化改革\uff0c推进医保支付方式改革\u3002\n"
_BASE = {"kind": "task", "measures": [], "lead": [], "support": [], "deadline": None}
ANSWER = json.dumps(
    {
        "tasks": [
            _BASE
            | {
                "ordinal": 1,
                "marker": "一是",
                "title": "强化基层",
                "first": "一是强化基层",
                "last": "新增护理站12家\u3002",
            },
            _BASE
            | {
                "ordinal": 2,
                "marker": "二是",
                "title": "深化改革",
                "first": "二是深化改革",
                "last": "支付方式改革\u3002",
            },
        ],
        "indicators": [],
        "instructions_in_text": [],
    },
    ensure_ascii=False,
)


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "readout.txt"
    path.write_text(READOUT, encoding="utf-8", newline="")
    return path


def _brief(source: Path, server: ModelServer, *more: str) -> tuple[int, dict[str, Any]]:
    out = source.parent / "b.json"
    common = ["--base-url", server.base_url, "--model", "m", "-o", str(out)]
    result = CliRunner().invoke(app, ["brief", str(source), *common, *more])
    assert out.exists(), result.output + str(result.exception)
    return result.exit_code, json.loads(out.read_text(encoding="utf-8"))


def test_a_run_with_a_model_says_which_and_where_and_what_it_took(source: Path) -> None:
    with serving(lambda number, body: completion(ANSWER)) as server:
        code, briefing = _brief(source, server)
    assert code == 0
    run = briefing["run"]
    assert (run["method"], run["model"], run["endpoint_host"]) == ("model", "m", "127.0.0.1")
    assert run["usage"]["requests"] == server.count
    assert run["prompts"]["extract"]["version"] == "v1"
    assert [task["origin"] for task in briefing["documents"][0]["tasks"]] == ["model", "model"]


def test_a_second_run_asks_nobody(source: Path) -> None:
    with serving(lambda number, body: completion(ANSWER)) as server:
        _brief(source, server)
        asked = server.count
        code, briefing = _brief(source, server)
        assert server.count == asked
    assert code == 0
    assert briefing["run"]["cache"]["misses"] == 0


def test_an_endpoint_that_refuses_the_key_ends_partial_with_the_rules_standing_in(source: Path) -> None:
    with serving(lambda number, body: error(401, "Incorrect API key provided", code="invalid_api_key")) as server:
        code, briefing = _brief(source, server)
    assert code == 3
    assert "401" in json.dumps(briefing["problems"], ensure_ascii=False)
    assert briefing["run"]["method"] == "heuristic"
    assert len(briefing["documents"][0]["tasks"]) == 2


@pytest.fixture
def corpus(source: Path) -> Path:
    folder = source.parent / "corpus"
    folder.mkdir()
    for number in range(12):
        (folder / f"d{number}.txt").write_text(READOUT.replace("12", str(12 + number)), encoding="utf-8", newline="")
    return folder


def test_a_wrong_key_stops_the_asking_at_once_and_is_said_once(corpus: Path, caplog: pytest.LogCaptureFixture) -> None:
    with serving(lambda number, body: error(401, "Incorrect API key provided", code="invalid_api_key")) as server:
        code, briefing = _brief(corpus, server)
        assert server.count <= 8
    assert code == 3
    assert caplog.text.count("nothing more is sent") == 1
    assert len(briefing["documents"]) == 12


def test_a_run_that_wants_the_model_alone_ends_with_2_and_writes_nothing(corpus: Path) -> None:
    with serving(lambda number, body: error(404, "The model `m` does not exist", code="model_not_found")) as server:
        out = corpus.parent / "b.json"
        arguments = [
            "brief",
            str(corpus),
            "--base-url",
            server.base_url,
            "--model",
            "m",
            "--method",
            "model",
            "-o",
            str(out),
        ]
        result = CliRunner().invoke(app, arguments)
        assert server.count <= 8
    assert isinstance(result.exception, UsageError)
    assert "no such model 404" in str(result.exception)
    assert not out.exists()


def test_a_question_that_was_read_in_part_is_a_problem_of_the_briefing_and_of_its_replay(source: Path) -> None:
    with serving(lambda number, body: completion(ANSWER, usage=(128, 60))) as server:
        code, briefing = _brief(source, server)
        asked = server.count
        _, again = _brief(source, server)
        assert server.count == asked
    assert code == 0
    for told in (briefing, again):
        (problem,) = [one for one in told["problems"] if one["kind"] == "answer_in_doubt"]
        assert "the endpoint read 128 of about" in problem["message"]
        assert problem["document"]


def test_a_key_that_an_answer_repeats_is_nowhere_in_what_is_written(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = "sk-do-not-tell-QpZmVxRtYw9"
    monkeypatch.setenv("OPENAI_API_KEY", key)
    leaking = json.loads(ANSWER)
    leaking["tasks"][0]["title"] = f"强化基层 {key}"
    text = json.dumps(leaking, ensure_ascii=False)
    with serving(lambda number, body: completion(text)) as server:
        _, briefing = _brief(source, server)
    assert key not in json.dumps(briefing, ensure_ascii=False)
    kept = [path for path in source.parent.rglob("*") if path.is_file()]
    assert not [path for path in kept if key.encode() in path.read_bytes()]
    assert any("[key]" in str(one) for one in briefing["documents"][0]["rejected"])


def test_a_reached_budget_writes_what_is_done_and_ends_with_5(source: Path) -> None:
    with serving(lambda number, body: completion(ANSWER)) as server:
        code, briefing = _brief(source, server, "--budget-requests", "0")
        assert server.count == 0
    assert code == 5
    assert [problem["kind"] for problem in briefing["problems"]] == ["unpaid"]
    assert len(briefing["documents"][0]["tasks"]) == 2
