"""Filters that ask when: day, weekday and time of day fit by one and the same date."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.lib import clock
from herne_bildung.lib.schedule import Rule
from offerings.actions import reindex
from offerings.catalogue import catalogue
from offerings.dates import slots
from offerings.models import Occurrence
from offerings.tests.answers import find
from offerings.tests.factories import make_offering, make_schedule

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 10, 6, 8, tzinfo=UTC)  # ten in the morning in Herne


@pytest.fixture
def at(monkeypatch):
    def to(**later: int) -> None:
        moment = TUESDAY + timedelta(**later)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return to


@pytest.fixture(autouse=True)
def _a_tuesday(at):
    at()


def found(query: str) -> tuple[list[str], list[str]]:
    """Titles that surely fit and that may fit, by name."""
    result = find(f"{query}&sort=name", "en")
    assert result.errors == {}
    return tuple(
        [card["title"]["text"] for card in cards]
        for cards in (result.sure, result.maybe)
    )


def reasons(query: str) -> dict[str, list[str]]:
    cards = find(query, "en").maybe
    return {card["title"]["text"]: card["may_fit_reasons"] for card in cards}


def make_mixed() -> None:
    """Tuesday mornings and Wednesday evenings, and one for each of the rest."""
    mixed = make_offering("Gemischt", schedule={"end_time": time(11)})
    make_schedule(mixed, weekdays=[2], start_time=time(18))
    reindex([mixed.pk])
    make_offering("Di abends", schedule={"start_time": time(18)})


@pytest.mark.parametrize(
    ("query", "sure"),
    [
        ("weekday=1&time=evening", ["Di abends"]),
        ("weekday=1&time=morning", ["Gemischt"]),
        ("weekday=2&time=evening", ["Gemischt"]),
        ("weekday=2&time=morning", []),
        ("weekday=1&weekday=2&time=evening", ["Di abends", "Gemischt"]),
        ("weekday=2&from=2026-10-13&to=2026-10-13", []),
        ("time=evening&from=2026-10-13&to=2026-10-13", ["Di abends"]),
        ("time=evening&from=2026-10-14&to=2026-10-14", ["Gemischt"]),
        ("when=today", ["Di abends", "Gemischt"]),
        ("when=today&time=morning", ["Gemischt"]),
        ("when=tomorrow", ["Gemischt"]),
        ("when=tomorrow&weekday=1", []),
        ("when=weekend", []),
        ("when=week&weekday=1", ["Di abends", "Gemischt"]),
        ("when=week&from=2026-10-07", ["Gemischt"]),
        ("when=week&from=2026-10-13", []),
        ("when=today&to=2026-10-31", ["Di abends", "Gemischt"]),
    ],
)
def test_an_offer_fits_by_one_date(query, sure):
    make_mixed()

    assert found(query) == (sure, [])


@pytest.mark.parametrize(
    ("day", "titles"),
    [
        (date(2026, 10, 5), ["Samstags", "Sonntags"]),
        (date(2026, 10, 9), ["Samstags", "Sonntags"]),
        (date(2026, 10, 10), ["Samstags", "Sonntags"]),
        (date(2026, 10, 11), ["Sonntags"]),
    ],
)
def test_a_weekend_that_runs_is_what_is_left_of_it(at, day, titles):
    at(days=(day - TUESDAY.date()).days)
    make_offering("Samstags", schedule={"weekdays": [5]})
    make_offering("Sonntags", schedule={"weekdays": [6]})
    # Of the weekend after that.
    make_offering("Später", schedule={"weekdays": [6], "starts_on": "2026-10-18"})

    assert found("when=weekend") == (titles, [])


@pytest.mark.parametrize(
    ("minutes", "titles"),
    [
        (0, ["Bis elf", "Ohne Ende", "Später"]),
        (29, ["Bis elf", "Ohne Ende", "Später"]),
        # Half past nine without a known end counts for an hour.
        (30, ["Bis elf", "Später"]),
        (59, ["Bis elf", "Später"]),
        (60, ["Später"]),
        (13 * 60, ["Später"]),
        (14 * 60, []),
    ],
)
def test_what_is_over_today_is_not_today(at, minutes, titles):
    make_offering("Bis elf", schedule={"end_time": time(11)})
    make_offering("Ohne Ende", schedule={})
    make_offering("Später", schedule={"start_time": time(22), "end_time": time(23, 59)})
    at(minutes=minutes)

    assert found("when=today") == (titles, [])


def test_two_dates_on_one_day_end_with_the_second(at):
    offering = make_offering("Zwei", schedule={"end_time": time(10)})
    make_schedule(offering, start_time=time(10), end_time=time(11, 30))
    reindex([offering.pk])

    at(minutes=80)
    assert found("when=today&time=morning") == (["Zwei"], [])
    at(minutes=90)
    assert found("when=today&time=morning") == ([], [])


def test_dates_of_one_weekday_that_end_at_different_times():
    """Every other Tuesday it takes an hour longer."""
    short = Rule("weekly", date(2026, 10, 6), time(9), time(10), 2, (1,))
    long = Rule("weekly", date(2026, 10, 13), time(9), time(11), 2, (1,))
    until = date(2026, 10, 20)

    rules = [Rule(*_values(rule), until=until) for rule in (short, long)]

    first, second, third = (date(2026, 10, day).toordinal() for day in (6, 13, 20))
    assert slots.facts(rules, date(2026, 10, 1)) == {
        "slot": [f"{first}m", f"{second}m", f"{third}m"],
        "perhaps": [],
        "later": [],
        "end": [f"{first}m600", f"{second}m660", f"{third}m600"],
    }
    assert slots.facts(rules[1:], date(2026, 10, 1))["end"] == ["1m660"]


def _values(rule: Rule) -> tuple:
    return (
        rule.frequency,
        rule.starts_on,
        rule.start_time,
        rule.end_time,
        rule.interval,
        rule.weekdays,
        None,
    )


def test_school_holidays_that_nobody_spoke_of_may_fit():
    SchoolHoliday.objects.create(
        name="Herbstferien", starts_on="2026-10-10", ends_on="2026-10-31"
    )
    for title, what in (("Unbekannt", ""), ("Pausiert", "no"), ("Auch", "yes")):
        make_offering(title, schedule={"in_school_holidays": what})

    week = "from=2026-10-12&to=2026-10-18"
    assert found(week) == (["Auch"], ["Unbekannt"])
    assert reasons(week) == {"Unbekannt": ["dates in the school holidays not known"]}
    assert found("from=2026-10-12&to=2026-11-08") == (
        ["Auch", "Pausiert", "Unbekannt"],
        [],
    )


def test_moved_and_cancelled_dates_count():
    offering = make_offering("Kurs", schedule={})
    Occurrence.objects.create(offering=offering, day="2026-10-06", state="cancelled")
    Occurrence.objects.create(
        offering=offering,
        day="2026-10-13",
        state="moved",
        new_day="2026-10-15",
        new_start_time="18:00",
    )
    reindex([offering.pk])

    assert found("when=today") == ([], [])
    assert found("from=2026-10-13&to=2026-10-13") == ([], [])
    assert found("from=2026-10-15&to=2026-10-15&time=morning") == ([], [])
    assert found("from=2026-10-15&to=2026-10-15&weekday=3&time=evening") == (
        ["Kurs"],
        [],
    )


def test_a_pause_has_no_dates_and_is_no_question():
    make_offering(
        "Mit Ende", schedule={}, paused_from="2026-10-01", paused_until="2026-10-31"
    )
    make_offering("Offen", schedule={}, paused_from="2026-10-01")
    make_offering("Ohne Termin", paused_from="2026-10-01", paused_until="2026-10-31")

    assert found("when=week") == ([], [])
    assert found("weekday=1&to=2026-10-31") == ([], [])
    assert found("from=2026-10-30&to=2026-11-03") == (["Mit Ende"], ["Ohne Termin"])
    assert found("") == (["Mit Ende", "Offen", "Ohne Termin"], [])


def test_what_is_over_or_begins_much_later_is_no_question():
    make_offering("Vorbei", schedule={"frequency": "once", "weekdays": []})
    make_offering("Mai", schedule={"starts_on": "2027-05-04"})

    assert found("when=week") == ([], [])
    assert found("weekday=1") == (["Mai"], [])
    assert found("weekday=2") == ([], [])
    assert found("from=2026-10-06") == (["Mai"], [])
    assert found("from=2027-05-01&to=2027-05-31") == ([], ["Mai"])
    assert found("from=2027-05-01&to=2027-05-31&time=evening") == ([], [])


def test_answers_are_kept_for_a_minute_and_are_few(at):
    index = catalogue().index
    first = slots.slots_now(index)
    assert slots.slots_now(index) is first

    none = frozenset(), frozenset()
    for day in range(2 * slots.KEPT):
        first.narrowing(slots.Asked(first.today, first.today + day, *none))

    assert 0 < len(first._narrowings) <= slots.KEPT
    assert 0 < len(first._cells) <= slots.KEPT
    at(minutes=1)
    assert slots.slots_now(index) is not first
