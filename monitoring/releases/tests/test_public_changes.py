"""Readers of a correction see which values it changed."""

import pytest
from django.utils.translation import override

from monitoring.choices import ReleaseState, ValueState
from monitoring.models import Release
from monitoring.release_changes import public_changes
from monitoring.releases import actions
from monitoring.releases.actions import Cell, write_release
from monitoring.tests.factories import make_area, make_indicator, make_release

pytestmark = pytest.mark.django_db


def corrected(values: dict[str, int | None], what_changed: str = "Falsch.") -> Release:
    """A release that became public after one that had 1 in each of these periods."""
    indicator, area = make_indicator(slug="korrigiert"), make_area("Essen")
    write_release(
        indicator=indicator,
        cells=[Cell(area.pk, period, 1) for period in values],
        state=ReleaseState.PUBLISHED,
    )
    draft = write_release(
        indicator=indicator,
        cells=[
            Cell(area.pk, period, value, "suppressed" if value is None else "value")
            for period, value in values.items()
        ],
    )
    actions.correct(release=draft, what_changed=what_changed)
    return actions.publish(release=draft)[0]


def said(release: Release) -> list[tuple]:
    found = public_changes(release, release.indicator, "de")
    return [
        (row.area.text, row.period, str(row.before), str(row.after))
        for row in found.rows
    ]


def test_a_correction_lists_its_values(django_assert_num_queries):
    release = corrected({"2020": 1, "2021": 5, "2022": None})

    with django_assert_num_queries(1), override("de"):
        rows = said(release)
        hidden = str(ValueState.SUPPRESSED.label)

    assert rows == [
        ("Essen", "2022", "1,0\xa0%", hidden),
        ("Essen", "2021", "1,0\xa0%", "5,0\xa0%"),
    ]


def test_few_are_shown_and_the_rest_is_counted():
    release = corrected({str(year): 2 for year in range(1990, 2020)})

    found = public_changes(release, release.indicator, "de")

    assert (len(found.rows), found.more) == (20, 10)


def test_its_page_shows_them_and_other_pages_do_not(client):
    release = corrected({"2021": 5})
    address = "/de/monitoring/korrigiert/"

    pages = [
        'id="changes"' in client.get(f"{address}{rest}").content.decode()
        for rest in ("", f"fassung/{release.number}/", "fassung/1/")
    ]

    assert pages == [True, True, False]


def test_new_values_and_withdrawn_corrections_list_nothing():
    new = corrected({"2021": 5}, what_changed="")
    assert public_changes(new, new.indicator, "de") is None
    assert public_changes(None, new.indicator, "de") is None
    assert public_changes(make_release(), new.indicator, "de") is None

    new.is_correction, new.state = True, ReleaseState.WITHDRAWN
    assert public_changes(new, new.indicator, "de") is None
