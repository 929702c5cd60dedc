"""OpenDocument texts, sheets and their flat forms (.odt .ods .fodt .fods; ODF 1.3), by their XML.

Changes are read as accepted, hidden and struck text is furniture, automatic numbers are written out, notes stand below their
paragraph. Numbers of a sheet are in the file as they are shown.
"""

from __future__ import annotations

from lxml import etree

from summarizer.source.blocks import write_out
from summarizer.source.opendocument.names import name_of
from summarizer.source.opendocument.sheets import sheets
from summarizer.source.opendocument.styles import hidden_styles, lists, styles
from summarizer.source.opendocument.text import Text
from summarizer.source.reader import Limits, Package, ReadText, parse_xml
from summarizer.source.sheets import write_sheets

__all__ = ["read_opendocument"]


def read_opendocument(data: bytes, limits: Limits) -> ReadText:
    """A text or a workbook. Raises ``ValueError`` when it is encrypted, damaged, or of another kind."""
    if data.startswith(b"PK"):
        package = Package(data, limits)
        if "META-INF/manifest.xml" in package.names and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise ValueError("encrypted: a password is needed; save it without one")
        roots = [package.xml(name) for name in ("styles.xml", "content.xml") if name in package.names]
    else:
        roots = [parse_xml(data)]
    if not roots:
        raise ValueError("a damaged container (no part content.xml)")
    body = next((one for one in roots[-1].iter(etree.Element) if name_of(one) == "office:body"), None)
    content = body[0] if body is not None and len(body) else None
    if content is None:
        raise ValueError("a damaged container (no content in it)")
    if name_of(content) == "office:spreadsheet":
        return write_sheets(list(sheets(content, hidden_styles(roots))))
    reader = Text(styles(roots), lists(roots), hidden_styles(roots))
    text, furniture = write_out(reader.blocks(content, 0))
    return ReadText(text, furniture, notes=reader.notes())
