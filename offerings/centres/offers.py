"""Which centres and offers there are in public."""

from collections.abc import Sequence

from django.db.models import Prefetch, Q, QuerySet

from herne_bildung.city.models import NetworkLink, Organisation, Place
from herne_bildung.lib import clock
from offerings.models import FamilyCentre, Offering

Status, FAMILY_CENTRE = Organisation.Status, Organisation.Kind.FAMILY_CENTRE


def centres() -> QuerySet[FamilyCentre]:
    """All centres with what pages say of them, in alphabetical order; hidden ones and
    those that are no more too. An organisation of another kind is a centre no longer,
    whatever profile it once had. A fixed number of queries.
    """
    places = Prefetch(
        "places", Place.objects.select_related("district__parent__parent")
    )
    members = Organisation.objects.select_related("family_centre", "parent")
    links = NetworkLink.objects.order_by("member__sort_key", "pk")
    return (
        FamilyCentre.objects.filter(organisation__kind=FAMILY_CENTRE)
        .select_related("organisation__parent", "organisation__picture")
        .prefetch_related(
            "consultation_hours",
            Prefetch("organisation__places", places.queryset),
            Prefetch(
                "organisation__member_links",
                links.prefetch_related(
                    Prefetch("member", members.prefetch_related(places)),
                ),
            ),
        )
    )


def listed() -> QuerySet[FamilyCentre]:
    """Those the public sees."""
    return centres().filter(organisation__status=Status.ACTIVE)


def is_centre(organisation: Organisation) -> bool:
    """Whether its page is that of a family centre; its profile is joined."""
    has_profile = hasattr(organisation, "family_centre")
    return has_profile and organisation.kind == FAMILY_CENTRE


def members_of(centre: FamilyCentre) -> Sequence[Organisation]:
    """Its Kitas that the public may know of; prefetched by `centres`."""
    links = centre.organisation.member_links.all()
    return [link.member for link in links if link.member.status == Status.ACTIVE]


def offers_of(centre: FamilyCentre) -> QuerySet[Offering]:
    """Offers of the centre and of its Kitas that the public sees today and that have
    not ended; what takes place next comes first. A Kita that is hidden takes its
    offers along only where they are hidden too.
    """
    today = clock.today()
    offers = Offering.objects.published(today).not_ended(today)
    of_members = NetworkLink.objects.filter(centre=centre.organisation_id)
    return offers.filter(
        Q(provider=centre.organisation_id) | Q(provider__in=of_members.values("member"))
    ).order_by("next_start", "sort_key", "pk")
