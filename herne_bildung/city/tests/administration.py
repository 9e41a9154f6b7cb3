"""How tests use the administration."""

from typing import Any

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import Membership, Organisation, User
from herne_bildung.city.rights import PROVIDERS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_user,
)
from herne_bildung.lib.languages import LANGUAGES

ORGANISATIONS = "admin:city_organisation_changelist"
ORGANISATION = "admin:city_organisation_change"


def signed_in(client, *groups: str, **values) -> User:
    """Sign in a new person of these groups."""
    ensure_groups()
    user = make_user("", *groups, **values)
    client.force_login(user)
    return user


def provider(client, role: str = Membership.Role.EDITOR, **values: Any) -> Organisation:
    """Sign in someone of an organisation, which is returned."""
    organisation = make_organisation("Eigener Träger", **values)
    make_membership(signed_in(client, PROVIDERS), organisation, role)
    return organisation


def listed(response) -> list[str]:
    """What a list of the administration shows."""
    return sorted(map(str, response.context["cl"].result_list))


def fields_of(organisation: Organisation, **changed) -> dict[str, object]:
    """What the form of an organisation sends; empty ones included."""
    fields = {
        "kind": organisation.kind,
        "status": organisation.status,
        "is_provider": "on",
        "places": list(organisation.places.values_list("pk", flat=True)),
        "member_links-TOTAL_FORMS": 0,
        "member_links-INITIAL_FORMS": 0,
        "picture-TOTAL_FORMS": 0,
        "picture-INITIAL_FORMS": 0,
    }
    for language in LANGUAGES:
        for name in ("name", "description"):
            column = f"{name}_{language.column}"
            fields[column] = getattr(organisation, column) or ""
    return fields | changed
