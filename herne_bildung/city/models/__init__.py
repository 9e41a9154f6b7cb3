from herne_bildung.city.models.audit import AuditEntry
from herne_bildung.city.models.base import PublicContent, Sourced, Translated
from herne_bildung.city.models.calendar import SchoolHoliday
from herne_bildung.city.models.district import District, DistrictAlias
from herne_bildung.city.models.files import OrganisationPicture, Picture, Upload
from herne_bildung.city.models.invitation import Invitation
from herne_bildung.city.models.organisation import (
    Membership,
    NetworkLink,
    Organisation,
)
from herne_bildung.city.models.place import Place
from herne_bildung.city.models.school import School
from herne_bildung.city.models.search import (
    ReferenceVersion,
    SearchDocument,
    SearchWord,
)
from herne_bildung.city.models.seeding import SeedRecord
from herne_bildung.city.models.typed import SentForm, TypedForm
from herne_bildung.city.models.user import User
from herne_bildung.city.models.version import EntryVersion, WaitingVersion

__all__ = [
    "AuditEntry",
    "District",
    "DistrictAlias",
    "EntryVersion",
    "Invitation",
    "Membership",
    "NetworkLink",
    "Organisation",
    "OrganisationPicture",
    "Picture",
    "Place",
    "PublicContent",
    "ReferenceVersion",
    "School",
    "SchoolHoliday",
    "SearchDocument",
    "SearchWord",
    "SeedRecord",
    "SentForm",
    "Sourced",
    "Translated",
    "TypedForm",
    "Upload",
    "User",
    "WaitingVersion",
]
