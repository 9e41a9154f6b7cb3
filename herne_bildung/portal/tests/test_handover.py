"""What someone who leaves looked after goes to somebody else, then the login ends."""

import pytest
from django.urls import reverse

from herne_bildung.city.models import Invitation, Organisation, User
from herne_bildung.city.rights import LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import make_membership, make_organisation
from herne_bildung.freshness.models import OutgoingMail, Recipient, Responsibility
from herne_bildung.portal.accounts.invitations import invite
from herne_bildung.portal.tests.accounts import (
    editor_of,
    handover,
    logged,
    memberships,
    person,
    recipient_of,
)

pytestmark = pytest.mark.django_db


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


def test_the_last_lead_hands_over_nothing(client, lead, own):
    make_membership(lead, own, "manager")
    colleague = person("anna", OFFICE)

    page = client.get(handover(lead), {"to": "anna"})
    client.post(handover(lead), {"to": "anna", "move": "yes"})

    assert page.context["plan"].is_last_lead
    assert 'name="move"' not in page.content.decode()
    assert User.objects.get(pk=lead.pk).is_active
    assert memberships() == [("leo", own.name_de, "manager")]
    colleague.groups.set(lead.groups.all())
    client.post(handover(lead), {"to": "anna", "move": "yes"})
    assert not User.objects.get(pk=lead.pk).is_active


def test_invitations_go_to_a_successor_who_may_invite_there(client, lead, own):
    other = make_organisation("Anderer")
    leaving = person("lea", LEADS)
    eva = make_membership(person("eva", PROVIDERS), own, "manager").user
    for organisation in (own, other):
        invite(by=leaving, email="neu@example.org", organisation=organisation)
    invite(by=lead, email=leaving.email, organisation=other)

    client.post(handover(leaving), {"to": "eva", "move": "yes"})

    [kept] = Invitation.objects.open()
    assert (kept.organisation, kept.invited_by) == (own, eva)


def test_a_manager_hands_over_nothing_that_others_manage(client, manager, own):
    foreign = make_organisation("Fremd")
    make_membership(manager, foreign)
    recipient_of(manager, own, foreign)
    editor_of(own, "eva")

    answer = client.post(handover(manager), {"to": "eva", "move": "yes"}, follow=True)

    assert memberships() == [
        ("eva", own.name_de, "manager"),
        ("manu", "Fremd", "editor"),
    ]
    assert sorted(
        Responsibility.objects.values_list("recipient__email", "organisation__name_de")
    ) == [("eva@example.org", own.name_de), ("manu@example.org", "Fremd")]
    assert User.objects.get(username="manu").is_active
    assert answer.status_code == 200
    assert [str(one).endswith(": Fremd") for one in answer.context["messages"]] == [
        True
    ]


def test_a_manager_ends_no_login_of_staff(client, manager, own):
    colleague = person("bea", PROVIDERS, OFFICE)
    make_membership(colleague, own)

    page = client.get(handover(colleague))
    client.post(handover(colleague), {"to": "manu", "move": "yes"})

    assert not page.context["plan"].ends_login
    assert memberships() == [("manu", own.name_de, "manager")]
    assert User.objects.get(username="bea").is_active


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
