"""Calendar files (iCalendar, RFC 5545) of offers."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from herne_bildung.lib import clock
from herne_bildung.lib.clock import BERLIN
from herne_bildung.lib.localized import localized_entry
from herne_bildung.lib.schedule import days
from offerings.models import Offering
from offerings.schedules import own_rules

DAYS_AHEAD = timedelta(days=180)
USUAL_LENGTH = timedelta(hours=1)


def calendar_file(offering: Offering, language: str) -> bytes:
    """The dates of the coming half year, one event each, so that school holidays
    and exceptions are right in every calendar program. Without a known end a date
    is shown as one hour.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Stadt Herne//Lernen! in Herne//DE")
    calendar.add("version", "2.0")
    calendar.add("name", localized_entry(offering, "title", language).text)
    today = clock.today()
    for rule in own_rules(offering):
        for day in days(rule, today):
            if day > today + DAYS_AHEAD:
                break
            start = datetime.combine(day, rule.start_time, tzinfo=BERLIN)
            end = start + USUAL_LENGTH
            if rule.end_time:
                end = datetime.combine(day, rule.end_time, tzinfo=BERLIN)
            calendar.add_component(event(offering, language, start, end))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def event(offering: Offering, language: str, start: datetime, end: datetime) -> Event:
    """One date of an offer; the same identity at every download."""
    found = Event()
    found.add("uid", f"{offering.slug}-{start:%Y%m%dT%H%M}@lernen-in-herne")
    found.add("dtstamp", offering.updated_at)
    found.add("dtstart", start)
    found.add("dtend", end)
    found.add("summary", localized_entry(offering, "title", language).text)
    found.add("description", localized_entry(offering, "summary", language).text)
    address = reverse("offering", args=[offering.slug])
    found.add("url", f"{settings.PUBLIC_ADDRESS}{address}")
    places = list(offering.places.all())
    if places:
        found.add("location", str(places[0]))
    return found
