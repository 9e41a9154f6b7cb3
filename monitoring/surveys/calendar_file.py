"""Waves of surveys as a calendar to subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Event

from goals.network.calendar import DAYS_BACK, calendar_named
from herne_bildung.lib import clock
from herne_bildung.lib.localized import localized_entry
from monitoring.models import Wave
from monitoring.surveys.words import survey_path

MOST_WAVES = 500
DAY = timedelta(days=1)


def calendar_file(name: str, language: str) -> bytes:
    """All public waves, without samples and those long over."""
    since = clock.today() - DAYS_BACK
    waves = (
        Wave.objects.published()
        .filter(ends_on__gte=since, is_sample=False)
        .select_related("instrument")
        .order_by("starts_on", "pk")
    )
    calendar = calendar_named(name)
    for event in events(waves[:MOST_WAVES], language):
        calendar.add_component(event)
    return calendar.to_ical()


def events(waves: Iterable[Wave], language: str) -> Iterable[Event]:
    """One event of whole days a wave; the same identity at every download."""
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or "lernen-in-herne"
    for wave in waves:
        survey = localized_entry(wave.instrument, "name", language).text
        title = localized_entry(wave, "title", language).text
        found = Event()
        found.add("uid", f"survey-{wave.pk}@{host}")
        found.add("dtstamp", wave.updated_at)
        found.add("last-modified", wave.updated_at)
        found.add("dtstart", wave.starts_on)
        # The end of whole days is the day after.
        found.add("dtend", wave.ends_on + DAY)
        found.add("summary", f"{survey}: {title}")
        # Nobody is busy for weeks.
        found.add("transp", "TRANSPARENT")
        path = survey_path(wave.instrument)
        found.add("url", f"{settings.PUBLIC_ADDRESS}{path}#wave-{wave.pk}")
        yield found
