from herne_bildung.freshness.models.answers import Confirmation, ProposedChange
from herne_bildung.freshness.models.calls import Call
from herne_bildung.freshness.models.campaigns import Campaign
from herne_bildung.freshness.models.digests import Digest, DigestItem
from herne_bildung.freshness.models.entries import (
    CareEvent,
    CareInterval,
    MaintainedEntry,
)
from herne_bildung.freshness.models.figures import DailyFigure
from herne_bildung.freshness.models.links import CheckedLink, LinkUse
from herne_bildung.freshness.models.mail import FOLLOWED_MAIL, SECRET_MAIL, OutgoingMail
from herne_bildung.freshness.models.organisations import CaredForOrganisation
from herne_bildung.freshness.models.people import (
    ClosedPeriod,
    Recipient,
    Responsibility,
)
from herne_bildung.freshness.models.reports import ErrorReport
from herne_bildung.freshness.models.subscriptions import (
    SeenItem,
    Subscriber,
    Subscription,
)

__all__ = [
    "FOLLOWED_MAIL",
    "SECRET_MAIL",
    "Call",
    "Campaign",
    "CareEvent",
    "CareInterval",
    "CaredForOrganisation",
    "CheckedLink",
    "ClosedPeriod",
    "Confirmation",
    "DailyFigure",
    "Digest",
    "DigestItem",
    "ErrorReport",
    "LinkUse",
    "MaintainedEntry",
    "OutgoingMail",
    "ProposedChange",
    "Recipient",
    "Responsibility",
    "SeenItem",
    "Subscriber",
    "Subscription",
]
