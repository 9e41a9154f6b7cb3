"""What the admin classes of the monitoring share: who may do what.

As with the action goals (`goals.admin.base`): the Bildungsbüro writes, advisers read
what is internal or public, translators write their languages of the same. The
statistics office reads. Providers have nothing to do here. Raw values are of the
statistics office alone (`monitoring.protection`).
"""

from goals.admin.base import (
    AMONG_OURSELVES,
    ON_THE_SITE,
    SEEN_BY,
    SOURCE,
    GoalsAdmin,
    GoalsInline,
    GoalsStackedInline,
    VersionedGoalsAdmin,
)
from goals.admin.base import ROWS as ROWS_OF_GOALS
from goals.admin.base import STAFF_RIGHTS as STAFF_RIGHTS_OF_GOALS
from herne_bildung.city.rights import PROVIDERS, STATISTICS, TRANSLATORS

__all__ = [
    "AMONG_OURSELVES",
    "ON_THE_SITE",
    "ROWS",
    "SEEN_BY",
    "SOURCE",
    "STAFF_RIGHTS",
    "WORDLESS_RIGHTS",
    "MonitoringAdmin",
    "MonitoringInline",
    "MonitoringStackedInline",
    "VersionedMonitoringAdmin",
]

STAFF_RIGHTS = {**STAFF_RIGHTS_OF_GOALS, STATISTICS: ("view",)}
# Of entries without any text to translate.
WORDLESS_RIGHTS = {
    name: may for name, may in STAFF_RIGHTS.items() if name != TRANSLATORS
}
# Of rows that are edited with their entry.
ROWS = {
    **{name: may for name, may in ROWS_OF_GOALS.items() if name != PROVIDERS},
    STATISTICS: ("view",),
}


class MonitoringAdmin(GoalsAdmin):
    """An admin class without history."""

    rights = STAFF_RIGHTS


class VersionedMonitoringAdmin(VersionedGoalsAdmin):
    """An admin class with history; its model is declared in `monitoring.versioned`."""

    rights = STAFF_RIGHTS


class MonitoringInline(GoalsInline):
    """Rows of a table, edited with their entry by the Bildungsbüro."""

    rights = ROWS


class MonitoringStackedInline(GoalsStackedInline):
    """The same below each other: room for texts."""

    rights = ROWS
