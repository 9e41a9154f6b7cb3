"""Who may do what in the administration: three groups, and what a person reaches.

A provider's login belongs to `PROVIDERS` and reaches the organisations of its
memberships; `OFFICE` is the staff of the Bildungsbüro and sees all; `LEADS` are
those of the staff who also look after logins.
"""

from typing import Any

from django.db.models import Model, QuerySet

from herne_bildung.city.querysets import organisation_ids_of

PROVIDERS = "Anbieter"
OFFICE = "Bildungsbüro"
LEADS = "Bildungsbüro-Leitung"
GROUPS = (PROVIDERS, OFFICE, LEADS)


def sees_everything(user: Any) -> bool:
    """Whether a signed-in person is staff of the portal, not of a provider."""
    return user.is_active and (
        user.is_superuser or not _group_names(user).isdisjoint({OFFICE, LEADS})
    )


def reached_organisations(user: Any) -> set[int]:
    """Ids of the organisations a provider's login reaches; asked once a request."""
    if not hasattr(user, "_reached_organisations"):
        user._reached_organisations = organisation_ids_of(user)
    return user._reached_organisations


def own_entries(entries: QuerySet, owner_path: str, user: Any) -> QuerySet:
    """Those entries that belong to an organisation the person reaches."""
    owner = owner_path or "pk"
    model = entries.model
    own = model._default_manager.filter(
        **{f"{owner}__in": reached_organisations(user)}
    ).values("pk")
    return entries.filter(pk__in=own)


def is_own(entry: Model, owner_path: str, user: Any) -> bool:
    """Whether the stored entry belongs to an organisation the person reaches."""
    stored = type(entry)._default_manager.filter(pk=entry.pk)
    return own_entries(stored, owner_path, user).exists()


def _group_names(user: Any) -> set[str]:
    if not hasattr(user, "_group_names"):
        user._group_names = set(user.groups.values_list("name", flat=True))
    return user._group_names
