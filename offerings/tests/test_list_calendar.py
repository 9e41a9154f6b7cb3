"""The calendar of a filtered list, as calendar programs read it."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from herne_bildung.city.tests.factories import make_place
from herne_bildung.lib import clock
from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
ADDRESS = "/de/angebote/termine.ics"


@pytest.fixture(autouse=True)
def in_october(monkeypatch):
    moment = datetime(2026, 10, 5, 12, tzinfo=BERLIN)
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def sewing():
    return make_topic("Nähen", key="naehen", name_ar="خياطة")


def calendar_of(client, address: str) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(client.get(address).content)


def test_events_are_those_of_the_offers_that_surely_fit(client, sewing):
    where = [make_place("Werkstatt")]
    until = {"until": date(2026, 10, 20), "end_time": time(11)}
    first = make_offering(topics=[sewing], places=where, schedule=until)
    second = make_offering(topics=[sewing], schedule={**until, "start_time": time(9)})
    make_offering(schedule=until)
    make_offering(topics=[make_topic()], schedule=until)
    make_offering(topics=[sewing], schedule=until, is_sample=True)
    make_offering(topics=[sewing])

    events = calendar_of(client, f"{ADDRESS}?topic=naehen").walk("VEVENT")

    own = [
        event
        for offering in (second, first)
        for event in calendar_of(client, f"/de/angebote/{offering.slug}.ics").walk(
            "VEVENT"
        )
    ]
    assert [event.to_ical() for event in events] == [event.to_ical() for event in own]
    assert len(own) >= 2


def test_the_file_is_one_that_programs_subscribe_to(client, sewing):
    make_offering(
        "Krabbelgruppe für Väter, mit Frühstück; Spiel & Spaß " * 3,
        topics=[sewing],
        schedule={"until": date(2026, 11, 10)},
    )

    response = client.get(f"{ADDRESS}?topic=naehen&sort=name&page=2")

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["ETag"]
    again = client.get(
        f"{ADDRESS}?topic=naehen&sort=name&page=2",
        headers={"If-None-Match": response.headers["ETag"]},
    )
    assert again.status_code == 304
    lines = response.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:P1D" in lines
    calendar = icalendar.Calendar.from_ical(response.content)
    assert calendar["X-WR-CALNAME"] == calendar["NAME"]
    assert "Thema: Nähen" in calendar["X-WR-CALNAME"]
    assert "50" in calendar["X-WR-CALDESC"]
    assert calendar["URL"].endswith("/de/angebote/?topic=naehen")
    assert len(calendar.walk("VTIMEZONE")) == 1
    read = vobject.readOne(response.content.decode())
    read.validate(raiseException=True)


def test_samples_are_left_out_and_that_is_said(client, sewing):
    make_offering(topics=[sewing], schedule={})
    make_offering(topics=[make_topic("Musik", key="musik")], is_sample=True)
    said = []
    for topic in ("naehen", "musik"):
        calendar = calendar_of(client, f"{ADDRESS}?topic={topic}")
        page = client.get(f"/de/angebote/?topic={topic}")
        left_out = page.context["results"].subscription["left_out"]
        assert left_out in page.content.decode()
        said.append((left_out, str(calendar["X-WR-CALDESC"])))

    (nothing, about_all), (left_out, about) = said
    assert nothing == ""
    assert left_out
    assert about == f"{about_all} {left_out}"


def test_a_calendar_without_dates_is_one_too(client, sewing):
    calendar = calendar_of(client, f"{ADDRESS}?topic=naehen")

    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]


def test_a_calendar_is_not_endless(client, sewing, monkeypatch):
    monkeypatch.setattr("offerings.dates.list_calendar.MOST_OFFERS", 2)
    for hour in (11, 9, 10):
        make_offering(slug=f"um-{hour}", schedule={"start_time": time(hour)})

    events = calendar_of(client, ADDRESS).walk("VEVENT")

    assert {event["UID"][:5] for event in events} == {"um-9-", "um-10"}


def test_what_we_do_not_know_is_refused_in_words(client, sewing):
    wrong = client.get(f"{ADDRESS}?topic=unbekannt&age=x&farbe=rot&utm_source=a")

    assert wrong.status_code == 400
    assert wrong.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert [line.partition(":")[0] for line in wrong.content.decode().split("\n")] == [
        "topic",
        "age",
        "Diese Auswahl kennen wir nicht",
        "",
    ]
    assert wrong.headers["Cache-Control"] == "no-store"


def test_names_are_in_the_language_of_the_address(client, sewing):
    calendar = calendar_of(client, "/ar/angebote/termine.ics?topic=naehen")

    assert "خياطة" in calendar["NAME"]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_offers(
    client, sewing, number, django_assert_num_queries
):
    for _ in range(number):
        make_offering(
            topics=[sewing], places=[make_place()], schedule={"in_school_holidays": ""}
        )
    client.get(f"{ADDRESS}?topic=naehen")

    with django_assert_num_queries(6):
        client.get(f"{ADDRESS}?topic=naehen&sort=name")


def test_the_list_leads_to_calendar_feed_and_mail(client, sewing, settings):
    settings.PUBLIC_ADDRESS = "https://lernen.example.org"

    page = client.get("/de/angebote/?topic=naehen&sort=name&age=x").content.decode()

    asked = "lernen.example.org/de/angebote/termine.ics?topic=naehen"
    for link in (
        f'href="webcal://{asked}"',
        f'href="https://{asked}"',
        'href="/de/feed/?topic=naehen"',
        'href="/de/abo/suche/topic=naehen/"',
    ):
        assert link in page
