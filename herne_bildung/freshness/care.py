"""Kinds declared by the engine itself, for the apps below it."""

from herne_bildung.freshness.kinds import register
from herne_bildung.freshness.organisations import OrganisationKind
from herne_bildung.freshness.schools import SchoolKind

register(OrganisationKind())
register(SchoolKind())
