"""The entries of zip and tar archives as sources of bytes, within limits; nothing is ever written to the disk.

Names: a zip entry without the UTF-8 flag was named in the packer's own code page, which on Chinese machines is GBK.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, cast

from summarizer.errors import SourceError
from summarizer.source.byte_source import ByteSource, PassedOver
from summarizer.source.reader import Limits

__all__ = ["entries", "load_member"]

_ENTRIES = 100_000
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, NotImplementedError, ValueError)
_STRAY = "its path leads out of the archive"
_LINK = "a link inside an archive"
_LOCKED = "encrypted: a password is needed; unpack it first"

Entry = ByteSource | PassedOver | SourceError


def entries(source: ByteSource, data: bytes, limits: Limits) -> Iterator[Entry]:
    """The files inside an archive, each with the archive's name before its own; what cannot be read is said.

    An entry of a zip on the disk is opened when it is loaded; others hold their bytes.
    """
    if data.startswith(b"PK"):
        yield from _zip_entries(source, data, limits)
    else:
        yield from _tar_entries(source, data, limits)


def _zip_entries(source: ByteSource, data: bytes, limits: Limits) -> Iterator[Entry]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        yield SourceError(source.name, f"a damaged archive ({error})")
        return
    with archive:
        held = source.path is None or source.member is not None
        total = 0
        for number, info in enumerate(archive.infolist()):
            shown = f"{source.name}/{entry_name(info)}"
            total += info.file_size
            if number >= _ENTRIES or total > limits.unpacked:
                yield _flood(source, shown, limits)
                return
            if info.is_dir():
                continue
            if reason := _zip_refusal(info):
                yield PassedOver(shown, reason)
            elif not held:
                yield ByteSource(shown, PurePosixPath(shown).name, path=source.path, member=info.filename)
            else:
                yield _held(shown, lambda info=info: _bounded(archive, info, limits.max_bytes))  # type: ignore[misc]


def entry_name(info: zipfile.ZipInfo) -> str:
    """The name as the packer meant it: UTF-8 when flagged or valid, otherwise the Chinese code page."""
    if info.flag_bits & _UTF8_FLAG:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030", "big5hkscs"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _zip_refusal(info: zipfile.ZipInfo) -> str | None:
    if _strays(entry_name(info)):
        return _STRAY
    if stat.S_ISLNK(info.external_attr >> 16):
        return _LINK
    return _LOCKED if info.flag_bits & _ENCRYPTED_FLAG else None


def _strays(name: str) -> bool:
    windows = PureWindowsPath(name)
    return name.startswith("/") or bool(windows.drive) or ".." in windows.parts


def _flood(source: ByteSource, at: str, limits: Limits) -> SourceError:
    return SourceError(
        source.name,
        f"unpacks to more than {limits.unpacked:,} bytes or {_ENTRIES:,} files: {at} and what follows was not opened",
    )


def _held(name: str, load: Callable[[], bytes]) -> ByteSource | SourceError:
    try:
        return ByteSource(name, PurePosixPath(name).name, data=load())
    except SourceError as error:
        return SourceError(name, error.reason)
    except (*_DAMAGE, RuntimeError) as error:
        return SourceError(name, f"damaged inside its archive ({error})")


def _bounded(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(info) as entry:
        return _read_bounded(entry, info.filename, most)


def _read_bounded(file: IO[bytes], name: str, most: int) -> bytes:
    data = file.read(most + 1)
    if len(data) > most:
        raise SourceError(name, f"more bytes than the limit of {most:,}; raise max_file_size")
    return data


@lru_cache(maxsize=2)
def _opened(path: Path, modified: int) -> zipfile.ZipFile:
    """An archive kept open, because its directory is read anew at each opening; ``modified`` tells a new one."""
    return zipfile.ZipFile(path)


def load_member(path: Path, member: str, name: str, most: int) -> bytes:
    """The bytes of a zip entry. Raises ``SourceError`` under ``name``."""
    try:
        archive = _opened(path, path.stat().st_mtime_ns)
        return _bounded(archive, archive.getinfo(member), most)
    except SourceError as error:
        raise SourceError(name, error.reason) from error
    except (*_DAMAGE, RuntimeError, KeyError) as error:
        raise SourceError(name, f"damaged inside its archive ({error})") from error


def _tar_entries(source: ByteSource, data: bytes, limits: Limits) -> Iterator[Entry]:
    try:
        archive = tarfile.open(fileobj=io.BytesIO(data), mode="r:*")  # noqa: SIM115 - closed below, failures are told apart
    except (tarfile.TarError, *_DAMAGE):
        yield _single(source, data, limits)
        return
    total = 0
    with archive:
        try:
            for number, info in enumerate(archive):
                shown = f"{source.name}/{_tar_name(info.name)}"
                total += max(0, info.size)
                if number >= _ENTRIES or total > limits.unpacked:
                    yield _flood(source, shown, limits)
                    return
                if info.isdir():
                    continue
                if _strays(info.name):
                    yield PassedOver(shown, _STRAY)
                elif not info.isfile():
                    yield PassedOver(shown, _LINK)
                else:
                    file = archive.extractfile(info)
                    assert file is not None
                    yield _held(shown, lambda file=file, shown=shown: _read_bounded(file, shown, limits.max_bytes))  # type: ignore[misc]
        except (tarfile.TarError, *_DAMAGE) as error:
            yield SourceError(source.name, f"a damaged archive ({error}); what stands before the damage was read")


def _tar_name(name: str) -> str:
    raw = name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")


def _single(source: ByteSource, data: bytes, limits: Limits) -> Entry:
    """One file that is only compressed: ``report.txt.gz``."""
    openers: dict[bytes, Callable[[IO[bytes]], IO[bytes]]] = {
        b"\x1f\x8b": lambda packed: cast("IO[bytes]", gzip.open(packed)),  # noqa: SIM115 - closed by the caller
        b"BZ": lambda packed: cast("IO[bytes]", bz2.open(packed)),  # noqa: SIM115 - closed by the caller
        b"\xfd7": lambda packed: cast("IO[bytes]", lzma.open(packed)),  # noqa: SIM115 - closed by the caller
    }
    opener = openers.get(data[:2])
    if opener is None:
        return SourceError(source.name, "a damaged archive (neither zip nor tar)")
    inside = source.file_name.rsplit(".", 1)[0]
    with opener(io.BytesIO(data)) as file:
        return _held(f"{source.name}/{inside}", lambda: _read_bounded(file, source.name, limits.max_bytes))
