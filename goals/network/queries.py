"""What the pages of the network read."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, QuerySet

from goals.choices import Publication
from goals.models import Body, BodyDate, BodyMember
from herne_bildung.city.models import Organisation
from herne_bildung.freshness.public import with_care

# How the freshness engine calls bodies.
KIND = "body"


def bodies() -> QuerySet[Body]:
    """Those everyone sees, with their names and when they were confirmed."""
    return with_care(Body.objects.published().with_names(), KIND)


def dates() -> QuerySet[BodyDate]:
    """Dates everyone may read of, with body and place."""
    return BodyDate.objects.filter(
        is_public=True, body__state=Publication.PUBLISHED
    ).select_related("body__organisation", "place")


def coming(today: date) -> QuerySet[BodyDate]:
    """Those of today and later, the next one first."""
    return dates().filter(day__gte=today)


def next_dates(ids: Iterable[int], today: date) -> dict[int, BodyDate]:
    """The next date of each of these bodies that takes place; one query."""
    found = coming(today).filter(body__in=list(ids), is_cancelled=False)
    first = found.order_by("body_id", "day", "starts_at", "pk").distinct("body_id")
    return {one.body_id: one for one in first}


def memberships_of(ids: Iterable[int]) -> dict[int, list[Body]]:
    """In which public bodies each of these organisations takes part; one query."""
    rows = (
        BodyMember.objects.filter(
            organisation__in=list(ids), body__state=Publication.PUBLISHED
        )
        .select_related("body__organisation")
        .order_by("body__kind", "body__order", "body__slug")
    )
    found: dict[int, list[Body]] = {}
    for row in rows:
        found.setdefault(row.organisation_id, []).append(row.body)
    return found


def members() -> Prefetch:
    """Who takes part, with the names of those the public may read of."""
    rows = BodyMember.objects.select_related("organisation").exclude(
        organisation__status__in=[
            Organisation.Status.HIDDEN,
            Organisation.Status.HISTORIC,
        ]
    )
    return Prefetch("members", rows)
