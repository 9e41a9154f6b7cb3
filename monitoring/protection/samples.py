"""An invented count for the demo, protected like a real one: nothing that is known of
Herne has counts small enough to show what secret cells look like.
"""

from collections.abc import Iterable, Iterator
from itertools import cycle, islice

from goals.choices import Publication
from herne_bildung.city.models import SearchDocument
from herne_bildung.lib.time_periods import first_day
from monitoring.choices import Level, Measured, Protection, Unit, ValueState
from monitoring.models import (
    Area,
    Category,
    Dimension,
    Indicator,
    IndicatorDimension,
    ProtectionRule,
    RawValue,
    TableSet,
    Theme,
)
from monitoring.protection.release import draft_releases
from monitoring.releases.actions import publish
from monitoring.search import KIND, reindex

SLUG = "beispiel-sprachkurse"
NAME = "Beispiel: erfundene Sprachkurse"
THEME = "fruehe-bildung"
SEX = "geschlecht"
PERIODS = ("2031", "2032", "2033")
# Girls and boys of one quarter after the other, again from the start when it ends.
NUMBERS = ((14, 11), (3, 8), (0, 0), (22, 19), (9, 1), (17, 21), (6, 7), (2, 2))


def add() -> Indicator | None:
    """The invented count with a release that is public; None where there is no theme or
    no quarter to show it in. What is there stays as it is.
    """
    if found := Indicator.objects.filter(slug=SLUG).first():
        return found
    theme = Theme.objects.filter(key=THEME).first() or Theme.objects.first()
    quarters = list(Area.objects.of_herne().filter(level=Level.QUARTER))
    sex = Dimension.objects.filter(key=SEX).first()
    if theme is None or sex is None or not quarters:
        return None
    indicator = _indicator(theme)
    IndicatorDimension.objects.create(indicator=indicator, dimension=sex, position=1)
    parts = list(Category.objects.filter(dimension=sex)[: len(NUMBERS[0])])
    RawValue.objects.bulk_create(_rows(indicator, quarters, parts))
    for draft in draft_releases(indicators=[indicator], by=None):
        draft.is_sample = True
        draft.save()
        publish(release=draft)
    reindex([indicator.pk])
    return indicator


def remove() -> int:
    """Remove what was invented. Returns how many indicators."""
    indicator = Indicator.objects.filter(slug=SLUG, is_sample=True).first()
    if indicator is None:
        return 0
    SearchDocument.objects.filter(kind=KIND, object_id=indicator.pk).delete()
    indicator.releases.all().delete()
    indicator.delete()
    TableSet.objects.filter(name=NAME, indicators=None).delete()
    ProtectionRule.objects.filter(name=NAME, table_sets=None).delete()
    return 1


def _indicator(theme: Theme) -> Indicator:
    rule = ProtectionRule.objects.create(name=NAME, about="Erfunden, zum Ausprobieren.")
    return Indicator.objects.create(
        slug=SLUG,
        theme=theme,
        name_de=NAME,
        question_de="Erfunden: Wie viele Kinder besuchen einen Sprachkurs?",
        definition_de="Diese Zahlen sind erfunden. Sie zeigen, wie kleine Zahlen "
        "geheim bleiben, auch dort, wo man sie aus anderen ausrechnen könnte.",
        measured=Measured.COUNT,
        unit=Unit.PERSONS,
        decimals=0,
        levels=[Level.CITY, Level.BOROUGH, Level.QUARTER],
        protection=Protection.PROTECTED,
        table_set=TableSet.objects.create(name=NAME, rule=rule),
        source_title="Beispiel, erfunden",
        order=1000,
        is_sample=True,
        state=Publication.PUBLISHED,
    )


def _rows(
    indicator: Indicator, quarters: list[Area], parts: list[Category]
) -> Iterator[RawValue]:
    """Quarters, and what they add up to: boroughs and the city."""
    for year, period in enumerate(PERIODS):
        sums: dict[tuple[int, int | None], int] = {}
        for number, (quarter, counts) in enumerate(
            zip(quarters, islice(cycle(NUMBERS), len(quarters)), strict=True)
        ):
            for part, count in zip(parts, counts, strict=True):
                # So that lines are not flat.
                grown = count + (year * (number % 3) if count else 0)
                for area in _around(quarter):
                    for key in (part.pk, None):
                        place = (area, key)
                        sums[place] = sums.get(place, 0) + grown
        for (area, part_id), count in sums.items():
            yield RawValue(
                indicator=indicator,
                area_id=area,
                period=period,
                starts_on=first_day(period),
                category_1_id=part_id,
                value=count,
                state=ValueState.VALUE,
            )


def _around(quarter: Area) -> Iterable[int]:
    """The quarter and all that it is part of."""
    area: Area | None = quarter
    while area:
        yield area.pk
        area = area.parent
