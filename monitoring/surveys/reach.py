"""Where a wave asks, and at which places two waves meet.

A Träger stands for its organisations, a family centre for its members, a district for
all in it. What the portal does not know (an organisation without a place) meets nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from herne_bildung.city import reference
from herne_bildung.city.models import NetworkLink, Organisation, School
from herne_bildung.city.reference import Districts
from monitoring.models import Wave

CITY, ORGANISATION, SCHOOL, DISTRICT = "city", "organisation", "school", "district"
# A Träger of Träger of …: rows that point in a circle end here.
DEEPEST = 6
SharedPlace = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Planned:
    """A wave as the calendar sees it: stored, or still in a form (`pk` None). Groups
    and places are ids.
    """

    pk: int | None
    starts_on: date
    ends_on: date
    groups: frozenset[int]
    is_everywhere: bool = False
    organisations: frozenset[int] = frozenset()
    schools: frozenset[int] = frozenset()
    districts: frozenset[int] = frozenset()


def planned(wave: Wave) -> Planned:
    """A stored wave; its groups and places should be prefetched."""
    return Planned(
        wave.pk,
        wave.starts_on,
        wave.ends_on,
        groups=_ids(wave.groups.all()),
        is_everywhere=wave.is_everywhere,
        organisations=_ids(wave.organisations.all()),
        schools=_ids(wave.schools.all()),
        districts=_ids(wave.districts.all()),
    )


def _ids(rows: Iterable[Any]) -> frozenset[int]:
    return frozenset(row.pk for row in rows)


class Geography:
    """What lies below and in what these waves name; a fixed number of queries."""

    def __init__(self, waves: Iterable[Planned]) -> None:
        waves = list(waves)
        self.districts: Districts = reference.districts()
        self._above: dict[int, set[int]] = {}
        self._below: dict[int, set[int]] = {}
        named = {pk for wave in waves for pk in wave.organisations}
        if named:
            self._read_links()
        self._areas: dict[frozenset[int], set[int]] = {}
        self._expanded = {pk: self._reached_from(pk) for pk in named}
        reached = {pk for found in self._expanded.values() for pk in found}
        rows = Organisation.objects.filter(pk__in=reached).order_by()
        places = Organisation.places.through.objects.filter(
            organisation__in=reached, place__district__isnull=False
        ).values_list("organisation_id", "place__district_id")
        schools = School.objects.filter(
            pk__in={pk for wave in waves for pk in wave.schools}
        ).values_list("pk", "name", "place__district_id")
        self._lies_in: dict[SharedPlace, set[int]] = {}
        self._names: dict[SharedPlace, str] = {}
        if reached:
            for pk, name in rows.values_list("pk", "name_de"):
                self._names[ORGANISATION, pk] = name
            for pk, district in places:
                self._lies_in.setdefault((ORGANISATION, pk), set()).add(district)
        for pk, name, district in schools:
            self._names[SCHOOL, pk] = name
            self._lies_in[SCHOOL, pk] = {district}

    def _read_links(self) -> None:
        parents = Organisation.objects.exclude(parent=None).order_by()
        links = NetworkLink.objects.order_by()
        for upper, lower in (
            *parents.values_list("parent_id", "pk"),
            *links.values_list("centre_id", "member_id"),
        ):
            self._below.setdefault(upper, set()).add(lower)
            self._above.setdefault(lower, set()).add(upper)

    def _reached_from(self, pk: int) -> set[int]:
        """An organisation with all below it."""
        return _followed({pk}, self._below)

    def organisations(self, wave: Planned) -> set[int]:
        """Those a wave asks in by name, with all below them."""
        return {
            pk for named in wave.organisations for pk in self._expanded.get(named, ())
        }

    def _districts(self, wave: Planned) -> set[int]:
        if wave.districts not in self._areas:
            found = set(wave.districts & self.districts.by_pk.keys())
            for pk in wave.districts & found:
                below = self.districts.by_pk[pk].below
                found |= {self.districts.by_key[key].pk for key in below}
            self._areas[wave.districts] = found
        return self._areas[wave.districts]

    def shared(self, first: Planned, second: Planned) -> list[SharedPlace]:
        """The places at which both ask: none, or as exactly as they are known."""
        if first.is_everywhere and second.is_everywhere:
            return [(CITY, 0)]
        for wave, other in ((first, second), (second, first)):
            if wave.is_everywhere:
                return _ordered(
                    {(ORGANISATION, pk) for pk in other.organisations}
                    | {(SCHOOL, pk) for pk in other.schools}
                    | {(DISTRICT, pk) for pk in other.districts}
                )
        organisations = self.organisations(first), self.organisations(second)
        districts = self._districts(first), self._districts(second)
        both = organisations[0] & organisations[1]
        schools = first.schools & second.schools
        sides = ((organisations[0], districts[1]), (organisations[1], districts[0]))
        for ids, area in sides:
            both |= {pk for pk in ids if self._is_in((ORGANISATION, pk), area)}
        for ids, area in (
            (first.schools, districts[1]),
            (second.schools, districts[0]),
        ):
            schools |= {pk for pk in ids if self._is_in((SCHOOL, pk), area)}
        return _ordered(
            {(ORGANISATION, pk) for pk in self._highest(both)}
            | {(SCHOOL, pk) for pk in schools}
            | {(DISTRICT, pk) for pk in self._widest(districts[0] & districts[1])}
        )

    def _is_in(self, place: SharedPlace, area: set[int]) -> bool:
        return bool(area & self._lies_in.get(place, set()))

    def _highest(self, ids: set[int]) -> set[int]:
        """Without those that a Träger or a centre among them stands for."""
        found = {
            pk for pk in ids if not (_followed({pk}, self._above) - {pk}) & (ids - {pk})
        }
        # In a circle everyone stands below the others.
        return found or ids

    def _widest(self, ids: set[int]) -> set[int]:
        by_pk, by_key = self.districts.by_pk, self.districts.by_key
        return {
            pk for pk in ids if not {by_key[key].pk for key in by_pk[pk].above} & ids
        }

    def name(self, place: SharedPlace) -> str:
        """The German name of a place; districts with their level where it is needed."""
        kind, pk = place
        if kind == CITY:
            return _("all places of the city")
        if kind == DISTRICT:
            node = self.districts.by_pk.get(pk)
            return self.districts.label(node) if node else ""
        return self._names.get(place, "")


def _followed(start: set[int], links: Mapping[int, set[int]]) -> set[int]:
    """The start and all that links lead to."""
    found, new = set(start), set(start)
    for _step in range(DEEPEST):
        new = {pk for one in new for pk in links.get(one, ())} - found
        if not new:
            break
        found |= new
    return found


def _ordered(places: set[SharedPlace]) -> list[SharedPlace]:
    return sorted(places)
