"""OFD (GB/T 33190): the text of the pages by its places, in reading order.

Annotations, page templates, and text turned against the page (page marks of turned pages) are furniture.
"""

from __future__ import annotations

import itertools
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from summarizer.source.layout import Page, lay_out
from summarizer.source.pieces import Piece
from summarizer.source.reader import Limits, Package, ReadText
from summarizer.source.text import Dropped, ReadingNote

__all__ = ["read_ofd"]

_PAGES = 5000
_CHARACTERS = 5_000_000
_POINTS = 72 / 25.4  # the layout's tolerances are in points, an OFD is in millimetres
_PATH = re.compile(r"([MLCSQBA])|(-?\d+(?:\.\d+)?)")
_LOST_SHARE = 0.2  # when more of the characters stand in the file only as numbers of glyphs, its text layer is no text
_THICK = 1.0  # millimetres; a box that is thinner is a drawn line

_Matrix = tuple[float, float, float, float, float, float]
_Box = tuple[float, float, float, float]


def read_ofd(data: bytes, limits: Limits) -> ReadText:
    """All documents of the package. Raises ``ValueError`` when it is encrypted, damaged, or holds no text (a scan)."""
    package = Package(data, limits)
    if "Encryptions.xml" in package.names or any(name.endswith("/Encryptions.xml") for name in package.names):
        raise ValueError("encrypted: a password is needed; save it without one")
    pages: list[Page] = []
    apart: list[str] = []
    pictures = lost = 0
    for root in _documents(package):
        for name in _pages(package, root):
            if len(pages) >= _PAGES:
                raise ValueError(f"more than {_PAGES:,} pages")
            page = _read_page(package.xml(name))
            pages.append(page.page)
            apart.extend(page.turned)
            pictures += page.pictures
            lost += page.lost
    laid = lay_out(pages)
    text, furniture = laid.text, list(laid.furniture)
    for line in apart:
        furniture.append(Dropped(len(text), len(text) + len(line) + 1, "page_number", "turned against the page"))
        text += line + "\n"
    if not text.strip():
        raise ValueError("no text in it, only pictures: a scan needs character recognition; print it to PDF first")
    unnamed = sum("\ue000" <= character <= "\uf8ff" for character in text)
    named = sum("\u4e00" <= character <= "\u9fff" for character in text)
    if lost + unnamed > _LOST_SHARE * (lost + unnamed + named):
        raise ValueError(
            f"unreadable text layer: {lost + unnamed:,} characters stand in it as glyphs of its own fonts; "
            "print it to PDF, the pages need character recognition first"
        )
    notes = [ReadingNote("unread", f"{pictures} picture(s) not read")] if pictures else []
    if lost:
        notes.append(ReadingNote("unread", f"{lost} character(s) that are in the file only as glyphs"))
    return ReadText(text, tuple(furniture), note=f"{len(pages)} pages", notes=tuple(notes))


def _documents(package: Package) -> Iterator[str]:
    root = package.xml("OFD.xml")
    found = [(one.text or "").strip().lstrip("/") for one in root.iter(etree.Element) if _local(one) == "DocRoot"]
    if not found:
        raise ValueError("a damaged container (no document in it)")
    yield from found


def _pages(package: Package, root: str) -> Iterator[str]:
    folder = posixpath.dirname(root)
    for one in package.xml(root).iter(etree.Element):
        if _local(one) == "Page" and (place := one.get("BaseLoc")):
            path = place.lstrip("/") if place.startswith("/") else posixpath.join(folder, place)
            if posixpath.normpath(path) in package.names:
                yield path


@dataclass(frozen=True)
class _Read:
    page: Page
    turned: tuple[str, ...]
    pictures: int
    lost: int
    """Characters of which the file holds only the glyph."""


def _read_page(root: _Element) -> _Read:
    upright: list[Piece] = []
    turned: list[str] = []
    rules: list[_Box] = []
    pictures = characters = lost = 0
    for one in root.iter(etree.Element):
        name = _local(one)
        if name == "TextObject" and (one.get("Visible") or "true").lower() != "false":
            lost += _lost(one)
            for piece, is_upright in _pieces(one):
                characters += len(piece.text)
                if is_upright:
                    upright.append(piece)
                else:
                    turned.append(piece.text)
        elif name == "PathObject":
            rules.extend(_rules(one))
        pictures += name == "ImageObject"
        if characters > _CHARACTERS:
            raise ValueError(f"more than {_CHARACTERS:,} characters on a page")
    marks = ("".join(turned),) if turned else ()
    return _Read(Page(tuple(upright), tuple(rules)), marks, pictures, lost)


def _lost(element: _Element) -> int:
    """How many characters an object draws beyond those that it names."""
    named = sum(len((code.text or "").strip()) for code in element if _local(code) == "TextCode")
    drawn = sum(int(_number(one.get("CodeCount"), 0)) for one in element if _local(one) == "CGTransform")
    return max(0, drawn - named) if named or drawn > 1 else 0


