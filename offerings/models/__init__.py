from offerings.models.cost import CostOption
from offerings.models.family_centre import ConsultationHours, FamilyCentre
from offerings.models.files import OfferingFlyer, OfferingPicture
from offerings.models.followed_changes import FollowedChanges
from offerings.models.index import OfferingIndex
from offerings.models.noticed import NoticedOffering
from offerings.models.occurrence import Occurrence
from offerings.models.offering import Offering
from offerings.models.print_order import PrintOrder
from offerings.models.schedule import Schedule
from offerings.models.topic import Topic

__all__ = [
    "ConsultationHours",
    "CostOption",
    "FamilyCentre",
    "FollowedChanges",
    "NoticedOffering",
    "Occurrence",
    "Offering",
    "OfferingFlyer",
    "OfferingIndex",
    "OfferingPicture",
    "PrintOrder",
    "Schedule",
    "Topic",
]
