"""The local store: SQLite in a folder that is handed in, safe for several processes at once.

WAL with synchronous NORMAL: a commit survives the kill of the process (the operating system has it), one commit an
answer. A look-up reads the answer and its hash only; the request, which is longer and read seldom, is compressed and stands
last in the row.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import threading
import weakref
import zlib
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from summarizer.errors import DataError
from summarizer.exchange import Answer
from summarizer.recordings.key import SCHEMA_VERSION, canonical, key_of
from summarizer.recordings.recording import (
    Damaged,
    Provenance,
    Recording,
    answer_from_json,
    answer_to_json,
    json_bytes,
    request_from_json,
)
from summarizer.recordings.store import Damage, Entry, Report, say

__all__ = ["LocalStore"]

_FILE = f"answers-{SCHEMA_VERSION}.sqlite"
_SCHEMA = """
CREATE TABLE recording (
    key TEXT PRIMARY KEY NOT NULL, answer BLOB NOT NULL, answer_sha256 BLOB NOT NULL,
    model TEXT NOT NULL, outcome TEXT NOT NULL, obtained TEXT NOT NULL, how TEXT NOT NULL, request BLOB NOT NULL
);
CREATE TABLE damaged (key TEXT NOT NULL, reason TEXT NOT NULL, answer BLOB, request BLOB);
"""
_GET = "SELECT answer, answer_sha256 FROM recording WHERE key = ?"
_LOAD = "SELECT key, answer, answer_sha256, obtained, how, request FROM recording"
_PUT = (
    "INSERT INTO recording (key, answer, answer_sha256, model, outcome, obtained, how, request) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET answer = excluded.answer, "
    "answer_sha256 = excluded.answer_sha256, model = excluded.model, outcome = excluded.outcome, "
    "obtained = excluded.obtained, how = excluded.how, request = excluded.request"
)
_ENTRIES = "SELECT key, model, outcome, length(answer) + length(request), obtained, how FROM recording ORDER BY key"
_SET_ASIDE = (
    "INSERT INTO damaged (key, reason, answer, request) SELECT key, ?, answer, request FROM recording WHERE key = ?"
)
_BUSY_S = 60.0
"""Seconds to wait for another process's commit before giving up."""


