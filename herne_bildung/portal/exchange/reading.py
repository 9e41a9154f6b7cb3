"""The file of an import as a table with columns that are assigned."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _

from herne_bildung.lib.analyser import fold
from herne_bildung.lib.tables import Cell, Limits, Row, Table, open_table
from herne_bildung.lib.tables.cells import letters
from herne_bildung.portal.exchange.columns import Column, by_name
from herne_bildung.portal.exchange.kinds import KEY, KINDS
from herne_bildung.portal.models import ColumnMapping, Import


def limits() -> Limits:
    return Limits(
        bytes=settings.IMPORT_MOST_BYTES,
        unpacked=settings.IMPORT_MOST_BYTES_UNPACKED,
        rows=settings.IMPORT_MOST_ROWS,
    )


def table_of(job: Import) -> Table:
    """The file anew from its beginning. Raises UnreadableFile."""
    return open_table(bytes(job.file or b""), limits())


@dataclass(frozen=True)
class Assigned:
    """Which column of the file says which fact."""

    header: Sequence[str]
    columns: dict[int, Column]

    @classmethod
    def of(cls, job: Import) -> "Assigned":
        known = KINDS[job.kind].by_fact
        pairs = enumerate(job.mapping)
        return cls(job.header, {i: known[fact] for i, fact in pairs if fact in known})

    @property
    def facts(self) -> set[str]:
        return set(self.places)

    @cached_property
    def places(self) -> dict[str, int]:
        return {column.fact: place for place, column in self.columns.items()}

    def place(self, fact: str) -> int | None:
        return self.places.get(fact)

    def cell(self, row: Row, fact: str) -> Cell:
        place = self.place(fact)
        return "" if place is None else row.cell(place)

    def name(self, place: int | None) -> str:
        """A column as people find it: its letter and its name."""
        if place is None:
            return ""
        name = self.header[place] if place < len(self.header) else ""
        return f"{letters(place)} ({name})" if name else letters(place)

    def name_of(self, fact: str) -> str:
        place = self.place(fact)
        if place is None and "." in fact:
            relation = fact.partition(".")[0]
            found = (
                i for i, column in self.columns.items() if column.relation == relation
            )
            place = next(found, None)
        return self.name(place)


def proposed_mapping(job: Import, header: Sequence[str]) -> list[str]:
    """The fact of each column: as this person or organisation said last, else by the
    names we know. No fact twice.
    """
    kind = KINDS[job.kind]
    remembered = remembered_mapping(job)
    known = by_name(kind.columns)
    chosen: list[str] = []
    for name in header:
        folded = fold(name)
        fact = remembered.get(folded)
        if fact is None and folded in known:
            fact = known[folded].fact
        is_free = fact in kind.by_fact and fact not in chosen
        chosen.append(fact if is_free else "")
    return chosen


def remembered_mapping(job: Import) -> dict[str, str]:
    row = _mapping_rows(job).first()
    return row.columns if row else {}


def remember_mapping(job: Import) -> None:
    """Next time the same names mean the same."""
    columns = {
        fold(name): fact
        for name, fact in zip(job.header, job.mapping, strict=False)
        if fold(name)
    }
    row = _mapping_rows(job).first() or ColumnMapping(
        kind=job.kind,
        organisation_id=job.organisation_id,
        user_id=None if job.organisation_id else job.by_id,
    )
    row.columns = dict(list({**row.columns, **columns}.items())[-500:])
    row.save()


def _mapping_rows(job: Import):
    return ColumnMapping.objects.filter(
        kind=job.kind,
        organisation_id=job.organisation_id,
        user_id=None if job.organisation_id else job.by_id,
    )


def missing_columns(job: Import) -> list[str]:
    """What must be assigned before a table can be checked."""
    return [] if KEY.fact in job.mapping else [_("Key")]
