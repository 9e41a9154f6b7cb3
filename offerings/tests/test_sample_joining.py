"""Samples say who can join and when, so that every filter finds some."""

from datetime import date

import pytest

from herne_bildung.city import reference
from herne_bildung.city.tests.factories import make_city
from offerings import samples
from offerings.choices import OnlyFor
from offerings.models import Offering
from offerings.samples.compose import compose
from offerings.tests.answers import find

pytestmark = pytest.mark.django_db
PLACES = {0: [(0, "Sodingen"), (1, "Wanne")], 1: [(0, "Eickel")]}
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    reference.forget()


def test_samples_say_who_can_join_and_when():
    found = [compose(1, number, TODAY, PLACES).values for number in range(2000)]

    def told(name):
        return {one[name] for one in found if one.get(name) not in (None, "")}

    assert told("places_left") == {"free", "waiting_list", "full"}
    assert told("only_for") == {"fathers", "mothers", "women", "men", "girls", "boys"}
    assert told("is_holiday_programme") == {True, False}
    assert 0.01 < sum("paused_from" in one for one in found) / 2000 < 0.06
    assert sum("starts_on" in one for one in found) > 100
    assert sum("ends_on" in one for one in found) == 50
    assert all(one["places_left_on"] <= TODAY for one in found if "places_left" in one)


def test_every_filter_of_the_list_finds_samples(topics):
    make_city()
    samples.generate(80)

    only = "&".join(f"only={code}" for code in OnlyFor.values)
    for query in (
        "places=free",
        "registration=none",
        "starts_soon=yes",
        "holidays=open",
        "holidays=programme",
        only,
    ):
        assert find(query).sure_count > 0, query


def test_a_sample_that_ended_leads_to_another_one(topics):
    samples.generate(40)

    ended = Offering.objects.get(seed_key="sample-1-39")
    assert ended.has_ended
    assert ended.successor.seed_key == "sample-1-38"
