"""Drafts from imported values: at once, or by the worker that protects them."""

from datetime import timedelta

import pytest

from herne_bildung.city.tests.factories import make_district
from herne_bildung.lib import clock
from monitoring import tasks
from monitoring.choices import Level, Measured, Protection, ReleaseState, Unit
from monitoring.models import Indicator, ProtectionRun, Release, TableSet
from monitoring.protection.refused import ProtectionRefused
from monitoring.releases import actions, drafting
from monitoring.releases.actions import ReleaseError
from monitoring.releases.drafting import last_failure, make_drafts, waiting_runs
from monitoring.tests.administration import said
from monitoring.tests.factories import (
    make_area,
    make_indicator,
    make_raw,
    make_release,
    make_rule,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted() -> Indicator:
    """Children of a city and its two parts, protected by a rule."""
    tables = TableSet.objects.create(name="Kinder", rule=make_rule())
    indicator = make_indicator(
        "Kinder",
        protection=Protection.PROTECTED,
        table_set=tables,
        measured=Measured.COUNT,
        unit=Unit.PERSONS,
    )
    city = make_area("Stadt", level=Level.CITY, district=make_district("Stadt"))
    counts = {"Nord": 40, "Süd": 60}
    make_raw(indicator, city, "2022", sum(counts.values()))
    for name, count in counts.items():
        district = make_district(name)
        area = make_area(name, level=Level.BOROUGH, parent=city, district=district)
        make_raw(indicator, area, "2022", count)
    return indicator


def test_what_its_source_published_passes_at_once():
    indicator = make_indicator()
    make_raw(indicator, make_area(), "2022", 7)

    (draft,) = make_drafts(indicator=indicator, by=None)

    assert (draft.state, draft.run, draft.observations.get().value) == (
        "draft",
        None,
        7,
    )


def test_linked_tables_wait_for_the_worker_and_are_asked_for_once(counted):
    numbers = [len(make_drafts(indicator=counted, by=None)) for _ in range(2)]
    waiting = waiting_runs().count()

    done = tasks.protect_waiting_tables(), tasks.protect_waiting_tables()

    draft = Release.objects.get()
    assert (numbers, waiting, done) == ([0, 0], 1, (1, 0))
    assert (draft.indicator, draft.run) == (counted, ProtectionRun.objects.get())
    assert draft.observations.count() == 3
    assert not waiting_runs().exists()


def test_why_nothing_came_of_it_is_known(counted):
    counted.raw_values.update(value=None, state="missing")
    counted.raw_values.filter(area__name="Nord").update(value="2.5", state="value")
    make_drafts(indicator=counted, by=None)

    assert tasks.protect_waiting_tables() == 0

    assert last_failure(counted) != ""
    assert not waiting_runs().exists()
    assert not Release.objects.exists()


def test_what_no_worker_finished_in_an_hour_is_given_up(counted):
    make_drafts(indicator=counted, by=None)
    waiting_runs().update(started_at=clock.now() - timedelta(hours=2))

    assert drafting.work() == 0

    assert last_failure(counted) == said("It took too long, and was given up.")
    assert not waiting_runs().exists()


@pytest.mark.parametrize("protection", Protection)
def test_without_values_or_tables_there_are_no_drafts(protection):
    indicator = make_indicator(protection=protection)

    with pytest.raises(ProtectionRefused):
        make_drafts(indicator=indicator, by=None)
    make_raw(indicator, make_area(), "2022", 7)
    if protection == Protection.PROTECTED:
        with pytest.raises(ProtectionRefused):
            make_drafts(indicator=indicator, by=None)


def test_drafts_older_than_what_became_public_stay_inside(counted):
    """Protected without knowing those values: the difference could say too much."""
    make_drafts(indicator=counted, by=None)
    tasks.protect_waiting_tables()
    draft = Release.objects.get()
    sister = make_indicator(
        protection=Protection.PROTECTED, table_set=counted.table_set
    )
    make_release(sister)

    with pytest.raises(ReleaseError):
        actions.publish(release=draft)
    assert Release.objects.get(pk=draft.pk).state == ReleaseState.DRAFT

    make_drafts(indicator=counted, by=None)
    tasks.protect_waiting_tables()
    fresh = counted.releases.get(state=ReleaseState.DRAFT)
    assert actions.obstacle(fresh) == ""
