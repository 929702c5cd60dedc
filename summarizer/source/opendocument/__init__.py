"""OpenDocument texts and workbooks (.odt .ods and their flat forms; ODF 1.3), by their XML."""

from summarizer.source.opendocument.reader import read_opendocument

__all__ = ["read_opendocument"]
