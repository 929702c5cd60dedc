"""From what a user names to a stream of texts: files, folders, globs, lists, archives, records, addresses, stdin.

Nothing is passed over in silence: what is met and not read comes as :class:`PassedOver` with its reason, what could not
be read as ``SourceError``, each in its place between the others.
"""

from __future__ import annotations

import csv
import glob
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from summarizer.errors import SourceError, UsageError
from summarizer.source import archives, records
from summarizer.source.byte_source import ByteSource, PassedOver, printable_name, unescaped_name
from summarizer.source.fetch import Fetcher, is_address
from summarizer.source.kinds import Kind, by_suffix, kind_of
from summarizer.source.passing import why_not, why_not_folder
from summarizer.source.reader import Limits

__all__ = ["Entry", "Expansion", "find_named", "is_kept_nowhere"]

Entry = ByteSource | PassedOver | SourceError

STDIN = "stdin"
"""The name of what was read from standard input."""

_DEPTH = 3  # archives inside archives; deeper is a trick
_GLOB = frozenset("*?[")
_CONTAINERS = frozenset(["zip", "tar", "records", "JSON", "table of text", "workbook", "mail"])
_DEVICE = "no regular file (a device, a pipe or a socket)"


@dataclass
class Expansion:
    """One run's expansion of inputs; ``max_bytes`` bounds each text, ``fetch`` gets an address.

    Each file comes once, however often it is named. ``stdin`` is where ``-`` reads.
    """

    max_bytes: int = Limits().max_bytes
    allow_private: bool = False
    stdin: Callable[[], BinaryIO] = lambda: sys.stdin.buffer
    _seen: set[object] = field(default_factory=set)

    def __call__(self, inputs: Iterable[str]) -> Iterator[Entry]:
        """Yield everything behind the inputs, in their order; folders sorted.

        Raises ``UsageError`` at once for an input that does not exist or a glob that matches nothing.
        """
        named = [one for given in inputs for one in self._named(given)]
        return (entry for one in named for entry in self._behind(one))

    def _named(self, given: str) -> Iterator[str]:
        """Check an input, and write out lists and globs."""
        if given == "-" or is_address(given) or Path(given).exists() or Path(given).is_symlink():
            yield given
        elif given.startswith("@"):
            yield from self._listed(given)
        elif _holder(Path(given)) is not None:
            yield given  # an entry of an archive, a record
        elif _GLOB & set(given):
            found = _matches(given)
            if not found:
                raise UsageError(f"{given}: nothing matches")
            yield from found
        else:
            raise UsageError(f"{printable_name(given)}: no such file or folder")

    def _listed(self, given: str) -> Iterator[str]:
        """The inputs in a list, one a line, from the working folder or the list's own; ``#`` begins a remark."""
        path = Path(given[1:])
        try:
            text = self.stdin().read().decode() if given == "@-" else path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"{given}: the list cannot be read ({getattr(error, 'strerror', None) or error})"
            ) from error
        for number, line in enumerate(text.splitlines(), 1):
            one = line.strip()
            if not one or one.startswith("#"):
                continue
            beside = path.parent / one
            if is_address(one) or Path(one).exists():
                yield one
            elif beside.exists():
                yield str(beside)
            elif _GLOB & set(one) and (found := _matches(one)):
                yield from found
            else:
                raise UsageError(f"{given}, line {number}: {printable_name(one)}: no such file or folder")

    def _behind(self, named: str) -> Iterator[Entry]:
        if named == "-":
            data = self.stdin().read(self.max_bytes + 1)
            yield from self._opened(ByteSource(STDIN, STDIN, data=data), 0)
        elif is_address(named):
            if self._first(named):
                try:
                    page = Fetcher(self.max_bytes, self.allow_private)(named)
                except SourceError as error:
                    yield error
                else:
                    yield from self._opened(page, 0)
        elif Path(named).is_dir():
            yield from self._folder(Path(named))
        elif not Path(named).exists() and not Path(named).is_symlink():
            try:
                yield find_named(named, [Path()], self.max_bytes)
            except SourceError as error:
                yield error
        else:
            yield from self._file(Path(named), outright=True)

    def _first(self, identity: object) -> bool:
        known = identity in self._seen
        self._seen.add(identity)
        return not known

    def _folder(self, folder: Path) -> Iterator[Entry]:
        met = len(self._seen)
        passed = 0
        empty = True
        for entry in self._walked(folder):
            passed += isinstance(entry, PassedOver)
            empty = empty and isinstance(entry, PassedOver)
            yield entry
        if empty and len(self._seen) == met:
            why = f" ({passed} passed over)" if passed else ""
            yield SourceError(printable_name(str(folder)), f"no file to read in this folder{why}")

    def _walked(self, folder: Path) -> Iterator[Entry]:
        refused: list[OSError] = []
        for root, folders, files in os.walk(folder, onerror=refused.append):
            while refused:
                yield _unopened(refused.pop())
            here = Path(root)
            kept = []
            for name in sorted(folders):
                reason = why_not_folder(here / name, files)
                if reason is None:
                    kept.append(name)
                else:
                    yield PassedOver(printable_name(str(here / name)), reason)
            folders[:] = kept
            for name in sorted(files):
                yield from self._file(here / name, outright=False)
        while refused:
            yield _unopened(refused.pop())

    def _file(self, path: Path, *, outright: bool) -> Iterator[Entry]:
        source = ByteSource.of_file(path)
        reason = None if outright else why_not(Path(path.name))
        if reason is not None:
            yield PassedOver(source.name, reason)
            return
        try:
            found = path.stat()
        except OSError as error:
            yield SourceError(source.name, error.strerror or str(error))
            return
        if not stat.S_ISREG(found.st_mode):
            yield SourceError(source.name, _DEVICE) if outright else PassedOver(source.name, _DEVICE)
        elif self._first(path.resolve()):
            yield from self._opened(source, 0)

    def _opened(self, source: ByteSource, depth: int) -> Iterator[Entry]:
        """A text as it is; a container as what it holds. A name of no container is not opened here."""
        promised = by_suffix(source.file_name)
        if source.path is not None and promised is not None and promised.name not in _CONTAINERS:
            yield source
            return
        if source.path is not None and source.member is None and promised is not None and promised.name == "records":
            yield from self._records(source, source.path)
            return
        try:
            data = source.load(
                self.max_bytes if promised is None or promised.name not in ("zip", "tar") else self._archive_bytes
            )
            kind = kind_of(data, source.file_name)
        except SourceError as error:
            yield error
            return
        except ValueError as error:
            yield SourceError(source.name, str(error))
            return
        yield from self._inside(source, data, kind, depth)

    @property
    def _archive_bytes(self) -> int:
        return Limits(self.max_bytes).unpacked

    def _inside(self, source: ByteSource, data: bytes, kind: Kind, depth: int) -> Iterator[Entry]:
        if kind.name in ("zip", "tar"):
            if depth >= _DEPTH:
                yield PassedOver(source.name, f"an archive inside {_DEPTH} others")
                return
            for entry in archives.entries(source, data, Limits(self.max_bytes)):
                if not isinstance(entry, ByteSource):
                    yield entry
                elif (reason := why_not(Path(entry.name[len(source.name) + 1 :]))) is not None:
                    yield PassedOver(entry.name, reason)
                else:
                    yield from self._opened(entry, depth + 1)
        elif kind.name == "records":
            yield from records.from_lines(source, data.splitlines(keepends=True), self.max_bytes)
        elif kind.name == "JSON":
            yield from records.from_json(source, data)
        elif kind.name == "mail":
            yield source
            yield from self._attached(source, data, depth)
        else:
            rows = _rows(data, kind)
            yield from (rows and records.from_rows(source, rows)) or [source]

    def _attached(self, source: ByteSource, data: bytes, depth: int) -> Iterator[Entry]:
        from summarizer.source.mail import attachments

        for name, attached in attachments(data):
            shown = f"{source.name}/{name}"
            reason = why_not(Path(name))
            if reason is not None or depth >= _DEPTH:
                yield PassedOver(shown, reason or f"a mail inside {_DEPTH} others")
            else:
                yield from self._opened(ByteSource(shown, name, data=attached), depth + 1)

    def _records(self, source: ByteSource, path: Path) -> Iterator[Entry]:
        try:
            yield from records.from_lines(source, records.read_lines(path, self.max_bytes), self.max_bytes)
        except OSError as error:
            yield SourceError(source.name, error.strerror or str(error))


