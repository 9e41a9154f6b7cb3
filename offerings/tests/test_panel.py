"""The panel in few groups, and the quick choices above it."""

from datetime import date, timedelta

import pytest

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.lib import clock
from offerings.panel import SEASON
from offerings.tests.answers import find
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db


def quick(query=""):
    return {one["label"]: one["url"] for one in find(query, "en").quick_choices}


def test_every_filter_of_the_panel_stands_in_one_group():
    result = find()

    names = [part["name"] for bundle in result.bundles for part in bundle.parts]
    assert sorted(names) == sorted(result.groups)


def test_groups_are_closed_until_they_are_used_or_wrong():
    make_offering("Da")

    def opened(query):
        return {one.name: one.chosen for one in find(query).bundles if one.is_open}

    assert opened("") == {}
    assert opened("cost=free&places=free&from=2999-01-01") == {"when": 1, "joining": 2}
    assert opened("only=cats&to=x") == {"who": 0, "when": 0}


def test_quick_choices_are_those_that_leave_something_and_are_not_chosen():
    make_offering("Eins", is_free=True, registration="none")
    make_offering("Zwei", is_free=True)

    assert quick() == {
        "free of charge": "/en/angebote/?cost=free",
        "without registration": "/en/angebote/?registration=none",
    }
    assert quick("cost=free&page=2") == {
        "without registration": "/en/angebote/?cost=free&registration=none"
    }


@pytest.mark.parametrize(
    ("begins_in", "is_near"),
    [(SEASON.days, True), (SEASON.days + 1, False), (-3, True), (-30, False)],
)
def test_holiday_programmes_are_a_quick_choice_near_the_holidays(begins_in, is_near):
    first: date = clock.today() + timedelta(days=begins_in)
    SchoolHoliday.objects.create(
        name="Ferien", starts_on=first, ends_on=first + timedelta(days=9)
    )
    make_offering("Ferienspiele", is_holiday_programme=True)

    assert ("holiday programme" in quick()) == is_near


def test_the_list_asks_for_the_season_once(django_assert_num_queries):
    make_offering("Da")
    find().quick_choices  # noqa: B018  asked for the first time

    with django_assert_num_queries(2):
        result = find()
        assert result.quick_choices == []
