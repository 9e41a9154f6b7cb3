"""What of counselling can go stale (herne_bildung.freshness)."""

from counselling.care.dates import RouteDateKind
from counselling.care.offices import OfficeKind
from counselling.care.roles import RoleKind
from herne_bildung.freshness.kinds import register

register(OfficeKind())
register(RoleKind())
register(RouteDateKind())
