"""What holds for every test: nothing leaves the machine, and no setting of the developer's own leaks in."""

from __future__ import annotations

import os
import socket
from typing import Any

import hypothesis
import pytest

# Property tests judge results; how long an example takes is the machine's affair.
hypothesis.settings.register_profile(
    "results", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], print_blob=True
)
hypothesis.settings.load_profile("results")

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class NetworkRefused(RuntimeError):
    """A test tried to reach another machine."""


def _refuse_others(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in _LOOPBACK:
            raise NetworkRefused(f"a test tried to connect to {address[0]}:{address[1]}")
        return connect(self, address)

    return guarded


def _no_names(host: Any, *args: Any, **kwargs: Any) -> Any:
    if host not in _LOOPBACK and host is not None:
        raise NetworkRefused(f"a test tried to look up {host}")
    return _getaddrinfo(host, *args, **kwargs)


_getaddrinfo = socket.getaddrinfo


@pytest.fixture(autouse=True)
def _closed_network(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Connections go to loopback only; addresses, keys and the configuration of the developer's own are not seen."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.getbasetemp() / "no-configuration"))
    for name in list(os.environ):
        if name.startswith(("OPENAI_", "SUMMARIZER_", "AZURE_OPENAI_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setattr(socket.socket, "connect", _refuse_others(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", _refuse_others(socket.socket.connect_ex))
    monkeypatch.setattr(socket, "getaddrinfo", _no_names)
