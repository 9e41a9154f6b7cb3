"""Keys of rows as they stand in addresses and forms."""


def row_key(text: str | None) -> int | None:
    """A key, or another number of digits alone; None for what is none, or longer than
    PostgreSQL's bigint.
    """
    is_number = text and text.isascii() and text.isdigit() and len(text) < 19
    return int(text) if is_number else None
