"""What readers choose on the page of an indicator: level, areas, period, breakdowns.

A choice that does not exist gives a message at its field; the others still work.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django import forms
from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.lib.addresses import Pairs, pairs, unknown_names
from herne_bildung.lib.filtering import name_strange_choices, strange_choice
from herne_bildung.lib.localized import localized_entry
from monitoring.choices import Level, ValueState
from monitoring.in_words import period_in_words
from monitoring.models import (
    Area,
    Category,
    Indicator,
    IndicatorDimension,
    Release,
)
from monitoring.series import observations, of_parts

# Levels as pages offer them, the first that an indicator has stands first.
LEVELS = (
    Level.COUNTY,
    Level.MUNICIPALITY,
    Level.BOROUGH,
    Level.QUARTER,
    Level.STATISTICAL,
    Level.SCHOOL,
    Level.CITY,
)
# Herne is one of the places of these levels.
WIDE = (Level.COUNTY, Level.MUNICIPALITY)
# So many parts of the city stand in the table over time from the beginning: with the
# city as many lines as a chart draws.
FEW = 4
MOST_COMPARED = 15
MOST_OFFERED = 100
KEY = re.compile(r"[a-zA-Z0-9_-]{1,80}")
FIXED = ("level", "compare", "period", "page", "areas_page")


class ChoiceForm(forms.Form):
    """The fields; which choices they have depends on the indicator."""

    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    period = forms.ChoiceField(
        label=gettext_lazy("Period of the comparison"), required=False
    )
    compare = forms.MultipleChoiceField(
        label=gettext_lazy("Beside it in the table over time"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """Give a field its choices, and the message for any other."""
        self.fields[name].choices = choices
        known = {code for code, _label in choices}
        given = [code for code in self.data.getlist(name) if code not in known]
        name_strange_choices(self.fields[name], given or [""])


@dataclass(slots=True)
class Chosen:
    """What the tables and charts of a page are about. `areas` are all of the level,
    `compared` those in the table over time besides `city`; `periods` the newest first.
    """

    form: ChoiceForm
    level: str
    city: Area | None = None
    areas: list[Area] = field(default_factory=list)
    compared: list[Area] = field(default_factory=list)
    categories: tuple[Category | None, ...] = ()
    periods: list[str] = field(default_factory=list)
    period: str = ""
    parameters: Pairs = field(default_factory=list)
    address_errors: list[str] = field(default_factory=list)

    @property
    def is_wide(self) -> bool:
        """Whether Herne is compared with other places, else parts of it."""
        return self.level in WIDE

    @property
    def in_series(self) -> list[Area]:
        """The areas of the table over time, Herne first."""
        return [*([self.city] if self.city else []), *self.compared]


def parameter_of(use: IndicatorDimension) -> str:
    """The name of a breakdown in addresses: the key of its dimension."""
    key = use.dimension.key
    return f"{key}-" if key in FIXED else key


def chosen(
    indicator: Indicator, release: Release | None, data: QueryDict, language: str
) -> Chosen:
    """What an address asks for, as far as it can be followed."""
    form = ChoiceForm(data.copy())
    levels = _offer_levels(form, indicator)
    uses = list(indicator.breakdowns.all())
    _offer_breakdowns(form, uses, language)
    level = _single(form, "level", levels) or _first_level(release, levels)
    found = Chosen(form, level)
    names = [*FIXED, *map(parameter_of, uses)]
    found.parameters = pairs(data, names=names)
    strange = unknown_names(data, names=names)
    found.address_errors = [strange_choice(strange)] if strange else []
    found.categories = _categories(form, uses)
    if release is not None:
        _choose_areas(found, release)
        _choose_period(found, release, language)
    _choose_compared(found)
    form.full_clean()
    if len(found.compared) > MOST_COMPARED:
        found.compared = found.compared[:MOST_COMPARED]
        message = _("At most %(number)s at once; the first ones are shown.")
        form.add_error("compare", message % {"number": MOST_COMPARED})
    return found


def _single(form: ChoiceForm, name: str, known: Sequence[str]) -> str:
    given = form.data.get(name, "")
    return given if given in known else ""


def _first_level(release: Release | None, levels: Sequence[str]) -> str:
    """The first level that has any value: some sources name areas without one."""
    if release is not None and len(levels) > 1:
        values = of_parts(release).filter(state=ValueState.VALUE, area=OuterRef("pk"))
        areas = Area.objects.filter(Exists(values), level__in=levels).order_by()
        filled = set(areas.values_list("level", flat=True).distinct())
        levels = [level for level in levels if level in filled] or levels
    return levels[0] if levels else Level.CITY


def _offer_levels(form: ChoiceForm, indicator: Indicator) -> list[str]:
    levels = [level for level in LEVELS if level in indicator.levels]
    # The city alone is in every table.
    if len(levels) > 1 and Level.CITY in levels:
        levels.remove(Level.CITY)
    form.offer("level", [(level, str(Level(level).label)) for level in levels])
    if len(levels) < 2 and form.data.get("level", "") in ("", *levels):
        form.fields["level"].widget = forms.HiddenInput()
    return levels


def _offer_breakdowns(
    form: ChoiceForm, uses: Sequence[IndicatorDimension], language: str
) -> None:
    for use in uses:
        name = parameter_of(use)
        label = localized_entry(use.dimension, "name", language)
        form.fields[name] = forms.ChoiceField(label=label.text, required=False)
        choices = [
            (one.key, localized_entry(one, "name", language).text)
            for one in use.dimension.categories.all()
        ]
        form.offer(name, [("", _("all together")), *choices])


def _categories(
    form: ChoiceForm, uses: Sequence[IndicatorDimension]
) -> tuple[Category | None, ...]:
    """One part of each breakdown, by its position; None is the total."""
    wanted: list[Category | None] = [None, None, None]
    for use in uses:
        key = form.data.get(parameter_of(use), "")
        parts = use.dimension.categories.all()
        wanted[use.position - 1] = next((one for one in parts if one.key == key), None)
    return tuple(wanted)


def _choose_areas(found: Chosen, release: Release) -> None:
    """Herne and the areas of the level, those that the release says anything of.
    Independent cities stand among municipalities, too.
    """
    levels = {found.level, Level.CITY}
    if found.level == Level.MUNICIPALITY:
        levels.add(Level.COUNTY)
    said = of_parts(release, found.categories).filter(area=OuterRef("pk"))
    rows = Area.objects.filter(Exists(said), level__in=levels).defer("shape")
    areas = list(rows)
    found.city = next((one for one in areas if one.level == Level.CITY), None)
    found.areas = [one for one in areas if one.level != Level.CITY]


def _choose_period(found: Chosen, release: Release, language: str) -> None:
    areas = [*found.in_series, *found.areas]
    rows = observations(release, areas, found.categories).order_by()
    by_day = rows.values_list("starts_on", "period").distinct()
    found.periods = [period for _day, period in sorted(by_day, reverse=True)]
    choices = [(period, period_in_words(period, language)) for period in found.periods]
    found.form.offer("period", choices)
    wanted = _single(found.form, "period", found.periods)
    found.period = wanted or (found.periods[0] if found.periods else "")


def _choose_compared(found: Chosen) -> None:
    """Areas beside Herne in the table over time: those asked for; else some of the
    level. Areas of another level are let go: they were chosen before the level was.
    """
    form, known = found.form, {area.key: area for area in found.areas}
    given = dict.fromkeys(form.data.getlist("compare"))
    choices = [
        (area.key, area.name)
        for place, area in enumerate(found.areas)
        if place < MOST_OFFERED or area.key in given
    ]
    strange = [key for key in given if key not in known]
    asked = [key for key in strange if KEY.fullmatch(key)][:MOST_OFFERED]
    elsewhere: dict[str, str] = {}
    if asked:
        named = Area.objects.filter(key__in=asked).values_list("key", "name")
        elsewhere = dict(named)
        choices += elsewhere.items()
    form.offer("compare", choices)
    found.compared = [area for area in found.areas if area.key in given]
    if not found.compared and elsewhere.keys() == set(strange):
        found.compared = _beside(found)
        form.data.setlist("compare", [area.key for area in found.compared])
    form.data["level"] = form.data.get("level") or found.level
    if len(found.areas) <= 1:
        del form.fields["compare"]


def _beside(found: Chosen) -> list[Area]:
    """What Herne stands beside until readers choose: its neighbours among other
    places, else the first parts of the city; of single schools none is picked out.
    """
    if found.level == Level.SCHOOL:
        return []
    if found.is_wide:
        return [area for area in found.areas if area.is_neighbour]
    return found.areas[:FEW]
