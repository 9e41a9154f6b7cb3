import pytest

from monitoring.models import Indicator, RawValue
from monitoring.protection.refused import ProtectionRefused
from monitoring.protection.release import draft_releases
from monitoring.protection.time_sums import shorter_periods
from monitoring.tests.factories import make_raw
from monitoring.tests.protection_world import make_city, make_protected, make_set
from monitoring.tests.test_protection_release import publish

pytestmark = pytest.mark.django_db
# Of each quarter of a year: a small one that the year would give away.
QUARTERS = {"nord": (20, 31, 2, 16), "sued": (14, 15, 21, 18), "west": (9, 8, 7, 12)}


def in_quarters(indicator: Indicator, areas: list) -> None:
    city, *districts = areas
    for number in range(4):
        period = f"2024-Q{number + 1}"
        counts = [QUARTERS[area.key][number] for area in districts]
        for area, count in zip(districts, counts, strict=True):
            make_raw(indicator, area, period, count)
        make_raw(indicator, city, period, sum(counts))


def in_the_year(indicator: Indicator, areas: list, more: int = 0) -> None:
    city, *districts = areas
    counts = [sum(QUARTERS[area.key]) + more for area in districts]
    for area, count in zip(districts, counts, strict=True):
        make_raw(indicator, area, "2024", count)
    make_raw(indicator, city, "2024", sum(counts))


@pytest.fixture
def areas() -> list:
    return make_city(*QUARTERS)


def test_a_year_beside_its_quarters_is_refused(areas):
    indicator = make_protected(make_set())
    in_quarters(indicator, areas)
    in_the_year(indicator, areas)

    with pytest.raises(ProtectionRefused, match="Kinder, Stadt, 2024"):
        draft_releases(indicators=[indicator], by=None)


def test_so_is_a_year_in_another_table_of_the_set(areas):
    table_set = make_set()
    in_quarters(make_protected(table_set, "Quartale"), areas)
    yearly = make_protected(table_set, "Jahre")
    in_the_year(yearly, areas)

    with pytest.raises(ProtectionRefused):
        draft_releases(indicators=[yearly], by=None)


def test_and_quarters_of_a_year_that_was_public(areas):
    indicator = make_protected(make_set())
    in_the_year(indicator, areas)
    publish(*draft_releases(indicators=[indicator], by=None))
    RawValue.objects.all().delete()
    in_quarters(indicator, areas)

    with pytest.raises(ProtectionRefused):
        draft_releases(indicators=[indicator], by=None)


def test_figures_at_a_point_in_time_pass(areas):
    indicator = make_protected(make_set())
    in_quarters(indicator, areas)
    in_the_year(indicator, areas, more=40)

    [draft] = draft_releases(indicators=[indicator], by=None)

    assert draft.observations.count() == 20


def test_periods_are_made_up_of_shorter_ones():
    quarters, months = shorter_periods("2024")
    assert quarters == ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    assert (months[0], months[-1], len(months)) == ("2024-01", "2024-12", 12)
    assert shorter_periods("2024-Q2") == [["2024-04", "2024-05", "2024-06"]]
    [school_year] = shorter_periods("2024/25")
    assert (school_year[0], school_year[-1]) == ("2024-08", "2025-07")
    assert len(school_year) == 12
    assert shorter_periods("2024-05") == shorter_periods("2024-05-15") == []