def _pieces(element: _Element) -> Iterator[tuple[Piece, bool]]:
    """The text of an object, cut where its characters are far apart or stand on another line; whether it is upright."""
    left, top, *_ = _numbers(element.get("Boundary"), 4)
    matrix = _matrix(element.get("CTM"))
    size = _number(element.get("Size"), 3.0)
    scale = abs(matrix[3]) or abs(matrix[1]) or 1.0
    is_upright = abs(matrix[0]) >= abs(matrix[1]) and matrix[0] >= 0
    x = y = 0.0
    for code in element:
        if _local(code) != "TextCode" or not code.text:
            continue
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        across, down = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
        text = code.text.strip("\r\n")
        start, begin = (x, y), 0
        at = start
        for place in range(1, len(text) + 1):
            step = across[place - 1] if place - 1 < len(across) else size
            fall = down[place - 1] if place - 1 < len(down) else 0.0
            following = (at[0] + (step if across or not down else 0.0), at[1] + fall)
            if place == len(text) or step > 3 * size or abs(fall) > 0.2 * size or step < 0:
                end = (at[0] + _advance(text[place - 1], size), at[1])
                piece = text[begin:place]
                if piece.strip():
                    yield _placed(piece, start, end, size, matrix, (left, top), scale), is_upright
                start, begin = following, place
            at = following


def _advance(character: str, size: float) -> float:
    return size / 2 if character.isascii() else size


def _placed(
    text: str,
    start: tuple[float, float],
    end: tuple[float, float],
    size: float,
    matrix: _Matrix,
    corner: tuple[float, float],
    scale: float,
) -> Piece:
    a, b, c, d, e, f = matrix
    x0, y0 = a * start[0] + c * start[1] + e + corner[0], b * start[0] + d * start[1] + f + corner[1]
    x1 = a * end[0] + c * end[1] + e + corner[0]
    height = size * scale
    # The place is that of the baseline; a Chinese character stands on it by about seven eighths.
    box = (x0, y0 - 0.88 * height, max(x1, x0), y0 + 0.12 * height)
    left, top, right, bottom = (value * _POINTS for value in box)
    return Piece(left, top, right, bottom, text)


def _rules(element: _Element) -> Iterator[_Box]:
    """The horizontal and vertical lines of a path."""
    left, top, *_ = _numbers(element.get("Boundary"), 4)
    a, b, c, d, e, f = _matrix(element.get("CTM"))
    data = next((child.text or "" for child in element if _local(child) == "AbbreviatedData"), "")
    points: list[tuple[float, float]] = []
    values: list[float] = []
    command = ""
    for letter, number in _PATH.findall(data[:100_000]):
        if letter:
            if letter in "QBA":
                return
            command, values = letter, []
            if letter == "C" and points:
                points.append(points[0])
            continue
        values.append(float(number))
        if command in ("M", "L", "S") and len(values) == 2:
            x, y = values
            points.append((a * x + c * y + e + left, b * x + d * y + f + top))
            values = []
    if len(points) < 2:
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    thin = max(xs) - min(xs) <= _THICK or max(ys) - min(ys) <= _THICK
    pairs = [((min(xs), min(ys)), (max(xs), max(ys)))] if thin else list(itertools.pairwise(points))
    for (x0, y0), (x1, y1) in pairs:
        if abs(x1 - x0) <= _THICK or abs(y1 - y0) <= _THICK:
            box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            # A thin box counts by its middle.
            across = box[2] - box[0] >= box[3] - box[1]
            middle = (box[1] + box[3]) / 2 if across else (box[0] + box[2]) / 2
            line = (box[0], middle, box[2], middle) if across else (middle, box[1], middle, box[3])
            yield line[0] * _POINTS, line[1] * _POINTS, line[2] * _POINTS, line[3] * _POINTS


def _deltas(text: str | None) -> list[float]:
    """Distances between characters; ``g 3 4.2`` is three times 4.2."""
    found: list[float] = []
    words = iter((text or "").split())
    try:
        for word in words:
            if word == "g":
                count, value = int(next(words)), float(next(words))
                found.extend([value] * min(count, 100_000))
            else:
                found.append(float(word))
    except (ValueError, StopIteration):
        return found
    return found


def _numbers(text: str | None, count: int) -> list[float]:
    found = [_number(word, 0.0) for word in (text or "").split()]
    return [*found, *[0.0] * count][:count]


def _number(text: str | None, default: float) -> float:
    try:
        return float(text) if text else default
    except ValueError:
        return default


def _matrix(text: str | None) -> _Matrix:
    a, b, c, d, e, f = _numbers(text, 6) if text and len(text.split()) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return a, b, c, d, e, f


def _local(element: _Element) -> str:
    return etree.QName(element).localname
