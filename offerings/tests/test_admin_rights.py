"""A provider reaches only the offers of its organisations; staff reach all."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from herne_bildung.city.admin.versions import sent_text
from herne_bildung.city.models import Membership
from herne_bildung.city.rights import ADVISERS, OFFICE, PROVIDERS, TRANSLATORS
from herne_bildung.city.tests.factories import make_membership, make_organisation
from offerings.models import Offering, Schedule
from offerings.tests.administration import (
    ADD,
    LIST,
    change_page,
    errors,
    fields_of,
    listed,
    provider,
    signed_in,
)
from offerings.tests.factories import make_offering, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Membership.Role.EDITOR, ["Eigenes"]),
        (Membership.Role.MANAGER, ["Der Kita", "Eigenes"]),
    ],
)
def test_provider_lists_own_offers(client, role, seen):
    own = provider(client, role)
    make_offering("Eigenes", provider=own)
    make_offering("Der Kita", provider=make_organisation(parent=own))
    make_offering("Fremdes", provider=make_organisation())
    make_offering("Von niemandem", provider=None)

    assert listed(client.get(LIST)) == seen


def test_staff_list_all_offers(client):
    signed_in(client, OFFICE)
    make_offering("Eines", provider=make_organisation())
    make_offering("Von niemandem", provider=None)

    assert listed(client.get(LIST)) == ["Eines", "Von niemandem"]


@pytest.mark.parametrize("view", ["change", "history", "delete"])
def test_provider_does_not_reach_other_offers_by_number(client, view):
    own = provider(client)
    mine = make_offering("Eigenes", provider=own)
    other = make_offering("Fremdes", provider=make_organisation())

    response = client.get(reverse(f"admin:offerings_offering_{view}", args=[other.pk]))

    assert response.status_code in {302, 403}
    assert "Fremdes" not in response.content.decode()
    assert client.get(change_page(mine)).status_code == 200


def test_provider_does_not_save_into_other_offers(client):
    own = provider(client)
    other = make_offering("Fremdes", provider=make_organisation())

    client.post(
        change_page(other),
        fields_of(other, title_de="Gekapert", provider=own.pk),
    )

    other.refresh_from_db()
    assert (other.title_de, other.provider_id == own.pk) == ("Fremdes", False)


@pytest.mark.parametrize("is_new", [True, False])
def test_provider_cannot_name_another_provider(client, is_new):
    own = provider(client)
    other = make_organisation("Fremder Träger")
    mine = None if is_new else make_offering("Eigenes", provider=own)
    address = ADD if is_new else change_page(mine)

    response = client.post(address, fields_of(mine, provider=other.pk))

    assert list(errors(response)) == ["provider"]
    assert Offering.objects.filter(provider=other).count() == 0


def test_provider_cannot_leave_the_provider_empty(client):
    provider(client)

    response = client.post(ADD, fields_of(provider=""))

    assert list(errors(response)) == ["provider"]
    assert Offering.objects.count() == 0


@pytest.mark.parametrize("action", ["publish", "archive"])
def test_actions_leave_other_offers_alone(client, action):
    own = provider(client, is_trusted=True)
    state = "draft" if action == "publish" else "published"
    mine = make_offering("Eigenes", provider=own, state=state)
    other = make_offering("Fremdes", provider=make_organisation(), state=state)

    client.post(
        LIST,
        {
            "action": action,
            "_selected_action": [mine.pk, other.pk],
            "reason": "Das Angebot ist zu Ende.",
        },
    )

    mine.refresh_from_db()
    other.refresh_from_db()
    assert mine.state == ("published" if action == "publish" else "archived")
    assert other.state == state


@pytest.mark.parametrize("groups", [(OFFICE,), (PROVIDERS,)])
def test_nobody_deletes_offers(client, groups):
    user = signed_in(client, *groups)
    own = make_organisation()
    make_membership(user, own, Membership.Role.MANAGER)
    mine = make_offering("Eigenes", provider=own)

    response = client.post(
        reverse("admin:offerings_offering_delete", args=[mine.pk]), {"post": "yes"}
    )
    client.post(LIST, {"action": "delete_selected", "_selected_action": [mine.pk]})

    assert response.status_code == 403
    assert Offering.objects.get() == mine


@pytest.mark.parametrize(
    ("model", "view"),
    [("topic", "changelist"), ("topic", "add"), ("topic", "change")],
)
def test_topics_are_for_staff(client, model, view):
    topic = make_topic("Musik")
    arguments = [topic.pk] if view == "change" else []
    address = reverse(f"admin:offerings_{model}_{view}", args=arguments)
    provider(client)
    refused = client.get(address)
    signed_in(client, OFFICE)

    assert (refused.status_code, client.get(address).status_code) == (403, 200)


def test_autocomplete_names_own_offers_only(client):
    own = provider(client)
    make_offering("Eigenes", provider=own)
    make_offering("Fremdes", provider=make_organisation())

    response = client.get(
        reverse("admin:autocomplete"),
        {
            "app_label": "offerings",
            "model_name": "offering",
            "field_name": "successor",
            "term": "",
        },
    )

    assert [row["text"] for row in response.json()["results"]] == ["Eigenes"]


def test_someone_who_may_only_look_sees_the_offer(client):
    own = make_organisation()
    user = signed_in(client)
    make_membership(user, own)
    user.user_permissions.add(Permission.objects.get(codename="view_offering"))
    offering = make_offering("Eigenes", provider=own)

    page = client.get(change_page(offering))
    saved = client.post(change_page(offering), fields_of(offering))

    assert (page.status_code, saved.status_code) == (200, 403)
    assert "Eigenes" in page.content.decode()


def test_the_office_is_told_only_that_its_publication_waits(client):
    signed_in(client, OFFICE)
    draft = make_offering("Entwurf", provider=make_organisation(), state="draft")

    page = client.post(
        LIST, {"action": "publish", "_selected_action": [draft.pk]}, follow=True
    )

    assert [str(one) for one in page.context["messages"]] == [sent_text()]


def test_translators_are_offered_no_actions_that_change_nothing(client):
    signed_in(client, TRANSLATORS, translates=["tr"])
    make_offering("Angebot", provider=make_organisation())

    page = client.get(LIST)

    assert (page.status_code, page.context["action_form"]) == (200, None)


RAW = {"target_groups", "languages", "reason", "age_min_months", "age_max_months"}
TUESDAYS = "jeden Dienstag 9:30, ab 1. September 2026"


@pytest.mark.parametrize("role", [ADVISERS, TRANSLATORS])
def test_readers_find_words_and_no_keys(client, role):
    signed_in(client, role)
    offer = make_offering(
        "Kurs",
        target_groups=["parents"],
        languages=["tr"],
        age_min_months=36,
        schedule={"weekdays": [1], "starts_on": date(2026, 9, 1)},
    )

    page = client.get(change_page(offer))
    shown = read_only(page.context["adminform"])
    [first] = [
        formset
        for formset in page.context["inline_admin_formsets"]
        if formset.formset.model is Schedule
    ]
    times = read_only(next(iter(first)))

    assert shown["target_groups_read"] == "Eltern"
    assert shown["languages_read"] == "Türkçe"
    assert (shown["age_min_months_read"], shown["age_max_months_read"]) == (
        "3 Jahre",
        "–",
    )
    assert not RAW & set(shown)
    assert times == {"time_read": TUESDAYS}
    assert len(first.formset.next_dates) == 8
    assert "Montag" not in page.text


def read_only(form) -> dict[str, str]:
    """What the form only shows, by name."""
    return {
        field.field["name"]: field.contents()
        for fieldset in form
        for line in fieldset
        for field in line
        if field.is_readonly
    }
