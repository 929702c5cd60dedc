"""Small PDF files with Chinese text, written by hand: codes are UTF-16, so no font of the machine has a say in the text."""

from __future__ import annotations

from collections.abc import Sequence

Placed = tuple[float, float, str]
"""Left and baseline in points, and the text of one line."""
Rule = tuple[float, float, float, float]
"""A drawn line: x, y to x, y."""

_SIZE = 16


def make_pdf(pages: Sequence[Sequence[Placed]], rules: Sequence[Rule] = ()) -> bytes:
    """A PDF of A4 pages at 16 pt; ``rules`` are drawn on every page."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids ["
        + b" ".join(f"{5 + 2 * n} 0 R".encode() for n in range(len(pages)))
        + b"] /Count "
        + str(len(pages)).encode()
        + b" >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Sketch /Encoding /Identity-H /DescendantFonts [4 0 R] "
        b"/ToUnicode " + f"{5 + 2 * len(pages)} 0 R >>".encode(),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sketch /DW 1000 /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor "
        b"/FontName /Sketch /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 "
        b"/CapHeight 700 /StemV 80 >> >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "".join(f"{a} {b} m {c} {d} l S\n" for a, b, c, d in rules)
        shown = "".join(
            f"BT /F1 {_SIZE} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in lines
        )
        stream = (drawn + shown).encode()
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents "
            + f"{6 + 2 * number} 0 R >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"endstream")
    objects.append(b"<< /Length " + str(len(_TO_UNICODE)).encode() + b" >>\nstream\n" + _TO_UNICODE + b"endstream")
    return _file(objects)


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


def _file(objects: Sequence[bytes]) -> bytes:
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
