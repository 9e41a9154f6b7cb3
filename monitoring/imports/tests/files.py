"""Files of values in tests, and the worker's part in them."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook

from monitoring.imports import actions, work
from monitoring.models import ImportRun, Indicator, RawValue

HEADER = ("Raum", "Jahr", "Wert")


def csv_of(*rows: Sequence[Any], sign: str = ";", encoding: str = "utf-8") -> bytes:
    return "\n".join(sign.join(map(str, row)) for row in rows).encode(encoding)


def xlsx_of(*rows: Sequence[Any], formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    for cell, form in (formats or {}).items():
        book.active[cell].number_format = form
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def checked(data: bytes, *, indicator: Indicator | None, by: Any) -> ImportRun:
    """Hand in a file and let the worker check it."""
    run = actions.hand_in(indicator=indicator, file_name="werte.csv", data=data, by=by)
    return worked(run)


def taken_in(data: bytes, *, indicator: Indicator | None, by: Any) -> ImportRun:
    """Hand in, check, take in."""
    run = checked(data, indicator=indicator, by=by)
    assert (run.state, run.errors, run.refusal) == ("checked", [], "")
    return worked(actions.take_in(run, by=by))


def worked(run: ImportRun) -> ImportRun:
    work.work()
    run.refresh_from_db()
    return run


def counts(run: ImportRun) -> tuple[int, int, int]:
    return run.added, run.changed, run.unchanged


def errors(run: ImportRun) -> list[tuple[int, str, str]]:
    return [(one["row"], one["column"], one["text"]) for one in run.errors]


def raw(*names: str) -> list[tuple]:
    """Raw values as area, period, value and further fields."""
    fields = ("area__name", "period", "value", *names)
    rows: Iterable[tuple] = RawValue.objects.values_list(*fields)
    return [
        tuple(
            f"{one.normalize():f}" if isinstance(one, Decimal) else one for one in row
        )
        for row in rows.order_by("area__name", "starts_on", "category_1")
    ]
