"""What the history of the catalogue holds (herne_bildung.city.versions)."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from herne_bildung.city.versions import Child, Group, Versioned, register
from herne_bildung.lib.listing import listed
from offerings.actions import reindex
from offerings.ages import age_in_words
from offerings.detail import price_in_words
from offerings.models import CostOption, Offering, Schedule, Topic
from offerings.schedules import time_in_words

State = Offering.State


def schedule_in_words(schedule: Schedule) -> str:
    """Times, first and last day, days left out."""
    days = [date_format(schedule.starts_on, "SHORT_DATE_FORMAT")]
    if schedule.until:
        days.append(date_format(schedule.until, "SHORT_DATE_FORMAT"))
    text = f"{time_in_words(schedule)} ({' – '.join(days)})"
    if schedule.exceptions:
        days = listed(
            date_format(day, "SHORT_DATE_FORMAT") for day in schedule.exceptions
        )
        text += f", {_('not on')} {days}"
    return text


def price(option: CostOption) -> str:
    return price_in_words(option, get_language())


OFFERING = Versioned(
    model=Offering,
    children=(
        Child("schedules", gettext_lazy("dates and times"), schedule_in_words),
        Child("cost_options", gettext_lazy("prices"), price),
        Child("picture", gettext_lazy("picture")),
        Child("flyers", gettext_lazy("flyers")),
    ),
    owner_field="provider",
    owners=lambda entry: [entry.provider_id],
    state="state",
    public=State.PUBLISHED,
    drafts=(State.DRAFT, State.ARCHIVED),
    archived=(State.ARCHIVED,),
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
                # As the correction form of a mail names them.
                "weekdays",
                "start_time",
                "end_time",
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
            ("next_step", "registration", "registration_url"),
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
register(Versioned(model=Topic, after_save=after_topic))
