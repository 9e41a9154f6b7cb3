"""A date that is moved onto another one of the same offer is refused in all ways in."""

from dataclasses import replace
from datetime import date, time

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.proposals import present_values
from herne_bildung.lib.schedule import Change, Rule
from offerings.dates.collisions import collisions
from offerings.forms import OfferingCorrection
from offerings.models import Occurrence
from offerings.tests.factories import make_schedule
from offerings.tests.forms_in_pages import opened
from offerings.tests.today import TUESDAY, changes, own_offer, sunday

__all__ = ["sunday"]
on_sunday = pytest.mark.usefixtures("db", "with_groups", "sunday")
WEDNESDAY, NEXT_TUESDAY = date(2026, 11, 25), date(2026, 12, 1)
TUESDAYS = Rule("weekly", date(2026, 10, 6), time(9, 30), time(11), weekdays=(1,))
LATER = replace(TUESDAYS, start_time=time(15), end_time=None)
OTHER = TUESDAY, time(9, 30)


def moved(day: date, new_day: date, **values: time) -> Change:
    return Change(day, values.get("start"), new_day, values.get("new_start"))


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ([moved(NEXT_TUESDAY, TUESDAY, start=time(9, 30))], {OTHER}),
        ([moved(NEXT_TUESDAY, TUESDAY, start=time(15))], {(TUESDAY, time(15))}),
        ([moved(NEXT_TUESDAY, TUESDAY)], {OTHER, (TUESDAY, time(15))}),
        (
            [moved(NEXT_TUESDAY, TUESDAY, start=time(9, 30), new_start=time(15))],
            {(TUESDAY, time(15))},
        ),
        (
            [moved(NEXT_TUESDAY, TUESDAY, start=time(9, 30), new_start=time(12))],
            set(),
        ),
        (
            [
                moved(NEXT_TUESDAY, TUESDAY, start=time(9, 30)),
                moved(TUESDAY, WEDNESDAY, start=time(9, 30)),
            ],
            set(),
        ),
        (
            [
                moved(NEXT_TUESDAY, WEDNESDAY, start=time(9, 30)),
                moved(TUESDAY, WEDNESDAY, start=time(9, 30)),
            ],
            {(WEDNESDAY, time(9, 30))},
        ),
        (
            [
                moved(NEXT_TUESDAY, TUESDAY, start=time(9, 30)),
                Change(TUESDAY, time(9, 30)),
            ],
            set(),
        ),
        # Two of one day, moved to one time.
        ([moved(TUESDAY, WEDNESDAY, new_start=time(10))], {(WEDNESDAY, time(10))}),
        # A row of a day without dates moves nothing.
        ([moved(WEDNESDAY, TUESDAY, start=time(9, 30))], set()),
    ],
)
def test_a_moved_date_collides_where_another_begins(made, expected):
    rules = [replace(rule, changes=made) for rule in (TUESDAYS, LATER)]

    assert collisions(rules, date(2026, 11, 22)) == expected
    assert collisions(rules, date(2026, 12, 10)) == set()


def test_dates_that_pause_come_again_but_not_those_of_holidays():
    made = [moved(NEXT_TUESDAY, TUESDAY, start=time(9, 30))]
    week = (date(2026, 11, 23), date(2026, 11, 28))
    paused = replace(TUESDAYS, changes=made, pause=week)
    holidays = replace(TUESDAYS, changes=made, holidays="no", school_holidays=[week])

    assert collisions([paused], TUESDAY) == {OTHER}
    assert collisions([holidays], TUESDAY) == set()


def press(client, offering, **sent):
    page = reverse("admin:offerings_offering_today", args=[offering.pk])
    return client.post(page, sent, follow=True)


@on_sunday
@pytest.mark.parametrize(
    "sent",
    [
        {"new_day": "2026-12-01"},
        {"new_day": "2026-11-24", "new_start_time": "15:00"},
    ],
)
def test_the_page_refuses_it_at_the_new_day(client, sent):
    offering = own_offer(client)
    make_schedule(offering, start_time=time(15))

    page = press(client, offering, do="move", date="2026-11-24T09:30", **sent)

    [row] = [row for row in page.context["desk"].rows if row.is_open]
    assert (list(row.form.errors), changes(offering)) == (["new_day"], [])


