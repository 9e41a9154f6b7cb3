"""The table as a file: a line for each address, owner and method, a column a role."""

import csv
from pathlib import Path

PATH = Path(__file__).with_name("table.csv")
KEY = ("address", "whose", "method")
Answers = dict[tuple[str, str, str], dict[str, str]]


def read() -> Answers:
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(
            (line.replace(" ,", ",") for line in squeezed(file)), strict=True
        )
        return {
            tuple(row.pop(name) for name in KEY): dict(row)  # type: ignore[misc]
            for row in rows
        }


def squeezed(lines) -> list[str]:
    """Lines without the spaces that align the columns."""
    return [",".join(cell.strip() for cell in line.split(",")) for line in lines]


def write(answers: Answers, roles: list[str]) -> None:
    header = [*KEY, *roles]
    rows = [[*key, *(found[role] for role in roles)] for key, found in answers.items()]
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    lines = [
        ", ".join(
            cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in [header, *rows]
    ]
    PATH.write_text("\n".join(lines) + "\n", encoding="utf-8")
