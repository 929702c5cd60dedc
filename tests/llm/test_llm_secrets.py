"""Keys that come back, proxies, and unencrypted addresses."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from llm_helpers import client, profile, question
from pydantic import SecretStr
from server import ModelServer, Reply, completion, error

from summarizer.errors import SummarizerError, UsageError
from summarizer.exchange import Answer
from summarizer.llm.batch_api import BatchApi
from summarizer.llm.proxies import proxy_for
from summarizer.llm.secrets import Redactor, without_password
from summarizer.profiles import Profile
from summarizer.recordings.asker import Mode, RecordedAsker
from summarizer.recordings.local import LocalStore

KEY = "sk-do/not+tell=QpZmVxRtYw9"


def _echoes() -> Iterator[tuple[str, Reply]]:
    """An endpoint that repeats the key, in each place and form."""
    masked = f"{KEY[:6]}****{KEY[-4:]}"
    yield "error", error(401, f"Incorrect API key provided: {KEY}")
    yield "masked", error(401, f"Incorrect API key provided: {masked}")
    yield "page", Reply(f"<html>Bearer {KEY}</html>".encode(), status=502, content_type="text/html")
    yield "text", Reply(f"denied for {KEY}".encode(), status=400, content_type="text/plain")
    yield "answer", completion(json.dumps({"echo": f"您的密钥是{KEY}"}, ensure_ascii=False))
    yield "escaped", Reply(completion(f"key {KEY}").body.replace(b"/", b"\\/"))
    yield "refusal", completion(None, refusal=f"I will not use {KEY}")
    yield "damaged", Reply(f"not json {KEY}".encode())
    pieces = [
        {"choices": [{"delta": {"content": part}, "finish_reason": None}]}
        for part in (f'{{"echo": "{KEY[:9]}', f'{KEY[9:]}"}}')
    ]
    ended = [*pieces, {"choices": [{"delta": {}, "finish_reason": "stop"}]}]
    yield (
        "stream",
        Reply("".join(f"data: {json.dumps(piece)}\n\n" for piece in ended).encode(), content_type="text/event-stream"),
    )


@pytest.mark.parametrize(("place", "reply"), list(_echoes()), ids=lambda value: value if isinstance(value, str) else "")
def test_a_key_that_comes_back_is_in_no_answer_no_store_and_no_log(
    place: str, reply: Reply, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    store = LocalStore(tmp_path / "store")

    async def run() -> Answer:
        async with ModelServer(lambda _n, _b: reply) as server, client(profile(server), key=KEY) as asker:
            return await RecordedAsker(asker, store, Mode.AUTO).ask(question("问"))

    answer = asyncio.run(run())
    kept = "".join(
        path.read_bytes().decode("utf-8", "replace") for path in (tmp_path / "store").rglob("*") if path.is_file()
    )
    for shown in (repr(answer), kept, caplog.text):
        assert KEY not in shown
        assert KEY[-8:] not in shown
    if place == "masked":
        assert KEY[:6] not in (answer.error or "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://user:word@host.example/v1", "see https://[…]@host.example/v1"),
        ("socks5://me:word@127.0.0.1:1080", "socks5://[…]@127.0.0.1:1080"),
        ("GET /v1?api_key=abcdef&x=1", "GET /v1?api_key=[…]&x=1"),
        ("https://host.example/a@b", "https://host.example/a@b"),
    ],
)
def test_addresses_are_shown_without_their_secrets(text: str, shown: str) -> None:
    assert without_password(text) == shown


def test_without_a_key_nothing_of_a_text_is_changed() -> None:
    assert Redactor(None).answer("none 无") == "none 无"
    assert Redactor(SecretStr("none")).answer("none 无") == "none 无"


@pytest.mark.parametrize("insecure", [False, True])
def test_a_key_goes_unencrypted_to_another_machine_only_when_that_is_allowed(insecure: bool) -> None:
    used = Profile(base_url="http://model.example/v1", model="m", insecure=insecure)
    if insecure:
        client(used, key=KEY)
        return
    for ask in (lambda: client(used, key=KEY), lambda: BatchApi(used, SecretStr(KEY))):
        with pytest.raises(UsageError, match="--insecure") as caught:
            ask()
        assert KEY not in str(caught.value)


PROXIES = {"HTTP_PROXY": "http://me:word@proxy.example:3128", "HTTPS_PROXY": "http://me:word@proxy.example:3128"}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_this_machine_is_never_asked_through_a_proxy(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PROXIES.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(f"http://{host}:8000/v1") is None


def test_a_request_to_this_machine_arrives_whatever_proxy_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async def run() -> str | None:
        async with ModelServer() as server, client(profile(server)) as asker:
            return (await asker.ask(question("问"))).error

    assert asyncio.run(run()) is None


def test_a_proxy_in_use_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for name, value in PROXIES.items():
        monkeypatch.setenv(name, value)
    client(Profile(base_url="https://model.example/v1", model="m"))
    assert "through the proxy http://[…]@proxy.example:3128" in caplog.text
    assert "word" not in caplog.text


def test_no_proxy_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "model.example")
    assert proxy_for("https://model.example/v1") is None


def test_a_proxy_of_an_unknown_kind_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "quic://proxy.example:1")
    with pytest.raises(UsageError, match=r"quic://proxy\.example:1 is of a kind"):
        proxy_for("https://model.example/v1")


class _Socks:
    """A SOCKS5 proxy that leads every name to one port of this machine (RFC 1928)."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.wanted: list[str] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        methods = (await reader.readexactly(2))[1]
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")
        kind = (await reader.readexactly(4))[3]
        assert kind == 3, "the name is looked up by the proxy"
        name = await reader.readexactly((await reader.readexactly(1))[0])
        await reader.readexactly(2)
        self.wanted.append(name.decode())
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        await asyncio.gather(_pump(reader, inner_writer), _pump(inner_reader, writer))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
    writer.close()


def test_a_socks_proxy_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("aiohttp_socks")

    async def run() -> tuple[str | None, list[str]]:
        async with ModelServer() as server:
            socks = _Socks(server.port)
            proxy = await asyncio.start_server(socks.serve, "127.0.0.1", 0)
            monkeypatch.setenv("ALL_PROXY", f"socks5h://127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
            used = Profile(base_url="http://model.example/v1", model="m")
            async with proxy, client(used) as asker:
                return (await asker.ask(question("问"))).error, socks.wanted

    failed, wanted = asyncio.run(run())
    assert (failed, wanted) == (None, ["model.example"])


def test_a_socks_proxy_without_the_package_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "aiohttp_socks", None)
    monkeypatch.setenv("ALL_PROXY", "socks5://me:word@127.0.0.1:9")

    async def run() -> Any:
        async with client(Profile(base_url="https://model.example/v1", model="m")) as asker:
            return await asker.ask(question("问"))

    with pytest.raises(SummarizerError, match=r"install summarizer\[socks\]") as caught:
        asyncio.run(run())
    assert "word" not in str(caught.value)
