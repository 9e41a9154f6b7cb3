"""How long the facts of an entry stay confirmed."""

from datetime import date

from herne_bildung.freshness.kinds import Kind
from herne_bildung.freshness.models import CareInterval, MaintainedEntry
from herne_bildung.freshness.rhythm import add_months


class Intervals:
    """The intervals of one kind: the usual ones and those of organisations and
    entries, read once for a run.
    """

    def __init__(self, kind: Kind) -> None:
        self._usual = {group.name: group for group in kind.groups}
        self._own: dict[tuple[str, int | None, int | None], int] = {
            (group, organisation, entry): months
            for group, organisation, entry, months in CareInterval.objects.filter(
                kind=kind.name
            ).values_list("group", "organisation_id", "entry_id", "months")
        }

    def months(self, row: MaintainedEntry, group: str) -> int:
        """Of an entry and a group of facts; limits hold for every setting."""
        usual = self._usual[group]
        chosen = self._own.get(
            (group, None, row.pk),
            self._own.get((group, row.organisation_id, None), usual.months),
        )
        return max(1, min(chosen, usual.most_months))

    def due(
        self, row: MaintainedEntry, group: str, confirmed: date, day: str | None = None
    ) -> date:
        """The day on which something confirmed on a day is due again: a day of its own
        (ISO) that is still to come, else after the interval.
        """
        if day and confirmed.isoformat() < day:
            return date.fromisoformat(day)
        return add_months(confirmed, self.months(row, group))
