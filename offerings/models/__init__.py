from offerings.models.files import OfferingFlyer, OfferingPicture
from offerings.models.following import FollowedChanges
from offerings.models.index import OfferingIndex
from offerings.models.offering import CostOption, Offering
from offerings.models.schedule import Schedule
from offerings.models.topic import Topic

__all__ = [
    "CostOption",
    "FollowedChanges",
    "Offering",
    "OfferingFlyer",
    "OfferingIndex",
    "OfferingPicture",
    "Schedule",
    "Topic",
]
