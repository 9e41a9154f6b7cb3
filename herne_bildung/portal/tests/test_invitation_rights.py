"""Who may invite whom, and end whose invitation."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from herne_bildung.city.models import Invitation
from herne_bildung.city.rights import LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import make_membership, make_organisation
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.portal.accounts.invitations import (
    InvitedAlready,
    invite,
    invite_again,
    withdraw,
)
from herne_bildung.portal.tests.accounts import person
from herne_bildung.portal.tests.invitations import NEW, make_manager, newest_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return make_manager()


@pytest.fixture
def organisation(manager):
    return manager.memberships.get().organisation


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
