"""An invitation from its mail to the first sign-in, and everything that ends it."""

import pytest
from django.test import Client
from django.utils.crypto import get_random_string

from herne_bildung.city.models import Invitation, Membership, Organisation, User
from herne_bildung.city.rights import LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.portal.accounts.invitations import (
    invite,
    invite_again,
    withdraw,
)
from herne_bildung.portal.tests.accounts import (
    SECOND_FACTOR,
    START,
    give_password,
    is_signed_in,
    link_in,
    logged,
    person,
)
from herne_bildung.portal.tests.invitations import (
    ANSWERS,
    NEW,
    make_manager,
    newest_link,
    rights_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_counted")]
PEOPLE = "/verwaltung/personen/"


@pytest.fixture
def manager():
    return make_manager()


@pytest.fixture
def organisation(manager):
    return manager.memberships.get().organisation


def test_from_the_mail_to_the_first_page(client, manager, organisation):
    invite(by=manager, email="Neu@Example.org ", organisation=organisation)

    opened = client.get(newest_link())
    accepted = client.post(newest_link(), ANSWERS)

    assert opened.status_code == 200
    assert (accepted.url, client.get(START).status_code) == (SECOND_FACTOR, 200)
    assert rights_of(NEW) == ([PROVIDERS], [("Eigener Träger", "editor")])
    user = User.objects.get(username=NEW)
    assert (user.get_full_name(), user.email) == ("Nele Neu", NEW)
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert logged() == [
        ("invited", "manu", None),
        ("rights_changed", NEW, "invitation accepted"),
        ("signed_in", NEW, None),
    ]


def test_the_mail_is_in_the_persons_language_as_text_and_html(manager, organisation):
    organisation.name_tr = "Kendi kurum"
    organisation.save()

    invite(by=manager, email=NEW, organisation=organisation, language="tr")

    mail = OutgoingMail.objects.get()
    assert mail.recipient == NEW
    assert "Kendi kurum" in mail.text
    assert '<html lang="tr" dir="ltr">' in mail.html
    assert newest_link() in mail.html


def test_the_page_is_in_the_persons_language_too(client, manager, organisation):
    invite(by=manager, email=NEW, organisation=organisation, language="ar")

    page = client.get(newest_link())

    assert '<html lang="ar" dir="rtl">' in page.text
    assert page["Content-Language"] == "ar"
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_page_changes_nothing(client, manager, organisation, method):
    invite(by=manager, email=NEW, organisation=organisation)

    for _ in range(2):
        getattr(client, method)(newest_link())

    assert (Invitation.objects.open().count(), User.objects.count()) == (1, 1)


def test_a_form_without_its_button_changes_nothing(client, manager, organisation):
    invite(by=manager, email=NEW, organisation=organisation)

    client.post(newest_link(), {**ANSWERS, "accept": ""})

    assert User.objects.count() == 1


def test_it_works_once(client, manager, organisation):
    invite(by=manager, email=NEW, organisation=organisation)
    link = newest_link()
    client.post(link, ANSWERS)
    client.logout()

    again = client.post(link, {**ANSWERS, "password": "Birnbaum im Garten"})

    assert (again.status_code, is_signed_in(client)) == (410, False)
    assert client.get(link).status_code == 410


def test_it_expires(client, manager, organisation, later, settings):
    settings.INVITATION_DAYS = 14
    invite(by=manager, email=NEW, organisation=organisation)
    link = newest_link()

    later(days=13, hours=23)
    in_time = client.get(link).status_code
    later(days=14)

    assert (in_time, client.get(link).status_code) == (200, 410)
    assert client.post(link, ANSWERS).status_code == 410


def test_a_tampered_link_opens_nothing(client, manager, organisation):
    invite(by=manager, email=NEW, organisation=organisation)
    link = newest_link().rstrip("/")
    kept = Invitation.objects.get().token_hash

    for wrong in (link[:-1], link + "a", link[:-1] + "-", link[:-43] + kept):
        assert client.post(f"{wrong}/", ANSWERS).status_code == 410


def test_inviting_again_ends_the_former_link(client, manager, organisation):
    invited = invite(by=manager, email=NEW, organisation=organisation)
    former = newest_link()

    invite_again(invited.pk, by=manager)

    assert former != newest_link()
    assert client.get(former).status_code == 410
    assert client.get(newest_link()).status_code == 200
    assert invite(by=manager, email=NEW, organisation=organisation) == invited


def test_a_withdrawn_one_is_over(client, manager, organisation):
    invited = invite(by=manager, email=NEW, organisation=organisation)

    assert withdraw(invited.pk, by=manager) is True
    assert withdraw(invited.pk, by=manager) is False

    assert client.get(newest_link()).status_code == 410


@pytest.mark.parametrize(
    "end",
    [
        lambda manager: manager.memberships.all().delete(),
        lambda manager: manager.memberships.update(role="editor"),
        lambda manager: User.objects.filter(pk=manager.pk).update(is_active=False),
        lambda manager: User.objects.get(pk=manager.pk).delete(),
        lambda manager: Organisation.objects.update(parent=None),
    ],
)
def test_it_ends_with_the_right_of_who_sent_it(client, manager, organisation, end):
    below = make_organisation("Darunter", parent=organisation)
    invite(by=manager, email=NEW, organisation=below, name="Nele Neu")
    link = link_in(OutgoingMail.objects.get())
    before = client.get(link).status_code, listed(Client())

    end(manager)

    now = client.get(link).status_code, listed(Client())
    assert (before, now) == ((200, [("Nele Neu", True)]), (410, [("Nele Neu", False)]))
    client.post(link, ANSWERS)
    assert not User.objects.filter(email=NEW).exists()


def test_it_ends_with_the_group_of_who_sent_it(client):
    lead = person("leo", LEADS)
    invite(by=lead, email=NEW, organisation=None, group=OFFICE, name="Nele Neu")
    before = client.get(newest_link()).status_code, listed(Client())

    lead.groups.clear()

    now = client.get(newest_link()).status_code, listed(Client())
    assert (before, now) == ((200, [("Nele Neu", True)]), (410, [("Nele Neu", False)]))


def test_who_may_invite_takes_over_what_another_may_no_longer_give(
    manager, organisation
):
    lead = person("leo", LEADS)
    invite(by=lead, email=NEW, organisation=organisation, role="manager")
    lead.groups.clear()

    invited = invite(by=manager, email=NEW, organisation=organisation)

    assert (invited.role, invited.invited_by) == ("editor", manager)


def listed(client: Client) -> list[tuple[str, bool]]:
    """Who is invited, as a lead reads it: the name, and whether it still works."""
    name = f"lead-{get_random_string(6)}"
    client.force_login(person(name, LEADS))
    page = client.get(PEOPLE, {"q": "Darunter"})
    lists = [one.invitations for one in page.context["entries"]]
    return [
        (one.name, f"<h3>{one.name} " in page.text and not one.is_over)
        for one in sum(lists, page.context["colleagues"])
    ]


def test_passwords_that_are_too_easy_are_refused(client, manager, organisation):
    invite(by=manager, email=NEW, organisation=organisation)

    for easy in ("kurz", "12345678901", "neleneu", "password"):
        page = client.post(newest_link(), {**ANSWERS, "password": easy})
        assert page.context["form"].errors.keys() == {"password"}

    assert User.objects.count() == 1


def test_who_has_a_login_signs_in_and_accepts(client, manager, organisation):
    person("nele", PROVIDERS, email=NEW)
    invite(by=manager, email=NEW, organisation=organisation)
    link = newest_link()

    stranger = client.post(link, ANSWERS)
    give_password(client, "nele")
    accepted = client.post(link, {"accept": "yes"})

    assert (stranger.status_code, accepted.url) == (200, START)
    assert rights_of("nele") == ([PROVIDERS], [("Eigener Träger", "editor")])


def test_it_is_for_that_address_only(client, manager, organisation):
    person("nele", PROVIDERS, email=NEW)
    person("otto", PROVIDERS)
    invite(by=manager, email=NEW, organisation=organisation)
    give_password(client, "otto")

    page = client.post(newest_link(), {"accept": "yes"})

    assert page.status_code == 200
    assert list(Membership.objects.values_list("user__username", flat=True)) == ["manu"]


def test_somebody_elses_session_does_not_become_the_new_login(
    client, manager, organisation
):
    person("otto", PROVIDERS)
    invite(by=manager, email=NEW, organisation=organisation)
    give_password(client, "otto")

    client.post(newest_link(), ANSWERS)

    assert client.session["_auth_user_id"] == str(User.objects.get(username=NEW).pk)
    assert rights_of("otto") == ([PROVIDERS], [])


def test_an_invitation_takes_no_managers_role_away(client, manager, organisation):
    lead = person("leo", LEADS)
    invite(by=lead, email=manager.email, organisation=organisation)
    give_password(client, "manu")

    client.post(newest_link(), {"accept": "yes"})

    assert rights_of("manu") == ([PROVIDERS], [("Eigener Träger", "manager")])


def test_leads_invite_colleagues_who_set_up_a_second_factor_first(client):
    invite(by=person("leo", LEADS), email=NEW, organisation=None, group=OFFICE)

    client.post(newest_link(), ANSWERS)

    assert rights_of(NEW) == ([OFFICE], [])
    assert client.get(START).url == SECOND_FACTOR
