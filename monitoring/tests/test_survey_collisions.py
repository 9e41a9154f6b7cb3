"""Two waves at the same group and place: when they collide, and where exactly."""

from datetime import date, timedelta

import pytest

from herne_bildung.city import reference
from herne_bildung.city.models import NetworkLink
from herne_bildung.city.tests.factories import (
    make_district,
    make_organisation,
    make_place,
    make_school,
)
from monitoring.models import Wave
from monitoring.surveys import collisions
from monitoring.surveys.reach import Geography, planned
from monitoring.tests.survey_factories import make_group, make_instrument, make_wave

pytestmark = pytest.mark.django_db
START = date(2027, 3, 1)
END = date(2027, 3, 7)


@pytest.fixture(autouse=True)
def districts():
    reference.forget()
    yield
    reference.forget()


def found(*waves: Wave) -> list[tuple[list[str], int]]:
    """Places and days between, of each collision among these waves."""
    shown = [planned(wave) for wave in waves]
    geography = Geography(shown)
    return [
        ([geography.name(place) for place in one.places], one.days)
        for one in collisions.among(shown, collisions.rests(), geography)
    ]


CITY = ["alle Orte der Stadt"]


@pytest.mark.parametrize(
    ("weeks", "second", "expected"),
    [
        # The second wave begins so many days after the end of the first.
        (4, 28, []),
        (4, 27, [(CITY, 27)]),
        (4, 29, []),
        (4, 1, [(CITY, 1)]),
        (4, 0, [(CITY, 0)]),
        (4, -3, [(CITY, 0)]),
        (4, -6, [(CITY, 0)]),
        # Before the first one: from 41 days on nothing is too near.
        (4, -6 - 28 - 6, []),
        (4, -6 - 27 - 6, [(CITY, 27)]),
        # No rest is wanted: only the same days collide.
        (0, 1, []),
        (0, 0, [(CITY, 0)]),
    ],
)
def test_the_rest_is_kept_to_the_day(weeks, second, expected):
    group = make_group(rest_weeks=weeks)
    first = make_wave(None, START, group, ends_on=END)
    later = make_wave(None, END + timedelta(second), group)

    assert found(first, later) == expected


def test_the_longest_rest_of_the_groups_both_ask_counts():
    short, long = make_group(rest_weeks=2), make_group(rest_weeks=8)
    alone = make_group(rest_weeks=50)
    first = make_wave(None, START, short, long, alone, ends_on=END)
    second = make_wave(None, END + timedelta(21), short, long)

    shown = [planned(one) for one in (first, second)]
    [met] = collisions.among(shown, collisions.rests(), Geography(shown))

    assert (met.groups, met.weeks, met.days) == ((long.pk,), 8, 21)
    assert met.other(first.pk) == shown[1]


def test_other_groups_do_not_collide():
    waves = [make_wave(None, START, make_group()) for _ in range(2)]

    assert found(*waves) == []


@pytest.fixture
def city() -> dict:
    """A borough with a quarter; a Träger with two Kitas; a centre with a member."""
    borough = make_district("Wanne")
    quarter = make_district("Röhlinghausen", level="ortsteil", parent=borough)
    other = make_district("Sodingen")
    body = make_organisation("Träger")
    kita = make_organisation("Kita Nord", parent=body)
    kita.places.add(make_place(district=quarter))
    far = make_organisation("Kita Süd", parent=body)
    far.places.add(make_place(district=other))
    centre = make_organisation("Familienzentrum")
    NetworkLink.objects.create(centre=centre, member=kita)
    return {
        "everywhere": {"is_everywhere": True},
        "borough": {"districts": [borough]},
        "quarter": {"districts": [quarter]},
        "other": {"districts": [other]},
        "both": {"districts": [borough, quarter]},
        "body": {"organisations": [body]},
        "kita": {"organisations": [kita]},
        "far": {"organisations": [far]},
        "centre": {"organisations": [centre]},
        "placeless": {"organisations": [make_organisation("Ohne Ort")]},
        "school": {
            "schools": [make_school("Schule", place=make_place(district=quarter))]
        },
        "nowhere": {"schools": [make_school("Ohne Bezirk")]},
        "none": {"is_everywhere": False},
    }


@pytest.mark.parametrize(
    ("first", "second", "places"),
    [
        ("everywhere", "everywhere", CITY),
        ("everywhere", "kita", ["Kita Nord"]),
        ("everywhere", "school", ["Schule"]),
        ("everywhere", "both", ["Wanne", "Röhlinghausen"]),
        ("everywhere", "none", []),
        ("kita", "kita", ["Kita Nord"]),
        ("kita", "far", []),
        ("body", "kita", ["Kita Nord"]),
        ("body", "body", ["Träger"]),
        ("centre", "kita", ["Kita Nord"]),
        ("centre", "body", ["Kita Nord"]),
        ("centre", "far", []),
        ("school", "school", ["Schule"]),
        ("school", "kita", []),
        ("school", "quarter", ["Schule"]),
        ("school", "borough", ["Schule"]),
        ("school", "other", []),
        ("nowhere", "borough", []),
        ("kita", "borough", ["Kita Nord"]),
        ("body", "borough", ["Kita Nord"]),
        ("centre", "quarter", ["Kita Nord"]),
        ("placeless", "borough", []),
        ("borough", "quarter", ["Röhlinghausen"]),
        ("borough", "both", ["Wanne"]),
        ("borough", "other", []),
        ("none", "none", []),
    ],
)
def test_places_in_common_are_named_exactly(city, first, second, places):
    group = make_group()
    one = make_wave(None, START, group, **city[first])
    two = make_wave(None, START + timedelta(30), group, **city[second])

    expected = [(places, 24)] if places else []
    assert (found(one, two), found(two, one)) == (expected, expected)


def test_organisations_in_a_circle_end_the_search():
    one, two = make_organisation("Eins"), make_organisation("Zwei")
    NetworkLink.objects.create(centre=one, member=two)
    NetworkLink.objects.create(centre=two, member=one)
    group = make_group()
    waves = [
        make_wave(None, START, group, organisations=[where]) for where in (one, two)
    ]

    assert found(*waves) == [(["Eins", "Zwei"], 0)]


def test_a_planned_wave_is_checked_against_drafts_but_not_statistics_or_itself():
    group, other = make_group(rest_weeks=4), make_group()
    own = make_wave(None, START, group)
    draft = make_wave(None, START + timedelta(20), group, state="draft")
    make_wave(make_instrument(is_survey=False), START, group)
    make_wave(None, START + timedelta(200), group)
    make_wave(None, START, other)

    checked = collisions.check(planned(own))

    assert [one.other(own.pk).pk for one in checked.collisions] == [draft.pk]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_a_check(django_assert_num_queries, number):
    group = make_group()
    for _ in range(number):
        make_wave(
            None,
            START,
            group,
            organisations=[make_organisation(parent=make_organisation())],
            schools=[make_school()],
            districts=[make_district()],
        )
    wave = planned(make_wave(None, START, group))
    reference.districts()

    with django_assert_num_queries(12):
        assert len(collisions.check(wave).collisions) == number
