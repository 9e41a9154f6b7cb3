"""Offers follow what they point at: their words and filters say what it says now."""

from datetime import UTC, datetime, timedelta

from django.db import connection

from herne_bildung.city.models import (
    NetworkLink,
    Organisation,
    Place,
    SchoolHoliday,
)
from herne_bildung.lib import clock
from offerings import facts
from offerings.actions import reindex
from offerings.centres.search import index_centres
from offerings.models import FollowedChanges, Offering, Schedule

# What the index rows and search words of an offer are made from besides itself.
FOLLOWED = (
    "provider",
    "places",
    "places__district",
    "places__district__parent",
    "places__district__parent__parent",
    "topics",
    "topics__parent",
    "occurrences",
)
# How much the clocks of web servers, workers and database may differ.
CLOCKS_DIFFER = timedelta(seconds=10)
RUNNING_SQL = """
SELECT min(xact_start) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND backend_type = 'client backend'
"""


def follow_changes() -> int:
    """Reindex offers for all changes since the last time this ended well; the first
    time all that point at anything, after an upgrade that knows new facts all of them.
    Returns how many.
    """
    last = FollowedChanges.objects.first()
    until = settled_until()
    if last and last.facts_version != facts.VERSION:
        count = reindex()
    else:
        since = last.until if last else datetime.min.replace(tzinfo=UTC)
        count = reindex_changed(since)
    FollowedChanges.objects.bulk_create(
        [FollowedChanges(until=until, facts_version=facts.VERSION)],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=["until", "facts_version"],
    )
    return count


def settled_until() -> datetime:
    """The moment before which every change is visible: when the oldest transaction
    that still runs began, less what clocks of several machines differ.
    """
    with connection.cursor() as cursor:
        cursor.execute(RUNNING_SQL)
        [(oldest,)] = cursor.fetchall()
    return min(oldest or clock.now(), clock.now()) - CLOCKS_DIFFER


def reindex_changed(since: datetime) -> int:
    """Reindex offers whose provider, places, districts, topics, cancelled or moved
    dates or school holidays changed since a moment.
    """
    ids: set[int] = set()
    for relation in FOLLOWED:
        changed = Offering.objects.filter(**{f"{relation}__updated_at__gte": since})
        ids |= set(changed.values_list("pk", flat=True))
    if SchoolHoliday.objects.filter(updated_at__gte=since).exists():
        held = Schedule.InHolidays
        touched = Offering.objects.filter(
            schedules__in_school_holidays__in=[held.PAUSES, held.UNKNOWN]
        )
        ids |= set(touched.values_list("pk", flat=True))
    follow_centres(since)
    return reindex(ids) if ids else 0


def follow_centres(since: datetime) -> None:
    """Family centres are found by what their organisations, Kitas and places are
    called now.
    """
    for model in (Organisation, Place, NetworkLink):
        if model.objects.filter(updated_at__gte=since).exists():
            index_centres()
            return
