"""Both stores keep what was put, set damage aside, and forget nothing."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from recordings_samples import answered, question, recording

from summarizer.errors import DataError
from summarizer.exchange import Answer, ChatRequest, Message, Outcome, Usage
from summarizer.recordings.files import FileStore
from summarizer.recordings.local import LocalStore
from summarizer.recordings.recording import Provenance, Recording
from summarizer.recordings.store import LayeredStore, Store

MakeStore = Callable[[Path, Callable[[str], None]], Store]
STORES: dict[str, MakeStore] = {
    "local": lambda folder, report: LocalStore(folder, report),
    "recordings": lambda folder, report: FileStore(folder, report),
}


@pytest.fixture(params=STORES)
def make(request: pytest.FixtureRequest) -> MakeStore:
    return STORES[request.param]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def store(make: MakeStore, tmp_path: Path, said: list[str]) -> Store:
    return make(tmp_path / "store", said.append)


def _damage(store: Store, key: str, wrong: bytes = "错".encode()) -> None:
    """Change one character of a stored answer behind the store's back."""
    if isinstance(store, LocalStore):
        with sqlite3.connect(store.path) as connection:
            (text,) = connection.execute("SELECT answer FROM recording WHERE key = ?", (key,)).fetchone()
            changed = text.replace("床位".encode(), wrong * 2)
            assert changed != text
            connection.execute("UPDATE recording SET answer = ? WHERE key = ?", (changed, key))
        connection.close()
    else:
        assert isinstance(store, FileStore)
        path = store.folder / key[:2] / f"{key}.json"
        path.write_bytes(path.read_bytes().replace('床位达到17张。\\"'.encode(), wrong + b'\\"'))


def test_what_was_put_is_got_by_another_object(make: MakeStore, tmp_path: Path, said: list[str]) -> None:
    one = recording(1)
    make(tmp_path, said.append).put(one)
    other = make(tmp_path, said.append)
    assert other.get(one.key) == replace(one.answer, from_cache=True)
    assert other.load(one.key) == one
    assert said == []


def test_what_was_not_put_is_not_there(store: Store) -> None:
    assert store.get(recording(1).key) is None
    assert store.load(recording(1).key) is None
    assert not store.remove(recording(1).key)
    assert list(store.entries()) == list(store.keys()) == list(store.verify()) == []


def test_a_second_put_replaces_the_first(store: Store) -> None:
    one = recording(1)
    store.put(one)
    store.put(replace(one, answer=replace(one.answer, text="[]")))
    answer = store.get(one.key)
    assert answer is not None
    assert answer.text == "[]"
    assert len(list(store.entries())) == 1


def test_removing_forgets_one(store: Store) -> None:
    for number in (1, 2):
        store.put(recording(number))
    assert store.remove(recording(1).key)
    assert list(store.recordings()) == [recording(2)]


def test_all_are_given_in_the_order_of_their_keys(store: Store) -> None:
    wanted = sorted((recording(number) for number in range(1, 40)), key=lambda one: one.key)
    for one in reversed(wanted):
        store.put(one)
    assert list(store.recordings()) == wanted
    assert list(store.keys()) == [entry.key for entry in store.entries()] == [one.key for one in wanted]
    assert {entry.outcome for entry in store.entries()} == {"answered"}


def test_entries_tell_model_age_and_size(store: Store) -> None:
    store.put(recording(1, when="2026-02-03T04:05:06+00:00"))
    (entry,) = store.entries()
    assert (entry.model, entry.when, entry.how) == ("model-a", "2026-02-03T04:05:06+00:00", "endpoint")
    assert entry.size > 500


