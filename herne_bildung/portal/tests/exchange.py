"""Handing in tables in tests, and letting the worker do its part."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from herne_bildung.portal.exchange import actions, work
from herne_bildung.portal.exchange.kinds import KINDS
from herne_bildung.portal.models import Import

PAGE = "/verwaltung/tabellen/"


def csv_of(header: Sequence[str], *rows: Sequence[Any], sign: str = ";") -> bytes:
    lines = [sign.join(map(str, row)) for row in (header, *rows)]
    return "\n".join(lines).encode()


def xlsx_of(rows: Iterable[Sequence[Any]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def header_of(kind: str, *facts: str) -> list[str]:
    return [KINDS[kind].by_fact[fact].header for fact in facts]


def checked(data: bytes, *, by: Any, kind: str = "offering", **values: Any) -> Import:
    """Hand in a table and let the worker check it."""
    job = actions.hand_in(
        kind=kind,
        organisation_id=values.pop("organisation_id", None),
        source=values.pop("source", ""),
        file_name=values.pop("file_name", "tabelle.csv"),
        data=data,
        by=by,
    )
    return worked(job)


def worked(job: Import) -> Import:
    work.work()
    job.refresh_from_db()
    return job


def taken_over(data: bytes, *, by: Any, **values: Any) -> Import:
    """Hand in, check, take over."""
    names = ("overwrites", "archives", "archives_many", "skips_errors", "confirms")
    ticks = {name: values.pop(name) for name in names if name in values}
    job = checked(data, by=by, **values)
    assert job.state == Import.State.CHECKED, job.refusal
    return worked(actions.take_over(job, by=by, **ticks))


def undone(job: Import, *, by: Any) -> Import:
    return worked(actions.undo(job, by=by))


def problems(job: Import) -> list[tuple[int, str]]:
    """Row and column of everything that is wrong."""
    return list(job.problems.values_list("row", "column"))


def upload(client: Any, data: bytes, name: str = "tabelle.csv", **values: Any) -> Any:
    fields = {"kind": "offering", "organisation": "", "source": "", **values}
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("exchange"), {**fields, "file": file})


HEADER = header_of("offering", "key", "title_de", "summary_de", "provider", "phone")
ROW = ["K1", "Töpfern", "Mit Ton.", "Volkshochschule", "02323 160"]


def table(*rows: Sequence[Any], header: Sequence[str] = HEADER) -> bytes:
    """A table of offers with the usual columns."""
    return csv_of(header, *rows)


def row(**changed: Any) -> list[Any]:
    """A row of it."""
    facts = dict(
        zip(["key", "title", "summary", "provider", "phone"], ROW, strict=True)
    )
    return list({**facts, **changed}.values())
