"""PDFium, which one thread at a time may call: documents are read in several threads of a process.

Source: https://pypdfium2.readthedocs.io/en/stable/python_api.html#thread-incompatibility. Without the lock, fonts of one file
are read by the tables of another, in silence.
"""

from __future__ import annotations

import threading

__all__ = ["PDFIUM"]

PDFIUM = threading.RLock()
"""To be held from opening a document to closing it, or around each call."""
