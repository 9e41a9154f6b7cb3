"""The administration of the city's models; `base` is for all apps."""

from herne_bildung.city.admin import (  # noqa: F401  they register themselves
    districts,
    log,
    organisations,
    people,
    places,
    schools,
)
from herne_bildung.city.admin.base import (
    NamedFields,
    OwnEntriesAdmin,
    OwnEntriesInline,
    OwnEntriesStackedInline,
    language_fieldsets,
)
from herne_bildung.city.admin.choices import leave_out_unless_chosen

__all__ = [
    "NamedFields",
    "OwnEntriesAdmin",
    "OwnEntriesInline",
    "OwnEntriesStackedInline",
    "language_fieldsets",
    "leave_out_unless_chosen",
]
