from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest
import tiktoken
from chunk_samples import ANY_TEXT
from hypothesis import given

from summarizer.chunk import tokens
from summarizer.chunk.tokens import SHIPPED, TokenCounter, counter_for
from summarizer.resources import vocabulary_folder

_FILE = "fb374d419588a4632f3f557e76b4b70aebbca790"


@pytest.fixture
def _fresh() -> Iterator[None]:
    counter_for.cache_clear()
    yield
    counter_for.cache_clear()


def test_the_shipped_vocabulary_has_the_published_hash() -> None:
    data = (vocabulary_folder() / _FILE).read_bytes()
    assert hashlib.sha256(data).hexdigest() == "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"


@pytest.mark.parametrize("model", ["gpt-4o-mini", "openai/gpt-5", "o200k_base", "o3", "gpt-4.1-nano", "gpt-oss-20b"])
def test_models_of_the_shipped_encoding_are_counted_exactly(model: str) -> None:
    counter = counter_for(model)
    assert counter.exact
    assert counter.count("新增普惠托位8900个。") == len(
        tiktoken.get_encoding(counter.name).encode_ordinary("新增普惠托位8900个。")
    )


def test_text_that_looks_like_a_control_token_is_counted_as_text() -> None:
    assert counter_for(SHIPPED).count("<|endoftext|>") > 1


def test_a_lone_surrogate_counts_as_the_replacement_character() -> None:
    counter = counter_for(SHIPPED)
    assert counter.count("数\ud83d据") == counter.count("数\ufffd据")


@pytest.mark.parametrize("model", ["qwen-max", "本地模型", ""])
def test_an_unknown_model_gets_a_bound_that_says_so(model: str) -> None:
    counter = counter_for(model)
    assert not counter.exact
    assert "upper bound" in counter.note
    assert counter.count("健康a😀") == 3 + 3 + 1 + 4


@given(ANY_TEXT)
def test_the_bound_is_never_below_the_exact_count(text: str) -> None:
    assert counter_for("qwen-max").count(text) >= counter_for(SHIPPED).count(text)


@pytest.mark.usefixtures("_fresh")
def test_a_known_encoding_without_its_file_gets_a_bound_and_no_download(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.delenv("DATA_GYM_CACHE_DIR", raising=False)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    counter = counter_for("gpt-4")
    assert not counter.exact
    assert "cl100k_base" in counter.note


@pytest.mark.usefixtures("_fresh")
def test_a_users_own_cache_folder_is_searched_too_and_left_as_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    shutil.copy(vocabulary_folder() / _FILE, own / _FILE)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(own))
    monkeypatch.setattr(tokens, "vocabulary_folder", lambda: tmp_path / "nothing")
    assert counter_for("gpt-4o").exact
    assert os.environ["TIKTOKEN_CACHE_DIR"] == str(own)


@pytest.mark.usefixtures("_fresh")
def test_a_damaged_vocabulary_is_not_used_and_not_deleted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / _FILE).write_bytes(b"AAAA 0\n")
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.delenv("DATA_GYM_CACHE_DIR", raising=False)
    monkeypatch.setattr(tokens, "vocabulary_folder", lambda: tmp_path)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    assert not counter_for("gpt-4o").exact
    assert (tmp_path / _FILE).read_bytes() == b"AAAA 0\n"


@given(ANY_TEXT)
def test_the_characters_begun_and_those_torn_are_known_for_each_token(text: str) -> None:
    for name in (SHIPPED, "qwen-max"):
        counter = counter_for(name)
        numbers = counter.encode(text)
        begun = counter.begun(numbers).tolist()
        sizes = [len(_bytes(counter, int(number))) for number in numbers]
        assert len(numbers) == counter.count(text)
        for ended, (characters, size) in enumerate(zip(begun, accumulate(sizes), strict=True), 1):
            torn = ended < len(numbers) and counter.continues(int(numbers[ended]))
            assert len(text[: characters - torn].encode()) <= size <= len(text[:characters].encode())
            assert torn or len(text[:characters].encode()) == size


def _bytes(counter: TokenCounter, number: int) -> bytes:
    return tiktoken.get_encoding(counter.name).decode_single_token_bytes(number) if counter.exact else bytes([number])


def test_the_files_named_here_are_those_that_tiktoken_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from tiktoken_ext import openai_public

    asked: list[tuple[str, str]] = []

    def note(url: str, expected_hash: str) -> dict[bytes, int]:
        asked.append((url.removeprefix(tokens._HOST), expected_hash))
        return {}

    monkeypatch.setattr(openai_public, "load_tiktoken_bpe", note)
    for name, files in tokens._FILES.items():
        openai_public.ENCODING_CONSTRUCTORS[name]()
        assert asked == list(files)
        asked.clear()
