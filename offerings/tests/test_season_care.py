"""Places left, pauses and changed dates: confirmed, corrected, due again."""

from datetime import date, timedelta

import pytest

from herne_bildung.freshness.actions.entries import confirm
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.models import Confirmation, MaintainedEntry
from herne_bildung.freshness.proposals import present_values
from herne_bildung.lib import clock
from offerings.forms import OfferingCorrection
from offerings.models import Occurrence, Offering
from offerings.tests.factories import make_offering
from offerings.tests.today import TUESDAY, changes, sunday

__all__ = ["sunday"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sunday")]
LONG_AGO = date(2026, 1, 2)


def stored(offering) -> Offering:
    return kinds()["offering"].get(offering.pk)


def fingerprints(offering) -> dict[str, str]:
    return kinds()["offering"].fingerprints(stored(offering))


def corrected(offering, **changed) -> OfferingCorrection:
    found = stored(offering)
    sent = present_values(kinds()["offering"], found) | changed
    form = OfferingCorrection(sent, instance=found)
    if form.is_valid():
        form.save()
    return form


@pytest.mark.parametrize(
    ("changed", "group"),
    [
        ({"places_left": "full"}, "terms"),
        ({"paused_from": date(2026, 12, 1)}, "times"),
        ({"only_for": "women"}, "description"),
        ({"is_holiday_programme": False}, "description"),
    ],
)
def test_a_change_is_one_of_its_group(changed, group):
    offering = make_offering(schedule={}, phone="1")
    before = fingerprints(offering)

    Offering.objects.update(**changed)

    after = fingerprints(offering)
    assert [name for name in after if after[name] != before[name]] == [group]


def test_a_cancelled_date_is_a_change_and_its_passing_none():
    offering = make_offering(schedule={})
    before = fingerprints(offering)
    Occurrence.objects.create(offering=offering, day=TUESDAY, state="cancelled")
    cancelled = fingerprints(offering)
    clock.shift(clock.at(date(2027, 2, 1), clock.now().time()) - clock.now())

    assert cancelled["times"] != before["times"]
    assert fingerprints(offering) == cancelled


def test_confirming_says_that_places_are_so_today_too():
    offering = make_offering(phone="1", places_left="free", places_left_on=LONG_AGO)
    other = make_offering(phone="1")
    sync("offering", [offering.pk, other.pk])
    before = {one.object_id: one for one in MaintainedEntry.objects.all()}

    for one in (offering, other):
        row = before[one.pk]
        confirm(row, groups=["description"], how=Confirmation.How.LOGIN)
    untouched = stored(offering).places_left_on
    for one in (offering, other):
        confirm(before[one.pk], groups=["terms"], how=Confirmation.How.LOGIN)

    assert untouched == LONG_AGO
    assert stored(offering).places_left_on == clock.today()
    assert stored(other).places_left_on is None


def test_the_correction_form_cancels_the_next_dates_and_lets_them_take_place():
    offering = make_offering(schedule={})
    nearest = [TUESDAY + timedelta(weeks=week) for week in range(6)]
    form = OfferingCorrection(instance=stored(offering))
    choices = [value for value, _label in form.fields["cancelled_days"].choices]

    corrected(offering, cancelled_days=["2026-11-24", "2026-12-08"])
    cancelled = changes(offering)
    corrected(offering, cancelled_days=["2026-12-08"])

    assert choices == [day.isoformat() for day in nearest]
    assert [(day, state) for day, _time, state, *_rest in cancelled] == [
        (date(2026, 11, 24), "cancelled"),
        (date(2026, 12, 8), "cancelled"),
    ]
    assert [day for day, *_rest in changes(offering)] == [date(2026, 12, 8)]


def test_the_correction_form_says_places_of_today_and_a_pause():
    offering = make_offering(places_left="free", places_left_on=LONG_AGO)

    corrected(offering, phone="02323 1")
    before = stored(offering).places_left_on
    corrected(offering, places_left="full", paused_from="2026-12-01")

    found = stored(offering)
    assert before == LONG_AGO
    assert (found.places_left, found.places_left_on, found.paused_from) == (
        "full",
        clock.today(),
        date(2026, 12, 1),
    )


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"cancelled_days": ["2026-11-25"]}, "cancelled_days"),
        ({"cancelled_days": ["x"]}, "cancelled_days"),
        ({"places_left": "viele"}, "places_left"),
        ({"paused_until": "2026-12-01"}, "paused_from"),
        ({"paused_from": "2026-12-02", "paused_until": "2026-12-01"}, "paused_until"),
    ],
)
def test_what_does_not_fit_is_named_at_its_field(sent, field):
    offering = make_offering(schedule={})

    form = corrected(offering, **sent)

    assert (list(form.errors), changes(offering)) == ([field], [])
