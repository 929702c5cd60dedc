"""Small PDF files with Chinese text, written by hand: codes are UTF-16, so no font of the machine has a say in the text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple


class Text(NamedTuple):
    """One line of text: left and baseline in points, and how it is drawn."""

    x: float
    y: float
    text: str
    size: float = 16
    gray: float = 0.0
    """0 is black, 1 is white."""
    mode: int = 0
    """PDF's text rendering mode; 3 draws nothing."""
    turn: float = 0.0
    """Degrees."""
    spacing: float = 0.0
    """Points added after each character."""


Placed = tuple[float, float, str] | Text
Rule = tuple[float, float, float, float]
"""A drawn line: x, y to x, y."""
Fill = tuple[float, float, float, float, float]
"""A filled area: left, bottom, width, height, gray."""


def make_pdf(
    pages: Sequence[Sequence[Placed]],
    rules: Sequence[Rule] = (),
    *,
    fills: Sequence[Fill] = (),
    pictured: Sequence[int] = (),
    vertical: bool = False,
    rotate: int = 0,
) -> bytes:
    """A PDF of A4 pages; ``rules`` and ``fills`` are drawn on every page, below the text.

    ASCII is half as wide as other characters. ``pictured`` numbers the pages (from 0) that a picture fills, as a scan does;
    ``vertical`` sets the text in columns.
    """
    unicode_at = 5 + 2 * len(pages)
    encoding = b"Identity-V" if vertical else b"Identity-H"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids ["
        + b" ".join(f"{5 + 2 * n} 0 R".encode() for n in range(len(pages)))
        + b"] /Count "
        + str(len(pages)).encode()
        + b" >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Sketch /Encoding /" + encoding + b" /DescendantFonts [4 0 R] "
        b"/ToUnicode " + f"{unicode_at} 0 R >>".encode(),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sketch /DW 1000 /W [32 126 500] /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor "
        b"/FontName /Sketch /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 "
        b"/CapHeight 700 /StemV 80 >> >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "".join(f"{gray} g {x} {y} {width} {height} re f\n" for x, y, width, height, gray in fills)
        drawn += "".join(f"{a} {b} m {c} {d} l S\n" for a, b, c, d in rules)
        if number in pictured:
            drawn += "q 595 0 0 842 0 0 cm /X Do Q\n"
        shown = "".join(_shown(Text(*line)) for line in lines)
        stream = (drawn + shown).encode()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate {rotate} /Resources << /Font << /F1 3 0 R >> "
            f"/XObject << /X {unicode_at + 1} 0 R >> >> /Contents {6 + 2 * number} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"endstream")
    objects.append(b"<< /Length " + str(len(_TO_UNICODE)).encode() + b" >>\nstream\n" + _TO_UNICODE + b"endstream")
    objects.append(
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\n"
        b"stream\n\xc0\nendstream"
    )
    return make_file(objects)


def _shown(line: Text) -> str:
    cos, sin = math.cos(math.radians(line.turn)), math.sin(math.radians(line.turn))
    return (
        f"BT {line.gray} g {line.mode} Tr /F1 {line.size} Tf {line.spacing} Tc "
        f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {line.x} {line.y} Tm <{line.text.encode('utf-16-be').hex()}> Tj ET\n"
    )


def _to_unicode() -> bytes:
    """Every code is its own character; a range may not cross a first byte, and a block holds a hundred ranges."""
    rows = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>\n" for high in range(256)]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    ranges = "".join(f"{len(block)} beginbfrange\n{''.join(block)}endbfrange\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{ranges}endcmap end end\n"
    ).encode()


_TO_UNICODE = _to_unicode()


def make_file(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, the first of them the catalog."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
