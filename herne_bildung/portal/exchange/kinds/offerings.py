"""Offers as a table."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.models import Organisation, User
from herne_bildung.city.rights import managed_organisations
from herne_bildung.city.spoken import SpokenLanguage
from herne_bildung.lib.analyser import sort_key
from herne_bildung.portal.exchange.columns import (
    ChoiceColumn,
    ChoicesColumn,
    Column,
    DecimalColumn,
    FieldColumn,
    MonthsColumn,
    ReferenceColumn,
    YesNoColumn,
)
from herne_bildung.portal.exchange.kinds.base import (
    ExchangeKind,
    Facts,
    translated_columns,
)
from herne_bildung.portal.exchange.kinds.seasons import (
    check_dates,
    check_seasons,
    implied_by_places,
    occurrence_columns,
    season_columns,
)
from herne_bildung.portal.exchange.kinds.times import (
    schedule_columns,
)
from herne_bildung.portal.exchange.lookups import ORGANISATION, PLACE, TOPIC, Lookups
from herne_bildung.portal.exchange.moments import DateColumn
from herne_bildung.portal.exchange.scope import Scope
from offerings import actions
from offerings.ages import BIRTH
from offerings.chains import makes_a_circle
from offerings.choices import Format, TargetGroup
from offerings.models import CostOption, Offering

State = Offering.State
STATES_OF_CARE = {State.UNCONFIRMED, State.ENDED}
SEVERAL = gettext_lazy("Several with a | between them.")


class OfferingKind(ExchangeKind):
    name, model, label = "offering", Offering, gettext_lazy("offers")
    is_for_providers = True
    care, title = "offering", "title_de"

    def facts(self) -> Sequence[Column]:
        return (
            *translated_columns(
                self,
                "title",
                "Titel",
                is_required=True,
                example="Krabbelgruppe am Dienstag",
                other_names=("Name", "Bezeichnung", "Veranstaltung", "Kurstitel"),
            )[:1],
            *translated_columns(
                self,
                "summary",
                "Kurzbeschreibung",
                is_required=True,
                example="Für Eltern mit Kindern bis drei Jahre.",
                other_names=("Kurztext", "Zusammenfassung"),
                note=gettext_lazy("One or two sentences."),
            )[:1],
            *translated_columns(
                self, "description", "Beschreibung", other_names=("Langtext", "Text")
            )[:1],
            *translated_columns(
                self,
                "next_step",
                "So kann man mitmachen",
                example="Einfach vorbeikommen.",
            )[:1],
            ReferenceColumn(
                "provider",
                "Anbieter",
                to=ORGANISATION,
                is_required=True,
                other_names=("Träger", "Veranstalter", "Einrichtung"),
                note=gettext_lazy("The name as it stands on the portal."),
            ),
            ReferenceColumn(
                "topics", "Themen", to=TOPIC, takes_several=True, note=SEVERAL
            ),
            ReferenceColumn(
                "places",
                "Orte",
                to=PLACE,
                takes_several=True,
                other_names=("Ort", "Veranstaltungsort"),
                note=gettext_lazy(
                    "Name, address or own key of places that are known already. "
                    "Several with a | between them."
                ),
            ),
            self._yes_no("is_citywide", "Ganze Stadt"),
            ChoiceColumn("format", "Format", choices=tuple(Format.choices)),
            *self._people(),
            *self._access(),
            *self._dates(),
            *schedule_columns(),
            *occurrence_columns(),
            *season_columns(),
            *self._contact(),
            ChoiceColumn(
                "state",
                "Status",
                choices=tuple(State.choices),
                keeps_if_empty=True,
                note=gettext_lazy(
                    "Without an entry new offers are drafts. Who may not publish asks "
                    "for it with “published”."
                ),
            ),
            DateColumn("visible_from", "Sichtbar ab"),
            DateColumn("visible_until", "Sichtbar bis"),
            *self._other_languages(),
            FieldColumn(
                "internal_note",
                "Interne Notiz",
                field=self.field("internal_note"),
                is_private=True,
            ),
        )

    def _yes_no(self, fact: str, header: str, **more: Any) -> Column:
        note = gettext_lazy("“ja”, “nein”, or empty where it is not known.")
        return YesNoColumn(fact, header, note=note, **more)

    def _text(self, fact: str, header: str, **more: Any) -> Column:
        return FieldColumn(fact, header, field=self.field(fact), **more)

    def _people(self) -> Iterable[Column]:
        months = gettext_lazy("In months: 3 years are 36.")
        for fact, header, example in (
            ("age_min_months", "Alter ab (Monate)", "0"),
            ("age_max_months", "Alter bis (Monate)", "36"),
        ):
            yield MonthsColumn(
                fact, header, field=self.field(fact), note=months, example=example
            )
        yield ChoicesColumn(
            "target_groups",
            "Für wen",
            choices=tuple(TargetGroup.choices),
            other_names=("Zielgruppe", "Zielgruppen"),
            example="Eltern",
        )
        yield ChoicesColumn(
            "languages",
            "Sprachen des Angebots",
            choices=tuple(SpokenLanguage.choices),
            other_names=("Sprache", "Sprachen"),
            example="Deutsch, Türkçe",
        )

    def _access(self) -> Iterable[Column]:
        yield self._yes_no("is_accessible", "Barrierefrei")
        yield self._text("accessibility_note", "Hinweis zur Barrierefreiheit")
        yield self._yes_no("has_childcare", "Kinderbetreuung")
        yield self._yes_no("is_free", "Kostenlos", example="nein")
        price = CostOption._meta.get_field
        yield DecimalColumn(
            "cost_options.amount",
            "Preis",
            field=price("amount"),
            example="3,50",
            other_names=("Preis in Euro", "Kosten", "Gebühr"),
            note=gettext_lazy("In euros. Several with a | between them."),
        )
        yield ChoiceColumn(
            "cost_options.kind",
            "Art des Preises",
            choices=tuple(CostOption.Kind.choices),
            default=CostOption.Kind.REGULAR,
        )
        yield ChoiceColumn(
            "cost_options.per",
            "Preis je",
            choices=tuple(CostOption.Per.choices),
            default=CostOption.Per.ONCE,
        )

    def _dates(self) -> Iterable[Column]:
        yield DateColumn("starts_on", "Erster Tag", example="12.01.2027")
        yield DateColumn("ends_on", "Letzter Tag")
        yield self._text("running_since", "Läuft seit")
        yield ChoiceColumn(
            "registration",
            "Anmeldung",
            choices=tuple(Offering.Registration.choices),
        )
        yield self._text("registration_url", "Adresse zur Anmeldung")

    def _contact(self) -> Iterable[Column]:
        yield FieldColumn(
            "phone",
            "Telefon",
            field=self.field("phone"),
            is_telephone=True,
            other_names=("Telefonnummer",),
        )
        yield self._text("email", "E-Mail", other_names=("Mail", "E-Mail-Adresse"))
        yield self._text("website", "Website", other_names=("Homepage", "Internet"))

    def _other_languages(self) -> Iterable[Column]:
        for name, header in (
            ("title", "Titel"),
            ("summary", "Kurzbeschreibung"),
            ("description", "Beschreibung"),
            ("next_step", "So kann man mitmachen"),
        ):
            yield from translated_columns(self, name, header)[1:]

    def entries(self, scope: Scope) -> QuerySet:
        # What an invented provider hands in is invented too, and comes again.
        came_before = scope.records(self.name).values("object_id")
        every = Offering.objects.filter(Q(is_sample=False) | Q(pk__in=came_before))
        if scope.is_staff:
            return every
        return every.filter(provider__in=managed_organisations(scope.user))

    def owner(self, facts: Facts) -> int | None:
        return facts.get("provider")

    def defaults(self, scope: Scope, lookups: Lookups) -> Facts:
        return {"state": State.DRAFT, "provider": scope.organisation_id}

    def implied(self, facts: Facts, present: Facts) -> Facts:
        """An upper age alone begins at birth."""
        found = implied_by_places(facts, present)
        high, low = facts.get("age_max_months"), facts.get("age_min_months")
        is_young = high is not None and low is None
        return found | ({"age_min_months": BIRTH} if is_young else {})

    def check(self, facts: Facts, present: Facts) -> Iterable[tuple[str, ...]]:
        if facts["state"] in STATES_OF_CARE and facts["state"] != present.get("state"):
            yield "state", _("This state comes by itself, not by a table.")
        low, high = facts.get("age_min_months"), facts.get("age_max_months")
        if high is not None and low is not None and high < low:
            yield (
                "age_max_months",
                _("The upper age is below the lower one."),
                "age_min_months",
            )
        for first, last in (
            ("starts_on", "ends_on"),
            ("visible_from", "visible_until"),
        ):
            if facts.get(first) and facts.get(last) and facts[last] < facts[first]:
                yield last, _("This day is before the first one."), first
        yield from check_seasons(facts)
        yield from check_dates(facts, present)
        for row in facts.get("cost_options") or ():
            if row["amount"] in (None, ""):
                yield "cost_options.amount", _("A price needs an amount.")

    def leads_back(self, entry: Model, facts: Facts) -> Iterable[tuple[str, ...]]:
        if makes_a_circle(entry.pk, facts.get("successor")):
            yield "successor", _("This offer leads back to the same one.")

    def is_archived(self, facts: Facts) -> bool:
        return facts.get("state") == State.ARCHIVED

    def archive(self, ids: Iterable[int], *, reason: str, by: User) -> None:
        offerings = Offering.objects.filter(pk__in=list(ids))
        actions.change_state(offerings, state=State.ARCHIVED, reason=reason, by=by)

    def before_many(self, entries: Sequence[Model]) -> None:
        """Offers of an invented provider are invented too."""
        providers = {entry.provider_id for entry in entries}
        samples = Organisation.objects.filter(pk__in=providers, is_sample=True)
        found = set(samples.values_list("pk", flat=True))
        for entry in entries:
            entry.is_sample = entry.provider_id in found

    def prepare(self, entry: Model) -> None:
        entry.sort_key = sort_key(entry.title_de or "")[:200]

    def after(self, ids: Iterable[int]) -> None:
        actions.reindex(ids)