def _rows(data: bytes, kind: Kind) -> list[list[str]] | None:
    """The rows of a table that may hold a text in each; None for other kinds and for what its reader will refuse."""
    try:
        if kind.name == "table of text":
            from summarizer.source.delimited import rows_of

            return rows_of(data)
        if kind.name == "workbook":
            from summarizer.source.workbook import first_sheet

            return first_sheet(data)
    except (ValueError, csv.Error):
        return None
    return None


def _matches(pattern: str) -> list[str]:
    """What a glob matches, sorted; ``**`` goes through folders."""
    return sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - a pattern may be absolute, which Path.glob refuses


def _unopened(error: OSError) -> SourceError:
    return SourceError(printable_name(str(error.filename)), error.strerror or str(error))


def find_named(name: str, folders: Iterable[Path], max_bytes: int) -> ByteSource:
    """The source behind a name that a briefing prints: a file below one of the folders, an archive's entry, a record.

    Raises ``SourceError`` when it is no longer there.
    """
    for folder in folders:
        path = folder / unescaped_name(name)
        if path.is_file():
            return ByteSource(name, path.name, path=path)
        holder = _holder(path)
        if holder is not None:
            wanted = printable_name(str(path))
            for entry in Expansion(max_bytes)([str(holder)]):
                if str(entry) == wanted and isinstance(entry, ByteSource):
                    return replace(entry, name=name)
    raise SourceError(name, "no such file")


def _holder(path: Path) -> Path | None:
    """The archive or file of records that a path leads into."""
    base = Path(str(path).rpartition("#")[0])
    if "#" in path.name and base.is_file():
        return base
    return next((upper for upper in path.parents if upper.is_file()), None)


def is_kept_nowhere(source: ByteSource) -> bool:
    """Whether the bytes of a source are gone after the run: fetched, or read from stdin."""
    return source.path is None and (is_address(source.name) or source.name.split("/")[0].split("#")[0] == STDIN)
