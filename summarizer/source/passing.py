"""Why a file or folder met on the way is passed over, by its name: the reasons that users read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from summarizer.source.kinds import by_suffix

__all__ = ["why_not", "why_not_folder"]

_PICTURES = frozenset(["PNG", "JPEG", "TIFF", "BMP"])
_NO_KIND = "no kind that is read"
_HIDDEN = "a hidden file or a lock of an office program"
_LINK = "a link to a folder: name the folder itself"
_PARTS = "parts of the saved page beside it"
_REMNANTS = ("__MACOSX",)  # what a Mac's archiver adds


def why_not_folder(path: Path, files: Iterable[str]) -> str | None:
    if path.name.startswith(".") or path.name in _REMNANTS:
        return _HIDDEN
    if path.is_symlink():
        return _LINK
    for ending in ("_files", ".files", "_文件"):
        if path.name.endswith(ending):
            page = path.name.removesuffix(ending)
            if any(file in (f"{page}.html", f"{page}.htm") for file in files):
                return _PARTS
    return None


def why_not(path: Path) -> str | None:
    """Why a file met in a folder or an archive is not opened, by its name; None when it is."""
    if any(part.startswith((".", "~$")) or part in _REMNANTS for part in path.parts):
        return _HIDDEN
    kind = by_suffix(path.name)
    if kind is None:
        return f"{_NO_KIND} ({path.suffix or 'no suffix'})"
    if kind.name in _PICTURES:
        from summarizer.source.ocr import INSTALL, is_installed

        return None if is_installed() else f"a picture; to have it recognised: {INSTALL}"
    return None
