"""Filters and calendar files against all dates, worked out one by one."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile

import icalendar
import pytest
import recurring_ical_events
import vobject
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.lib import clock
from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.schedule import Rule, meetings
from offerings.dates import slots
from offerings.dates.asked import AskedDates
from offerings.dates.calendar import calendar_file
from offerings.dates.for_machines import schedules_of
from offerings.models import Occurrence, Offering
from offerings.tests.brute_force import (
    CLOCKS,
    HOLIDAYS,
    ONE_DAY,
    TURNS,
    changes,
    dates,
    days_near_turns,
    rules,
)
from offerings.tests.factories import make_offering, make_schedule

UNITS = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY"}
THOROUGH = settings(
    deadline=None,
    derandomize=True,
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
minutes = st.builds(
    lambda wall, more: (wall.hour * 60 + wall.minute + more) % (24 * 60),
    st.sampled_from(CLOCKS),
    st.sampled_from([-5, -1, 0, 1, 5, 60]),
)


@pytest.fixture(autouse=True)
def _own_time():
    yield
    clock.shift(timedelta())


def go_to(day: date, minute: int, fold: int = 0) -> datetime:
    """Some seconds after a minute of a day in Herne."""
    wall = time(*divmod(minute, 60), 20, fold=fold)
    moment = datetime.combine(day, wall, tzinfo=clock.BERLIN).astimezone(UTC)
    clock.shift(timedelta())
    clock.shift(moment - clock.now())
    return moment


@st.composite
def offers(draw: st.DrawFn, today: date) -> list:
    """The rules of one offer, with its pause and its changed dates."""
    own = draw(st.lists(rules(today), min_size=1, max_size=2))
    if draw(st.booleans()):
        first = draw(days_near_turns)
        own = [replace(rule, pause=(first, first + 10 * ONE_DAY)) for rule in own]
    made = draw(changes(own, today))
    return [replace(rule, changes=made) for rule in own]


def said(found) -> list[tuple]:
    return sorted(
        (one.day, one.start_time, str(one.end_time), one.is_sure) for one in found
    )


@THOROUGH
@given(st.data())
def test_rules_have_the_dates_that_counting_days_finds(data):
    today = data.draw(days_near_turns)
    last = today + 120 * ONE_DAY
    for rule in data.draw(offers(today)):
        found = takewhile(lambda one: one.day <= last, meetings(rule, today))

        assert said(found) == said(dates(rule, today, last))


@st.composite
def questions(draw: st.DrawFn, today: date) -> AskedDates:
    ahead = st.integers(0, 120) | st.integers(0, 8)
    first, last = sorted([draw(ahead), draw(ahead)])
    return AskedDates(
        today + first * ONE_DAY,
        today + last * ONE_DAY,
        draw(st.frozensets(st.sampled_from("0123456"), max_size=3)),
        draw(st.frozensets(st.sampled_from(sorted(slots.DAYTIMES)), max_size=2)),
    )


def fitting(offer: list, asked: AskedDates, now: datetime) -> list[bool]:
    """Of each date that is asked for and not over, whether it is sure."""
    hours = [slots.DAYTIMES[name] for name in asked.times] or [(0, 24)]
    return [
        one.is_sure
        for rule in offer
        for one in dates(rule, asked.first, asked.last)
        if any(start <= one.start_time.hour < end for start, end in hours)
        and (not asked.weekdays or str(one.day.weekday()) in asked.weekdays)
        and (one.day > now.astimezone(clock.BERLIN).date() or one.end > now)
    ]


@THOROUGH
@given(st.data())
def test_filters_find_the_offers_that_counting_days_finds(data):
    today = data.draw(st.sampled_from(TURNS) | days_near_turns)
    now = go_to(today, data.draw(minutes), data.draw(st.integers(0, 1)))
    # As far as rows of the index may be behind.
    made_on = today - data.draw(st.integers(0, slots.ROLLING.days)) * ONE_DAY
    every = data.draw(st.lists(offers(today), min_size=1, max_size=3))
    index = BitmapIndex()
    for number, offer in enumerate(every):
        index.put(number, {"values": slots.facts(offer, made_on)})

    for asked in data.draw(st.lists(questions(today), min_size=1, max_size=4)):
        narrowing = slots.Slots(index).narrowing(asked.of_slots)
        found = [fitting(offer, asked, now) for offer in every]

        sure = [number for number, one in enumerate(found) if any(one)]
        maybe = [number for number, one in enumerate(found) if one and not any(one)]
        assert (list(narrowing.sure), list(narrowing.unknown)) == (sure, maybe)


quarters = st.builds(lambda number: time(*divmod(number * 15, 60)), st.integers(0, 20))


@THOROUGH
@given(
    st.sampled_from([date(2026, 10, 25), date(2027, 3, 28)]),
    st.integers(0, 300),
    st.integers(0, 1),
    quarters,
    st.none() | quarters,
)
def test_in_the_night_of_the_change_of_clocks_what_is_over_is_over(
    today, minute, fold, start, end
):
    now = go_to(today, minute, fold)
    offer = [Rule("once", today, start, end)]
    index = BitmapIndex()
    index.put(1, {"values": slots.facts(offer, today)})
    asked = AskedDates(today, today)

    narrowing = slots.Slots(index).narrowing(asked.of_slots)

    assert bool(narrowing.sure) == bool(fitting(offer, asked, now))


@THOROUGH
@given(st.data())
def test_machines_hear_the_planned_dates_that_counting_days_finds(data):
    today = data.draw(days_near_turns)
    go_to(today, 0)
    last = today + 120 * ONE_DAY
    for rule in data.draw(offers(today)):
        nodes = schedules_of([rule])

        found = [day for node in nodes for day in repeated(node, today, last)]
        as_planned = dates(replace(rule, changes=()), today, last)
        times = {None, rule.start_time}
        changed = {one.day for one in rule.changes if one.start_time in times}
        assert sorted(found) == [
            one.day for one in as_planned if one.day not in changed
        ]


def repeated(node: dict, first: date, last: date) -> list[date]:
    """Days of a Schedule of schema.org, by its words alone."""
    number, unit = int(node["repeatFrequency"][1:-1]), node["repeatFrequency"][-1]
    days = [one.rpartition("/")[2][-9:] for one in node["byDay"]]
    names = [one if one[-2:].isupper() else one[:2].upper() for one in days]
    parts = [f"FREQ={UNITS[unit]}", f"INTERVAL={number}"]
    parts += [f"BYDAY={','.join(names)}"] if names else []
    parts += [f"BYMONTHDAY={node['byMonthDay']}"] if node["byMonthDay"] else []
    begin = datetime.combine(node["startDate"], time())
    end = min(node["endDate"] or last, last)
    moments = rrulestr(";".join(parts), dtstart=begin).between(
        datetime.combine(first, time()), datetime.combine(end, time()), inc=True
    )
    return [one.date() for one in moments if one.date() not in node["exceptDate"]]


@pytest.fixture
def holidays():
    for number, (first, last) in enumerate(HOLIDAYS):
        SchoolHoliday.objects.create(name=f"{number}", starts_on=first, ends_on=last)


def stored(offer: list) -> Offering:
    """An offer with these rules."""
    pause = offer[0].pause or (None, None)
    offering = make_offering(paused_from=pause[0], paused_until=pause[1])
    for rule in offer:
        make_schedule(
            offering,
            frequency=rule.frequency,
            interval=rule.interval,
            weekdays=list(rule.weekdays),
            week_of_month=rule.week_of_month,
            starts_on=rule.starts_on,
            until=rule.until,
            start_time=rule.start_time,
            end_time=rule.end_time,
            exceptions=sorted(rule.exceptions),
            in_school_holidays=rule.holidays,
        )
    for one in offer[0].changes:
        Occurrence.objects.create(
            offering=offering,
            day=one.day,
            start_time=one.start_time,
            state="moved" if one.new_day else "cancelled",
            new_day=one.new_day,
            new_start_time=one.new_start_time,
        )
    return offering


@pytest.mark.django_db
@settings(THOROUGH, max_examples=40)
@given(st.data())
def test_other_programs_read_the_dates_that_counting_days_finds(holidays, data):
    today = data.draw(st.sampled_from(TURNS) | days_near_turns)
    go_to(today, data.draw(minutes))
    offer = data.draw(offers(today))
    last = today + 150 * ONE_DAY

    content = calendar_file(stored(offer), "de")

    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    calendar = icalendar.Calendar.from_ical(content)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    if calendar.walk("VEVENT"):
        assert vobject.readOne(content.decode()).validate(raiseException=True)
    assert expanded(calendar, today, last) == sorted(
        (one.start, one.end, one.is_sure)
        for rule in offer
        for one in dates(rule, today, last)
    )


def expanded(calendar: icalendar.Calendar, first: date, last: date) -> list[tuple]:
    """Begin and end in UTC of dates that begin between two days and take place."""
    found = recurring_ical_events.of(calendar).between(first, last + ONE_DAY)
    return sorted(
        (
            event["DTSTART"].dt.astimezone(UTC),
            event["DTEND"].dt.astimezone(UTC),
            event.get("STATUS") != "TENTATIVE",
        )
        for event in found
        if event.get("STATUS") != "CANCELLED"
        and first <= event["DTSTART"].dt.date() <= last
    )
