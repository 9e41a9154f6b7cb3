import time
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError

from herne_bildung.lib import clock
from herne_bildung.lib.time_periods import UnknownPeriod
from monitoring.choices import Protection, ReleaseState, ValueState
from monitoring.models import Observation, ProtectionRun, Release, TableSet
from monitoring.releases.actions import Cell, ReleaseError, write_release
from monitoring.tests.factories import (
    make_area,
    make_breakdown,
    make_indicator,
    make_observation,
    make_release,
    make_rule,
)

pytestmark = pytest.mark.django_db


def rows_of(release: Release) -> list[tuple]:
    return list(
        release.observations.order_by("pk").values_list(
            "area__name",
            "period",
            "starts_on",
            "category_1__name_de",
            "category_2",
            "category_3",
            "state",
            "value",
            "base",
            "participation",
            "note",
        )
    )


def test_a_release_has_its_cells():
    indicator = make_indicator()
    boys, _girls = make_breakdown(indicator, "geschlecht", "Jungen", "Mädchen")
    herne = make_area("Herne")
    cells = [
        Cell(herne.pk, "2022", Decimal("7.25"), base=120, note="gerundet"),
        Cell(herne.pk, "2022/23", state=ValueState.SUPPRESSED, categories=(boys.pk,)),
        Cell(herne.pk, "2022-Q3", state=ValueState.NOT_AVAILABLE),
        Cell(herne.pk, "2022-05", 0, participation=Decimal("41.5")),
    ]

    release = write_release(indicator=indicator, cells=iter(cells))

    assert (release.number, release.state) == (1, ReleaseState.DRAFT)
    first, third = date(2022, 1, 1), date(2022, 7, 1)
    boy, day = "Jungen", date(2022, 8, 1)
    none = (None, None, None)
    share = Decimal("41.50")
    assert rows_of(release) == [
        (
            "Herne",
            "2022",
            first,
            *none,
            "value",
            Decimal("7.25"),
            120,
            None,
            "gerundet",
        ),
        ("Herne", "2022/23", day, boy, None, None, "suppressed", *none, ""),
        ("Herne", "2022-Q3", third, *none, "missing", *none, ""),
        ("Herne", "2022-05", date(2022, 5, 1), *none, "value", 0, None, share, ""),
    ]


def test_a_published_release_replaces_the_current_one():
    indicator = make_indicator()
    former = make_release(indicator)
    area = make_area()

    release = write_release(
        indicator=indicator,
        cells=[Cell(area.pk, "2022", 5)],
        state=ReleaseState.PUBLISHED,
        is_correction=True,
        what_changed="Ein Wert war falsch.",
    )

    former.refresh_from_db()
    assert (former.state, former.ended_at) == ("superseded", release.published_at)
    assert (release.number, release.is_correction) == (2, True)
    assert list(indicator.releases.current()) == [release]


def test_what_is_suppressed_says_nothing_else():
    indicator, area = make_indicator(), make_area()
    for said in ({"value": 3}, {"base": 20}, {"participation": Decimal(50)}):
        cell = Cell(area.pk, "2022", state=ValueState.SUPPRESSED, **said)

        with pytest.raises(ValueError, match="says nothing"):
            write_release(indicator=indicator, cells=[cell])

    assert not Release.objects.exists()


def test_the_same_cell_twice_and_no_period_leave_nothing():
    indicator, area = make_indicator(), make_area()

    with pytest.raises(UnknownPeriod):
        write_release(indicator=indicator, cells=[Cell(area.pk, "heute", 1)])
    with pytest.raises(IntegrityError):
        write_release(indicator=indicator, cells=[Cell(area.pk, "2022", 1)] * 2)


def test_values_of_people_become_public_with_a_run_only():
    tables = TableSet.objects.create(name="Kinder", rule=make_rule())
    indicator = make_indicator(protection=Protection.PROTECTED, table_set=tables)
    cells = [Cell(make_area().pk, "2022", 12)]

    with pytest.raises(ReleaseError):
        write_release(indicator=indicator, cells=cells, state=ReleaseState.PUBLISHED)
    run = ProtectionRun.objects.create(table_set=tables, started_at=clock.now())
    release = write_release(
        indicator=indicator, cells=cells, state=ReleaseState.PUBLISHED, run=run
    )

    assert list(Release.objects.current()) == [release]


def test_cells_may_come_from_the_database():
    former, area = make_release(), make_area()
    make_observation(former, area, "2021", 4)
    rows = former.observations.values_list("area_id", "period", "value").iterator()

    release = write_release(
        indicator=former.indicator, cells=(Cell(*row) for row in rows)
    )

    assert [row[1] for row in rows_of(release)] == ["2021"]


def test_ten_thousand_cells_take_no_second():
    indicator = make_indicator()
    areas = [make_area().pk for _ in range(10)]
    periods = [
        f"{year}-{month:02}" for year in range(1940, 2023) for month in range(1, 13)
    ]
    began = time.monotonic()

    release = write_release(
        indicator=indicator,
        cells=(Cell(area, period, 1) for area in areas for period in periods),
    )

    seconds = time.monotonic() - began
    assert Observation.objects.filter(release=release).count() == 9960
    assert seconds < 2, seconds