@pytest.mark.parametrize("outcome", [Outcome.CUT, Outcome.REFUSED, Outcome.FILTERED, Outcome.EMPTY])
def test_answers_without_use_are_kept_as_they_came(store: Store, outcome: Outcome) -> None:
    answer = Answer(outcome, text='{"tasks": [', finish_reason="length", usage=Usage(3, 4), error="无法回答")
    one = Recording.of(question(1), answer, Provenance("endpoint", "2026-01-01T00:00:00+00:00"))
    store.put(one)
    assert store.get(one.key) == replace(answer, from_cache=True)


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.MISSING])
def test_what_is_no_answer_cannot_be_a_recording(outcome: Outcome) -> None:
    with pytest.raises(ValueError, match=outcome.value):
        Recording.of(question(1), Answer(outcome), Provenance("endpoint", ""))


@given(text=st.text(st.characters()), prompt=st.text(st.characters()))
def test_any_text_comes_back_code_point_by_code_point(
    tmp_path_factory: pytest.TempPathFactory, text: str, prompt: str
) -> None:
    request = ChatRequest("m", (Message("user", prompt),), {"stop": [text]})
    one = Recording.of(request, Answer(Outcome.ANSWERED, text=text), Provenance("endpoint", ""))
    folder = tmp_path_factory.mktemp("any")
    for make in STORES.values():
        store = make(folder, print)
        store.put(one)
        assert store.load(one.key) == one


def test_a_damaged_entry_is_reported_set_aside_and_not_served(store: Store, said: list[str]) -> None:
    one = recording(1)
    store.put(one)
    store.put(recording(2))
    _damage(store, one.key)
    assert len(list(store.verify())) == 1
    assert store.get(one.key) is None
    assert len(said) == 1
    assert "set aside" in said[0]
    assert "sha256 differs" in said[0]
    assert list(store.recordings()) == [recording(2)]
    store.put(one)
    assert store.load(one.key) == one


def test_what_was_set_aside_is_kept_until_the_store_is_compacted(store: Store, tmp_path: Path) -> None:
    one = recording(1)
    store.put(one)
    _damage(store, one.key)
    store.get(one.key)
    if isinstance(store, LocalStore):
        with sqlite3.connect(store.path) as connection:
            count = "SELECT count(*) FROM damaged WHERE key = ? AND reason LIKE '%sha256%'"
            assert connection.execute(count, (one.key,)).fetchone() == (1,)
            store.compact()
            assert connection.execute(count, (one.key,)).fetchone() == (0,)
        connection.close()
    else:
        assert len(list(store.verify())) == 1
        store.compact()
        assert list(store.verify()) == []


def test_a_database_with_broken_pages_never_serves_a_wrong_answer(tmp_path: Path, said: list[str]) -> None:
    store = LocalStore(tmp_path, said.append)
    wanted = [recording(number) for number in range(1, 60)]
    for one in wanted:
        store.put(one)
    store.close()
    content = bytearray(store.path.read_bytes())
    for start in range(3 * 4096, len(content), 5 * 4096):
        content[start : start + 4096] = b"\xa5" * 4096
    store.path.write_bytes(content)
    assert list(store.verify()) != []
    served = [store.get(one.key) for one in wanted]
    assert {answer.text for answer in served if answer} <= {one.answer.text for one in wanted}
    assert None in served
    assert said != []


def test_a_recording_under_a_wrong_name_is_not_served(tmp_path: Path, said: list[str]) -> None:
    store = FileStore(tmp_path, said.append)
    one, two = recording(1), recording(2)
    store.put(one)
    (tmp_path / two.key[:2]).mkdir(exist_ok=True)
    (tmp_path / one.key[:2] / f"{one.key}.json").rename(tmp_path / two.key[:2] / f"{two.key}.json")
    assert store.get(two.key) is None
    assert "not the key" in said[0]
    assert store.load(two.key) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"<<<<<<< ours\n{}\n", b"[" * 100_000])
def test_a_file_that_is_no_recording_is_set_aside(tmp_path: Path, said: list[str], content: bytes) -> None:
    store = FileStore(tmp_path, said.append)
    key = recording(1).key
    path = tmp_path / key[:2] / f"{key}.json"
    path.parent.mkdir()
    path.write_bytes(content)
    assert store.get(key) is None
    assert path.with_suffix(".json.damaged").read_bytes() == content
    assert len(said) == 1


