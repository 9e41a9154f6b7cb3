"""What pages say of dates that are cancelled, moved or not sure."""

from datetime import UTC, datetime, time

import pytest
from django.utils.translation import override

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.lib import clock
from offerings.actions import reindex
from offerings.dates.schedules import changed_dates, next_dates
from offerings.followed_changes import reindex_changed
from offerings.models import Offering
from offerings.tests.answers import find
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_tuesday(monkeypatch):
    moment = datetime(2026, 10, 6, 8, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def offering() -> Offering:
    found = make_offering("Kurs", slug="kurs", schedule={})
    add = found.occurrences.create
    add(day="2026-09-29", state="cancelled")
    add(day="2026-10-13", state="cancelled", reason="illness")
    add(
        day="2026-10-20",
        state="moved",
        new_day="2026-10-22",
        new_start_time="16:00",
        reason="room",
    )
    # It was before its time: who comes on its own day should know.
    add(day="2026-10-27", state="moved", new_day="2026-10-05")
    return found


def test_changed_dates_in_words(offering):
    with override("en"):
        found = changed_dates(offering, "en")

    assert [one["text"] for one in found] == [
        "is cancelled on Tue, Oct 13, 09:30: illness",
        "not on Tue, Oct 20, 09:30, instead on Thu, Oct 22, 16:00: "
        "the room is not available",
        "not on Tue, Oct 27, 09:30, instead on Mon, Oct 5, 09:30",
    ]
    assert found[0] == {
        "is_cancelled": True,
        "was": "Tue, Oct 13, 09:30",
        "now": "",
        "reason": "illness",
        "text": "is cancelled on Tue, Oct 13, 09:30: illness",
    }


def test_next_dates_stand_in_order_with_what_is_other(offering):
    SchoolHoliday.objects.create(
        name="Herbst", starts_on="2026-11-01", ends_on="2026-11-09"
    )

    with override("en"):
        found = next_dates(offering, "en", 3)

    assert [(one["text"], one["note"], one["is_cancelled"]) for one in found] == [
        ("Tue, Oct 13, 09:30", "is cancelled: illness", True),
        (
            "Thu, Oct 22, 16:00",
            "instead of Tue, Oct 20, 09:30: the room is not available",
            False,
        ),
        ("Tue, Oct 27, 09:30", "instead on Mon, Oct 5, 09:30", True),
        (
            "Tue, Nov 3, 09:30",
            "School holidays: please ask whether it takes place.",
            False,
        ),
        ("Tue, Nov 10, 09:30", "", False),
    ]


def test_a_date_that_only_ends_at_another_time_says_when():
    offering = make_offering(schedule={"end_time": time(11)})
    offering.occurrences.create(
        day="2026-10-13", state="moved", new_day="2026-10-13", new_end_time="10:00"
    )
    offering = Offering.objects.get(pk=offering.pk)

    with override("en"):
        [changed] = changed_dates(offering, "en")
        dates = next_dates(offering, "en", 2)

    was, now = "09:30–11:00", "09:30–10:00"
    assert (
        changed["text"] == f"not on Tue, Oct 13, {was}, instead on Tue, Oct 13, {now}"
    )
    assert [(one["text"], one["note"]) for one in dates] == [
        (f"Tue, Oct 13, {now}", f"instead of Tue, Oct 13, {was}"),
        ("Tue, Oct 20, 09:30", ""),
    ]


def test_the_page_shows_them(client, offering):
    reindex([offering.pk])

    page = client.get("/en/angebote/kurs/").content.decode()

    assert (
        "<li><s>Tue, Oct 13, 09:30</s> – <strong>is cancelled: illness</strong></li>"
        in page
    )
    assert "<li>Tue, Nov 10, 09:30</li>" in page


def test_an_offer_follows_its_changed_dates():
    offering = make_offering(schedule={})
    moment = clock.now()
    day = offering.next_start.date()
    offering.occurrences.create(day=day, state="cancelled")

    assert reindex_changed(moment) == 1

    offering.refresh_from_db()
    assert (offering.next_start.date() - day).days == 7


def test_a_card_says_that_a_date_in_the_holidays_is_not_sure():
    SchoolHoliday.objects.create(
        name="Herbst", starts_on="2026-10-12", ends_on="2026-10-24"
    )
    make_offering("Kurs", schedule={})
    make_offering("Sicher", schedule={"in_school_holidays": "yes"})

    dates = {card["title"]["text"]: card["next_date"] for card in find("", "en").sure}

    assert dates == {
        "Kurs": "Tue, Oct 13, 09:30 (school holidays: please ask)",
        "Sicher": "Tue, Oct 13, 09:30",
    }
