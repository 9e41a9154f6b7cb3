"""Offers as entries to look after (herne_bildung.freshness)."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.reference import versions
from herne_bildung.freshness.kinds import Fact, FactGroup, Kind, register
from herne_bildung.freshness.organisations import (
    districts_of,
    fact,
    looked_after,
    texts,
)
from herne_bildung.lib import clock
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text, localized_entry
from offerings import reference
from offerings.actions import reindex
from offerings.centres.care import FamilyCentreKind
from offerings.current import care as current_care
from offerings.current.fields import AT_ONCE
from offerings.dates.schedules import weekly_times
from offerings.facts_in_words import facts, period
from offerings.forms import OfferingCorrection
from offerings.models import Offering

State = Offering.State
TIMES, TERMS, DESCRIPTION = "times", "terms", "description"
SCHEDULE_FIELDS = (
    "frequency",
    "interval",
    "weekdays",
    "week_of_month",
    "starts_on",
    "until",
    "start_time",
    "end_time",
    "exceptions",
    "in_school_holidays",
)


class OfferingKind(Kind):
    """What people can attend or use."""

    name, model, label = "offering", Offering, gettext_lazy("offer")
    groups = (
        FactGroup(TIMES, gettext_lazy("dates and times"), 3, 6),
        FactGroup(TERMS, gettext_lazy("costs, registration, contact"), 6, 12),
        FactGroup(DESCRIPTION, gettext_lazy("address and description"), 12, 24),
    )
    link_fields = ("website", "registration_url")
    correction_form = OfferingCorrection
    at_once = AT_ONCE

    def entries(self) -> QuerySet:
        return (
            Offering.objects.filter(looked_after("provider"))
            .select_related("provider")
            .prefetch_related(
                "topics__parent",
                "places__district__parent__parent",
                "schedules",
                "occurrences",
                "cost_options",
            )
        )

    def organisation_id(self, entry: Offering) -> int | None:
        return entry.provider_id

    def is_public(self, entry: Offering) -> bool:
        return self.is_shown(entry) and not entry.has_ended

    def is_shown(self, entry: Offering) -> bool:
        return entry.is_published_on(clock.today())

    def title(self, entry: Offering, language: str) -> Text:
        return localized_entry(entry, "title", language)

    def facts(self, entry: Offering, language: str) -> Mapping[str, list[Fact]]:
        costs_and_terms = {_("Costs"), _("Registration")}
        shown = [
            found for found in facts(entry, language) if found["label"] != _("When")
        ]
        terms = [found for found in shown if found["label"] in costs_and_terms]
        rest = [found for found in shown if found["label"] not in costs_and_terms]
        places = [
            listed(filter(None, (place.name, place.address)))
            for place in entry.places.all()
        ]
        return {
            TIMES: [
                fact(_("When"), *weekly_times(entry), *period(entry, language)),
                *current_care.times(entry, language),
            ],
            TERMS: [
                *(fact(found["label"], *found["lines"]) for found in terms),
                *current_care.terms(entry),
                Fact(_("How do I take part?"), texts(entry, "next_step", language)),
                fact(_("Address to register"), entry.registration_url),
                fact(_("Telephone"), entry.phone),
                fact(_("E-mail"), entry.email),
                fact(_("Website"), entry.website),
            ],
            DESCRIPTION: [
                Fact(_("Title"), (self.title(entry, language),)),
                Fact(_("In short"), texts(entry, "summary", language)),
                fact(_("Where"), *places),
                *(fact(found["label"], *found["lines"]) for found in rest),
                *current_care.description(entry),
                Fact(_("Description"), texts(entry, "description", language)),
            ],
        }

    def values(self, entry: Offering) -> Mapping[str, Any]:
        times = [
            [[getattr(schedule, name) for name in SCHEDULE_FIELDS]]
            for schedule in sorted(entry.schedules.all(), key=lambda found: found.pk)
        ]
        period_of: list[Any] = [entry.starts_on, entry.ends_on]
        if entry.running_since:
            # Only where it is known: entries without it stay confirmed as they are.
            period_of.append(entry.running_since)
        terms = [
            entry.is_free,
            entry.registration,
            entry.registration_url,
            entry.next_step_de,
            entry.phone,
            entry.email,
            entry.website,
            sorted(
                [option.kind, option.per, option.amount]
                for option in entry.cost_options.all()
            ),
            *current_care.values_of_terms(entry),
        ]
        found: dict[str, Any] = {
            DESCRIPTION: [
                entry.title_de,
                entry.summary_de,
                entry.description_de,
                sorted([place.pk, place.address] for place in entry.places.all()),
                entry.is_citywide,
                entry.format,
                [entry.age_min_months, entry.age_max_months],
                sorted(entry.target_groups),
                sorted(entry.languages),
                [entry.is_accessible, entry.accessibility_note, entry.has_childcare],
                *current_care.values_of_description(entry),
            ]
        }
        changed = current_care.values_of_times(entry)
        if times or any(period_of) or changed:
            found[TIMES] = [times, period_of, *changed]
        if any(value not in (None, "", []) for value in terms):
            found[TERMS] = terms
        return found

    def dimensions(self, entry: Offering) -> Mapping[str, list[str]]:
        topics = {topic.key for topic in entry.topics.all()}
        topics |= {topic.parent.key for topic in entry.topics.all() if topic.parent}
        return {
            "district": districts_of(entry.places.all()),
            "topic": sorted(topics),
        }

    def dimension_names(self, dimension: str, language: str) -> Mapping[str, str]:
        if dimension != "topic":
            return {}
        known = reference.topics(versions()).by_key
        return {key: node.names[language].text for key, node in known.items()}

    def page_path(self, entry: Offering) -> str:
        return reverse("offering", args=[entry.slug])

    def admin_path(self, entry: Offering) -> str:
        return reverse("admin:offerings_offering_change", args=[entry.pk])

    def phone(self, entry: Offering) -> str:
        return entry.phone or (entry.provider.phone if entry.provider else "")

    def to_ask(self, entry: Offering) -> Sequence[Any]:
        return (entry, entry.provider) if entry.provider else (entry,)

    def hide(self, entry: Offering) -> None:
        self._set(entry, State.UNCONFIRMED)

    def show(self, entry: Offering) -> None:
        """Not what somebody archived or made a draft since: its facts may be others,
        which nobody has approved.
        """
        if entry.state in (State.UNCONFIRMED, State.ENDED, State.PUBLISHED):
            self._set(entry, State.PUBLISHED)

    def end(self, entry: Offering) -> None:
        self._set(entry, State.ENDED)

    def after_confirmation(self, confirmed: Mapping[int, Collection[str]]) -> None:
        """Places left are as they were then today too."""
        terms = [pk for pk, groups in confirmed.items() if TERMS in groups]
        if terms:
            current_care.note_places_confirmed(terms)

    def after_correction(self, entry: Offering) -> None:
        reindex([entry.pk])

    def _set(self, entry: Offering, state: str) -> None:
        entry.state = state
        entry.save()
        reindex([entry.pk])


register(OfferingKind())
register(FamilyCentreKind())
