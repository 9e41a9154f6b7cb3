"""The page of people: who sees whom, who removes whom, what goes to whom."""

import pytest

from herne_bildung.city.models import Invitation, Membership, Organisation, User
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_user,
)
from herne_bildung.freshness.models import OutgoingMail, Responsibility
from herne_bildung.lib import clock
from herne_bildung.portal.accounts.invitations import invite
from herne_bildung.portal.tests.accounts import (
    editor_of,
    handover,
    logged,
    memberships,
    person,
    recipient_of,
    remove,
)

pytestmark = pytest.mark.django_db
PEOPLE = "/verwaltung/personen/"
INVITE = "/verwaltung/personen/einladen/"


@pytest.fixture
def own() -> Organisation:
    return make_organisation("Eigener Träger")


@pytest.fixture
def manager(client, own) -> User:
    """Signed in; manages “Eigener Träger”."""
    user = person("manu", PROVIDERS)
    make_membership(user, own, "manager")
    client.force_login(user)
    return user


@pytest.fixture
def lead(client) -> User:
    user = person("leo", LEADS)
    client.force_login(user)
    return user


@pytest.mark.parametrize("group", [ADVISERS, OFFICE, PROVIDERS])
def test_the_page_is_for_those_who_manage_people(client, own, group):
    user = person("anna", group)
    make_membership(user, own)
    client.force_login(user)

    for address in (PEOPLE, INVITE, f"{INVITE}?organisation={own.pk}", handover(user)):
        assert client.get(address).status_code == 403
        assert client.post(address, {"withdraw": "1"}).status_code == 403


@pytest.mark.parametrize(
    ("group", "role", "leads_there"),
    [
        (LEADS, None, True),
        (PROVIDERS, "manager", True),
        (PROVIDERS, "editor", False),
        (OFFICE, None, False),
    ],
)
def test_the_start_leads_there_who_manages_people(
    client, own, group, role, leads_there
):
    user = person("anna", group)
    if role:
        make_membership(user, own, role)
    client.force_login(user)

    assert (f'href="{PEOPLE}"' in client.get("/verwaltung/").text) == leads_there


def test_strangers_sign_in_first(client):
    assert client.get(PEOPLE).url == f"/verwaltung/login/?next={PEOPLE}"


def test_a_manager_sees_own_organisations_and_those_below(client, manager, own):
    below = make_organisation("Darunter", parent=own)
    foreign = make_organisation("Fremd")
    editor_of(below)
    editor_of(foreign, "fremde-person")

    page = client.get(PEOPLE)

    assert [
        (entry.organisation.name_de, [one.user.username for one in entry.members])
        for entry in page.context["entries"]
    ] == [("Darunter", ["edi"]), ("Eigener Träger", ["manu"])]
    assert "fremde-person" not in page.text


def test_leads_find_organisations_without_anyone_by_name(client, lead, own):
    assert [one.organisation for one in client.get(PEOPLE).context["entries"]] == []

    page = client.get(PEOPLE, {"q": "eigener"})

    assert [one.has_nobody for one in page.context["entries"]] == [True]


@pytest.mark.parametrize("number", [3, 300])
def test_queries_do_not_grow(client, lead, number, django_assert_num_queries):
    for index in range(number):
        organisation = make_organisation(f"Träger {index:03}")
        sender = make_user()
        make_membership(sender, organisation, "manager")
        Invitation.objects.create(
            email=f"p{index}@example.org",
            organisation=organisation,
            token_hash=f"{index}",
            invited_by=sender,
            invited_at=clock.now(),
            expires_at=clock.now(),
        )

    with django_assert_num_queries(14):
        page = client.get(PEOPLE)

    assert len(page.context["entries"]) == min(number, 25)


def test_a_manager_invites_with_the_form(client, manager, own):
    address = f"{INVITE}?organisation={own.pk}"
    fields = {"email": "neu@example.org", "name": "Nele Neu", "language": "tr"}

    page = client.get(address)
    wrong = client.post(address, fields | {"email": "keine Adresse"})
    sent = client.post(address, fields | {"role": "manager"})

    assert list(page.context["form"].fields) == ["email", "name", "language"]
    assert (wrong.status_code, sent.url) == (200, PEOPLE)
    invited = Invitation.objects.get()
    assert (invited.role, invited.language, invited.organisation) == (
        "editor",
        "tr",
        own,
    )


