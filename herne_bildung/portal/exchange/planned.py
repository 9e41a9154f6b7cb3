"""What one row of a table would do, and how its values are compared."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from herne_bildung.city.versions.snapshots import is_same
from herne_bildung.lib import clock
from herne_bildung.lib.tables import Row
from herne_bildung.portal.exchange.kinds import Facts
from herne_bildung.portal.models import Import, ImportedRow, ImportProblem, ImportRecord

Action = ImportedRow.Action
# Own key of an entry that was downloaded here and never came by a table.
OF_PORTAL = "portal-"


@dataclass
class Planned:
    """What one row would do. `facts` is what would be written, `said` what the row
    says, `kept` facts that stay because they were changed here.
    """

    row: Row
    key: str = ""
    entry: Model | None = None
    record: ImportRecord | None = None
    present: Facts = field(default_factory=dict)
    said: Facts = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)
    # As of ImportedRow; "" for a row that changes nothing.
    action: str = ""
    # Written at once; else it waits for somebody who may publish.
    is_direct: bool = True
    asks_to_publish: bool = False
    # Its import was undone: it begins anew.
    is_revived: bool = False

    @property
    def is_new(self) -> bool:
        return self.entry is None or self.is_revived

    def settle(self) -> None:
        """What it is: said once, before anything is written."""
        if self.is_new:
            self.action = Action.NEW
        elif self.facts:
            self.action = Action.CHANGED if self.is_direct else Action.WAITING
        elif self.kept:
            self.action = Action.KEPT


def count(counts: Counter, planned: Planned) -> None:
    """Add a row to the numbers of its import."""
    if planned.problems:
        counts["wrong"] += 1
        return
    counts[planned.action or "same"] += 1
    counts["kept_facts"] += len(planned.kept)
    counts["asks"] += planned.asks_to_publish


def problems_in(job: Import, planned: Iterable[Planned]) -> list[ImportProblem]:
    """What is wrong in these rows; not saved."""
    return [
        ImportProblem(
            imported_id=job.pk, row=one.row.number, column=column[:130], text=text[:500]
        )
        for one in planned
        for column, text in one.problems
    ]


def is_of_portal(key: str) -> bool:
    """Whether a key names an entry of the portal by its number; none is kept then."""
    return number_in(key) is not None


def is_equal(now: Any, value: Any) -> bool:
    """The same, in whatever order where order says nothing."""
    if is_same(now, value):
        return True
    if isinstance(now, list) and isinstance(value, list):
        plain = all(map(_has_no_order, [*now, *value]))
        return plain and sorted(map(str, now)) == sorted(map(str, value))
    return False


def _has_no_order(one: Any) -> bool:
    """Codes, ids, and rows that only name another entry, as the Kitas of a centre."""
    return isinstance(one, int | str) or (isinstance(one, dict) and len(one) == 1)


def number_in(key: str) -> int | None:
    """The number in “portal-123”; 0 where there is none that can be meant; None for
    an own key.
    """
    digits = key.casefold().removeprefix(OF_PORTAL)
    if digits == key.casefold():
        return None
    is_number = digits.isascii() and digits.isdigit() and len(digits) < 19
    return int(digits) if is_number else 0


def moment_in(cell: Any) -> datetime | None:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=clock.BERLIN)
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=clock.BERLIN)
    for form in ("%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M"):
        try:
            return datetime.strptime(str(cell), form).replace(tzinfo=clock.BERLIN)
        except ValueError:
            continue
    return None
