"""What must never stand in a recording that goes to git: keys, headers, hosts, paths of a machine.

A document may quote its own web address, so addresses and hosts are looked for only in what this program writes itself;
keys and the paths of a machine are looked for everywhere.
"""

from __future__ import annotations

import re

__all__ = ["FORBIDDEN_PARAMETERS", "IN_ANY_TEXT", "IN_OWN_WORDS", "redacted"]

_FLAGS = re.ASCII | re.IGNORECASE
"""ASCII: a Chinese character beside a key is no letter of it."""

_IN_ANY_TEXT = {
    # An OpenAI-like key; the prefix and a length that no word of a text has.
    "an API key": r"\b(?:sk|pk|rk|gsk|xai)-[A-Za-z0-9_\-]{16,}",
    "a header": r"\bBearer [A-Za-z0-9._\-]{8,}|\b(?:x-)?(?:api[_-]key|authorization)[\"']? ?[:=]",
    # A folder of a machine at the start of a path; inside an address (x.gov.cn/home/) another character stands before it.
    "a path": r"(?<![\w./\-])(?:file://)?/(?:home|root|users|tmp|var|opt|mnt|etc)/\w[^\s,;()\"']*|(?<![a-z])[a-z]:\\\w[^\s,;()\"']*",
}
_IN_OWN_WORDS = {
    "an address": r"\b[a-z]{2,10}://[^\s,;()\"']+|\blocalhost\b(?::\d+)?|\b\d{1,3}(?:\.\d{1,3}){3}\b(?::\d+)?",
    "a host": r"\b(?:[a-z0-9\-]{1,63}\.){1,8}(?:com|cn|net|org|io|ai|dev|local|internal|lan)\b(?::\d+)?",
}

IN_ANY_TEXT = {what: re.compile(pattern, _FLAGS) for what, pattern in _IN_ANY_TEXT.items()}
"""What no text of a recording may hold, by what it is called."""
IN_OWN_WORDS = {what: re.compile(pattern, _FLAGS) for what, pattern in _IN_OWN_WORDS.items()}
"""What provenance and errors may not hold besides."""

FORBIDDEN_PARAMETERS = frozenset({"api_key", "base_url", "headers", "extra_headers", "organization", "authorization"})
"""Parameters that belong to a client and not to a question."""

_ALL = re.compile("|".join([*_IN_ANY_TEXT.values(), *_IN_OWN_WORDS.values()]), _FLAGS)


def redacted(words: str) -> str:
    """Return an endpoint's message without addresses, keys and paths."""
    return _ALL.sub("[…]", words)
