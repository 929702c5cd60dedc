"""Which way a request takes: straight to this machine's own servers, else through the environment's proxy, which is named."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from summarizer.errors import UsageError
from summarizer.llm.secrets import without_password
from summarizer.profiles import is_loopback

__all__ = ["Proxy", "is_insecure", "proxy_for"]

_SOCKS = {"socks", "socks4", "socks4a", "socks5", "socks5h"}


def is_insecure(base_url: str) -> bool:
    """Whether the key and the texts would travel unencrypted to another machine."""
    parts = urlsplit(base_url)
    return parts.scheme == "http" and not is_loopback(parts.hostname or "")


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy: its address with the password if there is one, and whether it speaks SOCKS. ``str`` shows no password."""

    address: str
    socks: bool

    def __str__(self) -> str:
        return without_password(self.address)


def proxy_for(base_url: str) -> Proxy | None:
    """The environment's proxy for an address; None for this machine and for what NO_PROXY names.

    Raises UsageError for a proxy of a kind that nobody here speaks.
    """
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if is_loopback(host) or proxy_bypass(host):
        return None
    known = getproxies()
    address = known.get(parts.scheme) or known.get("all")
    if not address:
        return None
    scheme = address.split("://", 1)[0].lower() if "://" in address else "http"
    if "://" not in address:
        address = f"http://{address}"
    if scheme not in _SOCKS | {"http", "https"}:
        raise UsageError(f"the environment's proxy {without_password(address)} is of a kind that is not spoken here")
    return Proxy(address, scheme in _SOCKS)
