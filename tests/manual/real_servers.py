"""Run the program against real servers on this machine: llama.cpp's, and litellm's proxy; by hand, not in CI.

    .venv/bin/python tests/manual/real_servers.py WORK_FOLDER

Installs llama-cpp-python[server] (built from source), gguf and litellm[proxy] from the package index into environments below
WORK_FOLDER, makes a model of a few hundred thousand random weights as a GGUF file, and runs doctor, brief, extract, a replay and
a small context against the servers. Such a model answers nothing sensible: what is looked at is what the program makes of it.
The first run takes some minutes, for the build. What was seen is written down in docs/endpoints.md.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / ".venv" / "bin" / "summarizer"
MAKER = Path(__file__).with_name("random_model.py")
READOUT = "会议要求，2026年抓好以下工作。一是强化基层，新增护理站12家。二是深化改革，推进医保支付方式改革。\n"
KEY = "sk-local-test-0123456789"

MOCKS: dict[str, object] = {
    "good": '{"tasks": [], "indicators": [], "instructions_in_text": []}',
    "fenced": '```json\n{"tasks": [], "indicators": [], "instructions_in_text": []}\n```',
    "rate-limited": "litellm.RateLimitError",
    "broken": "litellm.InternalServerError",
    "too-long": "litellm.ContextWindowExceededError",
}


def environment(folder: Path, *packages: str) -> Path:
    """A Python with these packages, made once."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(command: list[str], page: str, folder: Path, **environ: str) -> Iterator[None]:
    """Run a server until the block ends; its page answers before the block starts."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **environ})
        try:
            for _ in range(240):
                if process.poll() is not None:
                    break
                try:
                    urllib.request.urlopen(page, timeout=1)
                except urllib.error.HTTPError:
                    break
                except OSError:
                    time.sleep(0.5)
                else:
                    break
            if process.poll() is not None:
                raise SystemExit((folder / "server.log").read_text(encoding="utf-8", errors="replace")[-3000:])
            yield
        finally:
            process.terminate()
            process.wait(20)


def run(title: str, folder: Path, *arguments: str, **environ: str) -> None:
    """Run the program and print what it said."""
    own = {
        "SUMMARIZER_MAX_ATTEMPTS": "2",
        "SUMMARIZER_TIMEOUT": "300",
        "SUMMARIZER_MAX_OUTPUT_TOKENS": "400",
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    begun = time.monotonic()
    done = subprocess.run(
        [str(PROGRAM), *arguments], cwd=folder, env={**os.environ, **own, **environ}, capture_output=True, text=True
    )
    print(
        f"\n== {title}: summarizer {' '.join(arguments)}\n   exit {done.returncode} after {time.monotonic() - begun:.1f} s"
    )
    for line in (done.stdout[:3000] + done.stderr[:3000]).splitlines()[:40]:
        print(f"   {line[:300]}")


def counts(path: Path) -> str:
    briefing = json.loads(path.read_text(encoding="utf-8"))
    run_ = briefing["run"]
    kinds = [problem["kind"] for problem in briefing["problems"]]
    return f"method {run_['method']}, requests {run_['usage']['requests']}, cache {run_['cache']}, problems {kinds}"


def llama_server(folder: Path) -> None:
    """llama.cpp by way of its Python server: grammars, a small context, replay."""
    python = environment(folder / "llama", "llama-cpp-python[server]", "gguf")
    model = folder / "random.gguf"
    if not model.exists():
        subprocess.run([str(python), str(MAKER), str(model)], check=True)
    work = folder / "work"
    work.mkdir(exist_ok=True)
    (work / "readout.txt").write_text(READOUT, encoding="utf-8")
    for context in (32_768, 4_096):
        port = free_port()
        base = f"http://127.0.0.1:{port}/v1"
        command = [str(python), "-m", "llama_cpp.server", "--model", str(model), "--model_alias", "random"]
        command += ["--n_ctx", str(context), "--port", str(port), "--host", "127.0.0.1", "--n_threads", "1"]
        known = {"SUMMARIZER_CONTEXT": str(context), "SUMMARIZER_CONCURRENCY": "1"}
        asked = ("--profile", "llamacpp", "--base-url", base, "--model", "random")
        with serving(command, f"{base}/models", folder):
            run(f"context {context}, doctor", work, "doctor", *asked, **known)
            run(f"context {context}, doctor without saying it", work, "doctor", *asked, SUMMARIZER_CONCURRENCY="1")
            out = work / f"b{context}.json"
            run(f"context {context}, brief", work, "brief", "readout.txt", *asked, "-o", str(out), **known)
            print("   " + (counts(out) if out.exists() else "no briefing"))
            if context == 32_768:
                run("extract", work, "extract", "readout.txt", *asked, "-o", "documents.jsonl", **known)
                run("replay", work, "brief", "readout.txt", *asked, "--cache", "replay", "-o", "again.json", **known)
                print("   " + (counts(work / "again.json") if (work / "again.json").exists() else "no briefing"))
                run("wrong path", work, "doctor", "--profile", "llamacpp", "--base-url", base[:-3], "--model", "random")


def litellm_proxy(folder: Path) -> None:
    """litellm's proxy with answers made up by itself: a gateway's errors, a wrong key, a wrong model."""
    python = environment(folder / "litellm", "litellm[proxy]")
    work = folder / "work"
    work.mkdir(exist_ok=True)
    (work / "readout.txt").write_text(READOUT, encoding="utf-8")
    models = [
        {"model_name": name, "litellm_params": {"model": "openai/mock", "api_key": "none", "mock_response": reply}}
        for name, reply in MOCKS.items()
    ]
    settings = {"num_retries": 0, "drop_params": False}
    config = folder / "config.yaml"  # JSON is YAML
    config.write_text(
        json.dumps({"model_list": models, "litellm_settings": settings, "router_settings": {"num_retries": 0}})
    )
    port = free_port()
    command = [str(python.with_name("litellm")), "--config", str(config), "--port", str(port), "--host", "127.0.0.1"]
    environ = {"LITELLM_MASTER_KEY": KEY, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    base = f"http://127.0.0.1:{port}/v1"
    with serving(command, f"http://127.0.0.1:{port}/health/liveliness", folder, **environ):
        for model in (*MOCKS, "unknown-model"):
            run(f"proxy, {model}", work, "doctor", "--base-url", base, "--model", model, OPENAI_API_KEY=KEY)
        run(
            "proxy, wrong key",
            work,
            "doctor",
            "--base-url",
            base,
            "--model",
            "good",
            OPENAI_API_KEY="sk-wrong-9876543210",
        )
        run(
            "proxy, brief",
            work,
            "brief",
            "readout.txt",
            "--base-url",
            base,
            "--model",
            "good",
            "-o",
            "p.json",
            OPENAI_API_KEY=KEY,
        )
        print("   " + counts(work / "p.json"))


def main() -> None:
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    llama_server(folder)
    litellm_proxy(folder)


if __name__ == "__main__":
    main()
