"""What a page draws besides text: rules, filled areas and pictures (by PDFium)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

__all__ = ["Box", "Rule", "Shapes", "clip_of", "covers", "keep_unmeasured_text", "page_shapes"]

_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 2_000
_MOST_CLIPS = 50
_NO_WIDTH = 0.01
_DEEPEST_FORM = 4
_THIN = 3.0
"""Points; a filled area narrower than this is a rule."""
_WHITE = 245


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, the origin at the page's lower left."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    def within(self, other: Box) -> Box:
        """The part of the box that is inside the other."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def moved(self, x: float, y: float) -> Box:
        """The box shifted by this much."""
        return Box(self.left + x, self.bottom + y, self.right + x, self.top + y)

    def turned(self, angle: int, width: float, height: float) -> Box:
        """The box on a page turned so that text set at ``angle`` degrees stands upright."""
        if angle == 90:
            return Box(self.bottom, width - self.right, self.top, width - self.left)
        if angle == 180:
            return Box(width - self.right, height - self.top, width - self.left, height - self.bottom)
        if angle == 270:
            return Box(height - self.top, self.left, height - self.bottom, self.right)
        return self


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: at ``at`` on the axis across it, from ``start`` to ``end`` along it."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Shapes:
    """The rules, the filled areas that are not white, and the pictures of a page."""

    rules: tuple[Rule, ...] = ()
    dark: tuple[Box, ...] = ()
    pictures: tuple[Box, ...] = ()

    def moved(self, x: float, y: float) -> Shapes:
        """The shapes shifted by this much."""
        return Shapes(
            tuple(_rule(_rule_box(rule).moved(x, y)) for rule in self.rules),
            tuple(box.moved(x, y) for box in self.dark),
            tuple(box.moved(x, y) for box in self.pictures),
        )

    def turned(self, angle: int, width: float, height: float) -> Shapes:
        """The shapes on a page turned like its text."""
        if angle not in (90, 180, 270):
            return self
        rules = [_rule(_rule_box(rule).turned(angle, width, height)) for rule in self.rules]
        return Shapes(
            tuple(rules),
            tuple(box.turned(angle, width, height) for box in self.dark),
            tuple(box.turned(angle, width, height) for box in self.pictures),
        )


def covers(box: Box, x: float, y: float) -> bool:
    """Whether the point is inside the box."""
    return box.left <= x <= box.right and box.bottom <= y <= box.top


def _rule(box: Box) -> Rule:
    if box.height > box.width:
        return Rule(True, (box.left + box.right) / 2, box.bottom, box.top)
    return Rule(False, (box.bottom + box.top) / 2, box.left, box.right)


def _rule_box(rule: Rule) -> Box:
    if rule.upright:
        return Box(rule.at, rule.start, rule.at, rule.end)
    return Box(rule.start, rule.at, rule.end, rule.at)


_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1, 0, 0, 1, 0, 0)


def page_shapes(page: pdfium.PdfPage) -> Shapes:
    """The shapes of one page; of a page with very many the first."""
    rules: list[Rule] = []
    dark: list[Box] = []
    pictures: list[Box] = []
    for index, (element, matrix) in enumerate(_objects(page)):
        if index >= _MOST_OBJECTS:
            break
        kind = pdfium_c.FPDFPageObj_GetType(element)
        bounds = _bounds(element, matrix)
        if bounds is None:
            continue
        if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            pictures.append(bounds)
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            filled, stroked = _painted(element)
            if filled and min(bounds.width, bounds.height) >= _THIN:
                dark.append(bounds)
            rules.extend(_rules(element, matrix, bounds, filled=filled, stroked=stroked))
    return Shapes(tuple(rules), tuple(dark), tuple(pictures))


def keep_unmeasured_text(page: pdfium.PdfPage) -> None:
    """Make PDFium list text whose glyphs it has no font to measure.

    A text without any width (one character of a font that neither the file nor the machine has) is left out of its list;
    a thin outline gives it one. Nothing is drawn here, so nothing changes to the eye.
    """
    parts = [ctypes.c_float() for _ in range(4)]
    for element, _ in islice(_objects(page), _MOST_OBJECTS):
        if pdfium_c.FPDFPageObj_GetType(element) != pdfium_c.FPDF_PAGEOBJ_TEXT:
            continue
        known = pdfium_c.FPDFPageObj_GetBounds(element, *parts)
        if known and parts[2].value - parts[0].value < _NO_WIDTH and _is_drawn(element):
            pdfium_c.FPDFTextObj_SetTextRenderMode(element, pdfium_c.FPDF_TEXTRENDERMODE_FILL_STROKE)
            pdfium_c.FPDFPageObj_SetStrokeWidth(element, 1.0)
            pdfium_c.FPDFPageObj_Transform(element, 1, 0, 0, 1, 0, 0)  # has it measured anew


