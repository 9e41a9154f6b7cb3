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
    reached = set(own)
    below = {pk for pk, role in own.items() if role == "manager"}
    model = user.memberships.model._meta.get_field("organisation").related_model
    while below:
        below = (
            set(
                model.objects.filter(Q(parent_id__in=below)).values_list(
                    "pk", flat=True
                )
            )
            - reached
        )
        reached |= below
    return reached
