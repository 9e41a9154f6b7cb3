"""Forms, choices, pop-ups and actions that were tampered with change nothing."""

from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.contrib import admin
from django.forms import ModelChoiceField
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse

from herne_bildung.city.admin.rows import RowRights
from herne_bildung.city.models import AuditEntry, Organisation
from herne_bildung.city.tests.administration import fields_of as organisation_fields
from herne_bildung.tests.roles.addresses import OWN, requests
from herne_bildung.tests.roles.people import session_of
from herne_bildung.tests.roles.things import FOREIGN
from offerings.models import Offering
from offerings.tests.administration import fields_of as offering_fields

pytestmark = pytest.mark.django_db
ORGANISATION = "city.organisation"
OFFERING = "offerings.offering"


def signed_in(world, role: str) -> Client:
    client = Client()
    client.cookies = SimpleCookie(session_of(world.people[role]))
    return client


def change_page(entry: Any) -> str:
    name = entry._meta.label_lower.replace(".", "_")
    return reverse(f"admin:{name}_change", args=[entry.pk])


def foreign_rows(world) -> dict[str, dict[str, Any]]:
    """All that belongs to the other organisation, as it is stored."""
    found = {}
    for label, entry in world.foreign.by_model.items():
        stored = type(entry)._base_manager.filter(pk=entry.pk).first()
        values = {} if stored is None else model_to_dict(stored)
        found[label] = {name: str(value) for name, value in values.items()}
    return found


@pytest.mark.parametrize("role", ["editor", "manager", "adviser", "translator"])
def test_mass_actions_leave_others_alone(world, role):
    """Every action of every list, with ids of others and with “all of them”."""
    client, before, tried = signed_in(world, role), foreign_rows(world), 0
    for label, entry in world.foreign.by_model.items():
        model_admin = admin.site._registry.get(type(entry))
        if not isinstance(model_admin, RowRights):
            continue
        names = {"delete_selected"} | {
            getattr(one, "__name__", one) for one in model_admin.actions
        }
        for name in sorted(names):
            for across in ("0", "1"):
                client.post(
                    reverse(f"admin:{label.replace('.', '_')}_changelist"),
                    {
                        "action": name,
                        "_selected_action": [entry.pk],
                        "select_across": across,
                        "reason": "weil",
                        "post": "yes",
                    },
                )
                tried += 1

    assert foreign_rows(world) == before
    assert tried > 20


@pytest.mark.parametrize("role", ["editor", "manager"])
def test_no_form_offers_what_is_of_others(world, role):
    client, seen = signed_in(world, role), 0
    for one in requests(world.own, world.foreign, world.shared):
        is_form = one.address.endswith(("_add", "_change")) and one.method == "GET"
        if not is_form or one.whose not in {OWN, "-"}:
            continue
        context = client.get(one.path).context
        if context is None or "adminform" not in context:
            continue
        forms = [context["adminform"].form]
        for inline in context["inline_admin_formsets"]:
            forms += [*inline.formset.forms, inline.formset.empty_form]
        for field in (field for form in forms for field in form.fields.values()):
            if not isinstance(field, ModelChoiceField):
                continue
            foreign = world.foreign.by_model.get(field.queryset.model._meta.label_lower)
            if foreign is not None:
                seen += 1
                assert not field.queryset.filter(pk=foreign.pk).exists(), one.path
    assert seen > 5


def autocompletes() -> set[tuple[str, str, str]]:
    """(app, model, field) of each field that completes what one types."""
    found = set()
    for model, model_admin in admin.site._registry.items():
        for owner in (model_admin, *getattr(model_admin, "inlines", [])):
            options = (owner.model if owner is not model_admin else model)._meta
            for name in getattr(owner, "autocomplete_fields", ()):
                found.add((options.app_label, options.model_name, name))
    return found


@pytest.mark.parametrize("role", ["editor", "manager"])
def test_nothing_of_others_is_completed(world, role):
    client = signed_in(world, role)
    answers = {}
    for app, model, field in autocompletes():
        query = {"app_label": app, "model_name": model, "field_name": field, "term": ""}
        response = client.get(reverse("admin:autocomplete"), query)
        answers[app, model, field] = response
        assert FOREIGN.lower() not in response.content.decode().lower(), query
    assert answers["offerings", "offering", "places"].json()["results"]


