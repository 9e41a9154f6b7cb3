from decimal import Decimal

import pytest

from monitoring.choices import ReleaseState
from monitoring.models import Observation, Release
from monitoring.releases.comparing import changes_of, compare, rows_of
from monitoring.tests.factories import (
    make_area,
    make_breakdown,
    make_indicator,
    make_observation,
    make_release,
)

pytestmark = pytest.mark.django_db


def said(observation: Observation | None) -> tuple | None:
    if observation is None:
        return None
    category = observation.category_1
    return (
        observation.area.name,
        observation.period,
        category.name_de if category else "",
        observation.state,
        observation.value,
    )


@pytest.fixture
def releases() -> tuple[Release, Release]:
    indicator = make_indicator()
    former = make_release(indicator, state=ReleaseState.SUPERSEDED)
    return former, make_release(indicator)


def test_changed_gone_and_new_cells_in_this_order(releases, django_assert_num_queries):
    former, latter = releases
    (boys,) = make_breakdown(latter.indicator, "geschlecht", "Jungen")
    herne, essen = make_area("Herne"), make_area("Essen")
    for release in releases:
        make_observation(release, herne, "2019", 4, note=f"Fassung {release.number}")
        make_observation(release, herne, "2019", category_1=boys)
    make_observation(former, herne, "2020", 5, category_1=boys)
    make_observation(latter, herne, "2020", 6, category_1=boys)
    make_observation(former, herne, "2021", 5)
    make_observation(latter, herne, "2021")
    make_observation(former, essen, "2020", 1)
    make_observation(latter, essen, "2022", 2)

    with django_assert_num_queries(2):
        found = compare(former, latter)
        rows = [(said(row.before), said(row.after)) for row in rows_of(found)]

    assert (found.changed, found.gone, found.new, found.is_cut) == (2, 1, 1, False)
    five = Decimal(5)
    assert rows == [
        (
            ("Herne", "2021", "", "value", five),
            ("Herne", "2021", "", "suppressed", None),
        ),
        (
            ("Herne", "2020", "Jungen", "value", five),
            ("Herne", "2020", "Jungen", "value", Decimal(6)),
        ),
        (("Essen", "2020", "", "value", Decimal(1)), None),
        (None, ("Essen", "2022", "", "value", Decimal(2))),
    ]


def test_few_are_listed_and_all_are_counted(releases):
    former, latter = releases
    area = make_area()
    for year in range(2015, 2022):
        make_observation(latter, area, str(year), 1)

    found = compare(former, latter, most=2)

    assert (found.new, found.total, found.is_cut) == (7, 7, True)
    assert [row.after.period for row in rows_of(found)] == ["2021", "2020"]


def test_the_same_cells_differ_in_nothing(releases):
    for release in releases:
        make_observation(release, make_area("Ort", key=f"o-{release.number}"), "2020")
    former, latter = releases
    latter.observations.update(area=former.observations.get().area)

    assert compare(former, latter).kept() == {
        "changed": 0,
        "gone": 0,
        "new": 0,
        "pairs": [],
    }


def test_values_of_a_withdrawn_release_are_not_listed(releases):
    former, latter = releases
    area = make_area()
    make_observation(former, area, "2020", 4)
    make_observation(former, area, "2019", 4)
    make_observation(latter, area, "2020", 5)
    latter.changes = compare(former, latter).kept()
    former.state, former.withdrawn_because_de = ReleaseState.WITHDRAWN, "Falsch."
    former.save()

    found = changes_of(latter)

    assert (found.changed, found.gone) == (1, 1)
    assert [(row.before, row.after.value) for row in rows_of(found)] == [
        (None, Decimal(5))
    ]


def test_the_first_release_differs_from_nothing():
    assert changes_of(make_release()) is None
