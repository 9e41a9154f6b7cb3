"""Calendar files of offers."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import vobject

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.city.tests.factories import make_place
from herne_bildung.lib import clock
from herne_bildung.lib.schedule import meetings
from offerings.dates.schedules import own_rules
from offerings.models import Offering
from offerings.tests.factories import make_offering, make_schedule

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def in_october(monkeypatch):
    moment = datetime(2026, 10, 5, 12, tzinfo=BERLIN)
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def holidays():
    for name, first, last in (
        ("Herbst", date(2026, 10, 17), date(2026, 10, 31)),
        ("Weihnachten", date(2026, 12, 23), date(2027, 1, 6)),
        ("Ostern", date(2027, 3, 22), date(2027, 4, 3)),
    ):
        SchoolHoliday.objects.create(name=name, starts_on=first, ends_on=last)


def file_of(client, slug: str) -> bytes:
    """The calendar file, as every program must be able to read it."""
    response = client.get(f"/de/angebote/{slug}.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert vobject.readOne(response.content.decode()).validate(raiseException=True)
    calendar = icalendar.Calendar.from_ical(response.content)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    return response.content


def expanded(content: bytes, first: date, last: date) -> list[tuple]:
    """Begin and end in UTC of each date that takes place, as another program works it
    out, and whether it is not sure.
    """
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(content))
    return sorted(
        (
            event["DTSTART"].dt.astimezone(UTC),
            event["DTEND"].dt.astimezone(UTC),
            event.get("STATUS") != "TENTATIVE",
        )
        for event in found.between(first, last + timedelta(days=1))
        if event.get("STATUS") != "CANCELLED"
    )


def own(offering: Offering, first: date, last: date) -> list[tuple]:
    """The same by our own rules."""
    return sorted(
        (one.start, one.end, one.is_sure)
        for rule in own_rules(Offering.objects.get(pk=offering.pk))
        for one in takewhile(lambda one: one.day <= last, meetings(rule, first))
    )


FORMS = [
    {},
    {"in_school_holidays": "no"},
    {"in_school_holidays": "yes", "interval": 2, "weekdays": [0, 3]},
    {"weekdays": [6], "start_time": time(1, 30), "end_time": time(2, 15)},
    {"weekdays": [5], "start_time": time(22), "end_time": time(1)},
    {"frequency": "monthly", "week_of_month": -1, "in_school_holidays": "no"},
    {"frequency": "monthly", "weekdays": [], "starts_on": date(2026, 1, 31)},
    {"frequency": "daily", "interval": 3, "weekdays": [], "until": date(2027, 5, 1)},
    {"exceptions": [date(2026, 10, 6), date(2026, 11, 10)]},
]


@pytest.mark.parametrize("schedule", FORMS)
def test_other_programs_find_the_dates_we_find(client, in_october, holidays, schedule):
    """Over both changes of the clocks, school holidays and a pause."""
    offering = make_offering(
        slug="kurs",
        schedule={"end_time": time(11), **schedule},
        paused_from=date(2027, 2, 1),
        paused_until=date(2027, 2, 21),
    )
    first, last = date(2026, 10, 5), date(2027, 4, 3)

    found = expanded(file_of(client, "kurs"), first, last)

    assert found == own(offering, first, last)
    assert len(found) >= 3


def test_dates_moved_and_cancelled(client, in_october, holidays):
    offering = make_offering("Kurs", slug="kurs", schedule={"end_time": time(11)})
    add = offering.occurrences.create
    add(day="2026-09-29", state="cancelled")
    add(day="2026-10-06", state="moved", new_day="2026-10-08", new_start_time="16:00")
    add(day="2026-10-13", state="cancelled", reason="illness")
    add(day="2026-11-03", start_time="09:30", state="moved", new_day="2026-10-30")
    # On this day there is none.
    add(day="2026-11-05", state="cancelled")

    content = file_of(client, "kurs")

    first, last = date(2026, 10, 5), date(2026, 12, 1)
    assert expanded(content, first, last) == own(offering, first, last)
    series, *overrides = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert series["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=TU"
    assert series["EXDATE"].to_ical() == b"20260929T093000"
    assert {str(event["UID"]) for event in overrides} == {str(series["UID"])}
    told = [
        (
            f"{event['RECURRENCE-ID'].dt:%m-%d %H:%M}",
            f"{event['DTSTART'].dt:%m-%d %H:%M}",
            str(event.get("STATUS", "")),
            str(event["SUMMARY"]),
        )
        for event in overrides
    ]
    assert told[:3] == [
        ("10-06 09:30", "10-08 16:00", "", "Kurs"),
        ("10-13 09:30", "10-13 09:30", "CANCELLED", told[1][3]),
        ("10-20 09:30", "10-20 09:30", "TENTATIVE", "Kurs"),
    ]
    assert "Kurs" in told[1][3] != "Kurs"
    assert ("11-03 09:30", "10-30 09:30", "", "Kurs") in told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"state": "cancelled"}, ("CANCELLED", "2026-10-20 09:30")),
        ({"state": "moved", "new_day": "2026-10-22"}, ("", "2026-10-22 09:30")),
    ],
)
def test_a_single_date_is_no_series(client, in_october, change, told):
    once = {"frequency": "once", "weekdays": [], "starts_on": date(2026, 10, 20)}
    offering = make_offering(slug="fest", schedule=once)
    offering.occurrences.create(day="2026-10-20", **change)

    [event] = icalendar.Calendar.from_ical(file_of(client, "fest")).walk("VEVENT")

    assert not {"RRULE", "RECURRENCE-ID"} & set(event)
    start = event["DTSTART"].dt
    assert (str(event.get("STATUS", "")), f"{start:%Y-%m-%d %H:%M}") == told


def test_a_series_without_an_end_ends_where_dates_are_not_known(
    client, in_october, holidays
):
    def recurrence(**values) -> bytes:
        offering = make_offering(**values)
        content = file_of(client, offering.slug)
        [series] = [
            event
            for event in icalendar.Calendar.from_ical(content).walk("VEVENT")
            if "RRULE" in event
        ]
        return series["RRULE"].to_ical()

    assert recurrence(schedule={}) == b"FREQ=WEEKLY;BYDAY=TU"
    # Whoever pauses in the holidays: until the last that are known, or half a year.
    assert recurrence(schedule={"in_school_holidays": "no"}) == (
        b"FREQ=WEEKLY;UNTIL=20270406T073000Z;BYDAY=TU"
    )
    assert recurrence(schedule={}, paused_from=date(2027, 2, 1)) == (
        b"FREQ=WEEKLY;UNTIL=20270131T083000Z;BYDAY=TU"
    )


def test_a_calendar_without_dates_left_is_empty(client, in_october):
    make_offering(slug="aus", schedule={}, paused_from=date(2025, 1, 1))

    content = file_of(client, "aus")

    assert icalendar.Calendar.from_ical(content).walk("VEVENT") == []


def test_a_long_title_and_text_stay_within_the_lines(client, in_october):
    title = "Krabbelgruppe für Väter, mit Frühstück; Spiel & Spaß " * 3
    make_offering(title, slug="krabbeln", schedule={}, places=[make_place("Halle")])

    [event] = icalendar.Calendar.from_ical(file_of(client, "krabbeln")).walk("VEVENT")

    assert str(event["SUMMARY"]) == title


def test_samples_and_offers_without_dates_have_no_calendar(client):
    make_offering("Beispiel", slug="beispiel", is_sample=True, schedule={})
    make_offering("Ohne Termin", slug="ohne")

    assert client.get("/de/angebote/beispiel.ics").status_code == 404
    assert client.get("/de/angebote/ohne.ics").status_code == 404


def test_an_event_tells_what_when_where_and_the_page(client, in_october, settings):
    settings.PUBLIC_ADDRESS = "https://lernen.example.org"
    once = {"frequency": "once", "starts_on": date(2026, 10, 6), "weekdays": []}
    offering = make_offering(
        "Nähen",
        slug="naehen",
        summary_de="Wir nähen Taschen.",
        places=[make_place("Werkstatt")],
        schedule={**once, "end_time": time(11)},
    )
    two = make_schedule(offering, **once, start_time=time(15))
    one = offering.schedules.exclude(pk=two.pk).get()

    calendar = icalendar.Calendar.from_ical(file_of(client, "naehen"))

    first, second = calendar.walk("VEVENT")
    assert str(calendar["NAME"]) == "Nähen"
    assert {name: str(value) for name, value in first.items() if "DT" not in name} == {
        "UID": f"naehen-{one.pk}@lernen-in-herne",
        "SUMMARY": "Nähen",
        "DESCRIPTION": "Wir nähen Taschen.",
        "LOCATION": str(offering.places.get()),
        "URL": "https://lernen.example.org/de/angebote/naehen/",
    }
    assert str(second["UID"]) == f"naehen-{two.pk}@lernen-in-herne"
    assert [(event["DTSTART"].dt, event["DTEND"].dt) for event in (first, second)] == [
        (
            datetime(2026, 10, 6, 9, 30, tzinfo=BERLIN),
            datetime(2026, 10, 6, 11, tzinfo=BERLIN),
        ),
        (
            datetime(2026, 10, 6, 15, tzinfo=BERLIN),
            datetime(2026, 10, 6, 16, tzinfo=BERLIN),
        ),
    ]
    assert first["DTSTAMP"].dt == two.updated_at.replace(microsecond=0)
