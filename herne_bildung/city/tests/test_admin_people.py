"""Nobody deletes content; logins are for leads."""

import pytest
from django.urls import reverse

from herne_bildung.city.models import AuditEntry, Membership
from herne_bildung.city.rights import LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.administration import (
    signed_in,
)
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_school,
    make_user,
)

pytestmark = pytest.mark.django_db


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


def test_lead_ends_a_membership(client):
    signed_in(client, LEADS)
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


def test_a_lead_gives_a_password_and_nothing_else_about_it(client):
    signed_in(client, LEADS)
    person = make_user("fritz")
    add = client.get(reverse("admin:city_user_add")).context["adminform"].form
    page = reverse("admin:auth_user_password_change", args=[person.pk])
    fields = list(client.get(page).context["form"].fields)

    client.post(page, {"password1": "", "password2": ""})
    former = person.password
    person.refresh_from_db()
    assert person.password == former
    words = "ein Haus am Kanal"
    client.post(page, {"password1": words, "password2": words})

    person.refresh_from_db()
    assert person.check_password(words)
    assert fields == ["password1", "password2"]
    assert list(add.fields) == ["username", *fields]


def test_whose_rights_a_changed_membership_took_stands_in_the_log(client):
    signed_in(client, LEADS)
    former, new = make_user("fritz"), make_user("nina")
    organisation = make_organisation("Haus")
    membership = make_membership(former, organisation)

    client.post(
        reverse("admin:city_membership_change", args=[membership.pk]),
        {"user": new.pk, "organisation": organisation.pk, "role": "manager"},
    )

    entries = AuditEntry.objects.filter(action="rights_changed").order_by("pk")
    assert list(entries.values_list("about", "details")) == [
        ("fritz", {"ended": ["editor Haus"]}),
        ("nina", {"given": ["manager Haus"]}),
    ]


def test_memberships_of_samples_and_demo_logins_never_go_out(client):
    lead = signed_in(client, LEADS)
    make_membership(make_user("echt"), make_organisation("Echtes Haus"))
    demo = make_user("vorfuehrung", is_demo=True)
    make_membership(demo, make_organisation("Beispielhaus", is_sample=True))

    lists = [
        client.get(f"/verwaltung/city/{name}/").context["leaves_out_samples"]
        for name in ("membership", "user", "schoolholiday")
    ]
    members = client.get("/verwaltung/city/membership/tabelle.csv")
    people = client.get("/verwaltung/city/user/tabelle.csv")

    words = [b"".join(one.streaming_content).decode() for one in (members, people)]
    assert ["Echtes Haus" in words[0], "Beispielhaus" in words[0]] == [True, False]
    assert ["echt" in words[1], "vorfuehrung" in words[1]] == [True, False]
    assert lists == [True, True, False]
    assert list(
        AuditEntry.objects.filter(action="exported").values_list("by", "details__rows")
    ) == [(lead.pk, 2), (lead.pk, 1)]
