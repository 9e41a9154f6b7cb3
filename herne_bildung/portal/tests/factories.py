"""Plain test data of the portal, found by the search as in real life."""

from itertools import count
from typing import Any

from herne_bildung.city.actions import index_organisations, index_schools
from herne_bildung.city.models import Organisation, School
from herne_bildung.city.tests.factories import make_organisation, make_school
from offerings.actions import reindex
from offerings.models import Offering

_numbers = count(1)


def make_offering(title: str = "", **values: Any) -> Offering:
    """A published offer; without `provider` it has none."""
    number = next(_numbers)
    values.setdefault("slug", f"angebot-{number}")
    values.setdefault("state", Offering.State.PUBLISHED)
    values.setdefault("title_de", title or f"Angebot {number}")
    values.setdefault("summary_de", "Ein Satz dazu.")
    offering = Offering.objects.create(**values)
    reindex([offering.pk])
    return offering


def make_found_school(name: str, **values: Any) -> School:
    school = make_school(name, **values)
    index_schools([school.pk])
    return school


def make_found_organisation(name: str, **values: Any) -> Organisation:
    organisation = make_organisation(name, **values)
    index_organisations([organisation.pk])
    return organisation
