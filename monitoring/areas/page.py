"""The picture of a district: all that is known of it, for the page and the PDF."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.localized import Text
from monitoring.areas.hierarchy import Part, Tree
from monitoring.areas.map import AreaMap, area_map
from monitoring.areas.offers import AreaOffers, area_offers
from monitoring.areas.places import (
    Offices,
    Schools,
    family_centres_of,
    offices_of,
    schools_of,
)
from monitoring.areas.values import AreaValues, area_values
from monitoring.findings.linked import findings_of_district
from monitoring.in_words import legend, monitoring_step
from monitoring.models import Area
from monitoring.overview import each_once
from monitoring.series import area_name
from monitoring.supply.children import Figures
from monitoring.supply.offers import Supply
from monitoring.supply.rates import AreaSupply, area_supply


@dataclass(frozen=True, slots=True)
class AreaLink:
    """An area among others."""

    name: Text
    url: str
    level: str


@dataclass(slots=True)
class AreaPage:
    """What `monitoring/areas/area.html` and the PDF show."""

    part: Part
    language: str
    name: Text
    values: AreaValues
    map: AreaMap | None
    offers: AreaOffers
    supply: AreaSupply
    schools: Schools
    offices: Offices
    family_centres: list[dict[str, Any]]
    findings: list[dict[str, Any]]

    @property
    def level(self) -> str:
        return str(self.part.area.get_level_display())

    @property
    def is_city(self) -> bool:
        return not self.part.above

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up."""
        above = [area_link(part, self.language) for part in reversed(self.part.above)]
        return [
            monitoring_step(),
            {"label": _("Areas"), "url": reverse("areas")},
            *({"label": one.name.text, "url": one.url} for one in above),
        ]

    @property
    def above(self) -> list[AreaLink]:
        return [area_link(one, self.language) for one in self.part.above]

    @property
    def children(self) -> list[AreaLink]:
        return [area_link(one, self.language) for one in self.part.children]

    @property
    def beside(self) -> list[AreaLink]:
        """The other parts of the same area: shapes do not say who borders whom."""
        return [area_link(one, self.language) for one in self.part.beside]

    @property
    def columns(self) -> list[Text]:
        """Names of the areas whose values stand beside each other."""
        return [area_name(area, self.language) for area in self.values.columns]

    @property
    def width(self) -> int:
        """How many columns the table of figures has."""
        return 1 + len(self.columns) + self.values.has_lines

    @property
    def legend(self) -> list[dict[str, str]]:
        return legend()

    @property
    def pdf_url(self) -> str:
        return reverse("area_pdf", args=[self.part.area.key])

    @property
    def taken_on(self) -> str:
        """Offers and offices are as of today."""
        return day_in_words(clock.today(), self.language)

    @property
    def of_today(self) -> str:
        """What no source of figures stands for."""
        text = _("Offers and advice: this portal, as of %(day)s")
        return text % {"day": self.taken_on}

    @property
    def has_own(self) -> bool:
        return bool(self.values.own)

    @property
    def is_sample(self) -> bool:
        """Whether all figures are made up; where only some are, their rows say it."""
        rows = self.values.rows
        return bool(rows) and all(row.indicator.is_sample for row in rows)

    @property
    def has_fallback(self) -> bool:
        themes = [*self.values.own, *self.values.inherited]
        names = [row.name for row in self.values.rows] + [one.name for one in themes]
        names += [one["title"] for one in self.findings]
        return any(name.is_fallback for name in names)

    @property
    def sources(self) -> list[dict[str, str]]:
        """Where the figures of this page are from, each once."""
        of_figures = [row.indicator for row in self.values.rows]
        found = [(one.source_title, one.source_url, one.licence) for one in of_figures]
        found += [(title, "", licence) for title, licence in self.schools.sources]
        shapes = self.map.districts if self.map else []
        found += [(one.source_title, one.source_url, one.licence) for one in shapes]
        return each_once(one for one in found if one[0])


def area_page(area: Area, language: str) -> AreaPage | None:
    """Everything the page of an area shows; None for areas without one. A fixed number
    of queries.
    """
    tree = Tree()
    part = tree.parts.get(area.pk)
    if part is None:
        return None
    supply = Supply()
    offers, found = area_offers(part, supply, language)
    values = area_values(part, language)
    children = Figures().children(part.area, values.points)
    return AreaPage(
        part=part,
        language=language,
        name=area_name(part.area, language),
        values=values,
        map=area_map(part, language),
        offers=offers,
        supply=area_supply(supply, found, children, language),
        schools=schools_of(part, language),
        offices=offices_of(part, language),
        family_centres=family_centres_of(part, language),
        findings=findings_of_district(part.area.district, language),
    )


def area_link(part: Part, language: str) -> AreaLink:
    name = area_name(part.area, language)
    return AreaLink(name, area_url(part.area), str(part.area.get_level_display()))


def area_url(area: Area) -> str:
    """The page of a part of the city."""
    return reverse("area", args=[area.key])
