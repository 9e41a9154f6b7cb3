from counselling.models.concern import Concern, ConcernCount
from counselling.models.finder import Answer, FinderVersion, Question
from counselling.models.hours import OpeningException, OpeningHours
from counselling.models.office import CounsellingOffice, OfficeConcern
from counselling.models.role import ContactRole
from counselling.models.route import (
    Route,
    RouteDate,
    RouteNode,
    RouteResult,
    RouteStep,
)

__all__ = [
    "Answer",
    "Concern",
    "ConcernCount",
    "ContactRole",
    "CounsellingOffice",
    "FinderVersion",
    "OfficeConcern",
    "OpeningException",
    "OpeningHours",
    "Question",
    "Route",
    "RouteDate",
    "RouteNode",
    "RouteResult",
    "RouteStep",
]
