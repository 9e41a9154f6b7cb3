"""What a file of a table is made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

# What a spreadsheet would take for a formula, also after spaces and apostrophes.
RISKY = re.compile(r"[\s']*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
QUOTED_TWICE = re.compile(r"'[\s']*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell whose value cannot be meant, with the reason for people."""

    reason: str


Cell = str | int | float | bool | date | time | BadCell


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet counts, and its cells; "" for empty."""

    number: int
    cells: list[Cell]

    def cell(self, index: int) -> Cell:
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(slots=True)
class Table:
    """A file that was opened: names of columns, and rows as they are read.

    `rows` can be gone through once; it raises UnreadableFile where the file breaks
    off. `merged` are cells that were joined, by row and column from 0.
    """

    header: list[str]
    rows: Iterator[Row]
    merged: dict[tuple[int, int], str] = field(default_factory=dict)


class UnreadableFile(Exception):
    """A file that is no table we can take; the message is a sentence for people."""


def protected(text: str) -> str:
    """A text that no spreadsheet takes for a formula when it opens a CSV file."""
    return f"'{text}" if RISKY.match(text) else text


def unprotected(text: str) -> str:
    """The text that was protected."""
    return text[1:] if QUOTED_TWICE.match(text) else text


def letters(index: int) -> str:
    """The name of a column in a spreadsheet: 0 is A, 26 is AA."""
    name, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
