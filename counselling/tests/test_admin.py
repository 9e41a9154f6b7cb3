"""Offices and contact roles in the administration."""

from datetime import timedelta

import pytest

from counselling.actions import forget_names
from counselling.models import ContactRole, CounsellingOffice
from counselling.tests.factories import make_concern, make_office, make_role
from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import EntryVersion, WaitingVersion
from herne_bildung.city.rights import LEADS, PROVIDERS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_user,
)
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
OFFICES = "/verwaltung/counselling/counsellingoffice"
ROLES = "/verwaltung/counselling/contactrole"


@pytest.fixture
def lead(client):
    ensure_groups()
    user = make_user("leitung", LEADS, is_staff=True)
    client.force_login(user)
    return user


@pytest.fixture
def provider(client):
    ensure_groups()
    user = make_user("traeger", PROVIDERS, is_staff=True)
    organisation = make_organisation("Eigene")
    make_membership(user, organisation)
    client.force_login(user)
    return organisation


def sent(response, **changed) -> dict:
    """What the form on a page would send, with some fields filled in otherwise."""
    form = response.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    for formset in response.context["inline_admin_formsets"]:
        management = formset.formset.management_form
        values |= {
            management.add_prefix(n): management[n].value() for n in management.fields
        }
        for row in formset.formset.forms:
            values |= {row.add_prefix(n): row[n].value() for n in row.fields}
    values |= changed
    return {name: value for name, value in values.items() if value is not None}


def test_a_new_office_gets_its_general_contact_and_address(client, lead):
    concern = make_concern()
    page = client.get(f"{OFFICES}/add/")
    data = sent(page, name_de="Schulberatung", summary_de="Hilft.", state="published")
    data |= {
        "concern_links-TOTAL_FORMS": "1",
        "concern_links-0-concern": concern.pk,
        "concern_links-0-is_main": "on",
    }

    response = client.post(f"{OFFICES}/add/", data)

    assert response.status_code == 302, response.context["adminform"].form.errors
    office = CounsellingOffice.objects.get()
    assert office.slug == "schulberatung"
    assert [link.concern for link in office.concern_links.all()] == [concern]
    assert [(role.title_en, role.is_general) for role in office.roles.all()] == [
        ("General enquiries", True)
    ]
    assert EntryVersion.objects.filter(model="counselling.counsellingoffice").exists()


def test_choices_in_rows_are_named_from_the_first_row_on(client, lead):
    office = make_office(concerns=[make_concern(), make_concern()])

    page = client.get(f"{OFFICES}/{office.pk}/change/")

    rows = page.context["inline_admin_formsets"][0].formset.forms
    named = ['aria-label="Anliegen"' in str(row["concern"]) for row in rows]
    assert named == [True, True]


def test_a_change_of_an_untrusted_provider_waits(client, provider):
    office = make_office("Alt", organisation=provider)
    address = f"{OFFICES}/{office.pk}/change/"

    client.post(address, sent(client.get(address), name_de="Neu"))

    office.refresh_from_db()
    assert office.name_de == "Alt"
    waiting = WaitingVersion.objects.get(model="counselling.counsellingoffice")
    assert waiting.object_id == office.pk


def test_a_removed_role_is_hidden_and_comes_back(client, lead):
    office = make_office()
    role = make_role(office, "Neu")
    chosen = {"_selected_action": [role.pk]}

    client.post(f"{ROLES}/", {"action": "remove", **chosen})
    hidden = [one.title_de for one in CounsellingOffice.objects.get().shown_roles]
    client.post(f"{ROLES}/", {"action": "show", **chosen})

    shown = [one.title_de for one in CounsellingOffice.objects.get().shown_roles]
    assert (hidden, shown) == (["Auskunft"], ["Auskunft", "Neu"])


def test_the_general_contact_is_exchanged_and_never_removed(client, lead):
    office = make_office()
    former, new = office.roles.get(), make_role(office, "Neu")
    chosen = {"_selected_action": [new.pk]}

    client.post(f"{ROLES}/", {"action": "make_general", **chosen})
    client.post(
        f"{ROLES}/", {"action": "remove", "_selected_action": [new.pk, former.pk]}
    )

    shown = CounsellingOffice.objects.get().shown_roles
    assert [(role.pk, role.is_general) for role in shown] == [(new.pk, True)]


def test_a_name_without_consent_is_an_error_at_the_field(client, lead):
    role = make_office().roles.get()
    address = f"{ROLES}/{role.pk}/change/"

    response = client.post(
        address, sent(client.get(address), person_name="Kim Beispiel")
    )

    assert set(response.context["adminform"].form.errors) == {
        "name_consent_on",
        "name_shown_until",
    }


def test_names_of_people_are_for_who_may_publish(client, provider):
    role = make_office(organisation=provider).roles.get()

    page = client.get(f"{ROLES}/{role.pk}/change/")

    assert "person_name" not in page.context["adminform"].form.fields


def test_names_are_forgotten_and_in_no_history(client, lead):
    role = make_office().roles.get()
    today = clock.today()
    address = f"{ROLES}/{role.pk}/change/"
    client.post(
        address,
        sent(
            client.get(address),
            title_de="Leitung",
            person_name="Kim Beispiel",
            name_consent_on=str(today),
            name_shown_until=str(today),
        ),
    )
    given = ContactRole.objects.get(pk=role.pk).name_on(today)
    clock.shift(timedelta(days=1))

    number = forget_names()

    role.refresh_from_db()
    assert (given, number, role.person_name) == ("Kim Beispiel", 1, "")
    snapshots = EntryVersion.objects.values_list("snapshot", flat=True)
    assert [one for one in snapshots if "Kim" in str(one)] == []


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_list(client, lead, django_assert_num_queries, number):
    for _ in range(number):
        make_office(organisation=make_organisation())
    client.get(f"{OFFICES}/")

    with django_assert_num_queries(8):
        client.get(f"{OFFICES}/")
