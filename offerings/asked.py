"""What the filters of an address ask for: as the shortest address, and in words.

Feeds, calendars, booklets and mails of a filtered list are named so.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from herne_bildung.lib.addresses import Pairs, address
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.listing import listed, listed_apart
from herne_bildung.lib.localized import isolated
from offerings.ages import age_alone
from offerings.facets import choices
from offerings.filters import OfferingFilter
from offerings.nearness import as_parameter

# Filters whose choices say by themselves what they are.
PLAIN = {
    "when",
    "accessible",
    "childcare",
    "holidays",
    "places",
    "registration",
    "starts_soon",
    "only",
}


def canonical(parameters: QueryDict) -> str:
    """The shortest query string of an address with the same offers: known filters with
    good values only, sorted; empty for all offers. Order and page are no filters.
    """
    filters = OfferingFilter(parameters, language=DEFAULT_LANGUAGE)
    return urlencode(asked_pairs(filters))


def asked_pairs(filters: OfferingFilter, without: tuple[str, ...] = ()) -> Pairs:
    """The filters as sorted names and values of an address, leaving some out."""
    return sorted(
        (name, written)
        for name, value in filters.values.items()
        if name not in without and not _is_order_only(filters, name)
        for written in _written(filters, name, value)
    )


def asked_address(filters: OfferingFilter, view: str) -> str:
    """The address at which a view answers the same question."""
    return address(reverse(view), asked_pairs(filters))


def _is_order_only(filters: OfferingFilter, name: str) -> bool:
    """A position without a radius leaves all offers, only in another order."""
    return name == "near" and "within" not in filters.values


def _written(filters: OfferingFilter, name: str, value: Any) -> list[str]:
    """A value as an address has it: whatever a field reads it writes by `written`,
    where its plain text would not do.
    """
    write = getattr(filters.filters[name].field, "written", str)
    return sorted(map(write, value)) if isinstance(value, list) else [write(value)]


def in_words(
    filters: OfferingFilter, language: str, *, with_own_words: bool = True
) -> str:
    """ "“Nähen”; Bezirk: Wanne, Eickel; Alter: 3 Jahre"; "Alle Angebote" without any
    filter. Without `with_own_words` it tells that words were searched for, not which.
    """
    with override(language):
        said = [
            _said(filters, name, value, language, with_own_words)
            for name, value in sorted(filters.values.items(), key=_place_of(filters))
        ]
        return listed_apart(said) or _("All offers")


def _place_of(filters: OfferingFilter) -> Any:
    """Sorts names of filters as the filter set declares them."""
    places = {name: place for place, name in enumerate(filters.filters)}
    return lambda item: places[item[0]]


def _said(
    filters: OfferingFilter, name: str, value: Any, language: str, with_own_words: bool
) -> str:
    if name == "q":
        if not with_own_words:
            return _("own words")
        return _("“%(words)s”") % {"words": isolated(value, language)}
    if isinstance(value, list):
        labels = labels_of(filters, name, language)
        value = listed(str(labels[code]) for code in value)
    return filter_in_words(filters, name, value, language)


def labels_of(filters: OfferingFilter, name: str, language: str) -> Mapping[str, str]:
    """The choices of a filter in the active language, by their codes."""
    known = choices(name, language, filters.catalogue)
    return {code: label for code, label, _depth in known}


def filter_in_words(
    filters: OfferingFilter, name: str, value: Any, language: str
) -> str:
    """What a chip says of a filter and the label of a choice, or the value."""
    if name == "age":
        return _("Age: %(years)s") % {"years": age_alone(value)}
    if name in PLAIN:
        return str(value)
    if name == "near":
        position = as_parameter(value).replace(",", ", ")
        return _("Near the position %(position)s") % {"position": position}
    if name == "part":
        return _("Part of the map")
    if name == "within":
        return _("Within %(number)s km") % {"number": value}
    if name in {"from", "to"}:
        value = day_in_words(value, language)
    return f"{filters.filters[name].label}: {value}"
