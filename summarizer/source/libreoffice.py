"""What no reader here knows, converted by LibreOffice where it is installed; otherwise a sentence that says what to do."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from summarizer.source.reader import Limits, ReadText

__all__ = ["read_converted"]

_SECONDS = 120
_PROGRAMS = ("soffice", "libreoffice")


def read_converted(data: bytes, reason: str, limits: Limits) -> ReadText:
    """The text of a document that LibreOffice turns into OpenDocument. Raises ``ValueError`` with ``reason`` where it cannot."""
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise ValueError(f"{reason}: save it as .docx, or install LibreOffice and it is converted")
    with tempfile.TemporaryDirectory(prefix="summarizer-") as folder:
        source, target = Path(folder, "document.doc"), Path(folder, "document.odt")
        source.write_bytes(data)
        command = [
            program,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--convert-to",
            "odt",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(  # noqa: S603 - a fixed program; the file's name is ours
                command, check=True, timeout=_SECONDS, stdin=subprocess.DEVNULL, capture_output=True
            )
            converted = target.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise ValueError(f"{reason}: LibreOffice could not convert it; save it as .docx") from error
    from summarizer.source.opendocument import read_opendocument

    text = read_opendocument(converted, limits)
    return replace(text, note="converted by LibreOffice")
