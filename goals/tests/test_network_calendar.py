"""Calendars of the network, as programs read them."""

from datetime import date, datetime, time, timedelta

import icalendar
import pytest

from goals.tests.factories import make_body, make_body_date
from herne_bildung.city.tests.factories import make_place
from herne_bildung.lib.clock import BERLIN, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def today(clock_at):
    with clock_at(at(TODAY, time(10))):
        yield


def events(client, rest: str = "termine.ics", language: str = "de") -> list:
    response = client.get(f"/{language}/ziele/netzwerk/{rest}")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def test_dates_of_all_bodies_and_of_one(client):
    first, second = make_body("Erster", slug="erster"), make_body("Zweiter")
    place = make_place("Haus", street="Weg 1", postal_code="44623")
    make_body_date(
        first,
        TODAY,
        "Treffen",
        starts_at=time(14),
        ends_at=time(16),
        place=place,
        venue="Saal",
    )
    make_body_date(second, TODAY + timedelta(1))
    make_body_date(second, TODAY - timedelta(91), "lange her")
    make_body_date(second, TODAY, "nicht öffentlich", is_public=False)
    make_body_date(make_body(state="internal"), TODAY, "intern")
    make_body_date(make_body(is_sample=True), TODAY, "Beispiel")

    both, one = events(client), events(client, "erster/termine.ics")

    assert [str(event["SUMMARY"]) for event in both] == ["Erster: Treffen", "Zweiter"]
    [event] = one
    assert event["DTSTART"].dt == datetime(2026, 11, 24, 14, tzinfo=BERLIN)
    assert event["DTEND"].dt == datetime(2026, 11, 24, 16, tzinfo=BERLIN)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert str(event["LOCATION"]) == "Saal, Haus, Weg 1, 44623 Herne"
    assert str(event["URL"]).endswith("/de/ziele/netzwerk/erster/")
    assert str(event["STATUS"]) == "CONFIRMED"


def test_without_a_start_it_takes_the_day_and_without_an_end_none_is_said(client):
    body = make_body()
    make_body_date(body, TODAY)
    make_body_date(body, TODAY + timedelta(1), starts_at=time(9))

    all_day, open_end = events(client)

    assert (all_day["DTSTART"].dt, "DTEND" in all_day) == (TODAY, False)
    assert (open_end["DTSTART"].dt.hour, "DTEND" in open_end) == (9, False)


def test_a_date_stays_the_same_one_and_says_that_it_is_cancelled(client, clock_at):
    found = make_body_date(make_body(), TODAY)
    [before] = events(client)
    found.is_cancelled = True
    found.day += timedelta(7)

    with clock_at(at(TODAY, time(11))):
        found.save()
        [after] = events(client, language="ar")

    assert before["UID"] == after["UID"]
    assert (str(before["STATUS"]), str(after["STATUS"])) == ("CONFIRMED", "CANCELLED")
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt


def test_the_file_is_as_rfc_5545_wants_it(client):
    body = make_body("Ä" * 90, slug="kreis")
    make_body_date(body, TODAY, "Komma, Strich; Zeile", starts_at=time(9))

    content = client.get("/de/ziele/netzwerk/kreis/termine.ics").content

    lines = content.split(b"\r\n")
    assert content.count(b"\n") == len(lines) - 1
    assert max(map(len, lines)) <= 75
    assert rb"Komma\, Strich\; Zeile" in content.replace(b"\r\n ", b"")
    assert content.count(b"BEGIN:VTIMEZONE") == 1


def test_the_clocks_of_the_file_are_those_of_herne(client):
    content = client.get("/de/ziele/netzwerk/termine.ics").content

    [zone] = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    there = zone.to_tz(lookup_tzid=False)

    moments = [
        datetime(2026, month, day, hour)  # noqa: DTZ001  the zone comes below
        for month, day in ((1, 1), (3, 28), (3, 29), (7, 1), (10, 24), (10, 25))
        for hour in (0, 12, 23)
    ]
    assert [one.replace(tzinfo=there).utcoffset() for one in moments] == [
        one.replace(tzinfo=BERLIN).utcoffset() for one in moments
    ]


def test_an_empty_calendar_can_be_subscribed_to(client):
    make_body("Kreis", slug="kreis")
    make_body(slug="beispiel", is_sample=True)

    assert events(client) == []
    assert events(client, "kreis/termine.ics") == []
    response = client.get("/de/ziele/netzwerk/beispiel/termine.ics")
    assert response.status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_a_calendar(client, django_assert_num_queries, number):
    for _ in range(number):
        make_body_date(make_body(), TODAY, place=make_place())
    client.get("/de/impressum/")

    with django_assert_num_queries(1):
        events(client)
