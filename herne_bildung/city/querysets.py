from typing import Any

from django.db.models import Q

from herne_bildung.city.models.base import PublicQuerySet


class OrganisationQuerySet(PublicQuerySet):
    """Organisations as readers and as the people in charge see them."""

    def listed(self) -> "OrganisationQuerySet":
        """Those a public page may name: not merely planned, not gone."""
        return self.filter(status="active")


def organisation_ids_of(user: Any) -> set[int]:
    """Ids of the organisations a person's memberships reach.

    An editor's membership covers its organisation, a manager's also all below.
    """
    own = dict(user.memberships.values_list("organisation_id", "role"))
    managers = {pk for pk, role in own.items() if role == "manager"}
    return set(own) | _with_all_below(user, managers)


def managed_organisation_ids(user: Any) -> set[int]:
    """Ids of the organisations a person manages, all below included."""
    managed = user.memberships.filter(role="manager")
    return _with_all_below(user, set(managed.values_list("organisation_id", flat=True)))


def _with_all_below(user: Any, above: set[int]) -> set[int]:
    model = user.memberships.model._meta.get_field("organisation").related_model
    reached, newest = set(above), above
    while newest:
        children = model.objects.filter(Q(parent_id__in=newest))
        newest = set(children.values_list("pk", flat=True)) - reached
        reached |= newest
    return reached
