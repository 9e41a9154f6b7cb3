"""Signing in to the administration and filling in its form for offers."""

from django.urls import reverse

from herne_bildung.city.models import Membership, Organisation, User
from herne_bildung.city.rights import PROVIDERS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_user,
)
from herne_bildung.lib.languages import LANGUAGES
from offerings.models import Offering

LIST = "/verwaltung/offerings/offering/"
DATES = f"{LIST}termine/"
WORDS = "jeden Dienstag 9:30–11:00, nicht in den Schulferien, ab 7.3.2090"
ADD = f"{LIST}add/"


def change_page(offering: Offering) -> str:
    return reverse("admin:offerings_offering_change", args=[offering.pk])


def signed_in(client, *groups: str, **values) -> User:
    user = make_user("", *groups, **values)
    client.force_login(user)
    return user


def provider(client, role: str = Membership.Role.EDITOR, **values) -> Organisation:
    """Sign in someone of an organisation, which is returned."""
    organisation = make_organisation("Eigener Träger", **values)
    make_membership(signed_in(client, PROVIDERS), organisation, role)
    return organisation


def listed(response) -> list[str]:
    return sorted(map(str, response.context["cl"].result_list))


def fields_of(offering: Offering | None = None, **changed) -> dict[str, object]:
    """What the form of an offer sends; inlines without rows included."""
    fields: dict[str, object] = {
        "title_de": "Neues Angebot",
        "summary_de": "Kurz gesagt.",
        "state": Offering.State.PUBLISHED,
        "target_groups": [],
        "languages": [],
        "topics": [],
        "places": [],
    }
    if offering:
        fields["provider"] = offering.provider_id or ""
        for language in LANGUAGES:
            for name in ("title", "summary", "description", "next_step"):
                column = f"{name}_{language.column}"
                fields[column] = getattr(offering, column) or ""
    for prefix in ("schedules", "cost_options", "picture", "flyers"):
        fields |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return fields | changed


def schedules(*rows: dict[str, object]) -> dict[str, object]:
    """What the form sends of schedules."""
    sent: dict[str, object] = {"schedules-TOTAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        usual = {"frequency": "weekly", "interval": 1}
        sent |= {f"schedules-{number}-{key}": one for key, one in (usual | row).items()}
    return sent


def errors(response) -> dict[str, list[str]]:
    return response.context["adminform"].form.errors


def first_schedule(response):
    formset, *_ = response.context["inline_admin_formsets"]
    return formset.formset.forms[0]


def formsets(response):
    return [one.formset for one in response.context["inline_admin_formsets"]]
