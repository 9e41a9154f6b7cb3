"""A search that somebody follows: its key is what its address asks for.

The key is readable, and the same for all who follow the same: `age=3&cost=free`.
Words are in it as typed; `EVERYTHING` stands for no filter. What an address says of
the moment or of where somebody stands is left out: the mail comes days later, and
nobody's position is kept beside an address.
"""

from functools import lru_cache
from urllib.parse import unquote

from django.http import QueryDict
from django.urls import reverse

from herne_bildung.lib import clock
from herne_bildung.lib.addresses import Pairs, address
from offerings.asked import asked_pairs
from offerings.catalogue import catalogue
from offerings.filters import OfferingFilter

EVERYTHING = "alle"
LEFT_OUT = ("when", "near", "within")
# As long as a key may be (freshness.models.Subscription).
LONGEST = 300
# Signs that have a meaning in a key or in the path of an address.
RESERVED = "%&=+/#?;\\"


def key_of(filters: OfferingFilter) -> str:
    """The key of a search; empty where it is too long to be followed."""
    parts = [f"{name}={_quoted(value)}" for name, value in kept_pairs(filters)]
    key = "&".join(parts) or EVERYTHING
    return key if len(key) <= LONGEST else ""


def kept_pairs(filters: OfferingFilter) -> Pairs:
    """What of a search is followed."""
    return asked_pairs(filters, LEFT_OUT)


def _quoted(text: str) -> str:
    """Letters of all languages stay as they are, so that words fit."""
    return "".join(f"%{ord(sign):02X}" if sign in RESERVED else sign for sign in text)


def search_of(key: str, language: str) -> OfferingFilter | None:
    """The search of a key, which comes from an address; None for what is none, or asks
    for what there is no more: it must not find everything instead.
    """
    offers = catalogue()
    offers.refresh()
    # Read once for all who follow the same, until an offer or the day changes.
    state = (offers.generation, tuple(sorted(offers.versions.items())), clock.today())
    return _search_of(key, language, state)


# Few: each has bits for all offers.
@lru_cache(maxsize=32)
def _search_of(key: str, language: str, state: tuple) -> OfferingFilter | None:
    if key == EVERYTHING:
        return OfferingFilter(QueryDict(), language=language)
    data = QueryDict(mutable=True)
    for part in key.split("&"):
        name, is_there, value = part.partition("=")
        if not is_there:
            return None
        data.appendlist(name, unquote(value))
    filters = OfferingFilter(data, language=language)
    asked = {name for name, _ in kept_pairs(filters)}
    is_whole = not filters.errors_by_field and asked == set(data)
    return filters if is_whole else None


def list_path(filters: OfferingFilter) -> str:
    """The page of what is followed, in the active language."""
    return address(reverse("offerings"), kept_pairs(filters))
