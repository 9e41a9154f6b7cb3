"""Frozen figures: only what is public, and as it was."""

from decimal import Decimal

import pytest

from monitoring.choices import FigureUse, ReleaseState, ValueState
from monitoring.findings.actions import NotFrozen, freeze_figure
from monitoring.findings.tests.factories import make_figure, make_finding
from monitoring.models import Figure, Observation
from monitoring.tests.factories import (
    make_area,
    make_breakdown,
    make_indicator,
    make_observation,
    make_release,
)

pytestmark = pytest.mark.django_db


def frozen(figure: Figure) -> tuple:
    return (figure.release.number, figure.period, figure.state, figure.value)


def test_a_figure_stays_as_it_was_when_the_next_release_comes():
    figure = make_figure(make_finding(), "12.5")
    release = figure.release

    release.state, release.ended_at = ReleaseState.SUPERSEDED, release.published_at
    release.save()
    later = make_release(release.indicator)
    make_observation(later, figure.area, "2022", "13")
    Observation.objects.filter(release=release).delete()

    figure.refresh_from_db()
    assert frozen(figure) == (1, "2022", ValueState.VALUE, Decimal("12.5"))


def test_a_part_of_a_breakdown_is_not_the_total():
    indicator, area = make_indicator(), make_area()
    girls, _boys = make_breakdown(indicator, "geschlecht", "Mädchen", "Jungen")
    release = make_release(indicator)
    make_observation(release, area, "2022", 10)
    make_observation(release, area, "2022", 4, category_1=girls)

    figure = freeze_figure(
        finding=make_finding(),
        indicator=indicator,
        area=area,
        period="2022",
        categories=[girls],
        use=FigureUse.BASIS,
    )

    assert (figure.value, figure.category_1, figure.category_2) == (4, girls, None)


@pytest.mark.parametrize(
    "state",
    [ValueState.SUPPRESSED, ValueState.NOT_AVAILABLE, ValueState.NOT_APPLICABLE],
)
def test_what_is_not_there_is_no_basis_but_may_be_what_came_of_it(state):
    finding, indicator, area = make_finding(), make_indicator(), make_area()
    make_observation(make_release(indicator), area, "2022", state=state)
    cell = {"indicator": indicator, "area": area, "period": "2022", "finding": finding}

    with pytest.raises(NotFrozen):
        freeze_figure(**cell, use=FigureUse.BASIS)
    figure = freeze_figure(**cell, use=FigureUse.EFFECT)

    assert frozen(figure) == (1, "2022", state, None)
    assert list(finding.figures.all()) == [figure]


@pytest.mark.parametrize(
    ("indicator", "release"),
    [
        ({"state": "internal"}, {}),
        ({}, {"state": ReleaseState.DRAFT}),
        ({}, {"state": ReleaseState.SUPERSEDED}),
        (
            {},
            {"state": ReleaseState.WITHDRAWN, "withdrawn_because_de": "Falsch."},
        ),
    ],
)
def test_what_is_not_current_and_public_is_not_frozen(indicator, release):
    found, area = make_indicator(**indicator), make_area()
    make_observation(make_release(found, **release), area, "2022", 1)

    with pytest.raises(NotFrozen):
        freeze_figure(
            finding=make_finding(),
            indicator=found,
            area=area,
            period="2022",
            use=FigureUse.EFFECT,
        )

    assert Figure.objects.count() == 0


def test_the_same_figure_is_frozen_once_and_the_next_one_stands_below():
    finding, indicator, area = make_finding(), make_indicator(), make_area()
    first = make_figure(finding, 1, indicator=indicator, area=area, period="2021")
    again = freeze_figure(
        finding=finding,
        indicator=indicator,
        area=area,
        period="2021",
        use=FigureUse.BASIS,
    )
    second = make_figure(finding, 2, indicator=indicator, area=area, period="2022")

    assert (again, [first.order, second.order]) == (first, [0, 1])
