"""Run the client against litellm's proxy with mock answers; by hand, not in CI.

    python -m venv /tmp/proxy && /tmp/proxy/bin/pip install 'litellm[proxy]'
    .venv/bin/python tests/manual/litellm_proxy.py /tmp/proxy/bin/litellm

Starts the proxy on a free loopback port, asks each of its mock models, and prints what came back.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from pydantic import SecretStr

from summarizer.exchange import ChatRequest, Message, ResponseFormat
from summarizer.llm.client import Client
from summarizer.llm.gather import gather_answers
from summarizer.llm.probe import probe
from summarizer.llm.reader import read_json
from summarizer.profiles import Limits, Profile

KEY = "sk-local-test"
SCHEMA = {"type": "object", "properties": {"number": {"type": "integer"}}, "required": ["number"]}

MOCKS: dict[str, object] = {
    "good": '{"number": 12}',
    "fenced": '```json\n{"number": 12}\n```',
    "prose": '好的，结果是 {"number": 12} 。',
    "rate-limited": "litellm.RateLimitError",
    "broken": "litellm.InternalServerError",
    "too-long": "litellm.ContextWindowExceededError",
}


def _config() -> dict[str, object]:
    models = [
        {"model_name": name, "litellm_params": {"model": "openai/mock", "api_key": "none", "mock_response": reply}}
        for name, reply in MOCKS.items()
    ]
    settings = {"num_retries": 0, "drop_params": False}
    return {"model_list": models, "litellm_settings": settings, "router_settings": {"num_retries": 0}}


def _start(program: str, port: int, folder: Path) -> subprocess.Popen[bytes]:
    """Start the proxy and wait until it answers."""
    config = folder / "config.yaml"
    config.write_text(json.dumps(_config()), encoding="utf-8")  # JSON is YAML
    command = [program, "--config", str(config), "--port", str(port), "--host", "127.0.0.1"]
    environ = {**os.environ, "LITELLM_MASTER_KEY": KEY, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    log = (folder / "log").open("wb")
    process = subprocess.Popen(command, stdout=log, stderr=log, env=environ)
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/liveliness", timeout=1)
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return process
    process.terminate()
    raise SystemExit((folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:])


def _question(model: str, number: int) -> ChatRequest:
    wanted = ResponseFormat("number", SCHEMA)
    return ChatRequest(model, (Message("user", f"第{number}问：新增床位12张。给出数字。"),), response_format=wanted)


async def _talk(base_url: str) -> None:
    limits = Limits(concurrency=16, max_attempts=3, timeout=20, max_total_seconds=30)
    profile = Profile(base_url=base_url, model="good", limits=limits)
    async with Client(profile, key=SecretStr(KEY), count_tokens=len) as client:
        print("probe:", await probe(client.ask, "good", lambda: client.rung("good")))
        for model in (*MOCKS, "unknown-model"):
            answer = await client.ask(_question(model, 0))
            value = read_json(answer.text).value if answer.error is None else None
            print(f"{model}: {answer.outcome}, retries {answer.transport_retries}, value {value}, {answer.usage}")
            if answer.error:
                print(f"    {answer.error[:200]}")
        started = time.perf_counter()
        requests = (_question("good", number) for number in range(200))
        outcomes = [answer.outcome async for _, answer in gather_answers(client, requests, 16)]
        print(f"200 requests, 16 at once: {time.perf_counter() - started:.1f} s, {set(outcomes)}")
        print(client.spent())
    async with Client(profile, key=SecretStr("sk-wrong"), count_tokens=len) as client:
        answer = await client.ask(_question("good", 0))
        print(f"wrong key: {answer.outcome}, retries {answer.transport_retries}, {(answer.error or '')[:200]}")


def main() -> None:
    with socket.socket() as probe_socket:
        probe_socket.bind(("127.0.0.1", 0))
        port = probe_socket.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        process = _start(sys.argv[1], port, Path(folder))
        try:
            asyncio.run(_talk(f"http://127.0.0.1:{port}/v1"))
        finally:
            process.terminate()
            process.wait(20)


if __name__ == "__main__":
    main()
