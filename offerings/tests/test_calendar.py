"""Calendar files of offers."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import icalendar
import pytest

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.city.tests.factories import make_place
from herne_bildung.lib import clock
from offerings.tests.factories import make_offering

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
