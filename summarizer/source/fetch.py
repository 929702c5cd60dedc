"""Fetching an address, within limits, and never from a network that the user did not mean.

The host is looked up once a hop, every answer is checked, and the connection goes to the very address that was checked:
a name that answers differently the second time (DNS rebinding) gains nothing. Redirects are followed here, each checked
like the first. Proxies of the environment are not used, since behind one nobody could tell where a request ends.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from summarizer import __version__
from summarizer.errors import SourceError
from summarizer.source.byte_source import ByteSource
from summarizer.source.kinds import KINDS, by_suffix

__all__ = ["Fetcher", "is_address"]

_HOPS = 5
_SECONDS = 60.0
_CONNECT_SECONDS = 15.0
_PIECE = 64 * 1024
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_AGENT = f"summarizer/{__version__} (reads pages that its user named)"

Resolve = Callable[[str, int], Sequence[str]]
Connect = Callable[[tuple[str, int], float], socket.socket]


def is_address(text: str) -> bool:
    """Whether an input names a page of the web rather than a file."""
    return text.lower().startswith(("http://", "https://"))


def _look_up(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in found))


@dataclass(frozen=True)
class Fetcher:
    """Limits of a fetch; ``resolve`` and ``connect`` are the way to the network, replaced in tests."""

    max_bytes: int
    allow_private: bool = False
    seconds: float = _SECONDS
    resolve: Resolve = _look_up
    connect: Connect = socket.create_connection
    clock: Callable[[], float] = time.monotonic

    def __call__(self, address: str) -> ByteSource:
        """The bytes behind an address, under the address as name. Raises ``SourceError``."""
        deadline = self.clock() + self.seconds
        at = address
        try:
            for _ in range(_HOPS + 1):
                answer = self._ask(at, deadline)
                if isinstance(answer, ByteSource):
                    return ByteSource(address, answer.file_name, data=answer.data)
                at = urljoin(at, answer)
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            reason = str(error) or type(error).__name__
            raise SourceError(address, f"could not be fetched ({reason})") from error
        raise SourceError(address, f"could not be fetched (more than {_HOPS} redirects)")

    def _ask(self, address: str, deadline: float) -> ByteSource | str:
        """The answer of one hop: the page, or where it points to."""
        parts = urlsplit(address)
        connection, raw = self._connection(parts, deadline)
        # A server that drips a byte now and then is cut off at the deadline, wherever it is.
        guard = threading.Timer(self._left(deadline), _cut, [raw])
        guard.daemon = True
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
            f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
        )
        headers = {"User-Agent": _AGENT, "Accept": "*/*", "Accept-Encoding": "gzip, identity", "Connection": "close"}
        guard.start()
        try:
            connection.request("GET", target, headers=headers)
            response = connection.getresponse()
            if response.status in _REDIRECTS and (location := response.getheader("Location")):
                return location
            if response.status != 200:
                raise ValueError(f"the server answers {response.status} {response.reason}")
            data = self._body(response, deadline)
            return ByteSource(address, _file_name(parts, response.getheader("Content-Type", "")), data=data)
        except (OSError, http.client.HTTPException):
            self._left(deadline)  # says so when it was the deadline
            raise
        finally:
            guard.cancel()
            connection.close()

    def _connection(self, parts: SplitResult, deadline: float) -> tuple[http.client.HTTPConnection, socket.socket]:
        """A connection to the checked address of the host, and its socket."""
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{parts.scheme or 'no scheme'}: only http and https are fetched")
        if parts.username is not None or parts.password is not None:
            raise ValueError("an address with a name or password in it is not fetched")
        host = parts.hostname.encode("idna").decode("ascii") if not parts.hostname.isascii() else parts.hostname
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        ip = self._checked(host, port)
        seconds = min(_CONNECT_SECONDS, self._left(deadline))
        raw = self.connect((ip, port), seconds)
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(host, port, timeout=seconds)
        # The socket is there already, so that nothing looks the host up a second time.
        connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=host) if secure else raw
        connection.auto_open = 0
        return connection, raw

    def _checked(self, host: str, port: int) -> str:
        """The first answer for a host, when all of its answers are public."""
        answers = self.resolve(host, port)
        if not answers:
            raise ValueError(f"{host}: no such host")
        for answer in answers:
            if not self.allow_private and not _is_public(answer):
                raise ValueError(
                    f"{host} is a private or local address ({answer}); --allow-private-addresses lets it be read"
                )
        return answers[0]

    def _left(self, deadline: float) -> float:
        left = deadline - self.clock()
        if left <= 0:
            raise ValueError(f"not done after {self.seconds:.0f} seconds")
        return left

    def _body(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        packed = response.getheader("Content-Encoding", "").lower()
        if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise ValueError(f"packed as {packed}, which was not asked for")
        unpacker = zlib.decompressobj(47) if packed not in ("", "identity") else None
        pieces: list[bytes] = []
        size = 0
        while piece := response.read1(_PIECE):
            self._left(deadline)
            if unpacker is not None:
                piece = unpacker.decompress(piece, self.max_bytes - size + 1)
            pieces.append(piece)
            size += len(piece)
            if size > self.max_bytes:
                raise ValueError(f"more bytes than the limit of {self.max_bytes:,}; raise max_file_size")
        self._left(deadline)
        if response.length:
            raise ValueError(f"the connection ended {response.length:,} bytes early")
        return b"".join(pieces)


def _cut(raw: socket.socket) -> None:
    with suppress(OSError):  # it may be closed already
        raw.shutdown(socket.SHUT_RDWR)


def _is_public(answer: str) -> bool:
    ip = ipaddress.ip_address(answer.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        # An IPv4 address inside an IPv6 one leads to the former.
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _file_name(parts: SplitResult, content_type: str) -> str:
    """A name whose suffix tells the kind: the address's own, else the one of the media type the server named."""
    name = unquote(parts.path.rsplit("/", 1)[-1])
    if by_suffix(name) is not None:
        return name
    media_type = content_type.partition(";")[0].strip().lower()
    suffix = next((kind.suffixes[0] for kind in KINDS.values() if kind.media_type == media_type), "")
    return (name or "index") + suffix
