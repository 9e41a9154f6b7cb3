"""Plain test data of family centres."""

from datetime import time
from typing import Any

from herne_bildung.city.models import NetworkLink, Organisation, Place
from herne_bildung.city.tests.factories import make_organisation
from offerings.centres.search import index_centres
from offerings.models import ConsultationHours, FamilyCentre


def make_centre(
    name: str = "Familienzentrum Eins",
    *,
    kitas: list[Organisation] | tuple = (),
    places: list[Place] | tuple = (),
    hours: list[tuple[int, str, str]] | tuple = (),
    organisation: dict[str, Any] | None = None,
    **values: Any,
) -> FamilyCentre:
    """A centre that the search already knows."""
    known = {
        "kind": Organisation.Kind.FAMILY_CENTRE,
        "slug": name.lower().replace(" ", "-"),
        **(organisation or {}),
    }
    own = make_organisation(name, **known)
    own.places.set(places)
    centre = FamilyCentre.objects.create(organisation=own, **values)
    for kita in kitas:
        NetworkLink.objects.create(centre=own, member=kita)
    for weekday, opens, closes in hours:
        ConsultationHours.objects.create(
            centre=centre,
            weekday=weekday,
            opens=time.fromisoformat(opens),
            closes=time.fromisoformat(closes),
        )
    index_centres()
    return centre
