"""Reads a set of tables from the database: raw values, areas, earlier releases."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q

from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from monitoring.choices import (
    WAS_PUBLIC,
    Level,
    Measured,
    ReleaseState,
    Unit,
    ValueState,
)
from monitoring.models import (
    Area,
    Category,
    Indicator,
    Observation,
    RawValue,
    TableSet,
)
from monitoring.protection.measures import Say
from monitoring.protection.rules import Rule
from monitoring.protection.tables import (
    EarlierValue,
    Entry,
    Frame,
    Kind,
    Place,
    Table,
    Tree,
)

CATEGORIES = ("category_1_id", "category_2_id", "category_3_id")
READ_AT_ONCE = 5000
# Places to compare with stand beside each other, whatever their level is called.
SIDE_BY_SIDE = {Level.CITY, Level.MUNICIPALITY, Level.COUNTY}
PER = {
    Unit.PERCENT: 100.0,
    Unit.PER_100: 100.0,
    Unit.PER_1000: 1000.0,
    Unit.PER_10000: 10000.0,
}
# Also what will be public: who comes later must fit to it.
FORMER = (*WAS_PUBLIC, ReleaseState.SCHEDULED)


def rule_of(table_set: TableSet) -> Rule:
    """The rule of a set, as it is now."""
    names = Rule.__dataclass_fields__
    return Rule(**{name: getattr(table_set.rule, name) for name in names})


def frame() -> Frame:
    """All areas and all parts of breakdowns."""
    areas = [
        (key, parent, "side by side" if level in SIDE_BY_SIDE else level)
        for key, parent, level in Area.objects.values_list("pk", "parent_id", "level")
    ]
    parts = Category.objects.values_list("pk", "parent_id", "dimension_id")
    return Frame(Tree(areas), Tree(parts))


def table_of(indicator: Indicator) -> Table:
    """All raw values of an indicator."""
    table = Table(
        indicator.pk,
        _kind(indicator),
        PER.get(indicator.unit, 100.0),
        indicator.base_id,
        decimals=0,
    )
    for row in RawValue.objects.filter(indicator=indicator).iterator(READ_AT_ONCE):
        table.entries[row.period][place_of(row)] = Entry(
            value=_number(row.value),
            base=_number(row.base),
            largest=_number(row.largest),
            second_largest=_number(row.second_largest),
            state=row.state,
        )
        if row.value is not None:
            exponent = row.value.normalize().as_tuple().exponent
            table.decimals = max(table.decimals, -exponent)
    return table


def _kind(indicator: Indicator) -> Kind:
    if indicator.measured == Measured.COUNT:
        return Kind.COUNT
    if indicator.measured == Measured.SHARE:
        return Kind.SHARE if indicator.unit == Unit.PERCENT else Kind.RATE
    if indicator.measured == Measured.SUM:
        return Kind.SUM
    return Kind.RATE if indicator.unit in PER else Kind.MEAN


def place_of(row: RawValue | Observation) -> Place:
    """Where a value stands, whatever the order of its breakdowns."""
    parts = {getattr(row, name) for name in CATEGORIES}
    return Place(row.area_id, frozenset(parts - {None}))


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def earlier_values(table_set: TableSet) -> Iterator[EarlierValue]:
    """What was public of a set, or will be: of all its indicators, whatever became of
    their releases.
    """
    rows = Observation.objects.filter(
        Q(state=ValueState.VALUE) | Q(state=ValueState.SUPPRESSED),
        release__state__in=FORMER,
        release__indicator__table_set=table_set,
    ).select_related("release")
    for row in rows.iterator(READ_AT_ONCE):
        release = row.release
        yield EarlierValue(
            indicator=release.indicator_id,
            period=row.period,
            place=place_of(row),
            told=("run", release.run_id) if release.run_id else ("one", release.pk),
            value=_number(row.value),
            base=_number(row.base),
        )


def words_for(indicators: list[Indicator]) -> Say:
    """Names cells for staff, in German: what and where, without any value."""
    names = {one.pk: one.name_de for one in indicators}

    def say(indicator: int, period: str, place: Place) -> str:
        words = [names.get(indicator, ""), _area_name(place.area), period]
        parts = Category.objects.filter(pk__in=place.parts)
        words += [getattr(one, f"name_{DEFAULT_LANGUAGE}") for one in parts]
        return ", ".join(word for word in words if word)

    return say


def _area_name(area_id: int) -> str:
    return Area.objects.get(pk=area_id).name
