"""Who fills in what is asked of family centres only."""

from collections.abc import Collection

from django.db.models import Q
from django.http import HttpRequest

from herne_bildung.city.models import Organisation
from herne_bildung.city.rights import reached_organisations, sees_everything
from offerings.models import Offering


def is_of_family_centre(request: HttpRequest, offering: Offering | None) -> bool:
    """Whether the form asks for areas of the quality profile: always for staff, and
    for people of family centres and of their Kitas.
    """
    if sees_everything(request.user):
        return True
    reached = reached_organisations(request.user)
    wanted = {offering.provider_id} & reached if offering else reached
    known = request.__dict__.setdefault("_of_family_centres", {})
    key = frozenset(wanted)
    if key not in known:
        known[key] = has_family_centre(wanted)
    return known[key]


def has_family_centre(organisations: Collection[int]) -> bool:
    """Whether one of these organisations is a family centre or a Kita of one."""
    is_centre = Q(kind=Organisation.Kind.FAMILY_CENTRE)
    is_member = Q(centre_links__isnull=False) | Q(family_centre__isnull=False)
    found = Organisation.objects.filter(is_centre | is_member, pk__in=organisations)
    return bool(organisations) and found.exists()
