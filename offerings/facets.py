"""The choices of the filters; herne_bildung.lib.facets counts and shows them."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.filters import district_choices
from herne_bildung.city.spoken import SpokenLanguage
from herne_bildung.lib.facets import Choice
from herne_bildung.lib.language_names import language_name
from offerings.catalogue import Catalogue
from offerings.choices import Format, TargetGroup
from offerings.filters import COSTS, YES
from offerings.reference import Topics

DAYTIME_NAMES = {
    "morning": _("morning"),
    "afternoon": _("afternoon"),
    "evening": _("evening"),
}
PANEL = (
    "district",
    "topic",
    "target_group",
    "weekday",
    "time",
    "cost",
    "language",
    "format",
    "accessible",
    "childcare",
)


def choices(name: str, language: str, offers: Catalogue) -> Sequence[Choice]:
    """The choices of a filter in the active language, remembered for each."""
    if name == "district":
        return district_choices(language, offers.districts)
    if name == "topic":
        return topic_choices(language, offers.topics)
    return fixed_choices(name, language)


# Ten languages, and as many again while topics change.
@lru_cache(maxsize=32)
def topic_choices(language: str, topics: Topics) -> tuple[Choice, ...]:
    """All topics, sub-topics one step in."""
    return tuple(
        (node.key, str(node.names[language]), int(node.parent is not None))
        for node in topics.by_key.values()
    )


# Eight filters in ten languages.
@lru_cache(maxsize=128)
def fixed_choices(name: str, language: str) -> tuple[Choice, ...]:
    """Choices that never change, in the active language, which is named so that
    each is remembered apart.
    """
    fixed: dict[str, Iterable[tuple[str, Any]]] = {
        "target_group": TargetGroup.choices,
        "language": [
            (code, language_name(code, language)) for code in SpokenLanguage.values
        ],
        "format": Format.choices,
        "weekday": [(str(day), name) for day, name in WEEKDAYS.items()],
        "time": DAYTIME_NAMES.items(),
        "cost": COSTS.items(),
        "accessible": YES.items(),
        "childcare": YES.items(),
    }
    return tuple((str(value), str(label), 0) for value, label in fixed[name])
