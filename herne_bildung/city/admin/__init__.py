"""The administration of the city's models; `base` is for all apps."""

from herne_bildung.city.admin import (  # noqa: F401  they register themselves
    districts,
    organisations,
    people,
    places,
    schools,
)
from herne_bildung.city.admin.base import (
    OwnEntriesAdmin,
    OwnEntriesInline,
    language_fieldsets,
)

__all__ = ["OwnEntriesAdmin", "OwnEntriesInline", "language_fieldsets"]
