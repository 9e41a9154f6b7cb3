"""Offers of an area by age, for each 1,000 people under 18; what the page says."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from herne_bildung.lib.localized import Text, isolated, localized_entry
from monitoring.in_words import indicator_url, number, period_in_words, shown
from monitoring.models import Indicator
from monitoring.series import Point
from monitoring.supply.children import Children, per_thousand
from monitoring.supply.offers import AGE_GROUPS, CHILDREN, AgeGroup, Offers, Supply


@dataclass(frozen=True, slots=True)
class AgeRow:
    """Offers for an age: here, for each 1,000 people under 18 (empty where that is
    not known), and for the whole city.
    """

    group: AgeGroup
    here: int
    rate: str
    everywhere: int


@dataclass(frozen=True, slots=True)
class AreaSupply:
    """Need beside supply, for an area. `children` is None where not known."""

    children: Children | None
    rows: list[AgeRow]
    without_age: int
    language: str

    @property
    def number_in_words(self) -> str:
        """ "about 900"; empty where it is not known."""
        if self.children is None:
            return ""
        said = isolated(number(Decimal(self.children.number), 0), self.language)
        return _("about %(number)s") % {"number": said}

    @property
    def figures(self) -> list[dict[str, Any]]:
        """The two figures the number of children is made of."""
        found = self.children
        if found is None:
            return []
        return [
            figure(found.of_population, found.population, self.language),
            figure(found.of_share, found.share, self.language),
        ]

    @property
    def intro(self) -> list[str]:
        """What stands above: what it does not say, and the number of children."""
        said = [
            _(
                "Offers and children stand beside each other here. This does not say "
                "how many offers are needed."
            )
        ]
        if self.children is None:
            text = _(
                "How many children live here is not in our figures: not known. So "
                "there is no number of offers per 1,000 children."
            )
            return [*said, text]
        text = _(
            "People under 18 who live here: %(number)s. This is a calculation, "
            "rounded: population times the share under 18."
        )
        return [*said, text % {"number": self.number_in_words}]

    @property
    def remarks(self) -> list[str]:
        """What to mind of the two figures."""
        said = []
        if self.children and not self.children.are_of_one_day:
            text = _(
                "The two figures are of different days, so the number of children is "
                "an estimate."
            )
            said.append(text)
        if self.children and not self.children.is_enough:
            least = isolated(
                number(Decimal(settings.SUPPLY_LEAST_CHILDREN), 0), self.language
            )
            text = _("Fewer than %(number)s people under 18: no rate is calculated.")
            said.append(text % {"number": least})
        return said

    @property
    def notes(self) -> str:
        """What to know of the table of ages."""
        said = _(
            "An offer for several ages counts in each. How many children of each age "
            "live here is not known: all rates are per 1,000 people under 18."
        )
        if not self.without_age:
            return said
        text = _("Offers that do not say for which age they are: %(number)s.")
        return f"{said} {text % {'number': self.without_age}}"

    @property
    def head(self) -> list[str]:
        """Of the table of ages."""
        return [
            _("Age"),
            _("Offers here"),
            _("Offers here per 1,000 people under 18"),
            _("For the whole city, online or at home"),
        ]


def area_supply(
    supply: Supply, offers: Offers, children: Children | None, language: str
) -> AreaSupply:
    """All ages together first, then group by group."""
    rows = []
    for group in (CHILDREN, *AGE_GROUPS):
        fitting = supply.for_age(group)
        here = len(offers.here & fitting)
        rate = per_thousand(here, children)
        said = "" if rate is None else isolated(number(rate, 1), language)
        rows.append(AgeRow(group, here, said, len(offers.everywhere & fitting)))
    without = supply.without_age & (offers.here | offers.everywhere)
    return AreaSupply(children, rows, len(without), language)


def figure(indicator: Indicator, point: Point, language: str) -> dict[str, Any]:
    """One of the two, with its day and source."""
    name: Text = localized_entry(indicator, "name", language)
    return {
        "name": name,
        "url": indicator_url(indicator),
        "value": shown(point, language, indicator=indicator),
        "period": period_in_words(point.period, language),
        "source": indicator.source_title,
    }
