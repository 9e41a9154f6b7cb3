"""The administration of counselling."""

from counselling.admin import (  # noqa: F401  they register themselves
    concern_counts,
    finder,
    finder_questions,
    preview,
    routes,
)
from counselling.admin.concerns import ConcernAdmin
from counselling.admin.offices import CounsellingOfficeAdmin
from counselling.admin.roles import ContactRoleAdmin

__all__ = ["ConcernAdmin", "ContactRoleAdmin", "CounsellingOfficeAdmin"]
