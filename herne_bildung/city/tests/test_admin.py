"""A provider reaches only what belongs to its organisations; staff reach all."""

import pytest
from django.contrib.admin.sites import site
from django.contrib.auth.models import Group
from django.urls import reverse

from herne_bildung.city import search
from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import (
    Membership,
    NetworkLink,
    Organisation,
    SearchDocument,
)
from herne_bildung.city.rights import LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.administration import (
    ORGANISATION,
    ORGANISATIONS,
    fields_of,
    listed,
    provider,
    signed_in,
)
from herne_bildung.city.tests.factories import (
    make_district,
    make_membership,
    make_organisation,
    make_place,
    make_school,
)

pytestmark = pytest.mark.django_db
FOR_STAFF = ("school", "schoolholiday", "membership", "districtalias")


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
    own = provider(client, is_trusted=True)
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
    own = provider(client, is_trusted=True)
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


def test_renamed_district_is_found_by_its_new_name(client):
    signed_in(client, OFFICE)
    district = make_district("Alt")
    school = make_school(place=make_place(district=district))

    client.post(
        reverse("admin:city_district_change", args=[district.pk]),
        {"name": "Neumitte", "parent": district.parent_id, "order": 1},
    )

    assert list(search.find("school", "neumitte", "de").ids) == [school.pk]


def permissions() -> set[tuple[str, str]]:
    """Every group with each of its permissions."""
    return set(Group.objects.values_list("name", "permissions__codename"))


def test_groups_are_the_same_after_a_second_run():
    ensure_groups()
    first = permissions()

    ensure_groups()

    assert permissions() == first
    assert (PROVIDERS, "change_organisation") in first
    assert (PROVIDERS, "delete_organisation") not in first
