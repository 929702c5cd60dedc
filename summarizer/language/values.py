"""Every value that a text prints, for comparing what one text says with what another proves."""

from __future__ import annotations

import re
from decimal import Decimal

from summarizer.language.numerals import parse_number
from summarizer.language.quantities import find_quantities

__all__ = ["PRINTED_NUMBER", "printed_values", "quantity_values"]

PRINTED_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
"""A number in digits, without the 万 or 亿 behind it."""


def quantity_values(text: str) -> set[Decimal]:
    """Values of the quantities of a text, both ends of a range, 万 and 亿 expanded."""
    return {value for found in find_quantities(text) for value in (found.value, found.value_high) if value is not None}


def printed_values(text: str) -> set[Decimal]:
    """Values of the quantities, and of every number in digits as it stands."""
    digits = (parse_number(match[0]) for match in PRINTED_NUMBER.finditer(text))
    return quantity_values(text) | {value for value in digits if value is not None}
