"""Who may invite whom, and end whose invitation."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from herne_bildung.city.models import Invitation, User
from herne_bildung.city.rights import LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import make_membership, make_organisation
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.lib import clock
from herne_bildung.portal.accounts.invitations import (
    InvitedAlready,
    invite,
    invite_again,
    withdraw,
)
from herne_bildung.portal.tests.accounts import (
    link_in,
    person,
)

pytestmark = pytest.mark.django_db
NEW = "neu@example.org"
ANSWERS = {
    "accept": "yes",
    "first_name": "Nele",
    "last_name": "Neu",
    "password": "Apfelbaum im Garten",
}


@pytest.fixture
def later():
    """Moves the clock."""
    return lambda **by: clock.shift(timedelta(**by))


@pytest.fixture
def manager():
    """Manages “Eigener Träger” and what is below it."""
    user = person("manu", PROVIDERS)
    make_membership(user, make_organisation("Eigener Träger"), "manager")
    return user


@pytest.fixture
def organisation(manager):
    return manager.memberships.get().organisation


def newest_link() -> str:
    return link_in(OutgoingMail.objects.order_by("-pk").first())


def rights_of(name: str) -> tuple[list[str], list[tuple[str, str]]]:
    user = User.objects.get(username=name)
    memberships = user.memberships.values_list("organisation__name_de", "role")
    return list(user.groups.values_list("name", flat=True)), list(memberships)


@pytest.mark.parametrize("role", ["editor", "manager"])
def test_a_manager_does_not_invite_into_a_foreign_organisation(manager, role):
    foreign = make_organisation("Fremder Träger")

    with pytest.raises(PermissionDenied):
        invite(by=manager, email=NEW, organisation=foreign, role=role)

    assert not Invitation.objects.exists()


def test_a_manager_invites_below_and_only_editors(manager, organisation):
    below = make_organisation("Darunter", parent=organisation)

    invite(by=manager, email=NEW, organisation=below)
    for wrong in ({"role": "manager"}, {"organisation": None, "group": OFFICE}):
        with pytest.raises(PermissionDenied):
            invite(by=manager, email=NEW, **{"organisation": organisation} | wrong)


def test_an_editor_invites_nobody(organisation):
    editor = person("edi", PROVIDERS)
    make_membership(editor, organisation)

    with pytest.raises(PermissionDenied):
        invite(by=editor, email=NEW, organisation=organisation)


def test_a_manager_ends_no_invitation_of_others(manager):
    lead = person("leo", LEADS)
    invited = invite(by=lead, email=NEW, organisation=make_organisation())

    for action in (withdraw, invite_again):
        with pytest.raises(PermissionDenied):
            action(invited.pk, by=manager)


def test_staff_do_not_read_the_secret_of_a_mail(client, manager, organisation):
    invite(by=manager, email=NEW, organisation=organisation)
    mail = OutgoingMail.objects.get()
    client.force_login(person("olga", OFFICE))

    page = client.get(f"/verwaltung/freshness/outgoingmail/{mail.pk}/change/")

    assert mail.subject in page.text
    assert newest_link() not in page.text


def test_a_manager_takes_nothing_from_a_leads_invitation(client, manager, organisation):
    lead = person("leo", LEADS)
    invite(by=lead, email=NEW, organisation=organisation, role="manager")
    before = Invitation.objects.values().get()
    client.force_login(manager)

    client.post(
        f"{reverse('people_invite')}?organisation={organisation.pk}",
        {"email": NEW, "language": "de"},
    )

    assert Invitation.objects.values().get() == before
    assert OutgoingMail.objects.count() == 1
    with pytest.raises(InvitedAlready):
        invite(by=manager, email=NEW, organisation=organisation)
