"""The administration of the education monitoring."""

from monitoring.admin import (  # noqa: F401  they register themselves
    figures,
    findings,
    surveys,
    warnings,
)