@on_sunday
def test_the_page_takes_two_dates_of_one_day_and_a_date_in_the_place_of_another(client):
    offering = own_offer(client)
    day = {"do": "move", "date": "2026-12-01T09:30", "new_day": "2026-11-24"}

    press(client, offering, **day, new_start_time="12:00")
    press(client, offering, do="cancel", date="2026-11-24T09:30")
    press(client, offering, **day)

    assert [one[3:] for one in changes(offering)] == [
        ("", None, None),
        ("", TUESDAY, None),
    ]


@on_sunday
def test_a_date_comes_not_back_where_another_was_moved(client):
    offering = own_offer(client)
    press(client, offering, do="cancel", date="2026-11-24T09:30")
    press(client, offering, do="move", date="2026-12-01T09:30", new_day="2026-11-24")
    before = changes(offering)

    kept = press(client, offering, do="keep", date="2026-11-24T09:30")
    now = changes(offering)
    press(client, offering, do="cancel", now="2026-11-24T09:30")

    assert kept.context["desk"].error
    assert (len(before), now) == (2, before)
    assert [one[2] for one in changes(offering)] == ["cancelled", "cancelled"]


@on_sunday
def test_a_moved_date_comes_back_by_being_moved_to_its_plan(client):
    offering = own_offer(client)
    move = {"do": "move", "date": "2026-11-24T09:30"}
    press(client, offering, **move, new_day="2026-11-25")

    press(client, offering, **move, new_day="2026-11-26")
    said = LogEntry.objects.latest("pk").change_message
    press(client, offering, **move, new_day="2026-11-24")

    assert ("24" in said, "26" in said, "25" in said) == (True, True, False)
    assert changes(offering) == []


def corrected(offering, **sent) -> OfferingCorrection:
    found = kinds()["offering"].get(offering.pk)
    values = present_values(kinds()["offering"], found) | sent
    return OfferingCorrection(values, instance=found)


@on_sunday
@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"weekdays": ["1", "2"]}, ["weekdays"]),
        ({"weekdays": ["1", "3"]}, []),
        ({"weekdays": ["1", "2"], "start_time": "10:00"}, []),
        ({"phone": "02323 1"}, []),
    ],
)
def test_the_correction_form_refuses_days_on_which_a_moved_date_lies(
    client, sent, errors
):
    offering = own_offer(client)
    Occurrence.objects.create(
        offering=offering,
        day=TUESDAY,
        state="moved",
        start_time=time(9, 30),
        new_day=WEDNESDAY,
    )

    assert list(corrected(offering, **sent).errors) == errors


@on_sunday
@pytest.mark.parametrize(("weekday", "saved"), [(2, [1]), (3, [1, 3])])
def test_the_form_of_an_offer_refuses_times_on_which_a_moved_date_lies(
    client, weekday, saved
):
    offering = own_offer(client, starts_on=date(2026, 1, 1))
    Occurrence.objects.create(
        offering=offering, day=TUESDAY, state="moved", new_day=WEDNESDAY
    )
    address = reverse("admin:offerings_offering_change", args=[offering.pk])
    form = opened(client, address)
    form["schedules-0-weekdays"] = ["1", str(weekday)]

    page = client.post(address, form, follow=True)

    schedule = offering.schedules.get()
    is_refused = saved == [1]
    assert schedule.weekdays == saved
    assert ("errornote" in page.content.decode()) == is_refused


@on_sunday
def test_what_was_so_before_does_not_keep_the_form_from_being_saved(client):
    offering = own_offer(client)
    Occurrence.objects.create(
        offering=offering, day=TUESDAY, state="moved", new_day=NEXT_TUESDAY
    )
    address = reverse("admin:offerings_offering_change", args=[offering.pk])
    form = opened(client, address)
    form["title_de"] = "Neuer Titel"

    client.post(address, form)

    offering.refresh_from_db()
    assert offering.title_de == "Neuer Titel"


@on_sunday
def test_holidays_leave_room_for_moved_dates(client):
    SchoolHoliday.objects.create(
        name="Ferien", starts_on=NEXT_TUESDAY, ends_on=NEXT_TUESDAY
    )
    offering = own_offer(client, schedule={"in_school_holidays": "no"})

    press(client, offering, do="move", date="2026-11-24T09:30", new_day="2026-12-01")

    assert [one[4] for one in changes(offering)] == [NEXT_TUESDAY]
