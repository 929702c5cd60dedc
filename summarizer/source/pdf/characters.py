"""The characters of one page with their places, turned upright, and which of them a reader can see (by PDFium)."""

from __future__ import annotations

import ctypes
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from summarizer.language.radicals import unify_radicals
from summarizer.source.pdf.shapes import Box, Shapes, clip_of, covers, keep_unmeasured_text, page_shapes

__all__ = ["Character", "PageCharacters", "read_characters"]

_MOST_CHARACTERS = 200_000
_WHITE = 245  # a fill whose three parts reach this is white to the eye
_TINY = 1.5  # points; nobody reads smaller letters
_INVISIBLE_MODE = 3
_FILLED = (0, 2, 4, 6)
_BELOW, _ABOVE = 0.12, 0.88  # of the size: where a Chinese character's square stands on the baseline
_LAYER_SHARE = 0.8  # of a page's characters drawn invisibly over a picture: a recognised text layer
_PICTURE_SHARE = 0.5
# Bullets that Word takes from picture fonts, whose codes mean nothing elsewhere.
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf06c": "●", "\uf06e": "■", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓"})
_BREAKS = frozenset("\r\n\x02\ufffe\x00\xad")


@dataclass(frozen=True, slots=True)
class Character:
    """A character and its box in points, the origin at the upright page's lower left; ``code`` may be a blank."""

    code: str
    left: float
    bottom: float
    right: float
    top: float
    hidden: bool = False

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def laid(self, height: float) -> Character:
        """The character of a vertical column on a page turned so that its columns become lines.

        PDFium gives wide and narrow characters of a column one right edge, but different left ones.
        """
        bottom = self.right - self.height
        return Character(self.code, height - self.top, bottom, height - self.bottom, self.right, self.hidden)


@dataclass(frozen=True, slots=True)
class PageCharacters:
    """What stands on one page."""

    width: float
    height: float
    upright: tuple[Character, ...]
    """Characters that read from left to right (or in vertical columns), in the order of the content."""
    turned: tuple[Character, ...]
    """Those set at another angle: watermarks, notes at the side."""
    shapes: Shapes
    pictured: bool
    """Pictures cover most of the page."""
    recognised: bool
    """The characters lie unseen over a picture: somebody's recognition of a scan."""


def read_characters(page: pdfium.PdfPage) -> PageCharacters:
    """Read one page. Raises ``ValueError`` when it holds more characters than a page can."""
    frame = Box(*page.get_bbox())
    width, height = frame.width, frame.height
    shapes = page_shapes(page).moved(-frame.left, -frame.bottom)
    keep_unmeasured_text(page)
    textpage = page.get_textpage()
    try:
        raw = _narrowed(list(_raw(textpage, frame)))
    finally:
        textpage.close()
    angles = Counter(one.style.angle for one in raw if one.code != " ")
    angle = angles.most_common(1)[0][0] if angles else 0
    turn = angle if angle % 90 == 0 else 0
    pictured = sum(picture.area for picture in shapes.pictures) >= _PICTURE_SHARE * width * height
    unseen = sum(one.style.mode == _INVISIBLE_MODE for one in raw)
    recognised = pictured and bool(raw) and unseen >= _LAYER_SHARE * len(raw)
    upright: list[Character] = []
    turned: list[Character] = []
    for one in raw:
        hidden = one.outside or (not recognised and _unseen(one, shapes))
        box = one.box.turned(turn, width, height) if turn else one.box
        character = Character(one.code, box.left, box.bottom, box.right, box.top, hidden)
        (upright if one.style.angle == turn else turned).append(character)
    shapes = shapes.turned(turn, width, height)
    if turn in (90, 270):
        width, height = height, width
    return PageCharacters(width, height, tuple(_once(upright)), tuple(turned), shapes, pictured, recognised)


@dataclass(frozen=True, slots=True)
class _Style:
    """What all characters of one text object share: angle in degrees, render mode, fill, and size in points."""

    angle: int
    mode: int
    white: bool
    transparent: bool
    size: float
    clip: Box | None
    """Nothing outside of this box is printed."""


@dataclass(frozen=True, slots=True)
class _Raw:
    code: str
    box: Box
    style: _Style
    owner: int
    """The text object that it belongs to."""
    outside: bool


