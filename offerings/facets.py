"""The filter panel: groups of choices with the number each would leave."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.reference import Districts
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.language_names import language_name
from offerings.ages import age_in_words
from offerings.choices import Format, OfferLanguage, TargetGroup
from offerings.filters import COSTS, YES, OfferingFilter
from offerings.reference import Topics

Choice = tuple[str, str, int]
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


# Ten filters in ten languages, and as many again while districts or topics change.
@lru_cache(maxsize=256)
def choices(
    name: str, language: str, districts: Districts, topics: Topics
) -> tuple[Choice, ...]:
    """(value, label, depth) of a filter in the active language, which is named so
    that each language is remembered apart.
    """
    if name == "district":
        return tuple(
            (node.key, node.name, node.depth) for node in districts.by_key.values()
        )
    if name == "topic":
        return tuple(
            (node.key, str(node.names[language]), int(node.parent is not None))
            for node in topics.by_key.values()
        )
    fixed: dict[str, Iterable[tuple[str, Any]]] = {
        "target_group": TargetGroup.choices,
        "language": [
            (code, language_name(code, language)) for code in OfferLanguage.values
        ],
        "format": Format.choices,
        "weekday": [(str(day), name) for day, name in WEEKDAYS.items()],
        "time": DAYTIME_NAMES.items(),
        "cost": COSTS.items(),
        "accessible": YES.items(),
        "childcare": YES.items(),
    }
    return tuple((str(value), str(label), 0) for value, label in fixed[name])


def panel(filters: OfferingFilter, language: str) -> list[dict[str, Any]]:
    """All groups of the panel, ready for `components/facet_group.html`."""
    return [group(filters, name, language) for name in PANEL]


def group(filters: OfferingFilter, name: str, language: str) -> dict[str, Any]:
    """One group. `count` surely fit, `maybe` may fit besides."""
    offered = choices(
        name, language, filters.catalogue.districts, filters.catalogue.topics
    )
    counts = filters.counts(name, [value for value, _, _ in offered])
    chosen = set(filters.values.get(name, ()))
    return {
        "name": name,
        "label": filters.filters[name].label,
        "kind": "checkbox",
        "open": name in {"district", "topic"},
        "chosen": len(chosen),
        "errors": filters.errors_by_field.get(name, ()),
        "choices": [
            {
                "value": value,
                "label": label,
                "depth": depth,
                "count": counts[value][0],
                "maybe": counts[value][1],
                "checked": value in chosen,
            }
            for value, label, depth in offered
        ],
    }


def chips(filters: OfferingFilter, language: str) -> list[tuple[str, str, str]]:
    """(parameter, value, label) of every active filter."""
    found = []
    for name, value in filters.values.items():
        label = str(filters.filters[name].label)
        if isinstance(value, list):
            names = {
                code: text
                for code, text, _ in choices(
                    name,
                    language,
                    filters.catalogue.districts,
                    filters.catalogue.topics,
                )
            }
            found += [(name, code, f"{label}: {names[code]}") for code in value]
        elif name == "age":
            age = age_in_words(value)
            found.append((name, "", gettext("Age: %(years)s") % {"years": age}))
        elif name == "q":
            found.append((name, "", f"„{value}“"))
        else:
            found.append((name, "", f"{label}: {day_in_words(value, language)}"))
    return found
