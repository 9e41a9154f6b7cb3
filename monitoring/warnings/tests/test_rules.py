"""What rules hit: table-driven, with states, breaks and exceptional years."""

import pytest

from herne_bildung.city.tests.factories import make_school
from monitoring.choices import BreakKind, Level, ReleaseState, RuleKind, ValueState
from monitoring.models import SeriesBreak, WarningRule
from monitoring.tests.factories import (
    make_area,
    make_breakdown,
    make_indicator,
    make_observation,
)
from monitoring.warnings.rules import matches
from monitoring.warnings.tests.factories import make_borough, make_series, make_warning

pytestmark = pytest.mark.django_db
ABOVE, BELOW = WarningRule.Side.ABOVE, WarningRule.Side.BELOW
LEVEL, CHANGE, RANK, TREND = (
    RuleKind.LEVEL,
    RuleKind.CHANGE,
    RuleKind.RANK,
    RuleKind.TREND,
)
SECRET, MISSING, NONE = (
    ValueState.SUPPRESSED,
    ValueState.NOT_AVAILABLE,
    ValueState.NOT_APPLICABLE,
)
YEARS = ("2019", "2020", "2021", "2022")
BREAK, EXCEPTIONAL = BreakKind.BREAK, BreakKind.EXCEPTIONAL


def found(rule: WarningRule) -> list[tuple]:
    return [(one.area.name, one.period, float(one.value)) for one in matches(rule)]


def series(*values) -> dict:
    """The last of them is that of 2022."""
    return dict(zip(YEARS[-len(values) :], values, strict=True))


@pytest.mark.parametrize(
    ("kind", "side", "threshold", "values", "is_hit"),
    [
        (LEVEL, ABOVE, 10, (9, 10.1), True),
        (LEVEL, ABOVE, 10, (11, 10), False),
        (LEVEL, BELOW, 10, (9.9,), True),
        (LEVEL, BELOW, 10, (10,), False),
        (LEVEL, BELOW, 10, (0,), True),
        # Only an old value is beyond the limit.
        (LEVEL, ABOVE, 10, (50, 9), False),
        (CHANGE, ABOVE, 2, (8, 10), True),
        (CHANGE, ABOVE, 2, (8, 9.9), False),
        (CHANGE, ABOVE, 2, (10, 8), False),
        (CHANGE, BELOW, 2, (10, 8), True),
        (CHANGE, BELOW, 2, (8, 10), False),
        (CHANGE, ABOVE, 2, (10,), False),
        (CHANGE, ABOVE, 2, (1, SECRET, 10), False),
        (CHANGE, ABOVE, 2, (1, MISSING, 10), False),
        (CHANGE, ABOVE, 2, (1, NONE, 10), False),
        (TREND, ABOVE, None, (1, 2, 3), True),
        (TREND, ABOVE, None, (9, 1, 2, 3), True),
        (TREND, ABOVE, None, (1, 3, 3), False),
        (TREND, ABOVE, None, (1, 3, 2), False),
        (TREND, BELOW, None, (3, 2, 1), True),
        (TREND, BELOW, None, (1, 2, 3), False),
        (TREND, ABOVE, None, (2, 3), False),
        (TREND, ABOVE, None, (0, SECRET, 2, 3), False),
    ],
)
def test_level_change_and_trend(kind, side, threshold, values, is_hit):
    indicator = make_indicator()
    area = make_borough("Wanne")
    make_series(indicator, {area: series(*values)})
    rule = make_warning(indicator, kind=kind, side=side, threshold=threshold)

    expected = [("Wanne", "2022", float(values[-1]))] if is_hit else []
    assert found(rule) == expected


@pytest.mark.parametrize("state", [SECRET, MISSING, NONE])
@pytest.mark.parametrize("side", [ABOVE, BELOW])
def test_what_has_no_value_is_never_hit_and_never_zero(state, side):
    indicator = make_indicator()
    with_value, without = make_borough("Sodingen"), make_borough("Wanne")
    make_series(indicator, {with_value: series(5), without: series(state)})
    rule = make_warning(indicator, side=side, threshold=5)

    assert found(rule) == []


@pytest.mark.parametrize("state", [SECRET, MISSING])
def test_a_period_in_which_nothing_is_known_is_not_the_latest(state):
    indicator, area = make_indicator(), make_borough("Wanne")
    make_series(indicator, {area: series(1, 9, state)})
    rule = make_warning(indicator, kind=CHANGE, threshold=5)

    assert found(rule) == [("Wanne", "2021", 9.0)]


