"""What a rule of an early warning hits, of public values only.

- Hits are of the city and its districts; counties are there to be compared with in a
  rank. Single schools never count, whatever a rule says.
- The period looked at is the latest one in which an area of the rule has a value.
- What is kept secret, not available or makes no sense counts for nothing: neither as
  zero, nor as a value before, nor as a place in a rank.
- Over a break in the series, or with an exceptional period, nothing is a change or a
  trend.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.db.models import QuerySet

from monitoring.breaks import breaks_among
from monitoring.choices import OF_HERNE, Level, RuleKind, ValueState
from monitoring.models import Area, Observation, Release, SeriesBreak, WarningRule

# The city is compared with counties: it is an independent city itself.
COMPARED_WITH_COUNTIES = (Level.CITY, Level.COUNTY)
# Of a series so many periods are looked through for those of the same length.
MOST_PERIODS = 100
ABOVE = WarningRule.Side.ABOVE


@dataclass(frozen=True, slots=True)
class Match:
    """An area and a period a rule matches; `series` are the values it rests on, the
    latest last. `place` is the place among `of` areas, of rules that rank.
    """

    area: Area
    series: tuple[tuple[str, Decimal], ...]
    place: int = 0
    of: int = 0

    @property
    def period(self) -> str:
        return self.series[-1][0]

    @property
    def value(self) -> Decimal:
        return self.series[-1][1]


def matches(rule: WarningRule) -> list[Match]:
    """What the rule hits in the current release of its indicator; nothing without one.

    Writes nothing: also for rules that are not saved yet.
    """
    release = Release.objects.current().filter(indicator=rule.indicator_id).first()
    if release is None:
        return []
    levels = [level for level in rule.levels if level != Level.SCHOOL]
    areas = {
        area.pk: area
        for area in Area.objects.filter(level__in=levels).order_by("order", "key")
    }
    own = [area for area in areas.values() if is_of_herne(area)]
    rows = release.observations.totals()
    periods = latest_periods(rows, own, needed(rule))
    if len(periods) < needed(rule):
        return []
    values = values_of(rows.filter(area__in=areas, period__in=periods))
    latest = periods[-1]
    if rule.kind == RuleKind.RANK:
        return list(_ranked(rule, own, areas.values(), values, latest))
    breaks = SeriesBreak.objects.filter(indicator=rule.indicator_id)
    if rule.kind != RuleKind.LEVEL and breaks_among(breaks, periods):
        return []
    found = []
    for area in own:
        series = [
            (period, values[period][area.pk])
            for period in periods
            if area.pk in values[period]
        ]
        if len(series) == len(periods) and _is_hit(rule, [v for _p, v in series]):
            found.append(Match(area, tuple(series)))
    return found


def is_of_herne(area: Area) -> bool:
    """The city or a district of it."""
    return area.level in OF_HERNE and area.district_id is not None


def needed(rule: WarningRule) -> int:
    """How many neighbouring periods it needs."""
    return {RuleKind.CHANGE: 2, RuleKind.TREND: rule.periods}.get(rule.kind, 1)


def latest_periods(
    rows: QuerySet[Observation], areas: Iterable[Area], number: int
) -> list[str]:
    """The latest period in which one of the areas has a value and those before it in
    the release, of the same length, oldest first; as many as there are.
    """
    own = rows.filter(area__in=list(areas))
    last = own.filter(state=ValueState.VALUE).order_by("-starts_on", "period").first()
    if last is None:
        return []
    before = own.filter(starts_on__lte=last.starts_on).order_by("-starts_on")
    found = before.values_list("period", "starts_on").distinct()[:MOST_PERIODS]
    alike = [
        period for period, _day in found if form_of(period) == form_of(last.period)
    ]
    return alike[:number][::-1]


def form_of(period: str) -> str:
    """Years are compared with years, months with months."""
    return re.sub(r"[0-9]", "0", period)


def values_of(rows: QuerySet[Observation]) -> dict[str, dict[int, Decimal]]:
    """By period and area; only what is a value."""
    found: dict[str, dict[int, Decimal]] = defaultdict(dict)
    shown = rows.filter(state=ValueState.VALUE)
    for period, area, value in shown.values_list("period", "area", "value"):
        found[period][area] = value
    return found


def _is_hit(rule: WarningRule, values: Sequence[Decimal]) -> bool:
    """`values` are those of neighbouring periods, the latest last."""
    is_above = rule.side == ABOVE
    if rule.kind == RuleKind.LEVEL:
        [value] = values
        return value > rule.threshold if is_above else value < rule.threshold
    steps = [later - earlier for earlier, later in pairwise(values)]
    if rule.kind == RuleKind.CHANGE:
        [step] = steps
        return step >= rule.threshold if is_above else step <= -rule.threshold
    return all(step > 0 if is_above else step < 0 for step in steps)


def _ranked(
    rule: WarningRule,
    own: Iterable[Area],
    areas: Iterable[Area],
    values: dict[str, dict[int, Decimal]],
    period: str,
) -> Iterable[Match]:
    """Areas on one of the outermost places among those they are compared with. Equal
    values share a place. Nobody is last among so few that all would be, or where all
    are equal.
    """
    known = values[period]
    groups: dict[str, list[Area]] = defaultdict(list)
    for area in areas:
        if area.pk in known:
            groups[group_of(area)].append(area)
    for area in own:
        if area.pk not in known:
            continue
        figures = [known[other.pk] for other in groups[group_of(area)]]
        value = known[area.pk]
        if len(figures) <= rule.threshold or min(figures) == max(figures):
            continue
        if rule.side == ABOVE:
            further = sum(figure > value for figure in figures)
        else:
            further = sum(figure < value for figure in figures)
        if further < rule.threshold:
            yield Match(area, ((period, value),), further + 1, len(figures))


def group_of(area: Area) -> str:
    """Areas of one group are compared with each other."""
    return Level.COUNTY if area.level in COMPARED_WITH_COUNTIES else area.level
