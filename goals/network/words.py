"""Bodies and their dates in words."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goals.models import Body, BodyDate
from herne_bildung.freshness.public import overdue_in_words, state_of_document
from herne_bildung.lib.dates import full_day_in_words
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text, isolated, localized_entry

DASH = "–"


def name_of(body: Body, language: str) -> Text:
    """Its name, or that of its entry in the list of organisations."""
    return localized_entry(body.named, "name", language)


def body_path(body: Body) -> str:
    return reverse("body", args=[body.slug])


def date_in_words(date: BodyDate, language: str) -> str:
    """ "Freitag, 27. November 2026, 14:30–16:00"; without a start only the day."""
    day = full_day_in_words(date.day, language)
    if date.starts_at is None:
        return day
    times = f"{date.starts_at:%H:%M}"
    if date.ends_at:
        times += f"{DASH}{date.ends_at:%H:%M}"
    return listed([day, isolated(times, language)])


def place_in_words(date: BodyDate) -> str:
    """Where it is; empty where that is not known. German, like all addresses."""
    return ", ".join(filter(None, [date.venue, str(date.place or "")]))


def shown_date(date: BodyDate, language: str) -> dict[str, Any]:
    """A date as `goals/network/dates.html` shows it."""
    return {
        "title": localized_entry(date, "title", language),
        "when": date_in_words(date, language),
        "where": place_in_words(date),
        "is_cancelled": date.is_cancelled,
        "body": name_of(date.body, language),
        "url": body_path(date.body),
        "is_sample": date.body.is_sample,
    }


def shown_body(body: Body, coming: BodyDate | None, language: str) -> dict[str, Any]:
    """A body as `components/offer_list.html` has cards."""
    name = name_of(body, language)
    return {
        "url": body_path(body),
        "title": {"text": name.text, "lang": name.lang, "dir": name.dir},
        "summary": localized_entry(body, "task", language),
        "next_date": (
            _("Next: %(date)s") % {"date": date_in_words(coming, language)}
            if coming
            else ""
        ),
        "is_sample": body.is_sample,
        "documented": state_of_document(body.as_of, body.care_confirmed_at),
        "overdue": overdue_in_words(
            body.as_of, body.care_confirmed_at, body.care_due_on
        ),
    }
