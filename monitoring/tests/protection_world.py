"""A made-up city with small counts, for tests of the protection."""

from decimal import Decimal

from goals.choices import Publication
from monitoring.choices import Level, Measured, Protection, Unit, ValueState
from monitoring.models import (
    Area,
    Category,
    Indicator,
    Observation,
    ProtectionRule,
    RawValue,
    Release,
    TableSet,
)
from monitoring.protection.attack import Known, work_out
from monitoring.tests.factories import (
    make_area,
    make_breakdown,
    make_indicator,
    make_raw,
)

PERIOD = "2024"
# By district: girls and boys.
PUPILS = {"nord": (20, 2), "sued": (14, 15), "west": (9, 8)}


def make_set(**values) -> TableSet:
    rule = ProtectionRule.objects.create(
        name=f"Regel {ProtectionRule.objects.count() + 1}", **values
    )
    return TableSet.objects.create(name=f"Verbund {rule.pk}", rule=rule)


def make_protected(table_set: TableSet, name: str = "Kinder", **values) -> Indicator:
    values.setdefault("measured", Measured.COUNT)
    values.setdefault("unit", Unit.PERSONS)
    values.setdefault("decimals", 0)
    return make_indicator(
        name,
        protection=Protection.PROTECTED,
        table_set=table_set,
        state=Publication.PUBLISHED,
        **values,
    )


def make_city(*districts: str) -> list[Area]:
    """The city first, then its districts."""
    city = make_area("Stadt", key="stadt", level=Level.CITY)
    return [
        city,
        *(
            make_area(name.title(), key=name, level=Level.BOROUGH, parent=city)
            for name in districts
        ),
    ]


def fill_counts(
    indicator: Indicator, areas: list[Area], parts: list[Category], counts: dict
) -> None:
    """Counts by district and part, with all totals."""
    city, *districts = areas
    totals = [0] * len(parts)
    for area in districts:
        for number, part in enumerate(parts):
            value = counts[area.key][number]
            totals[number] += value
            make_raw(indicator, area, PERIOD, value, category_1=part)
        make_raw(indicator, area, PERIOD, sum(counts[area.key]))
    for total, part in zip(totals, parts, strict=True):
        make_raw(indicator, city, PERIOD, total, category_1=part)
    make_raw(indicator, city, PERIOD, sum(totals))


def pupils_by_sex(table_set: TableSet) -> Indicator:
    indicator = make_protected(table_set)
    parts = make_breakdown(indicator, "sex", "Mädchen", "Jungen")
    fill_counts(indicator, make_city(*PUPILS), parts, PUPILS)
    return indicator


def shown(release: Release) -> dict[tuple, Decimal | str]:
    """By area and parts: the value, or the state."""
    return {
        (
            row.area.key,
            *(
                one.key
                for one in (row.category_1, row.category_2, row.category_3)
                if one
            ),
        ): row.value if row.state == ValueState.VALUE else row.state
        for row in Observation.objects.filter(release=release)
    }


def too_well_known(table_set: TableSet, *, with_drafts: bool = False) -> list[Known]:
    """Small counts that everybody can work out closer than the rule allows."""
    rule = table_set.rule
    return [
        one
        for one in work_out(table_set, with_drafts=with_drafts)
        if 0 < (true := _true_count(one)) < rule.smallest_count
        and (
            one.least > max(0, true - rule.distance) + 1e-5
            or one.greatest < true + rule.distance - 1e-5
        )
    ]


def _true_count(one: Known) -> float:
    for row in RawValue.objects.filter(
        indicator=one.indicator, period=one.period, area=one.place.area
    ):
        parts = {row.category_1_id, row.category_2_id, row.category_3_id} - {None}
        if parts == one.place.parts:
            is_share = row.indicator.measured == Measured.SHARE
            return float(round(row.value * row.base / 100) if is_share else row.value)
    raise LookupError(one)