@pytest.mark.parametrize("role", ["editor", "manager", "adviser", "translator"])
@pytest.mark.parametrize(
    "query", ["?_popup=1", "?_popup=1&_to_field=id", "?_to_field=slug"]
)
def test_pop_ups_reach_no_further(world, role, query):
    client, before = signed_in(world, role), foreign_rows(world)
    for entry in world.foreign.by_model.values():
        if not isinstance(admin.site._registry.get(type(entry)), RowRights):
            continue
        response = client.post(f"{change_page(entry)}{query}", {"_popup": "1"})
        if role in {"editor", "manager"}:
            assert response.status_code in {302, 400, 403}, entry
            assert FOREIGN not in response.content.decode()
    after = foreign_rows(world)
    for label in (ORGANISATION, OFFERING):
        if role != "translator":
            assert after[label] == before[label]


def test_an_editor_gives_its_organisation_no_rights(world):
    own = Organisation.objects.get(pk=world.own.organisation.pk)
    sent = organisation_fields(
        own,
        is_trusted="on",
        internal_note="gelogen",
        translation_state='{"tr": {}}',
        is_sample="on",
        parent=world.foreign.organisation.pk,
        phone="02323 99",
    )

    signed_in(world, "editor").post(change_page(own), sent)

    names = ("is_trusted", "internal_note", "translation_state", "is_sample", "parent")
    changed = Organisation.objects.get(pk=own.pk)
    assert [getattr(changed, name) for name in names] == [
        getattr(own, name) for name in names
    ]


@pytest.mark.parametrize(
    ("role", "is_trusted", "note"),
    [("adviser", False, "alt"), ("translator", False, "alt"), ("editor", False, "alt"),
     ("office", False, "neu"), ("lead", True, "neu")],
)  # fmt: skip
def test_only_leads_give_trust_and_only_staff_write_notes(
    world, role, is_trusted, note
):
    own = world.own.organisation
    Organisation.objects.filter(pk=own.pk).update(internal_note="alt")
    own = Organisation.objects.get(pk=own.pk)
    sent = organisation_fields(
        own, is_trusted="on", internal_note="neu", parent=own.parent_id, slug=own.slug
    )

    signed_in(world, role).post(change_page(own), sent)

    own.refresh_from_db()
    log = AuditEntry.objects.filter(action="rights_changed", object_id=str(own.pk))
    assert (own.is_trusted, own.internal_note) == (is_trusted, note)
    assert [one.details for one in log] == ([{"is_trusted": "True"}] * is_trusted)


@pytest.mark.parametrize("role", ["editor", "manager", "translator", "office"])
def test_who_may_not_publish_puts_no_draft_on_the_site(world, role):
    offering = Offering.objects.get(pk=world.own.by_model[OFFERING].pk)
    Offering.objects.filter(pk=offering.pk).update(state="draft")
    client = signed_in(world, role)

    client.post(change_page(offering), offering_fields(offering, state="published"))
    client.post(
        reverse("admin:offerings_offering_changelist"),
        {"action": "publish", "_selected_action": [offering.pk]},
    )

    offering.refresh_from_db()
    assert offering.state == "draft"


def test_a_lead_publishes(world):
    offering = Offering.objects.get(pk=world.own.by_model[OFFERING].pk)
    Offering.objects.filter(pk=offering.pk).update(state="draft")

    signed_in(world, "lead").post(
        reverse("admin:offerings_offering_changelist"),
        {"action": "publish", "_selected_action": [offering.pk]},
    )

    offering.refresh_from_db()
    assert offering.state == "published"


@pytest.mark.parametrize("is_foreign", [False, True])
def test_a_translator_writes_its_language_only(world, is_foreign):
    things = world.foreign if is_foreign else world.own
    offering = Offering.objects.get(pk=things.by_model[OFFERING].pk)
    before = model_to_dict(offering)
    sent = offering_fields(
        offering,
        title_de="Falsch",
        title_tr="Doğru",
        title_ar="خطأ",
        state="archived",
        internal_note="gelogen",
        provider=world.own.organisation.pk,
    )

    signed_in(world, "translator").post(change_page(offering), sent)

    after = model_to_dict(Offering.objects.get(pk=offering.pk))
    changed = {name for name, value in after.items() if value != before[name]}
    assert changed - {"summary_tr", "description_tr", "next_step_tr"} == {"title_tr"}
    assert after["title_tr"] == "Doğru"
