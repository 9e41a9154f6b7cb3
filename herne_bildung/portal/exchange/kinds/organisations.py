"""Organisations as a table; for staff."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city import actions
from herne_bildung.city.models import Organisation, User
from herne_bildung.lib.analyser import sort_key
from herne_bildung.portal.exchange.columns import (
    ChoiceColumn,
    Column,
    FieldColumn,
    ReferenceColumn,
    YesNoColumn,
)
from herne_bildung.portal.exchange.kinds.base import (
    ExchangeKind,
    Facts,
    translated_columns,
)
from herne_bildung.portal.exchange.kinds.family_centres import KITAS, check_kitas
from herne_bildung.portal.exchange.lookups import ORGANISATION, PLACE, Lookups
from herne_bildung.portal.exchange.scope import Scope

Status = Organisation.Status


class OrganisationKind(ExchangeKind):
    name, model, label = "organisation", Organisation, gettext_lazy("organisations")
    care = "organisation"

    def facts(self) -> Sequence[Column]:
        name, *names = translated_columns(
            self,
            "name",
            "Name",
            is_required=True,
            example="Nachbarschaftshaus Beispiel",
            other_names=("Organisation", "Einrichtung", "Bezeichnung"),
        )
        description, *descriptions = translated_columns(
            self, "description", "Beschreibung"
        )
        return (
            name,
            ChoiceColumn(
                "kind",
                "Art",
                choices=tuple(Organisation.Kind.choices),
                is_required=True,
                example="Bildungseinrichtung",
            ),
            ReferenceColumn(
                "parent",
                "Träger",
                to=ORGANISATION,
                note=gettext_lazy("Name, or own key of a row of this table."),
            ),
            ChoiceColumn(
                "status",
                "Status",
                choices=tuple(Status.choices),
                keeps_if_empty=True,
            ),
            YesNoColumn(
                "is_provider", "Bietet etwas an", never_unknown=True, example="ja"
            ),
            description,
            FieldColumn("email", "E-Mail", field=self.field("email")),
            FieldColumn(
                "phone", "Telefon", field=self.field("phone"), is_telephone=True
            ),
            FieldColumn("website", "Website", field=self.field("website")),
            ReferenceColumn("places", "Orte", to=PLACE, takes_several=True),
            KITAS,
            *names,
            *descriptions,
            FieldColumn(
                "internal_note",
                "Interne Notiz",
                field=self.field("internal_note"),
                is_private=True,
            ),
        )

    def entries(self, scope: Scope) -> QuerySet:
        return scope.organisations().filter(is_sample=False)

    def defaults(self, scope: Scope, lookups: Lookups) -> Facts:
        return {"status": Status.ACTIVE, "is_provider": True}

    def check(self, facts: Facts, present: Facts) -> Iterable[tuple[str, ...]]:
        if facts["status"] == Status.HIDDEN != present.get("status"):
            yield "status", _("This state comes by itself, not by a table.")
        yield from check_kitas(facts)

    def in_order(self, rows: list, cell_of: Callable[[Any, str], str]) -> list:
        """Each after the one it names as its Träger, circles at the end."""
        keys = {cell_of(row, "key").casefold(): row for row in rows}
        placed: set[int] = set()
        ordered: list = []
        for row in rows:
            chain, one = [], row
            while one is not None and one.number not in placed:
                placed.add(one.number)
                chain.append(one)
                one = keys.get(cell_of(one, "parent").casefold())
            ordered += reversed(chain)
        return ordered

    def is_archived(self, facts: Facts) -> bool:
        return facts.get("status") == Status.HISTORIC

    def archive(self, ids: Iterable[int], *, reason: str, by: User) -> None:
        for entry in Organisation.objects.filter(pk__in=list(ids)):
            entry.status = Status.HISTORIC
            entry.save()
        actions.index_organisations(ids)

    def prepare(self, entry: Model) -> None:
        entry.sort_key = sort_key(entry.name_de or "")[:200]

    def after(self, ids: Iterable[int]) -> None:
        actions.index_organisations(ids)
