"""The administration of the engine: lists of Django's admin, and pages beside them."""

from herne_bildung.freshness.admin import (  # noqa: F401  they register themselves
    calls_made,
    campaigns,
    changes,
    entries,
    links,
    people,
    reports,
    subscriptions,
)
from herne_bildung.freshness.admin.mails import OutgoingMailAdmin

__all__ = ["OutgoingMailAdmin"]
