from counselling.admin.concerns import ConcernAdmin
from counselling.admin.offices import CounsellingOfficeAdmin
from counselling.admin.roles import ContactRoleAdmin

__all__ = ["ConcernAdmin", "ContactRoleAdmin", "CounsellingOfficeAdmin"]