def test_a_recordings_file_is_readable_sorted_and_says_the_same_twice(tmp_path: Path, said: list[str]) -> None:
    store = FileStore(tmp_path, said.append)
    one = recording(1)
    store.put(one)
    (path,) = tmp_path.glob("??/*.json")
    text = path.read_text(encoding="utf-8")
    assert "县域医共体建设" in text
    assert "\\u" not in text
    value = json.loads(text)
    assert text == json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    assert set(value["request"]) == {"model", "messages", "parameters", "response_format", "attempt"}
    store.put(recording(1, when="2027-01-01T00:00:00+00:00"))
    assert path.read_text(encoding="utf-8") == text, "a later time alone is no change"


def test_a_recording_that_would_publish_a_key_is_not_written_to_files(tmp_path: Path, said: list[str]) -> None:
    one = recording(1)
    leaking = replace(one, answer=replace(one.answer, text="sk-" + "a1B2" * 8))
    with pytest.raises(DataError, match="an API key"):
        FileStore(tmp_path, said.append).put(leaking)
    assert list(tmp_path.rglob("*.json")) == []


def test_a_file_store_that_cannot_be_written_says_so(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataError, match=r"cannot be (read|written)"):
        FileStore(tmp_path / "file", said.append).put(recording(1))


def test_a_local_store_that_is_no_database_is_set_aside(tmp_path: Path, said: list[str]) -> None:
    first = LocalStore(tmp_path, said.append)
    first.path.write_bytes(b"not a database at all, but long enough to be looked at" * 100)
    store = LocalStore(tmp_path, said.append)
    store.put(recording(1))
    assert store.get(recording(1).key) is not None
    assert "set aside" in said[0]
    assert first.path.with_suffix(".sqlite.damaged").exists()


def test_threads_share_one_local_store(tmp_path: Path, said: list[str]) -> None:
    store = LocalStore(tmp_path, said.append)

    def work(start: int) -> None:
        for number in range(start, start + 25):
            store.put(recording(number))
            assert store.get(recording(number).key) is not None

    threads = [threading.Thread(target=work, args=(start,)) for start in range(1, 101, 25)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(store.keys())) == 100


def test_layers_are_searched_in_order_and_written_last(tmp_path: Path, said: list[str]) -> None:
    files, local = FileStore(tmp_path / "files", said.append), LocalStore(tmp_path / "local", said.append)
    layered = LayeredStore(files, local)
    files.put(recording(1))
    local.put(replace(recording(1), answer=replace(recording(1).answer, text="older")))
    layered.put(recording(2))
    assert layered.get(recording(1).key) == replace(answered(question(1)), from_cache=True)
    assert [entry.key for entry in local.entries() if entry.key == recording(2).key]
    assert files.get(recording(2).key) is None
    assert len(list(layered.recordings())) == len(list(layered.entries())) == len(list(layered.keys())) == 2


def test_a_new_answer_replaces_the_old_one_in_the_layer_that_served_it(tmp_path: Path, said: list[str]) -> None:
    files, local = FileStore(tmp_path / "files", said.append), LocalStore(tmp_path / "local", said.append)
    layered = LayeredStore(files, local)
    files.put(recording(1))
    layered.put(replace(recording(1), answer=replace(recording(1).answer, text="[]")))
    answer = layered.get(recording(1).key)
    assert answer is not None
    assert answer.text == "[]"
    assert layered.remove(recording(1).key)
    assert layered.get(recording(1).key) is None


def test_looking_into_a_folder_without_a_store_makes_nothing(make: MakeStore, tmp_path: Path, said: list[str]) -> None:
    store = make(tmp_path / "none", said.append)
    assert store.get(recording(1).key) is None
    assert list(store.entries()) == list(store.verify()) == []
    assert not store.remove(recording(1).key)
    assert not (tmp_path / "none").exists()


def test_a_place_that_cannot_be_written_is_told_before_an_answer_is_paid_for(make: MakeStore, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataError, match=r"cannot be (written|opened)"):
        make(tmp_path / "file" / "store", print).prepare()
