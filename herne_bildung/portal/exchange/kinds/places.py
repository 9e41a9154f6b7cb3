"""Places as a table; for staff."""

from collections.abc import Iterable, Sequence

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city import actions
from herne_bildung.city.models import Place, ReferenceVersion
from herne_bildung.city.shapes import Shapes
from herne_bildung.portal.exchange.columns import (
    Column,
    FieldColumn,
    NumberColumn,
    ReferenceColumn,
    YesNoColumn,
)
from herne_bildung.portal.exchange.kinds.base import ExchangeKind, Facts
from herne_bildung.portal.exchange.lookups import DISTRICT, Lookups
from herne_bildung.portal.exchange.scope import Scope


class PlaceKind(ExchangeKind):
    name, model, label = "place", Place, gettext_lazy("places")
    # A place that nobody uses shows nowhere: there is nothing to archive.
    can_archive = False
    title = "name"
    prepared = ()

    def facts(self) -> Sequence[Column]:
        return (
            FieldColumn(
                "name",
                "Name",
                field=self.field("name"),
                example="Gemeindehaus Beispiel",
                other_names=("Ort", "Bezeichnung"),
            ),
            FieldColumn(
                "street",
                "Straße und Hausnummer",
                field=self.field("street"),
                is_required=True,
                example="Beispielstraße 1",
                other_names=("Straße", "Adresse", "Anschrift"),
            ),
            FieldColumn(
                "postal_code",
                "PLZ",
                field=self.field("postal_code"),
                example="44623",
                other_names=("Postleitzahl",),
            ),
            FieldColumn(
                "city",
                "Stadt",
                field=self.field("city"),
                keeps_if_empty=True,
                example="Herne",
            ),
            ReferenceColumn(
                "district",
                "Stadtteil",
                to=DISTRICT,
                keeps_if_empty=True,
                other_names=("Bezirk", "Stadtbezirk", "Ortsteil"),
            ),
            NumberColumn(
                "latitude", "Breite", field=self.field("latitude"), other_names=("lat",)
            ),
            NumberColumn(
                "longitude",
                "Länge",
                field=self.field("longitude"),
                other_names=("lon", "lng"),
            ),
            YesNoColumn("is_accessible", "Barrierefrei"),
            FieldColumn(
                "accessibility_note",
                "Hinweis zur Barrierefreiheit",
                field=self.field("accessibility_note"),
            ),
        )

    def entries(self, scope: Scope) -> QuerySet:
        return scope.places().filter(is_sample=False)

    def defaults(self, scope: Scope, lookups: Lookups) -> Facts:
        return {"city": "Herne"}

    def check(self, facts: Facts, present: Facts) -> Iterable[tuple[str, ...]]:
        postal_code = facts.get("postal_code") or ""
        if postal_code and not (postal_code.isascii() and postal_code.isdigit()):
            yield "postal_code", _("Five digits, please.")
        latitude, longitude = facts.get("latitude"), facts.get("longitude")
        if (latitude is None) != (longitude is None):
            yield "longitude", _("Latitude and longitude belong together."), "latitude"
        for fact, value, most in (
            ("latitude", latitude, 90),
            ("longitude", longitude, 180),
        ):
            if value is not None and not abs(value) <= most:
                yield fact, _("This number cannot be meant.")

    def after_many(self, entries: Sequence[Model]) -> None:
        ReferenceVersion.raise_for("place")

    def complete(self, facts: Facts) -> Facts:
        if "district" not in facts or "is_district_chosen" in facts:
            return facts
        is_chosen = facts["district"] is not None
        return {**facts, "is_district_chosen": is_chosen, "is_district_guessed": False}

    def after(self, ids: Iterable[int]) -> None:
        ids, shapes = list(ids), Shapes.load()
        for place in Place.objects.filter(pk__in=ids):
            actions.assign_district(place, shapes)
        schools = Place.objects.filter(pk__in=ids, schools__isnull=False)
        if pks := list(schools.values_list("schools", flat=True)):
            actions.index_schools(pks)
