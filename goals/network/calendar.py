"""Dates of the network as calendars to subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
)

from goals.models import BodyDate
from goals.network.words import body_path, name_of, place_in_words
from herne_bildung.lib import clock
from herne_bildung.lib.clock import BERLIN
from herne_bildung.lib.localized import localized_entry

# What is longer ago leaves the calendar.
DAYS_BACK = timedelta(days=90)
MOST_DATES = 500
# How often programs may look for changes.
REFRESH = timedelta(hours=6)


def subscription(path: str) -> dict[str, str]:
    """The file, and the link that opens a calendar program to subscribe to it."""
    address = f"{settings.PUBLIC_ADDRESS}{path}"
    return {"url": path, "webcal": f"webcal://{address.partition('://')[2]}"}


def calendar_file(dates: QuerySet[BodyDate], name: str, language: str) -> bytes:
    """These dates, without those of samples and those long over, in a calendar of
    this name. Cancelled ones stay, marked, so that they vanish nowhere unnoticed.
    """
    calendar = calendar_named(name)
    since = clock.today() - DAYS_BACK
    shown = dates.filter(day__gte=since, body__is_sample=False)[:MOST_DATES]
    for event in events(shown, language):
        calendar.add_component(event)
    return calendar.to_ical()


def calendar_named(name: str) -> Calendar:
    """A calendar of this name to subscribe to, still without dates."""
    calendar = Calendar()
    calendar.add("prodid", "-//Stadt Herne//Lernen! in Herne//DE")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for property_name in ("name", "x-wr-calname"):
        calendar.add(property_name, name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    # Always there: a calendar without any part is none.
    calendar.add_component(berlin())
    return calendar


def berlin() -> Timezone:
    """The clocks of Herne by the rule of the European Union."""
    found = Timezone()
    found.add("tzid", BERLIN.key)
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    for part, name, first, before, after in (
        (TimezoneDaylight(), "CEST", "1996-03-31T02:00", winter, summer),
        (TimezoneStandard(), "CET", "1996-10-27T03:00", summer, winter),
    ):
        begin = datetime.fromisoformat(first)
        part.add("dtstart", begin)
        part.add("rrule", {"freq": "yearly", "bymonth": begin.month, "byday": "-1su"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        found.add_component(part)
    return found


def events(dates: Iterable[BodyDate], language: str) -> Iterable[Event]:
    """One event a date; the same identity at every download."""
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or "lernen-in-herne"
    for date in dates:
        found = Event()
        found.add("uid", f"network-{date.pk}@{host}")
        found.add("dtstamp", date.updated_at)
        found.add("last-modified", date.updated_at)
        if date.starts_at is None:
            found.add("dtstart", date.day)
        else:
            found.add("dtstart", datetime.combine(date.day, date.starts_at, BERLIN))
        if date.ends_at:
            found.add("dtend", datetime.combine(date.day, date.ends_at, BERLIN))
        name = name_of(date.body, language).text
        title = localized_entry(date, "title", language).text
        found.add("summary", f"{name}: {title}" if title else name)
        found.add("status", "CANCELLED" if date.is_cancelled else "CONFIRMED")
        found.add("url", f"{settings.PUBLIC_ADDRESS}{body_path(date.body)}")
        if place := place_in_words(date):
            found.add("location", place)
        yield found
