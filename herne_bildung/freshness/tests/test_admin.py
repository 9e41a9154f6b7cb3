"""Outgoing mails in the administration."""

import pytest
from django.urls import reverse

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.rights import OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_user,
)
from herne_bildung.freshness.actions import put_in_outbox
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
LIST = "/verwaltung/freshness/outgoingmail/"


@pytest.fixture
def staff(client):
    ensure_groups()
    client.force_login(make_user("", OFFICE))
    return client


def make_mail(key: str, **values) -> OutgoingMail:
    mail = put_in_outbox(
        key=key, recipient="a@example.org", subject=f"Betreff {key}", text="Text"
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(**values)
    return mail


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("given-up", ["aufgegeben"]),
        ("waiting", ["wartet"]),
        ("sent", ["gesendet"]),
        ("nonsense", ["aufgegeben", "gesendet", "wartet"]),
    ],
)
def test_list_shows_mails_by_state(staff, state, shown):
    make_mail("wartet")
    make_mail("gesendet", sent_at=clock.now())
    make_mail("aufgegeben", failed_at=clock.now())

    response = staff.get(LIST, {"state": state})

    assert sorted(mail.key for mail in response.context["cl"].result_list) == shown


def test_staff_send_given_up_mails_again(staff):
    mail = make_mail("aufgegeben", failed_at=clock.now(), attempts=6)

    response = staff.post(
        LIST, {"action": "send_again", "_selected_action": [mail.pk]}, follow=True
    )

    mail.refresh_from_db()
    assert [str(message)[:2] for message in response.context["messages"]] == ["1 "]
    assert (mail.failed_at, mail.attempts) == (None, 0)


def test_nobody_changes_adds_or_removes_a_mail(staff):
    mail = make_mail("wartet")
    page = reverse("admin:freshness_outgoingmail_change", args=[mail.pk])

    assert staff.get(page).context["has_change_permission"] is False
    assert staff.post(page, {"subject": "x"}).status_code == 403
    assert staff.get(f"{LIST}add/").status_code == 403
    assert staff.post(page.replace("change", "delete")).status_code == 403


def test_providers_see_no_mails(client):
    ensure_groups()
    user = make_user("", PROVIDERS)
    make_membership(user, make_organisation())
    client.force_login(user)

    assert client.get(LIST).status_code == 403
