"""Rules of early warnings for tests, and series they look at."""

from typing import Any

from herne_bildung.city.tests.factories import make_district
from monitoring.choices import Level, RuleKind
from monitoring.models import Area, Indicator, Release, WarningRule
from monitoring.tests.factories import make_area, make_observation, make_release


def make_warning(indicator: Indicator, **values: Any) -> WarningRule:
    values.setdefault("name", "Auffällig hoch")
    values.setdefault("kind", RuleKind.LEVEL)
    values.setdefault("side", WarningRule.Side.ABOVE)
    values.setdefault("levels", [Level.BOROUGH])
    if values["kind"] != RuleKind.TREND:
        values.setdefault("threshold", 10)
    return WarningRule.objects.create(indicator=indicator, **values)


def make_borough(name: str) -> Area:
    district = make_district(name, level=Level.BOROUGH)
    return make_area(name, level=Level.BOROUGH, district=district)


def make_series(
    indicator: Indicator, series: dict[Area, dict[str, Any]], **values: Any
) -> Release:
    """A current release: a value, or a state instead of one, by area and period."""
    release = make_release(indicator, **values)
    for area, figures in series.items():
        for period, value in figures.items():
            if isinstance(value, str):
                make_observation(release, area, period, state=value)
            else:
                make_observation(release, area, period, value)
    return release
