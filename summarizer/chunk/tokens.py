"""Counting tokens without a network: the shipped vocabulary, others that lie in a cache, and a bound for the rest."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from summarizer.resources import vocabulary_folder

if TYPE_CHECKING:
    from tiktoken import Encoding

__all__ = ["SHIPPED", "TokenCounter", "counter_for"]

SHIPPED = "o200k_base"
"""The encoding whose vocabulary travels with the program."""

_HOST = "https://openaipublic.blob.core.windows.net/"
_O200K = ("encodings/o200k_base.tiktoken", "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d")
_P50K = ("encodings/p50k_base.tiktoken", "94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069")

_FILES: dict[str, tuple[tuple[str, str], ...]] = {
    "o200k_base": (_O200K,),
    "o200k_harmony": (_O200K,),
    "cl100k_base": (
        ("encodings/cl100k_base.tiktoken", "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"),
    ),
    "p50k_base": (_P50K,),
    "p50k_edit": (_P50K,),
    "r50k_base": (
        ("encodings/r50k_base.tiktoken", "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930"),
    ),
}
"""Encoding → its files as ``tiktoken_ext.openai_public`` names them, with their sha256.

tiktoken downloads a file that is missing and deletes one whose hash is wrong; looking first keeps it from both.
"""

_SURROGATE = re.compile("[\ud800-\udfff]")
_ENVIRONMENT = threading.Lock()


@dataclass(frozen=True, eq=False)
class TokenCounter:
    """Counts tokens of one encoding, or bounds them when the encoding is not at hand.

    ``exact`` is false for the bound: one token a UTF-8 byte, which no byte-level BPE exceeds, because it starts from
    single bytes and only merges. ``note`` says in one sentence what is counted.
    """

    name: str
    exact: bool
    note: str
    _encoding: Encoding | None = field(default=None, repr=False)

    def count(self, text: str) -> int:
        """Tokens of ``text`` as ordinary text: ``<|endoftext|>`` in a document is seven characters' worth, no control token.

        A lone surrogate counts as U+FFFD, which is what every UTF-8 encoder would send for it.
        """
        if self._encoding is None:
            return len(sendable(text).encode())
        return len(self._encoding.encode_ordinary(sendable(text)))

    def encode(self, text: str) -> NDArray[np.unsignedinteger[Any]]:
        """Numbers of the tokens of ``text``, or its UTF-8 bytes for the bound. Releases the interpreter while it encodes."""
        if self._encoding is None:
            return np.frombuffer(text.encode(), dtype=np.uint8)
        return self._encoding.encode_to_numpy(text, disallowed_special=())

    def begun(self, tokens: NDArray[np.unsignedinteger[Any]]) -> NDArray[np.int64]:
        """How many characters have begun by the end of each token of a text; the last may go on in the next token."""
        return np.cumsum(_letters(self._encoding)[0].take(tokens), dtype=np.int64)

    def continues(self, token: int) -> bool:
        """Whether the token begins inside a character."""
        return bool(_letters(self._encoding)[1][token])


def sendable(text: str) -> str:
    """``text`` with each lone surrogate replaced by U+FFFD; the same object when there is none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


@cache
def _letters(encoding: Encoding | None) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """By token number, or by byte: how many characters begin in it, and whether it begins inside one.

    A character of UTF-8 begins at each byte that is not 10xxxxxx. Special tokens never come out of ordinary text and stay 0.
    """
    if encoding is None:
        inside = np.arange(256) & 0xC0 == 0x80
        return (~inside).astype(np.uint8), inside
    ranks = encoding._mergeable_ranks  # the public way asks for each of 200,000 tokens and takes as long as loading
    ends = np.cumsum([len(token) for token in ranks])
    inside = np.frombuffer(b"".join(ranks), dtype=np.uint8) & 0xC0 == 0x80
    numbers, starts = list(ranks.values()), np.concatenate(([0], ends[:-1]))
    begins, torn = np.zeros(encoding.max_token_value + 1, np.uint8), np.zeros(encoding.max_token_value + 1, np.bool_)
    begins[numbers] = np.add.reduceat(~inside, starts, dtype=np.uint8)
    torn[numbers] = inside[starts]
    return begins, torn


@cache
def counter_for(model: str) -> TokenCounter:
    """The counter for a model's name (``gpt-4o-mini``, ``openai/gpt-5``) or an encoding's (``cl100k_base``).

    A model that tiktoken does not know, or whose vocabulary lies in no cache folder, gets the bound; nothing is downloaded
    and nothing raised.
    """
    import tiktoken

    name = model.rsplit("/", 1)[-1]
    try:
        encoding_name = name if name in _FILES else tiktoken.encoding_name_for_model(name)
    except KeyError:
        return _bound(model, f"the encoding of {model} is not known")
    folder = next((place for place in _folders() if _holds(place, encoding_name)), None)
    if folder is None:
        return _bound(model, f"the vocabulary {encoding_name} of {model} is in no cache folder")
    with _cache_folder(folder):
        encoding = tiktoken.get_encoding(encoding_name)
    return TokenCounter(encoding_name, True, f"exact tokens of {encoding_name}", encoding)


def _bound(model: str, reason: str) -> TokenCounter:
    return TokenCounter("utf-8 bytes", False, f"{reason}: an upper bound is counted, one token a UTF-8 byte")


def _folders() -> Iterator[Path]:
    """The shipped folder, then the places where tiktoken itself would look."""
    yield vocabulary_folder()
    for variable in ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"):
        if os.environ.get(variable):
            yield Path(os.environ[variable])
    yield Path(tempfile.gettempdir()) / "data-gym-cache"


def _holds(folder: Path, encoding_name: str) -> bool:
    """Whether every file of the encoding is in the folder with the right content."""
    return encoding_name in _FILES and all(
        _sha256(folder / hashlib.sha1((_HOST + path).encode(), usedforsecurity=False).hexdigest()) == wanted
        for path, wanted in _FILES[encoding_name]
    )


def _sha256(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


@contextmanager
def _cache_folder(folder: Path) -> Iterator[None]:
    """Point tiktoken at ``folder`` while it loads; the user's own setting is put back."""
    with _ENVIRONMENT:
        before = os.environ.get("TIKTOKEN_CACHE_DIR")
        os.environ["TIKTOKEN_CACHE_DIR"] = str(folder)
        try:
            yield
        finally:
            if before is None:
                del os.environ["TIKTOKEN_CACHE_DIR"]
            else:
                os.environ["TIKTOKEN_CACHE_DIR"] = before
