"""The choices of the filters; herne_bildung.lib.facets counts and shows them."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.filters import district_choices
from herne_bildung.city.reference import PlaceNode
from herne_bildung.city.spoken import SpokenLanguage
from herne_bildung.lib.facets import Choice
from herne_bildung.lib.language_names import language_name
from herne_bildung.lib.localized import isolated
from offerings.catalogue import Catalogue
from offerings.choices import Format, OnlyFor, PlacesLeft, TargetGroup
from offerings.dates.filters import WHENS
from offerings.filters import COSTS, HOLIDAYS, NEEDS
from offerings.reference import Topics

DAYTIME_NAMES = {
    "morning": _("morning"),
    "afternoon": _("afternoon"),
    "evening": _("evening"),
}
PANEL = (
    "district",
    "topic",
    "need",
    "target_group",
    "when",
    "weekday",
    "time",
    "cost",
    "language",
    "format",
    "accessible",
    "childcare",
    "only",
    "starts_soon",
    "holidays",
    "places",
    "registration",
)


def choices(name: str, language: str, offers: Catalogue) -> Sequence[Choice]:
    """The choices of a filter in the active language, remembered for each."""
    if name == "district":
        return district_choices(language, offers.districts)
    if name == "topic":
        return topic_choices(language, offers.topics)
    if name == "place":
        return place_choices(language, offers)
    return fixed_choices(name, language)


# Ten languages, and as many again while topics change.
@lru_cache(maxsize=32)
def topic_choices(language: str, topics: Topics) -> tuple[Choice, ...]:
    """All topics, sub-topics one step in."""
    return tuple(
        (node.key, str(node.names[language]), int(node.parent is not None))
        for node in topics.by_key.values()
    )


def place_choices(language: str, offers: Catalogue) -> list[Choice]:
    """All places; no panel shows them, only chips and the map name some."""
    return [
        (str(pk), place_label(node, language), 0) for pk, node in offers.places.items()
    ]


def place_label(node: PlaceNode, language: str) -> str:
    """The name of a place among words in a language, or its street."""
    return isolated(node.name, language) or gettext("place without a name")


# A dozen filters in ten languages.
@lru_cache(maxsize=256)
def fixed_choices(name: str, language: str) -> tuple[Choice, ...]:
    """Choices that never change, in the active language, which is named so that
    each is remembered apart.
    """
    fixed: dict[str, Iterable[tuple[str, Any]]] = {
        "need": NEEDS.items(),
        "target_group": TargetGroup.choices,
        "language": [
            (code, language_name(code, language)) for code in SpokenLanguage.values
        ],
        "format": Format.choices,
        "when": WHENS.items(),
        "weekday": [(str(day), name) for day, name in WEEKDAYS.items()],
        "time": DAYTIME_NAMES.items(),
        "cost": COSTS.items(),
        "accessible": [("yes", _("Accessible"))],
        "childcare": [("yes", _("Childcare"))],
        "holidays": HOLIDAYS.items(),
        "places": [(PlacesLeft.FREE, PlacesLeft.FREE.label)],
        "registration": [("none", _("without registration"))],
        "starts_soon": [("yes", _("starts soon"))],
        "only": OnlyFor.choices,
    }
    return tuple((str(value), str(label), 0) for value, label in fixed[name])