def _raw(textpage: pdfium.PdfTextPage, page: Box) -> Iterator[_Raw]:
    count = pdfium_c.FPDFText_CountChars(textpage)
    if count > _MOST_CHARACTERS:
        raise ValueError(f"a page of {count:,} characters, more than {_MOST_CHARACTERS:,}")
    rectangle = pdfium_c.FS_RECTF()
    inside = Box(0, 0, page.width, page.height)
    x, y = ctypes.c_double(), ctypes.c_double()
    styles: dict[int, _Style] = {}
    for index in range(count):
        point = pdfium_c.FPDFText_GetUnicode(textpage, index)
        if point == 0 and pdfium_c.FPDFText_HasUnicodeMapError(textpage, index) == 1:
            point = 0xFFFD  # printed, but no program can tell as what
        if point == 0 or point > 0x10FFFF or 0xD800 <= point < 0xE000 or chr(point) in _BREAKS:
            continue
        if pdfium_c.FPDFText_IsGenerated(textpage, index) == 1:
            continue  # blanks that PDFium guesses; they are judged anew by the gaps
        if not pdfium_c.FPDFText_GetLooseCharBox(textpage, index, rectangle):
            continue
        owner = pdfium_c.FPDFText_GetTextObject(textpage, index)
        address = ctypes.addressof(owner.contents) if owner else 0
        if address not in styles:
            styles[address] = _style(textpage, index, owner)
        style = styles[address]
        box = Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        if pdfium_c.FPDFText_GetCharOrigin(textpage, index, x, y):
            box = _on_baseline(box, x.value, y.value, style)
        clipped = style.clip is not None and not covers(
            style.clip, (box.left + box.right) / 2, (box.bottom + box.top) / 2
        )
        if page.left or page.bottom:
            box = box.moved(-page.left, -page.bottom)
        if not math.isfinite(box.left + box.bottom + box.right + box.top):
            continue
        code = chr(point)
        if 0x2E80 <= point < 0x2FE0 or point >= 0xE000:
            code = unify_radicals(code.translate(_BULLETS))
        middle = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        yield _Raw(" " if code.isspace() else code, box, style, address, clipped or not covers(inside, *middle))


def _narrowed(raw: Sequence[_Raw]) -> list[_Raw]:
    """End each character where the next one of its text begins: for a font that is not in the file PDFium measures the
    glyphs of another one, which may be wider.
    """
    out = list(raw)
    for index, (one, after) in enumerate(pairwise(raw)):
        level = one.style.angle == 0 and abs(one.box.bottom - after.box.bottom) < 0.1 * one.style.size
        if one.owner == after.owner and level and one.box.left < after.box.left < one.box.right:
            out[index] = replace(one, box=replace(one.box, right=after.box.left))
    return out


def _style(textpage: pdfium.PdfTextPage, index: int, owner: object) -> _Style:
    angle = -round(math.degrees(pdfium_c.FPDFText_GetCharAngle(textpage, index))) % 360  # PDFium counts clockwise
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(owner) if owner else 0
    parts = [ctypes.c_uint() for _ in range(4)]
    known = bool(pdfium_c.FPDFText_GetFillColor(textpage, index, *parts))
    red, green, blue, alpha = (part.value for part in parts)
    white = known and mode in _FILLED and min(red, green, blue) >= _WHITE
    matrix = pdfium_c.FS_MATRIX()
    scale = math.hypot(matrix.c, matrix.d) if pdfium_c.FPDFText_GetMatrix(textpage, index, matrix) else 1.0
    size = abs(pdfium_c.FPDFText_GetFontSize(textpage, index)) * scale
    return _Style(angle, mode, white, known and alpha == 0, size, clip_of(owner) if owner else None)


def _on_baseline(box: Box, x: float, y: float, style: _Style) -> Box:
    """The box with the height of a Chinese character on its baseline: fonts state all kinds of heights for themselves."""
    below, above = _BELOW * style.size, _ABOVE * style.size
    if style.angle == 0:
        return Box(box.left, y - below, box.right, y + above)
    if style.angle == 90:
        return Box(x - above, box.bottom, x + below, box.top)
    if style.angle == 180:
        return Box(box.left, y - above, box.right, y + below)
    if style.angle == 270:
        return Box(x - below, box.bottom, x + above, box.top)
    return box


def _unseen(one: _Raw, shapes: Shapes) -> bool:
    """Drawn invisibly, in white on white, or too small to be seen."""
    if one.style.mode == _INVISIBLE_MODE or one.style.transparent or 0 < one.box.height < _TINY:
        return True
    if not one.style.white:
        return False
    middle = ((one.box.left + one.box.right) / 2, (one.box.bottom + one.box.top) / 2)
    return not any(covers(box, *middle) for box in (*shapes.dark, *shapes.pictures))


def _once(characters: Sequence[Character]) -> Iterator[Character]:
    """Leave out what is printed twice in nearly the same place, which is how some programs make bold type."""
    seen: dict[tuple[str, int], list[Character]] = defaultdict(list)
    for one in characters:
        if one.code == " ":
            yield one
            continue
        reach = max(0.3, 0.08 * (one.top - one.bottom))
        row = int(one.bottom)
        near = (other for key in (row - 1, row, row + 1) for other in seen.get((one.code, key), ()))
        if any(abs(other.left - one.left) < reach and abs(other.bottom - one.bottom) < reach for other in near):
            continue
        seen[one.code, row].append(one)
        yield one