@pytest.mark.parametrize(
    ("kind", "period", "break_kind", "is_hit"),
    [
        (CHANGE, "2022", BREAK, False),
        (CHANGE, "2021", BREAK, True),
        (CHANGE, "2022", EXCEPTIONAL, False),
        (CHANGE, "2021", EXCEPTIONAL, False),
        (CHANGE, "2020", EXCEPTIONAL, True),
        (TREND, "2021", BREAK, False),
        (TREND, "2020", BREAK, True),
        (TREND, "2021", EXCEPTIONAL, False),
        # A level is what it is, whatever the year before counted.
        (LEVEL, "2022", BREAK, True),
    ],
)
def test_nothing_is_compared_over_a_break(kind, period, break_kind, is_hit):
    indicator, area = make_indicator(), make_borough("Wanne")
    make_series(indicator, {area: series(1, 6, 12)})
    SeriesBreak.objects.create(
        indicator=indicator, period=period, kind=break_kind, reason_de="Neu."
    )
    limit = {TREND: None, CHANGE: 5, LEVEL: 10}[kind]
    rule = make_warning(indicator, kind=kind, threshold=limit)

    assert found(rule) == ([("Wanne", "2022", 12.0)] if is_hit else [])


@pytest.mark.parametrize(
    ("side", "threshold", "values", "names"),
    [
        (ABOVE, 1, (1, 2, 3), [("c", 1, 3)]),
        (BELOW, 2, (1, 2, 3), [("a", 1, 3), ("b", 2, 3)]),
        (ABOVE, 1, (3, 2, 3), [("a", 1, 3), ("c", 1, 3)]),
        # What is secret has no place.
        (BELOW, 1, (SECRET, 2, 3), [("b", 1, 2)]),
        # All would be last; all are equal.
        (ABOVE, 3, (1, 2, 3), []),
        (ABOVE, 2, (SECRET, 2, 3), []),
        (ABOVE, 1, (2, 2, 2), []),
    ],
)
def test_ranks(side, threshold, values, names):
    indicator = make_indicator()
    areas = [make_borough(name) for name in "abc"]
    make_series(
        indicator,
        {area: series(value) for area, value in zip(areas, values, strict=True)},
    )
    rule = make_warning(indicator, kind=RANK, side=side, threshold=threshold)

    assert [(one.area.name, one.place, one.of) for one in matches(rule)] == names


def test_the_city_is_ranked_among_counties_and_only_herne_is_hit():
    indicator = make_indicator()
    city = make_borough("Herne")
    city.level, city.district.level = Level.CITY, Level.CITY
    city.save()
    counties = [make_area(name) for name in ("Bochum", "Essen", "Gelsenkirchen")]
    values = zip([city, *counties], (9, 8, 7, 10), strict=True)
    make_series(indicator, {area: series(value) for area, value in values})
    rule = make_warning(
        indicator, kind=RANK, threshold=2, levels=[Level.CITY, Level.COUNTY]
    )

    assert [(one.area.name, one.place, one.of) for one in matches(rule)] == [
        ("Herne", 2, 4)
    ]


def test_a_single_school_is_never_hit_whatever_the_rule_says():
    indicator = make_indicator()
    area = make_area("Schule", level=Level.SCHOOL, school=make_school())
    make_series(indicator, {area: series(99)})
    rule = WarningRule(
        indicator=indicator,
        kind=LEVEL,
        side=ABOVE,
        threshold=10,
        levels=[Level.SCHOOL],
    )

    assert found(rule) == []


def test_parts_of_a_breakdown_are_no_totals():
    indicator, area = make_indicator(), make_borough("Wanne")
    [girls] = make_breakdown(indicator, "geschlecht", "Mädchen")
    release = make_series(indicator, {area: series(1)})
    make_observation(release, area, "2023", 99, category_1=girls)

    assert found(make_warning(indicator)) == []


@pytest.mark.parametrize(
    ("indicator", "state"),
    [
        ({"state": "internal"}, ReleaseState.PUBLISHED),
        ({}, ReleaseState.DRAFT),
        ({}, ReleaseState.SUPERSEDED),
    ],
)
def test_only_what_is_public_and_current_counts(indicator, state):
    made = make_indicator(**indicator)
    make_series(made, {make_borough("Wanne"): series(99)}, state=state)

    assert found(make_warning(made)) == []


def test_years_are_not_compared_with_months():
    indicator, area = make_indicator(), make_borough("Wanne")
    make_series(indicator, {area: {"2020": 1, "2021-12": 50, "2021": 9}})
    rule = make_warning(indicator, kind=CHANGE, threshold=5)

    # The latest is a month, and no month stands before it.
    assert found(rule) == []
