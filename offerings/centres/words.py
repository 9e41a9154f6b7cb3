"""What pages say of a centre: its certificate, where it is."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from herne_bildung.city.models import District, Organisation, Place
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import isolated
from offerings.centres.offers import members_of
from offerings.models import FamilyCentre


def certificate_in_words(centre: FamilyCentre, language: str) -> str:
    """Until when it is certified; empty where that is over, lies ahead or is not
    known.
    """
    until, since = centre.certificate_until, centre.certificate_from
    today = clock.today()
    if until is None or until < today or (since is not None and since > today):
        return ""
    return _("Certified until %(day)s") % {"day": day_in_words(until, language)}


def addresses_of(organisation: Organisation) -> list[str]:
    """Its places, each as a line; they are prefetched."""
    lines = (address_of(place, organisation) for place in organisation.places.all())
    return list(filter(None, lines))


def address_of(place: Place, organisation: Organisation) -> str:
    """Where it is, without a name that is the organisation's anyway."""
    name = "" if place.name == organisation.name_de else place.name
    return listed(filter(None, (name, place.address)))


def sites_in_words(organisation: Organisation, language: str) -> list[str]:
    """Its places with their districts, each as a line for readers of a language."""
    lines = (
        listed(
            filter(
                None,
                [
                    isolated(address_of(place, organisation), language),
                    district_in_words(place, language),
                ],
            )
        )
        for place in organisation.places.all()
    )
    return list(filter(None, lines))


def places_of(centre: FamilyCentre) -> list[Place]:
    """Where it is: its own places, else those of its Kitas."""
    own = list(centre.organisation.places.all())
    if own:
        return own
    return [place for kita in members_of(centre) for place in kita.places.all()]


def districts_in_words(places: Iterable[Place], language: str) -> str:
    """Names of their districts, each once."""
    found = (district_in_words(place, language) for place in places)
    return listed(dict.fromkeys(filter(None, found)))


def district_in_words(place: Place, language: str) -> str:
    """The name of its district; that it is a guess is said."""
    if place.district is None:
        return ""
    name = isolated(place.district.name, language)
    if place.is_district_guessed:
        return _("probably %(district)s") % {"district": name}
    return name


def boroughs_of(centre: FamilyCentre) -> list[District]:
    """The boroughs it lies in, each once, in the order of its places."""
    found: dict[int, District] = {}
    for place in places_of(centre):
        district = place.district
        while district and district.level != District.Level.BOROUGH:
            district = district.parent
        if district:
            found[district.pk] = district
    return list(found.values())
