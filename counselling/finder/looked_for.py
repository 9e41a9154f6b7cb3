"""What people look for, month by month, beside what the offices can take on.

Small numbers are not told, zero neither, and a total counts only what is told: nobody
can be found by taking numbers from each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from counselling.models import Concern, ConcernCount, CounsellingOffice, OfficeConcern

LEAST_TOLD = 5
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A concern: its numbers as shown, newest month first, and who answers it."""

    concern: Concern
    numbers: list[str]
    offices: list[CounsellingOffice]


@dataclass(frozen=True, slots=True)
class Table:
    """Months as columns; `totals` are of the numbers that are told."""

    months: list[date]
    rows: list[Row]
    totals: list[str]


def number_in_words(number: int) -> str:
    """A number, or that it is too small to be told."""
    if number < LEAST_TOLD:
        return _("fewer than %(number)s") % {"number": LEAST_TOLD}
    return str(number)


def table() -> Table:
    """The last months with counts; a fixed number of queries."""
    months = list(
        ConcernCount.objects.order_by("-month")
        .values_list("month", flat=True)
        .distinct()[:MONTHS]
    )
    numbers = {
        (row.concern_id, row.month): row.number
        for row in ConcernCount.objects.filter(month__in=months)
    }
    offices = _offices_by_concern()
    concerns = Concern.objects.all()
    rows = [
        Row(
            concern,
            [number_in_words(numbers.get((concern.pk, month), 0)) for month in months],
            offices.get(concern.pk, []),
        )
        for concern in concerns
    ]
    totals = [
        _told_in_total(numbers.get((concern.pk, month), 0) for concern in concerns)
        for month in months
    ]
    return Table(months, rows, totals)


def _told_in_total(numbers: Iterable[int]) -> str:
    """Nothing where no number is told: the true total may be large all the same."""
    told = sum(number for number in numbers if number >= LEAST_TOLD)
    return str(told) if told else "–"


def _offices_by_concern() -> dict[int, list[CounsellingOffice]]:
    links = OfficeConcern.objects.filter(
        office__in=CounsellingOffice.objects.answers()
    ).select_related("office")
    found: dict[int, list[CounsellingOffice]] = {}
    for link in links.order_by("-is_main", "office__sort_key"):
        found.setdefault(link.concern_id, []).append(link.office)
    return found
