"""How large a file may be that people hand in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes as sent, bytes once unpacked (XLSX), rows and columns."""

    bytes: int = 10_000_000
    unpacked: int = 60_000_000
    rows: int = 20_000
    columns: int = 200
