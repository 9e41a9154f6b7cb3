"""A provider reaches only what belongs to its organisations; staff reach all."""

import pytest
from django.contrib.admin.sites import site
from django.contrib.auth.models import Group
from django.urls import reverse

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import (
    Membership,
    NetworkLink,
    Organisation,
    Place,
    SearchDocument,
    User,
)
from herne_bildung.city.rights import LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import (
    make_district,
    make_membership,
    make_organisation,
    make_place,
    make_school,
    make_user,
)
from herne_bildung.lib.languages import LANGUAGES

pytestmark = pytest.mark.django_db
ORGANISATIONS = "admin:city_organisation_changelist"
ORGANISATION = "admin:city_organisation_change"
PLACE = "admin:city_place_change"
LIMITED = ("organisation", "place")
FOR_STAFF = ("school", "schoolholiday", "membership", "districtalias")


@pytest.fixture(autouse=True)
def rights_of_groups(db):
    ensure_groups()


def signed_in(client, *groups: str, **values) -> User:
    user = make_user("", *groups, **values)
    client.force_login(user)
    return user


def provider(client, role: str = Membership.Role.EDITOR) -> Organisation:
    """Sign in someone of an organisation, which is returned."""
    organisation = make_organisation("Eigener Träger")
    make_membership(signed_in(client, PROVIDERS), organisation, role)
    return organisation


def listed(response) -> list[str]:
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
    }
    for language in LANGUAGES:
        for name in ("name", "description"):
            column = f"{name}_{language.column}"
            fields[column] = getattr(organisation, column) or ""
    return fields | changed


# --- lists, pages, guessed numbers --------------------------------------------


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Membership.Role.EDITOR, ["Eigener Träger"]),
        (Membership.Role.MANAGER, ["Eigener Träger", "Kita darunter"]),
    ],
)
def test_provider_lists_own_organisations(client, role, seen):
    own = provider(client, role)
    make_organisation("Kita darunter", parent=own)
    make_organisation("Fremder Träger")

    assert listed(client.get(reverse(ORGANISATIONS))) == seen


@pytest.mark.parametrize("groups", [(OFFICE,), (LEADS, OFFICE)])
def test_staff_list_all_organisations(client, groups):
    signed_in(client, *groups)
    make_organisation("Ein Träger")
    make_organisation("Fremder Träger")

    assert listed(client.get(reverse(ORGANISATIONS))) == [
        "Ein Träger",
        "Fremder Träger",
    ]


def test_superuser_lists_all(client):
    signed_in(client, is_superuser=True)
    make_organisation("Fremder Träger")

    assert listed(client.get(reverse(ORGANISATIONS))) == ["Fremder Träger"]


def test_provider_without_membership_sees_nothing(client):
    signed_in(client, PROVIDERS)
    make_organisation("Fremder Träger")

    assert listed(client.get(reverse(ORGANISATIONS))) == []
    assert client.get(reverse("admin:city_place_add")).status_code == 403


def test_login_without_group_sees_nothing(client):
    user = signed_in(client)
    make_membership(user, make_organisation())

    assert client.get(reverse(ORGANISATIONS)).status_code == 403


def test_membership_ends_at_once(client):
    own = provider(client)
    address = reverse(ORGANISATION, args=[own.pk])
    assert client.get(address).status_code == 200

    Membership.objects.all().delete()

    assert client.get(address).status_code == 302


@pytest.mark.parametrize("view", ["change", "history", "delete"])
def test_provider_does_not_reach_others_by_number(client, view):
    own = provider(client)
    other = make_organisation("Fremder Träger")
    address = reverse(f"admin:city_organisation_{view}", args=[other.pk])

    response = client.get(address)

    assert response.status_code in {302, 403}
    assert "Fremder Träger" not in response.content.decode()
    if view == "change":
        own_page = client.get(reverse(ORGANISATION, args=[own.pk])).content.decode()
        assert "Eigener Träger" in own_page


def test_provider_changes_own_texts_only(client):
    own = provider(client)
    other = make_organisation("Fremder Träger")

    sent = fields_of(own, description_de="Neu", name_tr="Yeni ad")
    client.post(reverse(ORGANISATION, args=[own.pk]), sent)
    client.post(
        reverse(ORGANISATION, args=[other.pk]), fields_of(other, name_de="Gekapert")
    )

    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.description_de, own.name_tr) == ("Neu", "Yeni ad")
    assert set(own.translation_state) == {"tr"}
    assert own.translation_state["tr"]["name"]["machine"] is False
    assert other.name_de == "Fremder Träger"
    assert SearchDocument.objects.filter(kind="organisation", object_id=own.pk).exists()


def test_german_name_must_be_given(client):
    own = provider(client)

    response = client.post(
        reverse(ORGANISATION, args=[own.pk]), fields_of(own, name_de=" ", name_en="A")
    )

    assert list(response.context["adminform"].form.errors) == ["name_de"]
    own.refresh_from_db()
    assert (own.name_de, own.name_en) == ("Eigener Träger", None)


