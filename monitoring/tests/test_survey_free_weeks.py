"""Weeks in which a wave would disturb nobody."""

from datetime import date, time, timedelta

import pytest

from herne_bildung.city import reference
from herne_bildung.city.models import SchoolHoliday
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.models import ClosedPeriod
from herne_bildung.lib import clock
from herne_bildung.lib.clock import at
from monitoring.models import Wave
from monitoring.surveys.collisions import check
from monitoring.surveys.free_weeks import FreeWeeks, Proposal, propose
from monitoring.surveys.reach import Planned, planned
from monitoring.tests.survey_factories import make_group, make_wave

pytestmark = pytest.mark.django_db
# A Wednesday; the first whole week begins on 11 January.
TODAY = date(2027, 1, 6)
MONDAY = date(2027, 1, 11)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture(autouse=True)
def today():
    clock.shift(at(TODAY, time(10)) - clock.now())
    reference.forget()
    yield
    clock.shift(timedelta())
    reference.forget()


def holidays(first: date, last: date) -> None:
    SchoolHoliday.objects.create(
        name="Ferien", starts_on=first, ends_on=last, source_title="Land"
    )


def wave(group, **values) -> Planned:
    """One week that is still in a form."""
    values.setdefault("is_everywhere", True)
    return Planned(None, MONDAY, MONDAY + 6 * DAY, frozenset([group.pk]), **values)


def weeks(proposal: Proposal) -> list[tuple[date, int]]:
    return [(one.first_day, one.weeks) for one in proposal.found]


def test_weeks_keep_the_distance_to_other_waves_and_leave_out_holidays():
    group = make_group(rest_weeks=2)
    holidays(MONDAY + 12 * WEEK, MONDAY + 14 * WEEK - 3 * DAY)
    # The seventh week; the two before and after it are too near.
    make_wave(None, MONDAY + 6 * WEEK, group)

    proposal = propose(wave(group))

    # Good Friday and Easter Monday 2027 lie in the weeks 11 and 12.
    assert weeks(proposal) == [(MONDAY, 4), (MONDAY + 9 * WEEK, 1)]
    assert proposal.until == MONDAY + 14 * WEEK - 3 * DAY


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        # A rest of one week: 7 days from the last day to the next first one.
        (7 + 6, 7 + 6, [0, 3]),
        (7 + 7, 7 + 7, [0, 3]),
        # Sunday of the first week is six days before: too near.
        (7 + 5, 7 + 5, [3]),
        (14, 21, [0]),
    ],
)
def test_a_week_at_the_limit_is_free(starts, ends, expected):
    group = make_group(rest_weeks=1)
    holidays(MONDAY + 4 * WEEK, MONDAY + 5 * WEEK)
    make_wave(None, MONDAY + starts * DAY, group, ends_on=MONDAY + ends * DAY)

    found = propose(wave(group), weeks=4).found

    free = {
        number
        for number in range(4)
        if any(one.first_day <= MONDAY + number * WEEK <= one.last_day for one in found)
    }
    assert free == set(expected)


def test_what_is_proposed_collides_with_nothing_and_the_rest_does():
    group = make_group(rest_weeks=3)
    holidays(MONDAY + 30 * WEEK, MONDAY + 31 * WEEK)
    for days in (-9, 40, 100):
        make_wave(None, MONDAY + days * DAY, group)
    proposal = propose(wave(group), weeks=24)
    colliding = set()
    for number in range(24):
        monday = MONDAY + number * WEEK
        one = Planned(None, monday, monday + 6 * DAY, frozenset([group.pk]), True)
        if check(one).collisions:
            colliding.add(number)

    # Good Friday lies in week 10, Corpus Christi in week 19.
    assert colliding == set(range(24)) - {10, 19, 20, 21, 22, 23}
    assert weeks(proposal) == [(MONDAY + 20 * WEEK, 4)]


def test_closed_weeks_of_named_organisations_and_those_below_are_left_out():
    group, body = make_group(), make_organisation()
    kita, other = make_organisation(parent=body), make_organisation()
    holidays(MONDAY + 6 * WEEK, MONDAY + 7 * WEEK)
    for organisation, number in ((kita, 1), (other, 3)):
        ClosedPeriod.objects.create(
            organisation=organisation,
            first_day=MONDAY + number * WEEK + 4 * DAY,
            last_day=MONDAY + number * WEEK + 5 * DAY,
        )
    named = wave(group, is_everywhere=False, organisations=frozenset([body.pk]))

    assert weeks(propose(named)) == [(MONDAY, 1), (MONDAY + 2 * WEEK, 4)]
    assert weeks(propose(wave(group))) == [(MONDAY, 6)]


def test_other_groups_and_places_and_the_wave_itself_take_no_week():
    group = make_group()
    holidays(MONDAY + 3 * WEEK, MONDAY + 4 * WEEK)
    own = make_wave(None, MONDAY, group, organisations=[make_organisation()])
    make_wave(None, MONDAY, group, organisations=[make_organisation()])
    make_wave(None, MONDAY, make_group())

    assert weeks(propose(planned(Wave.objects.get(pk=own.pk)))) == [(MONDAY, 3)]


def test_without_school_holidays_nothing_is_known_to_be_free():
    assert propose(wave(make_group())) == Proposal([], None, 7)


def test_the_whole_wave_needs_room():
    short = FreeWeeks(MONDAY, MONDAY + 13 * DAY)
    long = FreeWeeks(MONDAY + 5 * WEEK, MONDAY + 8 * WEEK - DAY)

    proposal = Proposal([short, long], MONDAY + 20 * WEEK, days=15)

    assert (short.weeks, long.weeks) == (2, 3)
    assert proposal.fitting == [long]
    assert short.has_room_for(14)


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_a_proposal(django_assert_num_queries, number):
    group = make_group()
    holidays(MONDAY + 3 * WEEK, MONDAY + 4 * WEEK)
    kita = make_organisation()
    for _ in range(number):
        make_wave(None, MONDAY, group, organisations=[kita, make_organisation()])
    named = wave(group, is_everywhere=False, organisations=frozenset([kita.pk]))
    reference.districts()

    with django_assert_num_queries(13):
        assert propose(named).found == []