def _is_drawn(element: object) -> bool:
    return bool(pdfium_c.FPDFTextObj_GetTextRenderMode(element) == pdfium_c.FPDF_TEXTRENDERMODE_FILL)


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[object, _Matrix]]:
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        yield from _inside(pdfium_c.FPDFPage_GetObject(page, index), _SAME, 0)


def _inside(element: object, matrix: _Matrix, depth: int) -> Iterator[tuple[object, _Matrix]]:
    if pdfium_c.FPDFPageObj_GetType(element) != pdfium_c.FPDF_PAGEOBJ_FORM:
        yield element, matrix
    elif depth < _DEEPEST_FORM:
        own = _times(_matrix(element), matrix)
        for index in range(pdfium_c.FPDFFormObj_CountObjects(element)):
            yield from _inside(pdfium_c.FPDFFormObj_GetObject(element, index), own, depth + 1)


def _matrix(element: object) -> _Matrix:
    found = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(element, found):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    k, m, n, o, p, q = then
    return (
        a * k + b * n,
        a * m + b * o,
        c * k + d * n,
        c * m + d * o,
        e * k + f * n + p,
        e * m + f * o + q,
    )


def _placed(x: float, y: float, matrix: _Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(element: object, matrix: _Matrix) -> Box | None:
    parts = [ctypes.c_float() for _ in range(4)]
    if not pdfium_c.FPDFPageObj_GetBounds(element, *parts):
        return None
    left, bottom, right, top = (part.value for part in parts)
    corners = [_placed(x, y, matrix) for x in (left, right) for y in (bottom, top)]
    return Box(
        min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners)
    )


def _painted(path: object) -> tuple[bool, bool]:
    """Whether a path is filled with anything but white, and whether its line is drawn."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium_c.FPDFPath_GetDrawMode(path, mode, stroke):
        return False, False
    parts = [ctypes.c_uint() for _ in range(4)]
    known = pdfium_c.FPDFPageObj_GetFillColor(path, *parts)
    red, green, blue, alpha = (part.value for part in parts)
    seen = not known or (alpha > 0 and min(red, green, blue) < _WHITE)
    return mode.value != 0 and seen, stroke.value != 0


def _rules(path: object, matrix: _Matrix, bounds: Box, *, filled: bool, stroked: bool) -> Iterator[Rule]:
    """The straight rules of a path: a thin area, the sides of a rectangle, the lines of a grid drawn at one go."""
    if not (filled or stroked) or max(bounds.width, bounds.height) < _THIN:
        return
    if min(bounds.width, bounds.height) < _THIN:
        yield _rule(bounds)
        return
    points = list(_points(path, _times(_matrix(path), matrix)))
    for (x, y), (other_x, other_y) in points:
        if abs(x - other_x) < 0.5 and abs(y - other_y) >= _THIN:
            yield Rule(True, x, min(y, other_y), max(y, other_y))
        elif abs(y - other_y) < 0.5 and abs(x - other_x) >= _THIN:
            yield Rule(False, y, min(x, other_x), max(x, other_x))


def _points(path: object, matrix: _Matrix) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight pieces of a path, closing lines included."""
    first: tuple[float, float] | None = None
    last: tuple[float, float] | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium_c.FPDFPath_CountSegments(path), _MOST_SEGMENTS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        here = _placed(x.value, y.value, matrix)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            first = here
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO and last is not None:
            yield last, here
        last = here
        if pdfium_c.FPDFPathSegment_GetClose(segment) and first is not None:
            yield here, first
            last = first


def clip_of(element: object) -> Box | None:
    """The box that an object is clipped to, or ``None`` when nothing of it is cut away."""
    clip = pdfium_c.FPDFPageObj_GetClipPath(element)
    found: Box | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(min(pdfium_c.FPDFClipPath_CountPaths(clip), _MOST_CLIPS) if clip else 0):
        xs: list[float] = []
        ys: list[float] = []
        for index in range(min(pdfium_c.FPDFClipPath_CountPathSegments(clip, path), _MOST_SEGMENTS)):
            segment = pdfium_c.FPDFClipPath_GetPathSegment(clip, path, index)
            if pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
                xs.append(x.value)
                ys.append(y.value)
        if len(xs) >= 2:
            box = Box(min(xs), min(ys), max(xs), max(ys))
            found = box if found is None else found.within(box)
    return found
