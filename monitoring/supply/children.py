"""How many children live in an area, where two published figures say so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings

from monitoring.choices import ValueState
from monitoring.models import Area, Indicator
from monitoring.series import Point

# Indicators of the first start (seed/data/indicators.json), by their addresses.
SHARE = "stadtteil-unter-18"
POPULATION = ("stadtteil-einwohner", "zensus-einwohner")
Points = Mapping[tuple[int, int], Sequence[Point]]


@dataclass(frozen=True, slots=True)
class Children:
    """About how many people under 18 live in an area: the population times the share
    under 18, rounded. Both figures are said with it.
    """

    number: int
    population: Point
    share: Point
    of_population: Indicator
    of_share: Indicator

    @property
    def are_of_one_day(self) -> bool:
        return self.population.period == self.share.period

    @property
    def is_enough(self) -> bool:
        """Whether a rate may be made: of few children one offer would be many."""
        return self.number >= settings.SUPPLY_LEAST_CHILDREN


class Figures:
    """The indicators that know it: SHARE and, the best first, POPULATION; where one is
    not published, nothing is known. One query.
    """

    def __init__(self) -> None:
        slugs = [SHARE, *POPULATION]
        found = Indicator.objects.published().in_bulk(slugs, field_name="slug")
        self.share = found.get(SHARE)
        self.populations = [found[slug] for slug in POPULATION if slug in found]

    def children(self, area: Area, points: Points) -> Children | None:
        """None where one of both is not known for the area itself: nothing is divided
        among smaller areas. Figures of the same day go before others. `points` as of
        `areas.values.points_of`.
        """
        share = self.share and _latest(points, self.share, area)
        if not share:
            return None
        known = [
            (indicator, population)
            for indicator in self.populations
            if (population := _latest(points, indicator, area))
        ]
        # The order stays among those that are of that day, and those that are not.
        known.sort(key=lambda pair: pair[1].period != share.period)
        if not known:
            return None
        indicator, population = known[0]
        number = population.value * share.value / 100
        return Children(rounded(number), population, share, indicator, self.share)


def _latest(points: Points, indicator: Indicator, area: Area) -> Point | None:
    """The latest period, if it has a value: an older one is not taken instead of one
    that is kept secret.
    """
    found = points.get((indicator.pk, area.pk))
    latest = found[-1] if found else None
    return latest if latest and latest.state == ValueState.VALUE else None


def rounded(number: Decimal) -> int:
    """To tens, from 10,000 on to hundreds: the share is known to a tenth only."""
    step = 100 if number >= 10_000 else 10
    return int((number / step).quantize(Decimal(1), rounding=ROUND_HALF_UP)) * step


def per_thousand(offers: int, children: Children | None) -> Decimal | None:
    """Offers for each 1,000 people under 18; None where no rate may be made."""
    if children is None or not children.is_enough:
        return None
    return Decimal(offers) * 1000 / children.number
