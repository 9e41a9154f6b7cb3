"""Plain test data of the monitoring; every value can be given. All is published."""

from decimal import Decimal
from itertools import count
from typing import Any

from goals.choices import Publication
from herne_bildung.lib import clock
from herne_bildung.lib.time_periods import first_day
from monitoring.choices import (
    Level,
    Measured,
    Protection,
    ReleaseState,
    Unit,
    ValueState,
)
from monitoring.models import (
    Area,
    Category,
    Dimension,
    Indicator,
    IndicatorDimension,
    Observation,
    ProtectionRule,
    RawValue,
    Release,
    Theme,
)

_numbers = count(1)


def make_theme(key: str = "bildung", **values: Any) -> Theme:
    values.setdefault("name_de", key.title())
    return Theme.objects.get_or_create(key=key, defaults=values)[0]


def make_indicator(name: str = "Kennzahl", **values: Any) -> Indicator:
    values.setdefault("slug", f"kennzahl-{next(_numbers):05}")
    values.setdefault("theme", make_theme())
    values.setdefault("question_de", f"Wie hoch ist: {name}?")
    values.setdefault("measured", Measured.OTHER)
    values.setdefault("unit", Unit.PERCENT)
    values.setdefault("protection", Protection.PUBLISHED)
    values.setdefault("source_title", "Amtliche Quelle")
    values.setdefault("state", Publication.PUBLISHED)
    return Indicator.objects.create(name_de=name, **values)


def make_area(name: str = "Ort", **values: Any) -> Area:
    values.setdefault("key", f"ort-{next(_numbers):05}")
    values.setdefault("level", Level.COUNTY)
    return Area.objects.create(name=name, **values)


def make_breakdown(
    indicator: Indicator, key: str, *names: str, position: int = 1
) -> list[Category]:
    """The categories of a breakdown of the indicator."""
    dimension, _ = Dimension.objects.get_or_create(key=key, defaults={"name_de": key})
    IndicatorDimension.objects.create(
        indicator=indicator, dimension=dimension, position=position
    )
    return [
        Category.objects.get_or_create(
            dimension=dimension,
            key=name.lower(),
            defaults={"name_de": name, "order": order},
        )[0]
        for order, name in enumerate(names)
    ]


def make_release(indicator: Indicator | None = None, **values: Any) -> Release:
    """The current one; `number` counts on."""
    indicator = indicator or make_indicator()
    values.setdefault("number", indicator.releases.count() + 1)
    values.setdefault("state", ReleaseState.PUBLISHED)
    if values["state"] not in (ReleaseState.DRAFT, ReleaseState.SCHEDULED):
        values.setdefault("published_at", clock.now())
    return Release.objects.create(indicator=indicator, **values)


def make_observation(
    release: Release, area: Area, period: str, value: Any = None, **values: Any
) -> Observation:
    """Without a value: suppressed, if no other state is given."""
    fallback = ValueState.SUPPRESSED if value is None else ValueState.VALUE
    values.setdefault("state", fallback)
    return Observation.objects.create(
        release=release,
        area=area,
        period=period,
        starts_on=first_day(period),
        value=None if value is None else Decimal(str(value)),
        **values,
    )


def make_raw(
    indicator: Indicator, area: Area, period: str, value: Any, **values: Any
) -> RawValue:
    values.setdefault("state", ValueState.VALUE)
    return RawValue.objects.create(
        indicator=indicator,
        area=area,
        period=period,
        starts_on=first_day(period),
        value=Decimal(str(value)),
        **values,
    )


def make_rule(name: str = "Regel", **values: Any) -> ProtectionRule:
    return ProtectionRule.objects.get_or_create(name=name, defaults=values)[0]
