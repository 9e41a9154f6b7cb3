"""Kinds declared by the engine itself, for the apps below it."""

from herne_bildung.freshness.kinds import register
from herne_bildung.freshness.organisations import OrganisationKind

register(OrganisationKind())