def test_a_manager_reaches_no_foreign_organisation(client, manager):
    foreign = make_organisation("Fremd")
    membership = editor_of(foreign)
    invited = Invitation.objects.create(
        email="x@example.org",
        organisation=foreign,
        token_hash="x",
        invited_at=clock.now(),
        expires_at=clock.now(),
    )
    fields = {"email": "neu@example.org", "language": "de"}

    answers = [
        client.get(f"{INVITE}?organisation={foreign.pk}"),
        client.post(f"{INVITE}?organisation={foreign.pk}", fields),
        client.post(INVITE, fields | {"group": OFFICE}),
        client.post(remove(membership)),
        client.post(PEOPLE, {"again": invited.pk}),
        client.post(PEOPLE, {"withdraw": invited.pk}),
        client.get(handover(membership.user)),
        client.post(handover(membership.user), {"to": "manu", "move": "yes"}),
    ]

    assert [one.status_code for one in answers] == [403] * 8
    assert (Invitation.objects.count(), OutgoingMail.objects.count()) == (1, 0)
    assert Membership.objects.filter(pk=membership.pk).exists()


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "١", "1\0", "0"])
def test_odd_buttons_do_nothing(client, manager, value):
    for name in ("again", "withdraw"):
        answer = client.post(PEOPLE, {name: value, "back": "https://evil.example"})
        assert answer.url == PEOPLE
    assert client.get(f"{INVITE}?organisation={value}").status_code in {400, 403, 404}


def test_whoever_is_removed_gets_no_mails_and_keeps_other_work(client, manager, own):
    membership = editor_of(own)
    other = make_organisation("Anderer")
    make_membership(membership.user, other)
    recipient_of(membership.user, own, other)

    client.post(remove(membership))

    user = User.objects.get(username="edi")
    assert memberships() == [
        ("edi", "Anderer", "editor"),
        ("manu", own.name_de, "manager"),
    ]
    assert [one.organisation for one in Responsibility.objects.all()] == [other]
    assert user.is_active


def test_removing_asks_first_and_says_that_the_login_ends(client, manager, own):
    leaving = editor_of(own)

    asked = client.get(f"{remove(leaving)}?back=//evil.example")

    assert (asked.context["ends_login"], asked.context["back"]) == (True, PEOPLE)
    assert memberships()[0] == ("edi", own.name_de, "editor")
    client.post(remove(leaving))
    assert client.get(remove(leaving)).url == PEOPLE
    assert memberships() == [("manu", own.name_de, "manager")]


def test_a_login_left_without_any_organisation_is_closed(client, manager, own):
    membership = editor_of(own)

    client.post(remove(membership))

    assert not User.objects.get(username="edi").is_active
    assert logged()[-2:] == [
        ("rights_changed", "manu", "membership ended"),
        ("person_removed", "manu", "login closed"),
    ]


def test_invitations_by_and_for_whoever_is_removed_end(client, lead, own):
    below = make_organisation("Darunter", parent=own)
    leaving = make_membership(person("mia", PROVIDERS), own, "manager")
    other = make_organisation("Anderer")
    make_membership(leaving.user, other, "manager")
    for organisation in (own, below, other):
        invite(by=leaving.user, email="neu@example.org", organisation=organisation)
        invite(by=lead, email=leaving.user.email, organisation=organisation)

    client.post(remove(leaving))

    assert sorted(
        (one.email, one.organisation.name_de) for one in Invitation.objects.open()
    ) == [
        ("mia@example.org", "Anderer"),
        ("mia@example.org", "Darunter"),
        ("neu@example.org", "Anderer"),
    ]


def test_a_manager_removes_neither_managers_nor_themselves(client, manager, own):
    other = make_membership(person("mia", PROVIDERS), own, "manager")

    for one in (other, manager.memberships.get()):
        assert client.post(remove(one)).status_code == 403

    assert Membership.objects.count() == 2
