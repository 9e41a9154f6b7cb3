"""What the history of the catalogue holds (herne_bildung.city.versions)."""

from datetime import date, time
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from herne_bildung.city.versions import Child, Group, Versioned, register
from offerings.actions import reindex
from offerings.ages import age_in_words
from offerings.centres.hours import row_in_words
from offerings.centres.search import index_centres
from offerings.current.snapshots import CHANGES, COLUMNS
from offerings.dates.words import known_in_words
from offerings.facts import bare_rule
from offerings.facts_in_words import price_in_words
from offerings.models import (
    CostOption,
    FamilyCentre,
    Occurrence,
    Offering,
    Schedule,
    Topic,
)

State = Offering.State


def schedule_in_words(schedule: Schedule) -> str:
    """Days and times, first and last day, days left out."""
    return known_in_words(bare_rule(schedule))


def change_in_words(change: Occurrence) -> str:
    """ "24.11.2026, 09:30: is moved, 25.11.2026, 10:00–11:30 (illness)"."""
    text = f"{_day_and_times(change.day, change.start_time)}: "
    text += str(change.get_state_display())
    if change.new_day:
        ends = (change.new_start_time, change.new_end_time)
        text += f", {_day_and_times(change.new_day, *ends)}"
    if change.reason:
        text += f" ({change.get_reason_display()})"
    return text


def _day_and_times(day: date, *times: time | None) -> str:
    said = "–".join(f"{one:%H:%M}" for one in times if one)
    return ", ".join(filter(None, [date_format(day, "SHORT_DATE_FORMAT"), said]))


def price(option: CostOption) -> str:
    return price_in_words(option, get_language())


OFFERING = Versioned(
    model=Offering,
    children=(
        Child("schedules", gettext_lazy("dates and times"), schedule_in_words),
        Child("cost_options", gettext_lazy("prices"), price),
        Child(
            "occurrences",
            gettext_lazy("cancelled and moved dates"),
            change_in_words,
            has_no_order=True,
        ),
        Child("picture", gettext_lazy("picture")),
        Child("flyers", gettext_lazy("flyers")),
    ),
    owner_field="provider",
    owners=lambda entry: [entry.provider_id],
    state="state",
    public=State.PUBLISHED,
    drafts=(State.DRAFT, State.ARCHIVED),
    archived=(State.ARCHIVED,),
    # True on the day it was said, also when it is accepted or restored later.
    filled_in=frozenset({"places_left_on"}),
    at_once=(*COLUMNS, CHANGES),
    groups=(
        Group(
            "description",
            gettext_lazy("Description"),
            (
                "title",
                "summary",
                "description",
                "topics",
                "provider",
                "picture",
                "flyers",
            ),
        ),
        Group(
            "people",
            gettext_lazy("For whom"),
            (
                "age_min_months",
                "age_max_months",
                "target_groups",
                "only_for",
                "languages",
                "has_childcare",
            ),
        ),
        Group(
            "when",
            gettext_lazy("When"),
            (
                "schedules",
                "starts_on",
                "ends_on",
                "running_since",
                "occurrences",
                "paused_from",
                "paused_until",
                "is_holiday_programme",
                # As the correction form of a mail names them.
                "weekdays",
                "start_time",
                "end_time",
                "cancelled_days",
            ),
        ),
        Group(
            "where",
            gettext_lazy("Where"),
            (
                "format",
                "places",
                "is_citywide",
                "is_accessible",
                "accessibility_note",
            ),
        ),
        Group("costs", gettext_lazy("Costs"), ("is_free", "cost_options")),
        Group(
            "registration",
            gettext_lazy("Registration"),
            (
                "next_step",
                "registration",
                "registration_url",
                "places_left",
                "places_left_on",
            ),
        ),
        Group("contact", gettext_lazy("Contact"), ("phone", "email", "website")),
    ),
    names={
        "age_min_months": gettext_lazy("from age"),
        "age_max_months": gettext_lazy("up to age"),
    },
    values={"age_min_months": age_in_words, "age_max_months": age_in_words},
    after_save=lambda entry: reindex([entry.pk]),
    page_path=lambda entry: reverse("offering", args=[entry.slug]),
)


def after_topic(topic: Any) -> None:
    """Offers follow their topics by `follow_changes`."""


register(OFFERING)
register(
    Versioned(
        model=FamilyCentre,
        children=(
            Child(
                "consultation_hours", gettext_lazy("consultation hours"), row_in_words
            ),
        ),
        owner_field="organisation",
        owners=lambda entry: [entry.organisation_id],
        groups=(
            Group(
                "hours",
                gettext_lazy("Consultation hours"),
                ("consultation_note", "consultation_hours"),
            ),
            Group(
                "kitas",
                pgettext_lazy("family centre", "Certificate"),
                ("certificate_from", "certificate_until"),
            ),
        ),
        after_save=lambda entry: index_centres(),
        page_path=lambda entry: reverse(
            "family_centre", args=[entry.organisation.slug]
        ),
    )
)
register(Versioned(model=Topic, after_save=after_topic))
