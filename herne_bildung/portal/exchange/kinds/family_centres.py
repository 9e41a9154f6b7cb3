"""Profiles of family centres as a table; for staff. Name, Träger, contact, places and
Kitas of a centre stand in the table of organisations, which comes in first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.models import Organisation
from herne_bildung.lib.tables import Cell
from herne_bildung.portal.exchange.columns import (
    Column,
    ReferenceColumn,
    YesNoColumn,
)
from herne_bildung.portal.exchange.kinds.base import (
    ExchangeKind,
    Facts,
    translated_columns,
)
from herne_bildung.portal.exchange.lookups import (
    FAMILY_CENTRE,
    ORGANISATION,
    Lookups,
)
from herne_bildung.portal.exchange.moments import (
    DateColumn,
    TimeColumn,
    WeekdaysColumn,
)
from herne_bildung.portal.exchange.scope import Scope
from offerings.centres.search import index_centres
from offerings.models import FamilyCentre


@dataclass(frozen=True)
class WeekdayColumn(WeekdaysColumn):
    """One weekday."""

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        found = super().read(cell, lookups)
        if len(found) > 1:
            raise ValidationError(_("Please write one weekday in each part."))
        return found[0] if found else None

    def write(self, value: Any, lookups: Lookups) -> Any:
        return super().write([] if value is None else [value], lookups)


@dataclass(frozen=True)
class KitaColumn(ReferenceColumn):
    """The Kitas of a centre: organisations that are known already."""

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        found = super().read(cell, lookups)
        if isinstance(found, dict):
            raise ValidationError(
                _(
                    "This Kita is new in this table. Please take the table over "
                    "without this cell first, then with it."
                )
            )
        return found


KITAS = KitaColumn(
    "member_links.member",
    "Kitas",
    to=ORGANISATION,
    other_names=("Kitas des Familienzentrums", "Verbund"),
    note=gettext_lazy(
        "For family centres only: names or addresses on the site of its Kitas. "
        "Several with a | between them."
    ),
)


def check_kitas(facts: Facts) -> Iterable[tuple[str, str]]:
    """What does not fit in the Kitas of an organisation."""
    members = [row["member"] for row in facts.get("member_links") or ()]
    if len(members) > len(set(members)):
        yield KITAS.fact, _("The same Kita stands here twice.")
    if members and facts.get("kind") != Organisation.Kind.FAMILY_CENTRE:
        yield KITAS.fact, _("Only family centres have Kitas.")


class FamilyCentreKind(ExchangeKind):
    name, model = "family_centre", FamilyCentre
    label = gettext_lazy("family centres")
    # Undoing takes a new profile away; its organisation stays.
    can_archive = False
    care = "family_centre"
    title = "organisation"
    prepared = ()

    def facts(self) -> Sequence[Column]:
        note, *notes = translated_columns(
            self, "consultation_note", "Hinweis zur Sprechstunde"
        )
        return (
            ReferenceColumn(
                "organisation",
                "Familienzentrum",
                to=FAMILY_CENTRE,
                is_required=True,
                example="Familienzentrum Beispiel",
                other_names=("Name", "Einrichtung", "Bezeichnung"),
                note=gettext_lazy(
                    "Name or address on the site of an organisation of the kind "
                    "“family centre”. Its Träger, contact and Kitas stand in the "
                    "table of organisations."
                ),
            ),
            DateColumn("certificate_from", "Zertifikat seit", example="01.08.2024"),
            DateColumn("certificate_until", "Zertifikat bis", example="31.07.2028"),
            WeekdayColumn(
                "consultation_hours.weekday",
                "Sprechstunde am",
                example="Di",
                note=gettext_lazy(
                    "Mo, Di, Mi, Do, Fr, Sa, So. Where there are several, each column "
                    "of the consultation hours has as many parts, with a | between "
                    "them."
                ),
            ),
            TimeColumn("consultation_hours.opens", "Sprechstunde von", example="9:00"),
            TimeColumn(
                "consultation_hours.closes", "Sprechstunde bis", example="11:00"
            ),
            YesNoColumn(
                "consultation_hours.is_by_appointment",
                "Sprechstunde nur mit Termin",
                never_unknown=True,
            ),
            note,
            *notes,
        )

    def entries(self, scope: Scope) -> QuerySet:
        return FamilyCentre.objects.filter(is_sample=False)

    def owner(self, facts: Facts) -> int | None:
        return facts.get("organisation")

    def check(self, facts: Facts, present: Facts) -> Iterable[tuple[str, ...]]:
        organisation = facts.get("organisation")
        if organisation and organisation != present.get("organisation"):
            others = FamilyCentre.objects.filter(organisation=organisation)
            if others.exists():
                yield (
                    "organisation",
                    _(
                        "This family centre has a profile already. Please download "
                        "the table and change its row."
                    ),
                )
        since, until = facts.get("certificate_from"), facts.get("certificate_until")
        if since and until and until < since:
            yield (
                "certificate_until",
                _("This day is before the first one."),
                "certificate_from",
            )
        for row in facts.get("consultation_hours") or ():
            yield from check_hours(row)

    def before_many(self, entries: Sequence[Model]) -> None:
        """Profiles of invented organisations are invented too."""
        organisations = Organisation.objects.in_bulk(
            [entry.organisation_id for entry in entries]
        )
        for entry in entries:
            entry.is_sample = organisations[entry.organisation_id].is_sample
            entry.as_of = organisations[entry.organisation_id].as_of

    def after(self, ids: Iterable[int]) -> None:
        index_centres()


def check_hours(row: Facts) -> Iterable[tuple[str, str]]:
    """What does not fit in one of the hours."""
    if row["weekday"] is None:
        yield "consultation_hours.weekday", _("Please choose at least one weekday.")
    if not row["opens"]:
        yield "consultation_hours.opens", _("Times need a beginning.")
    if not row["closes"]:
        yield "consultation_hours.closes", _("Times need an end.")
    elif row["opens"] and row["closes"] <= row["opens"]:
        yield "consultation_hours.closes", _("It closes before it opens.")
