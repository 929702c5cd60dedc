"""The process that recognises pages: pictures on stdin (eight bytes of length, then PNG), a line of JSON for each on stdout."""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Any, BinaryIO

__all__ = ["main"]

_THREADS = max(1, min(4, os.cpu_count() or 1))
_LONGEST = 4000


def main() -> None:
    """Serve until stdin ends."""
    # Whatever a library prints must not mix with the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    engine = _engine()
    while (picture := _next(sys.stdin.buffer)) is not None:
        try:
            answer: dict[str, Any] = {"lines": _lines(engine, picture)}
        except Exception as error:  # noqa: BLE001 - one bad page must not end the others
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def _next(pipe: BinaryIO) -> bytes | None:
    head = pipe.read(8)
    return pipe.read(int.from_bytes(head, "big")) if len(head) == 8 else None


def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": _LONGEST,
            "Global.text_score": 0.3,
            # Lines are found on a smaller picture of the page and read from the large one.
            "Det.limit_type": "max",
            "Det.limit_side_len": 1280,
            "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
        }
    )


def _lines(engine: Any, picture: bytes) -> list[dict[str, Any]]:
    """Each recognised line: its box, its slope, and each character with its confidence and left edge."""
    import numpy as np
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as opened:
        pixels = np.asarray(opened.convert("RGB"))
    found = engine(pixels, return_word_box=True, return_single_char_box=True)
    if found.boxes is None or found.txts is None:
        return []
    lines = []
    for box, text, score, words in zip(found.boxes, found.txts, found.scores, found.word_results, strict=True):
        if text.strip():
            lines.append(_line(box, text, float(score), words))
    return lines


def _line(box: Any, text: str, score: float, words: Any) -> dict[str, Any]:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = ((float(x), float(y)) for x, y in box)
    left, right = (x0 + x3) / 2, (x1 + x2) / 2
    top, bottom = (y0 + y1) / 2, (y2 + y3) / 2
    characters = [(word, float(sure), float(place[0][0])) for word, sure, place in words] if words else []
    if "".join(word for word, _, _ in characters) != text:
        step = (right - left) / max(1, len(text))
        characters = [(character, score, left + step * place) for place, character in enumerate(text)]
    else:
        characters = [
            (character, sure, x if not place else x + (right - left) * place / max(1, len(text)))
            for word, sure, x in characters
            for place, character in enumerate(word)
        ]
    slope = (y1 - y0 + y2 - y3) / 2 / max(1.0, right - left)
    return {"box": [left, top, right, bottom], "slope": slope, "characters": characters}


if __name__ == "__main__":
    main()
