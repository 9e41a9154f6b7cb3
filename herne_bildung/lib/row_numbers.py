"""Numbers of rows, as they stand in addresses and in fields of forms."""

from typing import Any

# The largest primary key has 19 digits; no table comes near it.
MOST_DIGITS = 18


def is_row_number(value: Any) -> bool:
    """Whether the database can be asked for a row of this number."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
