"""The order of areas by their values in a period, and what a page says of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from herne_bildung.lib.localized import isolated
from monitoring.choices import Level, ValueState
from monitoring.filters import Chosen
from monitoring.in_words import shown
from monitoring.models import Area, Indicator
from monitoring.series import Point


@dataclass(frozen=True, slots=True)
class Ranking:
    """The values of the areas of a level in a period. `ranks` by area, 1 the highest
    value; equal values share a rank. Single schools have none.
    """

    in_order: list[Area]
    ranks: dict[int, int]
    points: dict[int, Point]

    @property
    def lowest(self) -> Area | None:
        return self._with_value[-1] if self._with_value else None

    @property
    def highest(self) -> Area | None:
        return self._with_value[0] if self._with_value else None

    @property
    def _with_value(self) -> list[Area]:
        return [area for area in self.in_order if area.pk in self.ranks]


def ranking(chosen: Chosen, points: dict[int, Point]) -> Ranking:
    """The order of the areas: by value, those without one after them. Parts of Herne
    are ranked without the city; schools stand by name.
    """
    ranked = list(chosen.areas)
    if chosen.is_wide and chosen.city:
        ranked.append(chosen.city)
    if chosen.level == Level.SCHOOL:
        return Ranking(sorted(ranked, key=lambda area: area.name), {}, points)
    values = {
        area.pk: points[area.pk].value
        for area in ranked
        if area.pk in points and points[area.pk].state == ValueState.VALUE
    }
    best_first = sorted(values.values(), reverse=True)
    ranks = {pk: best_first.index(value) + 1 for pk, value in values.items()}
    last = len(ranks) + 1
    order = {area.pk: place for place, area in enumerate(ranked)}
    in_order = sorted(
        ranked, key=lambda area: (ranks.get(area.pk, last), order[area.pk])
    )
    return Ranking(in_order, ranks, points)


def place_in_words(
    found: Ranking, chosen: Chosen, indicator: Indicator, language: str
) -> list[str]:
    """Where Herne stands among the places it is compared with, and how far the values
    reach; nothing of single schools.
    """
    if len(found.ranks) < 2:
        return []
    sentences = []
    rank = chosen.city and found.ranks.get(chosen.city.pk)
    if rank and chosen.is_wide:
        sentence = _("Herne has rank %(rank)s of %(number)s; rank 1 is the highest.")
        sentences.append(sentence % {"rank": rank, "number": len(found.ranks)})
    ends = {}
    for name, area in (("lowest", found.lowest), ("highest", found.highest)):
        value = shown(found.points[area.pk], language, indicator=indicator)
        ends[name] = value.text
        ends[f"{name}_area"] = isolated(area.name, language)
    sentences.append(
        _(
            "The values reach from %(lowest)s (%(lowest_area)s) to %(highest)s "
            "(%(highest_area)s)."
        )
        % ends
    )
    return sentences
