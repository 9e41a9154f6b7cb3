"""The page of people: who sees whom, who removes whom, what goes to whom."""

import pytest
from django.urls import reverse

from herne_bildung.city.models import Invitation, Membership, Organisation, User
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_user,
)
from herne_bildung.freshness.models import OutgoingMail, Recipient, Responsibility
from herne_bildung.lib import clock
from herne_bildung.portal.tests.accounts import logged, person

pytestmark = pytest.mark.django_db
PEOPLE = "/verwaltung/personen/"
INVITE = "/verwaltung/personen/einladen/"


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


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


def editor_of(organisation: Organisation, name: str = "edi") -> Membership:
    return make_membership(person(name, PROVIDERS), organisation)


def recipient_of(user: User, *organisations: Organisation) -> Recipient:
    found = Recipient.objects.create(
        user=user, email=user.email, is_role_mailbox=False, allowed_at=clock.now()
    )
    for one in organisations:
        Responsibility.objects.create(organisation=one, recipient=found)
    return found


def handover(user: User) -> str:
    return reverse("people_handover", args=[user.pk])


def memberships() -> list[tuple[str, str, str]]:
    rows = Membership.objects.order_by("user__username", "organisation__name_de")
    return list(rows.values_list("user__username", "organisation__name_de", "role"))


@pytest.mark.parametrize("group", [ADVISERS, OFFICE, PROVIDERS])
def test_the_page_is_for_those_who_manage_people(client, own, group):
    user = person("anna", group)
    make_membership(user, own)
    client.force_login(user)

    for address in (PEOPLE, INVITE, f"{INVITE}?organisation={own.pk}", handover(user)):
        assert client.get(address).status_code == 403
        assert client.post(address, {"remove": "1"}).status_code == 403


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
        make_membership(make_user(), organisation)
        Invitation.objects.create(
            email=f"p{index}@example.org",
            organisation=organisation,
            token_hash=f"{index}",
            invited_at=clock.now(),
            expires_at=clock.now(),
        )

    with django_assert_num_queries(11):
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
        client.post(PEOPLE, {"remove": membership.pk}),
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
    for name in ("again", "withdraw", "remove"):
        answer = client.post(PEOPLE, {name: value, "back": "https://evil.example"})
        assert answer.url == PEOPLE
    assert client.get(f"{INVITE}?organisation={value}").status_code in {400, 403, 404}


def test_whoever_is_removed_gets_no_mails_and_keeps_other_work(client, manager, own):
    membership = editor_of(own)
    other = make_organisation("Anderer")
    make_membership(membership.user, other)
    recipient_of(membership.user, own, other)

    client.post(PEOPLE, {"remove": membership.pk})

    user = User.objects.get(username="edi")
    assert memberships() == [
        ("edi", "Anderer", "editor"),
        ("manu", own.name_de, "manager"),
    ]
    assert [one.organisation for one in Responsibility.objects.all()] == [other]
    assert user.is_active


def test_a_login_left_without_any_organisation_is_closed(client, manager, own):
    membership = editor_of(own)

    client.post(PEOPLE, {"remove": membership.pk})

    assert not User.objects.get(username="edi").is_active
    assert logged()[-2:] == [
        ("rights_changed", "manu", "membership ended"),
        ("person_removed", "manu", "login closed"),
    ]


def test_a_manager_removes_neither_managers_nor_themselves(client, manager, own):
    other = make_membership(person("mia", PROVIDERS), own, "manager")

    for one in (other, manager.memberships.get()):
        assert client.post(PEOPLE, {"remove": one.pk}).status_code == 403

    assert Membership.objects.count() == 2


def test_hand_over_shows_what_moves_before_it_moves(client, manager, own):
    membership = editor_of(own)
    recipient_of(membership.user, own)
    editor_of(own, "eva")

    page = client.get(handover(membership.user), {"to": "EVA"})

    assert page.context["successor"].username == "eva"
    assert page.context["plan"].memberships == [membership]
    assert len(page.context["plan"].responsibilities) == 1
    assert page.context["plan"].ends_login
    assert ("edi", own.name_de, "editor") in memberships()


def test_hand_over_moves_memberships_and_mails_and_ends_the_login(client, lead):
    one, two = make_organisation("Eins"), make_organisation("Zwei")
    leaving = person("edi", PROVIDERS)
    make_membership(leaving, one, "manager")
    make_membership(leaving, two)
    recipient_of(leaving, one, two)
    staying = person("eva", PROVIDERS)
    make_membership(staying, one)
    recipient_of(staying, two)

    client.post(handover(leaving), {"to": "eva@example.org", "move": "yes"})

    assert memberships() == [("eva", "Eins", "manager"), ("eva", "Zwei", "editor")]
    assert sorted(
        Responsibility.objects.values_list("recipient__email", "organisation__name_de")
    ) == [("eva@example.org", "Eins"), ("eva@example.org", "Zwei")]
    leaving.refresh_from_db()
    assert (leaving.is_active, staying.is_active) == (False, True)
    assert Recipient.objects.get(user=leaving).allowed_at is None
    assert logged()[-2:] == [
        ("rights_changed", "leo", "taken over"),
        ("person_removed", "leo", "login closed"),
    ]


def test_a_new_recipient_is_asked_before_mails_come(client, lead, own):
    membership = editor_of(own)
    recipient_of(membership.user, own)
    person("eva", PROVIDERS)

    client.post(handover(membership.user), {"to": "eva", "move": "yes"})

    recipient = Recipient.objects.get(user__username="eva")
    assert (recipient.allowed_at, recipient.email) == (None, "eva@example.org")
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [recipient.email]


def test_nothing_moves_to_somebody_without_an_address(client, lead, own):
    membership = editor_of(own)
    recipient_of(membership.user, own)
    person("eva", PROVIDERS, email="")

    page = client.post(handover(membership.user), {"to": "eva", "move": "yes"})

    assert page.status_code == 200
    assert memberships() == [("edi", own.name_de, "editor")]
    assert User.objects.get(username="edi").is_active


def test_what_a_manager_does_not_manage_stays(client, manager, own):
    membership = editor_of(own)
    foreign = make_organisation("Fremd")
    make_membership(membership.user, foreign)
    recipient_of(membership.user, own, foreign)

    client.post(handover(membership.user), {"to": "manu", "move": "yes"})

    assert memberships() == [
        ("edi", "Fremd", "editor"),
        ("manu", own.name_de, "manager"),
    ]
    assert sorted(
        Responsibility.objects.values_list("recipient__email", "organisation__name_de")
    ) == [("edi@example.org", "Fremd"), ("manu@example.org", own.name_de)]
    assert User.objects.get(username="edi").is_active


def test_a_manager_names_a_successor_and_leaves(client, manager, own):
    editor_of(own, "eva")

    answer = client.post(handover(manager), {"to": "eva", "move": "yes"})

    assert memberships() == [("eva", own.name_de, "manager")]
    assert answer.url == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_a_manager_hands_over_to_own_people_only(client, manager, own):
    membership = editor_of(own)
    editor_of(make_organisation("Fremd"), "eva")

    for name in ("eva", "eva@example.org", "niemand", "\0"):
        page = client.post(handover(membership.user), {"to": name, "move": "yes"})
        assert (page.status_code, page.context["successor"]) == (200, None)

    assert ("edi", own.name_de, "editor") in memberships()


def test_leads_do_not_end_a_superusers_login(client, lead):
    chief = person("chefin", is_superuser=True)

    assert client.post(handover(chief), {"to": "leo", "move": "yes"}).status_code == 403
