"""The filters of the list as an old phone can show them: few groups that open, and
quick choices above them that need no form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.lib import clock
from herne_bildung.lib.addresses import Pairs, replaced, without
from offerings.filters import OfferingFilter
from offerings.joining import SOON

# Name and label of each group, the fields that are typed, and its filters.
BUNDLES = (
    ("district", _("District"), (), ("district",)),
    ("topic", _("Topic"), (), ("need", "topic")),
    ("who", _("For whom"), (), ("target_group", "only")),
    (
        "when",
        _("When"),
        ("from", "to"),
        ("when", "weekday", "time", "starts_soon", "holidays"),
    ),
    ("joining", _("Costs and registration"), (), ("cost", "registration", "places")),
    ("language", _("Language"), (), ("language",)),
    ("how", _("How"), (), ("format", "accessible", "childcare")),
)
FIELD_LABELS = {"from": _("From day"), "to": _("To day")}
# What many ask for, in this order.
QUICK = (
    ("when", "today"),
    ("when", "weekend"),
    ("cost", "free"),
    ("places", "free"),
    ("registration", "none"),
    ("starts_soon", "yes"),
)
# Near the school holidays these come first.
IN_SEASON = (("holidays", "programme"),)
# So long before their first day the school holidays are near.
SEASON = SOON


@dataclass(frozen=True, slots=True)
class Bundle:
    """A group of the panel, for `components/facet_bundle.html`: `fields` are typed,
    `parts` have choices, as `lib.facets.group` makes them.
    """

    name: str
    label: str
    is_open: bool
    chosen: int
    fields: list[dict[str, Any]] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)


def bundles(
    filters: OfferingFilter, panel: Sequence[Mapping[str, Any]]
) -> list[Bundle]:
    """The groups of the panel; open where a filter of theirs is set or is wrong."""
    by_name = {group["name"]: group for group in panel}
    found = []
    for name, label, typed, names in BUNDLES:
        parts = [
            {**by_name[one], "is_named": bool(place) or by_name[one]["label"] != label}
            for place, one in enumerate(names)
            if one in by_name
        ]
        fields = [
            {
                "name": one,
                "label": FIELD_LABELS[one],
                "value": filters.data.get(one, ""),
                "errors": filters.errors_by_field.get(one, ()),
            }
            for one in typed
        ]
        chosen = sum(part["chosen"] for part in parts)
        chosen += sum(one in filters.values for one in typed)
        has_errors = any(one["errors"] for one in (*parts, *fields))
        is_open = bool(chosen) or has_errors
        found.append(Bundle(name, str(label), is_open, chosen, fields, parts))
    return found


def quick_choices(
    filters: OfferingFilter, panel: Sequence[Mapping[str, Any]], parameters: Pairs
) -> list[dict[str, Any]]:
    """What many ask for, as links: those that are not chosen and leave something.
    Each has a label and the parameters of its result.
    """
    choices = {
        (group["name"], choice["value"]): choice
        for group in panel
        for choice in group["choices"]
    }
    start = without(parameters, "page")
    return [
        {
            "label": choices[name, value]["label"],
            "parameters": replaced(start, name, value),
        }
        for name, value in (*(IN_SEASON if in_season(filters) else ()), *QUICK)
        if (name, value) in choices
        and choices[name, value]["count"]
        and not choices[name, value]["checked"]
    ]


def in_season(filters: OfferingFilter) -> bool:
    """Whether school holidays are near or have begun; asked for once a day, and again
    after offers changed, which follow the school holidays.
    """
    today = clock.today()
    return filters.index.derived(("season", today), lambda: _are_holidays_near(today))


def _are_holidays_near(today: date) -> bool:
    return SchoolHoliday.objects.filter(
        starts_on__lte=today + SEASON, ends_on__gte=today
    ).exists()
