"""Filters of who can join, and when; what changes with the day alone."""

from datetime import time, timedelta

import pytest

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.lib import clock
from offerings.actions import reindex
from offerings.joining import PLACES_KNOWN, SOON
from offerings.tests.answers import find
from offerings.tests.factories import make_offering, make_schedule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    yield
    clock.shift(timedelta())


def found(query):
    """(titles that surely fit, titles that may fit)"""
    result = find(query)
    return tuple(
        [card["title"]["text"] for card in cards]
        for cards in (result.sure, result.maybe)
    )


def noted(title, state, days_ago=0):
    day = clock.today() - timedelta(days=days_ago)
    return make_offering(title, places_left=state, places_left_on=day)


def test_places_free_are_known_for_some_weeks_and_then_may_be_free():
    noted("Frei", "free")
    noted("Voll", "full")
    noted("Warteliste", "waiting_list")
    noted("Lange her", "full", days_ago=PLACES_KNOWN.days + 1)
    make_offering("Nichts gesagt")
    make_offering("Ohne Tag", places_left="free")

    unknown = ["Lange her", "Nichts gesagt", "Ohne Tag"]
    assert found("places=free") == (["Frei"], unknown)

    clock.shift(PLACES_KNOWN)
    assert found("places=free") == (["Frei"], unknown)
    clock.shift(PLACES_KNOWN + timedelta(days=1))
    everything = ["Frei", "Lange her", "Nichts gesagt", "Ohne Tag"]
    assert found("places=free") == ([], [*everything, "Voll", "Warteliste"])


def test_what_needs_no_registration():
    make_offering("Ohne", registration="none")
    make_offering("Mit", registration="needed")
    make_offering("Unbekannt")

    assert found("registration=none") == (["Ohne"], ["Unbekannt"])


def test_what_starts_soon_has_its_first_day_in_the_next_weeks():
    today = clock.today()
    make_offering("Heute", starts_on=today)
    make_offering("Letzter Tag", starts_on=today + SOON)
    make_offering("Zu spät", starts_on=today + SOON + timedelta(days=1))
    make_offering("Schon da", starts_on=today - timedelta(days=1))
    make_offering("Läuft", schedule={})
    make_offering(
        "Einmal", schedule={"frequency": "once", "starts_on": today + timedelta(days=9)}
    )
    make_offering("Seit Jahren", running_since="2013")
    make_offering("Aus einem Bericht", as_of="2017")
    make_offering("Unbekannt")

    assert found("starts_soon=yes&sort=name") == (
        ["Einmal", "Heute", "Letzter Tag"],
        ["Unbekannt"],
    )
    clock.shift(timedelta(days=1))
    assert found("starts_soon=yes&sort=name")[0] == ["Einmal", "Letzter Tag", "Zu spät"]


def test_only_for_some_may_be_so_where_it_is_made_for_them():
    make_offering("Nur Väter", only_for="fathers")
    make_offering("Nur Frauen", only_for="women")
    make_offering("Für Väter", target_groups=["fathers"])
    make_offering("Für Väter und alle", target_groups=["fathers", "everyone"])
    make_offering("Für Eltern", target_groups=["parents"])
    make_offering("Unbekannt")

    assert found("only=fathers") == (["Nur Väter"], ["Für Väter"])
    assert found("only=fathers&only=women") == (
        ["Nur Frauen", "Nur Väter"],
        ["Für Väter"],
    )
    assert found("only=girls") == ([], [])


def test_in_the_school_holidays():
    today = clock.today()
    SchoolHoliday.objects.create(
        name="Ferien",
        starts_on=today + timedelta(days=10),
        ends_on=today + timedelta(days=20),
    )

    def once(title, days, **values):
        day = today + timedelta(days=days)
        make_offering(title, schedule={"frequency": "once", "starts_on": day}, **values)

    make_offering("Auch dann", schedule={"in_school_holidays": "yes"})
    make_offering("Pausiert", schedule={"in_school_holidays": "no"})
    make_offering("Wöchentlich", schedule={})
    make_offering("Ohne Termin")
    once("Ferientag", 12)
    once("Schultag", 30)
    once("Kein Programm", 12, is_holiday_programme=False)
    make_offering("Programm", is_holiday_programme=True)

    assert found("holidays=open&sort=name") == (
        ["Auch dann", "Ferientag", "Kein Programm", "Programm"],
        ["Ohne Termin", "Wöchentlich"],
    )
    assert found("holidays=programme") == (["Programm"], ["Ferientag"])


def test_one_of_two_schedules_goes_on_in_the_holidays():
    offering = make_offering("Beides", schedule={"in_school_holidays": "no"})
    make_schedule(offering, start_time=time(15), in_school_holidays="yes")
    reindex([offering.pk])

    assert found("holidays=open") == (["Beides"], [])


def test_chips_and_reasons_say_what_was_asked():
    make_offering("Unbekannt", target_groups=["women"])
    query = "places=free&registration=none&starts_soon=yes&only=women&holidays=open"

    result = find(query, language="en")

    assert [chip["label"] for chip in result.chips] == [
        "takes place in the school holidays",
        "places free",
        "without registration",
        "starts soon",
        "only for women",
    ]
    assert result.maybe[0]["may_fit_reasons"] == [
        "holidays not known",
        "free places not known",
        "registration not known",
        "start not known",
        "for whom only is not known",
    ]


def test_strange_choices_leave_a_message_at_their_field():
    make_offering("Da")

    result = find("places=full&only=cats&holidays=x&registration=needed", language="en")

    assert sorted(result.errors) == ["holidays", "only", "places", "registration"]
    assert result.total == 1
