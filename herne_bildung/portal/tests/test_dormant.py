"""Logins nobody uses: warned, closed after some weeks, opened again by leads."""

from datetime import timedelta

import pytest

from herne_bildung.city.models import User
from herne_bildung.city.rights import LEADS, PROVIDERS
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.lib import clock
from herne_bildung.portal import tasks
from herne_bildung.portal.tests.accounts import (
    SIGN_IN,
    give_password,
    logged,
    person,
)

pytestmark = pytest.mark.django_db
NOTHING = {"warned": 0, "closed": 0}


@pytest.fixture(autouse=True)
def _settings(settings):
    settings.DORMANT_AFTER_MONTHS, settings.DORMANT_CLOSE_AFTER_DAYS = 12, 30


def unused(name: str, days: int, *groups: str, **values) -> User:
    """Someone who signed in last so many days ago."""
    then = clock.now() - timedelta(days=days)
    return person(name, *(groups or [PROVIDERS]), last_login=then, **values)


def test_who_signed_in_within_the_year_is_left_alone():
    unused("anna", 360)

    assert tasks.care_for_dormant_logins() == NOTHING


def test_a_warning_comes_first_and_once(later):
    unused("anna", 370, language="tr")

    assert tasks.care_for_dormant_logins() == {"warned": 1, "closed": 0}
    assert tasks.care_for_dormant_logins() == NOTHING
    later(days=29)
    assert tasks.care_for_dormant_logins() == NOTHING

    mail = OutgoingMail.objects.get()
    assert (mail.recipient, SIGN_IN in mail.text) == ("anna@example.org", True)
    assert '<html lang="tr"' in mail.html


def test_then_it_is_closed_and_said_so(later):
    user = unused("anna", 370)
    tasks.care_for_dormant_logins()
    later(days=30)

    assert tasks.care_for_dormant_logins() == {"warned": 0, "closed": 1}
    assert tasks.care_for_dormant_logins() == NOTHING

    user.refresh_from_db()
    assert not user.is_active
    assert logged() == [("person_removed", "", "login closed")]


def test_what_leads_open_again_has_its_time_again(later):
    user = unused("anna", 370)
    tasks.care_for_dormant_logins()
    later(days=30)
    tasks.care_for_dormant_logins()
    User.objects.filter(pk=user.pk).update(is_active=True)

    assert tasks.care_for_dormant_logins() == {"warned": 1, "closed": 0}


def test_signing_in_after_the_warning_keeps_it(client, later):
    unused("anna", 370)
    tasks.care_for_dormant_logins()
    give_password(client, "anna")
    later(days=40)

    assert tasks.care_for_dormant_logins() == NOTHING
    assert User.objects.get(username="anna").is_active


def test_who_never_signed_in_counts_from_the_first_day():
    then = clock.now() - timedelta(days=400)
    person("anna", PROVIDERS, date_joined=then)
    person("berta", PROVIDERS)

    assert tasks.care_for_dormant_logins() == {"warned": 1, "closed": 0}


def test_without_an_address_nobody_can_be_warned_but_it_is_closed_as_late(later):
    unused("anna", 370, email="")
    tasks.care_for_dormant_logins()
    later(days=30)

    assert tasks.care_for_dormant_logins() == {"warned": 0, "closed": 1}
    assert not OutgoingMail.objects.exists()


def test_demo_logins_are_no_matter():
    unused("anna", 400, is_demo=True)

    assert tasks.care_for_dormant_logins() == NOTHING


def test_one_lead_always_stays(later):
    unused("leo", 400, LEADS)
    unused("lea", 400, LEADS)
    tasks.care_for_dormant_logins()
    later(days=31)

    assert tasks.care_for_dormant_logins() == {"warned": 0, "closed": 1}
    assert User.objects.filter(is_active=True).count() == 1