def test_provider_cannot_change_what_rights_follow_from(client):
    own = provider(client)
    other = make_organisation("Fremder Träger")

    client.post(
        reverse(ORGANISATION, args=[own.pk]),
        fields_of(
            own,
            parent=other.pk,
            kind="city",
            status="historic",
            slug="anders",
            description_de="kam an",
            **{
                "member_links-TOTAL_FORMS": 1,
                "member_links-0-member": other.pk,
                "member_links-0-centre": own.pk,
            },
        ),
    )

    changed = Organisation.objects.get(pk=own.pk)
    assert changed.description_de == "kam an"
    assert (changed.parent, changed.kind, changed.status, changed.slug) == (
        None,
        own.kind,
        own.status,
        own.slug,
    )
    assert not NetworkLink.objects.exists()


@pytest.mark.parametrize("model", FOR_STAFF)
def test_provider_has_no_page_of_staff(client, model):
    provider(client)

    for page in ("changelist", "add"):
        if model == "districtalias" and page == "add":
            continue
        address = reverse(f"admin:city_{model}_{page}")
        assert client.get(address).status_code == 403, address


def test_provider_reads_districts_but_does_not_change_them(client):
    provider(client)
    district = make_district("Wanne")
    address = reverse("admin:city_district_change", args=[district.pk])

    assert client.get(address).status_code == 200
    assert client.post(address, {"name": "Gekapert"}).status_code == 403
    district.refresh_from_db()
    assert district.name == "Wanne"


# --- related entries ----------------------------------------------------------


def test_provider_cannot_choose_a_place_of_others(client):
    own = provider(client)
    own_place, others_place = make_place("Eigenes Haus"), make_place("Fremdes Haus")
    own.places.add(own_place)
    make_organisation().places.add(others_place)

    response = client.post(
        reverse(ORGANISATION, args=[own.pk]),
        fields_of(own, places=[own_place.pk, others_place.pk]),
    )

    assert "places" in response.context["adminform"].form.errors
    assert list(own.places.all()) == [own_place]


def test_saving_keeps_a_place_the_provider_shares(client):
    """A place staff gave to two organisations stays with both."""
    own = provider(client)
    shared = make_place("Gemeinsames Haus")
    own.places.add(shared)
    make_organisation().places.add(shared)

    client.post(reverse(ORGANISATION, args=[own.pk]), fields_of(own))

    assert list(own.places.all()) == [shared]


@pytest.mark.parametrize(
    ("is_staff_of_portal", "found"),
    [(False, ["Eigenes Haus"]), (True, ["Eigenes Haus", "Fremdes Haus"])],
)
def test_autocomplete_offers_what_the_person_reaches(client, is_staff_of_portal, found):
    own = provider(client)
    own.places.add(make_place("Eigenes Haus", street=""))
    make_place("Fremdes Haus", street="")
    if is_staff_of_portal:
        signed_in(client, OFFICE)

    response = client.get(
        reverse("admin:autocomplete"),
        {
            "term": "haus",
            "app_label": "city",
            "model_name": "organisation",
            "field_name": "places",
        },
    )

    assert [entry["text"] for entry in response.json()["results"]] == found


@pytest.mark.parametrize("model", LIMITED)
def test_search_finds_own_only(client, model):
    own = provider(client)
    own.places.add(make_place("Eigener Ort", street=""))
    make_organisation("Fremder Träger")
    make_place("Fremder Ort", street="")

    response = client.get(reverse(f"admin:city_{model}_changelist"), {"q": "er"})

    assert (
        listed(response)
        == {
            "organisation": ["Eigener Träger"],
            "place": ["Eigener Ort"],
        }[model]
    )


def test_filters_of_a_list_do_not_show_others(client):
    provider(client)
    make_organisation("Fremder Träger")

    response = client.get(reverse(ORGANISATIONS), {"parent__name_de__startswith": "F"})

    assert response.status_code in {302, 400}
    assert client.get(reverse(ORGANISATIONS)).context["cl"].list_filter == ()


# --- places -------------------------------------------------------------------


def place_fields(**changed) -> dict[str, object]:
    return {
        "name": "Haus",
        "street": "Weg 1",
        "postal_code": "44623",
        "city": "Herne",
        "is_accessible": "unknown",
    } | changed


def test_place_added_by_a_provider_belongs_to_its_organisation(client):
    own = provider(client)
    district = make_district("Wanne")

    client.post(reverse("admin:city_place_add"), place_fields(district=district.pk))

    place = Place.objects.get()
    assert list(place.organisations.all()) == [own]
    assert (place.district, place.is_district_chosen) == (district, True)


