"""Keys and passwords taken out of whatever is shown or kept: endpoints repeat them in errors, and models in answers."""

from __future__ import annotations

import re
from urllib.parse import quote, quote_plus

from pydantic import SecretStr

__all__ = ["Redactor", "without_password"]

_KEY = "[key]"
_SHORTEST = 8
"""Characters; a shorter key is a word like "none" that stands in many texts."""

_PASSWORD = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)[^/\s@?#]+@")
_QUERY = re.compile(
    r"(?P<name>[?&](?:api[-_]?key|key|token|access[-_]?token|sig|signature|secret|password)=)[^&\s\"'#]+", re.IGNORECASE
)
_BEARER = re.compile(r"(?P<word>\bBearer\s+)[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE)


def without_password(text: str) -> str:
    """The text with user, password and keys of addresses replaced by ``[…]``."""
    text = _PASSWORD.sub(r"\g<scheme>[…]@", text)
    return _QUERY.sub(r"\g<name>[…]", text)


class Redactor:
    """Replaces one key in every form that an endpoint may send back: plain, escaped in JSON or an address, masked."""

    def __init__(self, key: SecretStr | None) -> None:
        secret = "" if key is None else key.get_secret_value()
        self._forms: list[str] = []
        self._masked: re.Pattern[str] | None = None
        if len(secret) >= _SHORTEST:
            escaped = secret.replace("/", "\\/")
            self._forms = sorted({secret, escaped, quote(secret, safe=""), quote_plus(secret)}, key=len, reverse=True)
            # "sk-abcd****wxyz", as OpenAI shows it: no secret, but nothing that anybody needs to read either.
            head, tail = re.escape(secret[:3]), re.escape(secret[-4:])
            self._masked = re.compile(rf"{head}[^\s*•…\"']{{0,12}}[*•.…]{{3,}}[^\s*•…\"']{{0,8}}{tail}")

    def content(self, content: bytes) -> bytes:
        """A reply's bytes without the key; everything that is read of it later is without it too."""
        for form in self._forms:
            content = content.replace(form.encode(), _KEY.encode())
        return content

    def text(self, text: str) -> str:
        """A message for people: without the key, a masked one, a bearer token, the password of an address."""
        for form in self._forms:
            text = text.replace(form, _KEY)
        if self._masked is not None:
            text = self._masked.sub(_KEY, text)
        return without_password(_BEARER.sub(rf"\g<word>{_KEY}", text))

    def answer(self, text: str) -> str:
        """A model's own text: only the key itself is taken out."""
        for form in self._forms:
            text = text.replace(form, _KEY)
        return text
