"""Calendar files of offers."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import icalendar
import pytest

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.city.tests.factories import make_place
from herne_bildung.lib import clock
from offerings.tests.factories import make_offering, make_schedule

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def in_october(monkeypatch):
    moment = datetime(2026, 10, 5, 12, tzinfo=BERLIN)
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_every_date_is_an_event_in_berlin_time(client, in_october):
    SchoolHoliday.objects.create(
        name="Herbst", starts_on=date(2026, 10, 17), ends_on=date(2026, 10, 31)
    )
    make_offering(
        "Krabbelgruppe für Väter, mit Frühstück; Spiel & Spaß " * 3,
        slug="krabbeln",
        places=[make_place("Turnhalle")],
        schedule={
            "end_time": time(11),
            "until": date(2026, 11, 10),
            "in_school_holidays": "no",
        },
    )

    response = client.get("/de/angebote/krabbeln.ics")

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    calendar = icalendar.Calendar.from_ical(response.content)
    events = calendar.walk("VEVENT")
    assert [event["DTSTART"].dt for event in events] == [
        datetime(2026, 10, 6, 9, 30, tzinfo=BERLIN),
        datetime(2026, 10, 13, 9, 30, tzinfo=BERLIN),
        datetime(2026, 11, 3, 9, 30, tzinfo=BERLIN),
        datetime(2026, 11, 10, 9, 30, tzinfo=BERLIN),
    ]
    assert len({event["UID"] for event in events}) == 4
    assert len(calendar.walk("VTIMEZONE")) == 1


def test_samples_and_offers_without_dates_have_no_calendar(client):
    make_offering("Beispiel", slug="beispiel", is_sample=True, schedule={})
    make_offering("Ohne Termin", slug="ohne")

    assert client.get("/de/angebote/beispiel.ics").status_code == 404
    assert client.get("/de/angebote/ohne.ics").status_code == 404


def test_an_event_tells_what_when_where_and_the_page(client, in_october, settings):
    settings.PUBLIC_ADDRESS = "https://lernen.example.org"
    offering = make_offering(
        "Nähen",
        slug="naehen",
        summary_de="Wir nähen Taschen.",
        places=[make_place("Werkstatt")],
        schedule={"end_time": time(11), "until": date(2026, 10, 6)},
    )
    make_schedule(offering, start_time=time(15), until=date(2026, 10, 6))

    calendar = icalendar.Calendar.from_ical(
        client.get("/de/angebote/naehen.ics").content
    )

    first, second = calendar.walk("VEVENT")
    assert str(calendar["NAME"]) == "Nähen"
    assert {name: str(value) for name, value in first.items() if "DT" not in name} == {
        "UID": "naehen-20261006T0930@lernen-in-herne",
        "SUMMARY": "Nähen",
        "DESCRIPTION": "Wir nähen Taschen.",
        "LOCATION": str(offering.places.get()),
        "URL": "https://lernen.example.org/de/angebote/naehen/",
    }
    assert str(second["UID"]) == "naehen-20261006T1500@lernen-in-herne"
    assert [(one["DTSTART"].dt, one["DTEND"].dt) for one in (first, second)] == [
        (
            datetime(2026, 10, 6, 9, 30, tzinfo=BERLIN),
            datetime(2026, 10, 6, 11, tzinfo=BERLIN),
        ),
        (
            datetime(2026, 10, 6, 15, tzinfo=BERLIN),
            datetime(2026, 10, 6, 16, tzinfo=BERLIN),
        ),
    ]
    assert first["DTSTAMP"].dt == offering.updated_at.replace(microsecond=0)


def test_the_file_reaches_half_a_year_ahead(client, in_october):
    make_offering(slug="samstags", schedule={"weekdays": [5]})

    calendar = icalendar.Calendar.from_ical(
        client.get("/de/angebote/samstags.ics").content
    )

    days = [event["DTSTART"].dt.date() for event in calendar.walk("VEVENT")]
    assert (days[0], days[-1], len(days)) == (
        date(2026, 10, 10),
        date(2027, 4, 3),
        26,
    )
