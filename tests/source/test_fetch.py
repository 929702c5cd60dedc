"""Fetching: limits hold, and no address leads to a network that the user did not mean."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from summarizer.errors import SourceError
from summarizer.source.fetch import Fetcher, is_address

_PAGE = "<html><body><p>一、建设托位900个。</p></body></html>".encode()
_PUBLIC = "93.184.216.34"


class _Pages(BaseHTTPRequestHandler):
    hosts: list[str]

    def do_GET(self) -> None:
        self.hosts.append(self.headers["Host"])
        port = self.server.server_port  # type: ignore[attr-defined]
        places = {
            "/moved": "/page.html",
            "/loop": "/loop",
            "/inside": f"http://127.0.0.1:{port}/page.html",
            "/meta": "http://169.254.169.254/latest/",
            "/file": "file:///etc/passwd",
        }
        if self.path in places:
            self.send_response(302)
            self.send_header("Location", places[self.path])
            self.end_headers()
            return
        if self.path == "/missing":
            self.send_error(404)
            return
        body = gzip.compress(b"0" * 500_000) if self.path == "/bomb" else _PAGE
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body) + (9 if self.path == "/short" else 0)))
        if self.path == "/bomb":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on stderr."""


@contextmanager
def _server() -> Iterator[tuple[int, list[str]]]:
    hosts: list[str] = []
    handler = type("Pages", (_Pages,), {"hosts": hosts})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port, hosts
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Network:
    """Names and connections of a small world: every public address is the test's own server."""

    def __init__(self, port: int, answers: Sequence[str] = (_PUBLIC,)) -> None:
        self.port, self.answers = port, answers
        self.asked: list[str] = []
        self.connected: list[str] = []

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        return [host] if host[0].isdigit() else self.answers

    def connect(self, address: tuple[str, int], timeout: float) -> socket.socket:
        self.connected.append(address[0])
        return socket.create_connection(("127.0.0.1", self.port), timeout)


def _fetcher(network: _Network, *, max_bytes: int = 100_000, allow_private: bool = False) -> Fetcher:
    return Fetcher(max_bytes, allow_private, resolve=network.resolve, connect=network.connect)


def test_a_page_is_fetched_from_the_address_that_was_checked() -> None:
    with _server() as (port, hosts):
        network = _Network(port)
        page = _fetcher(network)("http://pages.example/moved")
    assert page.data == _PAGE
    assert page.name == "http://pages.example/moved"
    assert page.file_name == "page.html"
    assert network.asked == ["pages.example"] * 2
    assert network.connected == [_PUBLIC] * 2
    assert hosts == ["pages.example"] * 2


@pytest.mark.parametrize(
    "answers",
    [
        ("127.0.0.1",),
        ("10.0.0.8",),
        ("192.168.1.1",),
        ("169.254.169.254",),
        ("100.64.0.1",),
        ("0.0.0.0",),
        ("::1",),
        ("fe80::1%eth0",),
        ("fd00::1",),
        ("::ffff:127.0.0.1",),
        ("64:ff9b::7f00:1",),
        ("2002:7f00:1::",),
        ("224.0.0.1",),
        (_PUBLIC, "127.0.0.1"),
    ],
)
def test_private_and_local_addresses_are_refused_whatever_their_form(answers: Sequence[str]) -> None:
    network = _Network(0, answers)
    with pytest.raises(SourceError, match="--allow-private-addresses"):
        _fetcher(network)("http://pages.example/")
    assert network.connected == []


def test_a_private_address_is_read_when_that_is_allowed() -> None:
    with _server() as (port, _):
        fetcher = Fetcher(100_000, allow_private=True)
        assert fetcher(f"http://127.0.0.1:{port}/page.html").data == _PAGE


@pytest.mark.parametrize(
    ("path", "says"), [("/inside", "private"), ("/meta", "private"), ("/file", "only http"), ("/loop", "redirects")]
)
def test_each_redirect_is_checked_like_the_first_address(path: str, says: str) -> None:
    with _server() as (port, _), pytest.raises(SourceError, match=says):
        _fetcher(_Network(port))(f"http://pages.example{path}")


@pytest.mark.parametrize(("path", "says"), [("/bomb", "limit"), ("/short", "early"), ("/missing", "404")])
def test_what_is_too_large_cut_or_missing_is_one_sentence(path: str, says: str) -> None:
    with _server() as (port, _), pytest.raises(SourceError, match=says):
        _fetcher(_Network(port))(f"http://pages.example{path}")


def test_time_is_bounded() -> None:
    with _server() as (port, _):
        network = _Network(port)
        ticks = iter([0.0, 0.0, 0.0, *[100.0] * 50])
        fetcher = Fetcher(100_000, resolve=network.resolve, connect=network.connect, clock=lambda: next(ticks))
        with pytest.raises(SourceError, match="60 seconds"):
            fetcher("http://pages.example/page.html")


def test_an_address_with_a_password_is_refused_before_anything_is_asked() -> None:
    network = _Network(0)
    with pytest.raises(SourceError, match="password"):
        _fetcher(network)("http://user:secret@pages.example/")
    assert network.asked == []


@pytest.mark.parametrize(
    ("text", "is_one"), [("https://a.cn/x", True), ("HTTP://a.cn", True), ("http.txt", False), ("ftp://a", False)]
)
def test_what_is_an_address(text: str, is_one: bool) -> None:
    assert is_address(text) is is_one
