"""The administration of the education monitoring."""

from monitoring.admin import (  # noqa: F401  they register themselves
    areas,
    figures,
    findings,
    imports,
    indicators,
    lists,
    preview,
    protection,
    raw,
    releases,
    surveys,
    warnings,
)
