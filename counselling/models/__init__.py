from counselling.models.concern import Concern, ConcernCount
from counselling.models.hours import OpeningException, OpeningHours
from counselling.models.office import CounsellingOffice, OfficeConcern
from counselling.models.role import ContactRole

__all__ = [
    "Concern",
    "ConcernCount",
    "ContactRole",
    "CounsellingOffice",
    "OfficeConcern",
    "OpeningException",
    "OpeningHours",
]
