from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from herne_bildung.city.models.base import PublicQuerySet


class OrganisationQuerySet(PublicQuerySet):
    """Organisations as readers and as the people in charge see them."""

    def listed(self) -> "OrganisationQuerySet":
        """Those a public page may name: not merely planned, not gone."""
        return self.filter(status="active")

    def without_active_person(self) -> "OrganisationQuerySet":
        """Those with published entries that nobody who may still sign in looks after:
        neither by a membership of their own nor as manager of one above.
        """
        memberships = self.model._meta.get_field("memberships").related_model.objects
        active = memberships.filter(user__is_active=True)
        cared_for = set(active.values_list("organisation_id", flat=True))
        managers = active.filter(role="manager")
        managed = set(managers.values_list("organisation_id", flat=True))
        cared_for |= _with_all_below(self.model, managed)
        published = self.model.objects.filter(offerings__state="published")
        return self.filter(pk__in=published.values("pk")).exclude(pk__in=cared_for)


def organisation_ids_of(user: Any) -> set[int]:
    """Ids of the organisations a person's memberships reach.

    An editor's membership covers its organisation, a manager's also all below.
    """
    own = dict(user.memberships.values_list("organisation_id", "role"))
    managers = {pk for pk, role in own.items() if role == "manager"}
    return set(own) | _with_all_below(_organisations(user), managers)


def managed_organisation_ids(user: Any) -> set[int]:
    """Ids of the organisations a person manages, all below included."""
    managed = user.memberships.filter(role="manager")
    above = set(managed.values_list("organisation_id", flat=True))
    return _with_all_below(_organisations(user), above)


def _organisations(user: Any) -> Any:
    return user.memberships.model._meta.get_field("organisation").related_model


def _with_all_below(model: Any, above: set[int]) -> set[int]:
    """These organisations and their children, one query for each level."""
    reached, newest = set(above), above
    while newest:
        children = model.objects.filter(Q(parent_id__in=newest))
        newest = set(children.values_list("pk", flat=True)) - reached
        reached |= newest
    return reached


def with_all_above(model: Any, below: Iterable[int]) -> dict[int, set[int]]:
    """Each of these organisations, with itself and all above it; one query for each
    level.
    """
    parents: dict[int, int | None] = {}
    newest = set(below)
    while newest:
        found = model.objects.filter(pk__in=newest).values_list("pk", "parent_id")
        parents |= dict(found)
        newest = {parents[pk] for pk in newest if parents.get(pk)} - parents.keys()
    return {pk: _way_up(pk, parents) for pk in below}


def _way_up(pk: int | None, parents: dict[int, int | None]) -> set[int]:
    found: set[int] = set()
    while pk is not None and pk not in found:
        found.add(pk)
        pk = parents.get(pk)
    return found