class LocalStore:
    """Recordings in ``folder``; one object may be used by several threads, and must not be carried through a fork.

    The database is made by the first put: to look into a folder that has none changes nothing.
    """

    name = "local"

    def __init__(self, folder: Path, report: Report = say) -> None:
        self.path = folder / _FILE
        self._report = report
        self._lock = threading.Lock()
        self._open_connection: sqlite3.Connection | None = None

    def prepare(self) -> None:
        """Make the database if there is none. Raises DataError when nothing can be put."""
        self._write("UPDATE recording SET how = how WHERE key = ''", ())

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        if self._open_connection is not None:
            self._open_connection.close()
            self._open_connection = None

    def get(self, key: str) -> Answer | None:
        """Return the answer; a damaged row is moved to the table ``damaged``, reported, and no answer."""
        try:
            with self._lock:
                connection = self._connection()
                row = None if connection is None else connection.execute(_GET, (key,)).fetchone()
            return None if row is None else _answer(*row)
        except Damaged as damage:
            self._set_aside(key, damage)
        except sqlite3.DatabaseError as error:
            self._fault(error)
        return None

    def load(self, key: str) -> Recording | None:
        """Return the whole recording; otherwise as :meth:`get`."""
        return next(self._load(f"{_LOAD} WHERE key = ?", (key,)), None)

    def put(self, recording: Recording) -> None:
        """Keep the recording; one commit, waiting for other processes' commits up to a minute."""
        answer = json_bytes(answer_to_json(recording.answer))
        row = (
            recording.key,
            answer,
            sha256(answer).digest(),
            recording.request.model,
            recording.answer.outcome.value,
            recording.provenance.when,
            recording.provenance.how,
            zlib.compress(json_bytes(canonical(recording.request)), 1),
        )
        self._write(_PUT, row)

    def remove(self, key: str) -> bool:
        """Delete the row; tell whether there was one."""
        return self._write("DELETE FROM recording WHERE key = ?", (key,), make=False) > 0

    def keys(self) -> Iterator[str]:
        """Give the keys of all rows, damaged ones too."""
        return (str(row[0]) for row in self._rows("SELECT key FROM recording ORDER BY key"))

    def recordings(self) -> Iterator[Recording]:
        """Give all recordings that can be read."""
        return self._load(f"{_LOAD} ORDER BY key")

    def entries(self) -> Iterator[Entry]:
        """Give what a list shows of all rows."""
        return (Entry(*row) for row in self._rows(_ENTRIES))

    def verify(self) -> Iterator[Damage]:
        """Check the database's structure, then every row: the answer's hash, the request's key."""
        try:
            for (finding,) in self._select("PRAGMA quick_check(10)"):
                if finding != "ok":
                    yield Damage(self.path.name, str(finding))
            for row in self._select(f"{_LOAD} ORDER BY key"):
                try:
                    _recording(row)
                except Damaged as damage:
                    yield Damage(str(row[0]), str(damage))
        except sqlite3.DatabaseError as error:
            yield Damage(self.path.name, str(error))

    def compact(self) -> None:
        """Forget what was set aside and give the space of removed rows back to the disk."""
        self._write("DELETE FROM damaged", (), make=False)
        self._write("VACUUM", (), make=False)

    def _connection(self, *, make: bool = False) -> sqlite3.Connection | None:
        """Return the open database; None when there is none and it is not to be made. A file that is none is set aside."""
        if self._open_connection is not None:
            return self._open_connection
        try:
            if make:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                _create(self.path)
            elif not self.path.exists():
                return None
            try:
                connection = _connect(self.path)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError as error:
                self._replace(error)
                connection = _connect(self.path)
        except (OSError, sqlite3.Error) as error:
            raise DataError(str(self.path), f"the local store cannot be opened ({error})") from error
        # Closed with the last reference to the store, for callers that never close.
        weakref.finalize(self, connection.close)
        self._open_connection = connection
        return connection

    def _replace(self, error: sqlite3.DatabaseError) -> None:
        aside = self.path.with_suffix(".sqlite.damaged")
        self.path.replace(aside)
        for rest in ("-wal", "-shm"):
            self.path.with_name(self.path.name + rest).unlink(missing_ok=True)
        self._report(f"{self.path}: the local store is damaged ({error}), set aside as {aside.name}")
        _create(self.path)

    def _write(self, statement: str, values: tuple[Any, ...], *, make: bool = True) -> int:
        try:
            with self._lock:
                connection = self._connection(make=make)
                return 0 if connection is None else connection.execute(statement, values).rowcount
        except sqlite3.Error as error:
            raise DataError(str(self.path), f"the local store cannot be written ({error})") from error

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """Give rows as far as they can be read, and report what stops them."""
        try:
            yield from self._select(query, values)
        except sqlite3.DatabaseError as error:
            self._fault(error)

    def _select(self, query: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        """Give rows in portions, each read under the lock, so that a caller may put and remove between them."""
        with self._lock:
            connection = self._connection()
            cursor = None if connection is None else connection.execute(query, values)
        while cursor is not None:
            with self._lock:
                portion = cursor.fetchmany(256)
            if not portion:
                return
            yield from portion

    def _load(self, query: str, values: tuple[Any, ...] = ()) -> Iterator[Recording]:
        for row in self._rows(query, values):
            try:
                yield _recording(row)
            except Damaged as damage:
                self._set_aside(str(row[0]), damage)

    def _set_aside(self, key: str, damage: Damaged) -> None:
        try:
            with self._lock:
                self._move_aside(key, damage)
            done = "set aside"
        except sqlite3.Error as error:
            done = f"left in place ({error})"
        self._report(f"{self.path}: damaged entry {key[:12]}, {done}: {damage}")

    def _move_aside(self, key: str, damage: Damaged) -> None:
        connection = self._connection()
        assert connection is not None, "a damaged row was read from it"
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_SET_ASIDE, (str(damage), key))
            connection.execute("DELETE FROM recording WHERE key = ?", (key,))

    def _fault(self, error: sqlite3.DatabaseError) -> None:
        """Report a database that cannot be read at this place; a lock that never came free is an error of its own."""
        if isinstance(error, sqlite3.OperationalError):
            raise DataError(str(self.path), f"the local store cannot be read ({error})") from error
        self._report(f"{self.path}: the local store is damaged ({error}): entries are asked again")


def _create(path: Path) -> None:
    """Make an empty database unless there is one; under another name and then linked, so that nobody ever meets half."""
    if path.exists():
        return
    descriptor, temporary = tempfile.mkstemp(prefix=".new-", suffix=".sqlite", dir=path.parent)
    os.close(descriptor)
    try:
        connection = sqlite3.connect(temporary, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_SCHEMA)
        connection.close()
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        Path(temporary).unlink()


def _connect(path: Path) -> sqlite3.Connection:
    """Open an existing database. Raises sqlite3.DatabaseError when the file is something else."""
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("SELECT count(*) FROM (SELECT key FROM recording LIMIT 1)")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _answer(answer: bytes, digest: bytes) -> Answer:
    if sha256(answer).digest() != digest:
        raise Damaged("the answer is not the one that was put: its sha256 differs")
    try:
        return answer_from_json(json.loads(answer))
    except UnicodeDecodeError as error:
        raise Damaged(f"the answer is not JSON ({error})") from error


def _recording(row: tuple[Any, ...]) -> Recording:
    key, answer, digest, when, how, question = row
    recorded = replace(_answer(answer, digest), from_cache=False)
    try:
        request = request_from_json(json.loads(zlib.decompress(question)))
        if key_of(request) != key:
            raise Damaged("the key is not that of the request")
    except (TypeError, ValueError, zlib.error) as error:
        raise error if isinstance(error, Damaged) else Damaged(f"the request is not JSON ({error})") from error
    return Recording(str(key), request, recorded, Provenance(how=how, when=when))
