"""All that is wrong in a file, and where."""

from collections.abc import Iterator
from dataclasses import dataclass, field

# So many are kept; beyond that a file is wrong as a whole, and the number is told.
MOST = 1_000


class BadValue(ValueError):
    """A cell that cannot be taken; the message says what to do."""


@dataclass
class Problems:
    """The first thousand errors of a file, and how many there are."""

    kept: list[dict] = field(default_factory=list)
    count: int = 0

    def add(self, row: int, column: str, text: str) -> None:
        """`row` as a spreadsheet counts, `column` by letter and name."""
        self.count += 1
        if len(self.kept) < MOST:
            self.kept.append({"row": row, "column": column, "text": text[:500]})

    def in_order(self) -> list[dict]:
        """By row, as people go through the file."""
        return sorted(self.kept, key=lambda one: one["row"])

    def __iter__(self) -> Iterator[dict]:
        return iter(self.kept)
