"""Districts from a file of shapes: upsert by level and code, all or nothing.

A district is known by its code, by a former key, or, while its code is provisional,
by its name inside its parent; then the official code replaces the provisional one and
the former key stays as an alias, so that printed addresses go on working.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from herne_bildung.city import actions
from herne_bildung.city.importers.report import (
    Change,
    ImportRefused,
    Problem,
    Report,
)
from herne_bildung.city.importers.shape_files import Feature, read
from herne_bildung.city.models import District, DistrictAlias, Place
from herne_bildung.lib.geo import middle

Level = District.Level
PARENT_LEVEL = {
    Level.BOROUGH: Level.CITY,
    Level.QUARTER: Level.BOROUGH,
    Level.STATISTICAL: Level.QUARTER,
}
FIELDS = {
    "code": "Schlüssel",
    "name": "Name",
    "shape": "Fläche",
    "shape_quality": "Güte der Fläche",
    "as_of": "Stand",
    "source_title": "Quelle",
    "licence": "Lizenz",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """What the person who imports a file knows of it."""

    quality: str
    source: str
    licence: str
    as_of: str = ""

    @property
    def is_official(self) -> bool:
        return self.quality == District.ShapeQuality.OFFICIAL


def import_districts(
    path: Path,
    *,
    level: str,
    origin: Origin,
    name_property: str = "name",
    code_property: str = "id",
    parent_property: str = "",
    is_dry_run: bool = False,
) -> Report:
    """Take over the districts of one level. Raises ImportRefused, nothing written."""
    features = read(
        path,
        name_property=name_property,
        code_property=code_property,
        parent_property=parent_property,
    )
    with transaction.atomic():
        work = _Import(Level(level), origin, Report(is_dry_run))
        work.run(features)
        transaction.set_rollback(is_dry_run)
    return work.report


@dataclass
class _Import:
    """One import inside its transaction."""

    level: str
    origin: Origin
    report: Report
    problems: list[Problem] = field(default_factory=list)

    def run(self, features: Sequence[Feature]) -> None:
        self._read_present()
        pairs = [(feature, *self._match(feature)) for feature in features]
        self._refuse_shared_matches(pairs)
        if self.problems:
            raise ImportRefused(self.problems)
        for feature, district, parent in pairs:
            if district is None:
                self._add(feature, parent)
            else:
                self._change(feature, district)
        settled = actions.settle_places()
        if settled:
            self.report.notes.append(f"{settled} Orte haben nun einen anderen Bezirk")
        if settled or self.report.new or self.report.changed:
            actions.index_schools()
        guessed = Place.objects.filter(is_district_guessed=True).count()
        if guessed:
            self.report.notes.append(f"{guessed} Orte liegen nur vermutlich richtig")

    def _read_present(self) -> None:
        present = list(District.objects.select_for_update().order_by("pk"))
        self.by_pk = {entry.pk: entry for entry in present}
        self.present = [entry for entry in present if entry.level == self.level]
        self.by_code = {entry.code: entry for entry in self.present}
        self.aliases = dict(DistrictAlias.objects.values_list("key", "district_id"))
        parent_level = PARENT_LEVEL.get(self.level)
        self.parents = [entry for entry in present if entry.level == parent_level]
        self.order = District.objects.aggregate(Max("order"))["order__max"] or 0

    def _match(self, feature: Feature) -> tuple[District | None, District | None]:
        """The district a feature is about (None for a new one) and its parent."""
        found = self.by_code.get(feature.code) or self._by_alias(feature)
        parent = self._named_parent(feature)
        if found is None:
            named = [
                entry
                for entry in self.present
                if entry.name.casefold() == feature.name.casefold()
                and (parent is None or entry.parent_id == parent.pk)
            ]
            found = named[0] if len(named) == 1 else None
            if found and not (found.has_provisional_code and self.origin.is_official):
                self._problem(
                    feature,
                    f"heißt wie {found.key}, hat aber den Schlüssel „{feature.code}“",
                )
        if found and parent and found.parent_id != parent.pk:
            self._problem(
                feature,
                f"liegt in der Datei in „{parent.name}“, bisher in"
                f" „{self.by_pk[found.parent_id].name}“; ein Wechsel wird zuerst in der"
                " Verwaltung eingetragen",
            )
        if found is None and parent is None and self.level != Level.CITY:
            self._problem(feature, "ist neu und nennt kein übergeordnetes Gebiet")
        return found, parent

    def _by_alias(self, feature: Feature) -> District | None:
        """The district that had this key before."""
        pk = self.aliases.get(f"{self.level}-{feature.code}")
        return self.by_pk[pk] if pk else None

    def _named_parent(self, feature: Feature) -> District | None:
        """The parent a feature names by code, former code or name."""
        if self.level == Level.CITY:
            return None
        if feature.parent is None:
            return self.parents[0] if len(self.parents) == 1 else None
        for entry in self.parents:
            if entry.code == feature.parent:
                return entry
        alias = self.aliases.get(f"{PARENT_LEVEL[self.level]}-{feature.parent}")
        if alias:
            return self.by_pk[alias]
        wanted = feature.parent.casefold()
        named = [entry for entry in self.parents if entry.name.casefold() == wanted]
        if len(named) == 1:
            return named[0]
        what = "ist mehrdeutig" if named else "gibt es nicht"
        self._problem(feature, f"das übergeordnete „{feature.parent}“ {what}")
        return None

    def _refuse_shared_matches(self, pairs: Sequence[tuple]) -> None:
        """Two features of one file cannot be the same district."""
        taken: dict[int, Feature] = {}
        for feature, district, _ in pairs:
            if district is None:
                continue
            if other := taken.get(district.pk):
                self._problem(feature, f"ist derselbe Bezirk wie {other.label}")
            taken[district.pk] = feature

    def _problem(self, feature: Feature, what: str) -> None:
        self.problems.append(Problem(feature.label, what))

    def _values(self, feature: Feature) -> dict[str, Any]:
        return {
            "name": feature.name,
            "shape": feature.geometry,
            "shape_quality": self.origin.quality,
            "as_of": self.origin.as_of,
            "source_title": self.origin.source,
            "licence": self.origin.licence,
        }

    def _add(self, feature: Feature, parent: District | None) -> None:
        self.order += 1
        district = District(
            level=self.level,
            code=feature.code,
            has_provisional_code=not self.origin.is_official,
            parent=parent,
            order=self.order,
            **self._values(feature),
        )
        _set_middle(district)
        district.save()
        self.report.new.append(f"{feature.name} ({district.key})")

    def _change(self, feature: Feature, district: District) -> None:
        values = self._values(feature)
        is_worse = (
            district.shape_quality == District.ShapeQuality.OFFICIAL
            and not self.origin.is_official
        )
        if is_worse:
            self.report.notes.append(
                f"{district.name} behält seine amtliche Fläche ({district.key})"
            )
            values = {}
        former_key = district.key
        if self.origin.is_official:
            values["code"] = feature.code
        changes = [
            Change(FIELDS[name], getattr(district, name), value)
            for name, value in values.items()
            if getattr(district, name) != value
        ]
        settles_code = self.origin.is_official and district.has_provisional_code
        if settles_code:
            changes.append(Change("vorläufiger Schlüssel", "ja", "nein"))
            district.has_provisional_code = False
        if not changes:
            self.report.unchanged.append(f"{district.name} ({district.key})")
            return
        for name, value in values.items():
            setattr(district, name, value)
        _set_middle(district)
        district.save()
        if district.key != former_key:
            _keep_former_key(district, former_key)
        self.report.changed[f"{district.name} ({former_key})"] = changes


def _set_middle(district: District) -> None:
    centre = middle(district.shape)
    district.latitude, district.longitude = centre.latitude, centre.longitude


def _keep_former_key(district: District, former_key: str) -> None:
    """Former addresses lead to the district; its places, and with them the index of
    the offers, take the new key.
    """
    DistrictAlias.objects.filter(key=district.key).delete()
    DistrictAlias.objects.update_or_create(
        key=former_key, defaults={"district": district}
    )
    below, inside = {district.pk}, {district.pk}
    while below:
        below = set(
            District.objects.filter(parent_id__in=below).values_list("pk", flat=True)
        )
        inside |= below
    for place in Place.objects.filter(district_id__in=inside):
        place.save()