@pytest.mark.parametrize("sharing", ["organisation", "school"])
def test_provider_does_not_change_a_shared_place(client, sharing):
    own = provider(client)
    place = make_place("Altes Haus")
    own.places.add(place)
    if sharing == "organisation":
        make_organisation().places.add(place)
    else:
        make_school(place=place)
    address = reverse(PLACE, args=[place.pk])

    assert client.get(address).status_code == 200
    assert client.post(address, place_fields(name="Anders")).status_code == 403
    place.refresh_from_db()
    assert place.name == "Altes Haus"


def test_staff_confirm_guessed_districts(client):
    signed_in(client, OFFICE)
    district = make_district("Wanne")
    guessed = make_place(district=district, is_district_guessed=True)
    unknown = make_place()

    client.post(
        reverse("admin:city_place_changelist"),
        {"action": "confirm_district", "_selected_action": [guessed.pk, unknown.pk]},
    )

    guessed.refresh_from_db()
    unknown.refresh_from_db()
    assert (guessed.is_district_guessed, guessed.is_district_chosen) == (False, True)
    assert (unknown.district, unknown.is_district_chosen) == (None, False)


def test_provider_has_no_action_of_staff(client):
    own = provider(client)
    place = make_place(district=make_district(), is_district_guessed=True)
    own.places.add(place)

    response = client.get(reverse("admin:city_place_changelist"))
    client.post(
        reverse("admin:city_place_changelist"),
        {"action": "confirm_district", "_selected_action": [place.pk]},
    )

    assert response.context["action_form"] is None
    place.refresh_from_db()
    assert place.is_district_guessed


# --- nobody deletes; logins ---------------------------------------------------


@pytest.mark.parametrize("is_superuser", [False, True])
def test_nobody_deletes_content(client, is_superuser):
    signed_in(client, OFFICE, is_superuser=is_superuser)
    organisation, school = make_organisation(), make_school()

    for entry in (organisation, school, school.place):
        name = f"admin:city_{entry._meta.model_name}"
        address = reverse(f"{name}_delete", args=[entry.pk])
        assert client.post(address, {"post": "yes"}).status_code == 403
        client.post(
            reverse(f"{name}_changelist"),
            {
                "action": "delete_selected",
                "_selected_action": [entry.pk],
                "post": "yes",
            },
        )
        entry.refresh_from_db()


def test_office_ends_a_membership(client):
    signed_in(client, OFFICE)
    membership = make_membership(make_user(), make_organisation())

    client.post(
        reverse("admin:city_membership_delete", args=[membership.pk]), {"post": "yes"}
    )

    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("groups", "status"), [((OFFICE,), 403), ((LEADS,), 200), ((PROVIDERS,), 403)]
)
def test_logins_are_for_leads(client, groups, status):
    signed_in(client, *groups)

    assert client.get(reverse("admin:city_user_changelist")).status_code == status


def test_lead_cannot_raise_rights(client):
    lead = signed_in(client, LEADS, OFFICE)
    fields = {
        "username": lead.username,
        "language": "de",
        "is_active": "on",
        "is_staff": "on",
        "groups": [group.pk for group in lead.groups.all()],
        "is_superuser": "on",
        "first_name": "Neu",
    }

    client.post(reverse("admin:city_user_change", args=[lead.pk]), fields)

    lead.refresh_from_db()
    assert (lead.first_name, lead.is_superuser) == ("Neu", False)


@pytest.mark.parametrize(
    "view", ["admin:city_user_change", "admin:auth_user_password_change"]
)
def test_lead_does_not_reach_superusers(client, view):
    signed_in(client, LEADS)
    superuser = make_user(is_superuser=True)
    former = superuser.password

    response = client.post(
        reverse(view, args=[superuser.pk]),
        {"password1": "gekapert-123456", "password2": "gekapert-123456"},
    )

    superuser.refresh_from_db()
    assert response.status_code in {302, 403, 404}
    assert superuser.password == former


# --- all pages ----------------------------------------------------------------


def test_every_page_of_the_administration_opens_for_a_superuser(client):
    signed_in(client, OFFICE, is_superuser=True)
    school = make_school(place=make_place(district=make_district()))
    entries = {type(school): school, Organisation: make_organisation()}

    for model, model_admin in site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        if model._meta.app_label != "city":
            continue
        assert client.get(reverse(f"{name}_changelist")).status_code == 200, name
        if model_admin.has_add_permission(client.get("/verwaltung/").wsgi_request):
            assert client.get(reverse(f"{name}_add")).status_code == 200, name
        if entry := entries.get(model):
            address = reverse(f"{name}_change", args=[entry.pk])
            assert client.get(address).status_code == 200, name


def permissions() -> set[tuple[str, str]]:
    """Every group with each of its permissions."""
    return set(Group.objects.values_list("name", "permissions__codename"))


def test_groups_are_the_same_after_a_second_run():
    first = permissions()

    ensure_groups()

    assert permissions() == first
    assert (PROVIDERS, "change_organisation") in first
    assert (PROVIDERS, "delete_organisation") not in first
