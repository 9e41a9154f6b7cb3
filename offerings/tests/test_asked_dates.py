"""Cards show the first date that was asked for, not just the next one."""

from datetime import UTC, date, datetime, time

import pytest

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.lib import clock
from offerings.actions import reindex
from offerings.models import Offering
from offerings.tests.answers import find
from offerings.tests.factories import make_offering, make_schedule

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_tuesday(monkeypatch):
    moment = datetime(2026, 10, 6, 8, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)


def dates(query: str) -> dict[str, str]:
    """The date on each card, by title."""
    result = find(query, "en")
    assert result.errors == {}
    cards = [*result.sure, *result.maybe]
    return {card["title"]["text"]: card["next_date"] for card in cards}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", "Wed, Oct 7, 09:30"),
        ("from=2026-10-20", "Wed, Oct 21, 09:30"),
        ("from=2026-10-22&to=2026-10-31", "Fri, Oct 23, 18:00"),
        ("weekday=4", "Fri, Oct 9, 18:00"),
        ("time=evening", "Fri, Oct 9, 18:00"),
        ("time=evening&from=2026-10-12", "Fri, Oct 16, 18:00"),
        ("time=evening&weekday=4&from=2026-10-12", "Fri, Oct 16, 18:00"),
        ("when=tomorrow", "Wed, Oct 7, 09:30"),
        ("when=week&time=evening", "Fri, Oct 9, 18:00"),
        ("to=2026-10-08", "Wed, Oct 7, 09:30"),
        # Further ahead than filters know dates.
        ("from=2027-06-01&to=2027-06-30", "Wed, Jun 2, 09:30"),
        ("from=2998-01-01", ""),
        ("from=9999-12-31", ""),
    ],
)
def test_the_first_date_asked_for_is_shown(query, shown):
    offering = make_offering("Kurs", schedule={"weekdays": [2]})
    make_schedule(offering, weekdays=[4], start_time=time(18))
    reindex([offering.pk])

    assert dates(query) == {"Kurs": shown}


def test_holidays_exceptions_and_the_end_of_an_offer_count():
    SchoolHoliday.objects.create(
        name="Herbstferien", starts_on="2026-10-17", ends_on="2026-10-31"
    )
    weekly = {"weekdays": [1]}
    make_offering("Pausiert", schedule={**weekly, "in_school_holidays": "no"})
    make_offering("Fällt aus", schedule={**weekly, "exceptions": [date(2026, 10, 20)]})
    make_offering("Endet", schedule=weekly, ends_on="2026-10-20")
    make_offering("Ohne Termin")

    assert dates("from=2026-10-14") == {
        "Endet": "Tue, Oct 20, 09:30 (school holidays: please ask)",
        "Fällt aus": "Tue, Oct 27, 09:30 (school holidays: please ask)",
        "Pausiert": "Tue, Nov 3, 09:30",
        "Ohne Termin": "",
    }


def test_the_first_date_asked_for_orders():
    make_offering("Di spät", schedule={"weekdays": [1], "start_time": time(18)})
    make_offering("Di", schedule={"weekdays": [1]})
    make_offering("Di Muster", schedule={"weekdays": [1]}, is_sample=True)
    make_offering("Fr", schedule={"weekdays": [4]})
    make_offering("Di über", schedule={"weekdays": [1], "start_time": time(9)})
    make_offering("Ohne Termin")
    make_offering("Erst 2027", schedule={"starts_on": "2027-05-04"})

    # In Herne it is ten in the morning, on a Tuesday.
    assert list(dates("")) == [
        "Di spät",
        "Fr",
        "Di über",
        "Di",
        "Erst 2027",
        "Ohne Termin",
        "Di Muster",
    ]
    assert list(dates("from=2026-10-15")) == [
        "Fr",
        "Di über",
        "Di",
        "Di spät",
        "Erst 2027",
        "Di Muster",
        "Ohne Termin",
    ]
    # One that began half an hour ago is not over, one of an hour ago is.
    assert list(dates("weekday=1&sort=date")) == [
        "Di",
        "Di spät",
        "Di über",
        "Erst 2027",
        "Di Muster",
        "Ohne Termin",
    ]
    assert next(iter(dates("from=2026-10-15&sort=name"))) == "Di"


@pytest.mark.parametrize("number", [1, 3])
def test_dates_cost_one_question_more(client, django_assert_num_queries, number):
    for _ in range(number):
        make_offering(schedule={})
    client.get("/de/angebote/")

    client.get("/de/angebote/?from=2026-11-21")

    with django_assert_num_queries(2):
        client.get("/de/angebote/?cost=free")
    with django_assert_num_queries(3):
        client.get("/de/angebote/?from=2026-11-22")
    assert Offering.objects.count() == number
