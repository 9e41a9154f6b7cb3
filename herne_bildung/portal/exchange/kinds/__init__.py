"""The kinds of tables."""

from herne_bildung.portal.exchange.kinds.base import (
    AS_OF,
    KEY,
    SPECIAL,
    ExchangeKind,
    Facts,
)
from herne_bildung.portal.exchange.kinds.family_centres import FamilyCentreKind
from herne_bildung.portal.exchange.kinds.offerings import OfferingKind
from herne_bildung.portal.exchange.kinds.organisations import OrganisationKind
from herne_bildung.portal.exchange.kinds.places import PlaceKind

KINDS: dict[str, ExchangeKind] = {
    kind.name: kind
    for kind in (OfferingKind(), OrganisationKind(), PlaceKind(), FamilyCentreKind())
}

__all__ = ["AS_OF", "KEY", "KINDS", "SPECIAL", "ExchangeKind", "Facts"]
