"""Which cells are too small, and how far they must stay open.

The rules are the usual ones of official statistics: a smallest count, and (n,k)
dominance for sums. A hidden count must stay possible from `distance` below its true
value (or 0) up to `distance` above it, for anyone who knows all that is published and
that counts are not negative. For sums the distance is so many average contributions;
with dominance the sum must stay possible up to where its largest contributors no
longer have too large a share.
"""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from monitoring.protection.refused import ProtectionRefused
from monitoring.protection.system import Need
from monitoring.protection.tables import Entry

# Contributions are known of so many of the largest ones.
KNOWN_CONTRIBUTORS = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """As in `models.ProtectionRule`."""

    smallest_count: int = 5
    zeros_are_secret: bool = False
    distance: int = 2
    dominance_contributors: int | None = None
    dominance_percent: int | None = None
    complements_count: bool = True

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def of_count(self, count: float) -> Need | None:
        """What a number of people needs; None: it may be shown."""
        if count == 0:
            return Need(0, self.distance) if self.zeros_are_secret else None
        if count >= self.smallest_count:
            return None
        return Need(min(count, self.distance), self.distance)

    def of_sum(
        self, value: float, contributors: float | None, entry: Entry | None
    ) -> Need | None:
        """What a sum of amounts needs; None: it may be shown."""
        open_to = 0.0
        if contributors is not None and 0 < contributors < self.smallest_count:
            open_to = abs(value) / contributors * self.distance
        if entry is not None and self.dominance_contributors:
            largest = self._largest(entry)
            if largest * 100 > value * self.dominance_percent:
                needed = largest * 100 / self.dominance_percent - value
                open_to = max(open_to, needed)
        if not open_to:
            return None
        return Need(min(open_to, value) if value >= 0 else open_to, open_to)

    def _largest(self, entry: Entry) -> float:
        """The sum of the contributions that must not have too large a share."""
        if self.dominance_contributors > KNOWN_CONTRIBUTORS:
            raise ProtectionRefused(
                _("Only the two largest contributions are known: choose n = 1 or 2.")
            )
        if entry.largest is None:
            raise ProtectionRefused(
                _("The dominance rule needs the largest contributions of each sum.")
            )
        if self.dominance_contributors == 1:
            return entry.largest
        return entry.largest + (entry.second_largest or 0.0)
