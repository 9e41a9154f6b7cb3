"""Which time and places the values of releases cover.

Values of a release never change, so what was found is kept; with Redis away it is read
again. Reading goes through all rows of a release once.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache

from herne_bildung.lib.time_periods import first_day, last_day
from monitoring.models import Area, Observation, Release

KEPT_FOR = 7 * 24 * 60 * 60
# Changes when what is kept looks different.
FORM = 1


@dataclass(frozen=True, slots=True)
class Coverage:
    """First and last day, and ids of the areas; empty without values."""

    first_day: date | None = None
    last_day: date | None = None
    areas: frozenset[int] = frozenset()


def coverage_of(releases: Sequence[Release]) -> dict[int, Coverage]:
    """What each release covers, by its id: two queries at most."""
    found = {}
    for release in releases:
        kept = cache.get(_key(release))
        if kept is not None:
            found[release.pk] = kept
    unknown = [release for release in releases if release.pk not in found]
    if unknown:
        read = _read([release.pk for release in unknown])
        for release in unknown:
            cache.set(_key(release), read[release.pk], KEPT_FOR)
        found |= read
    return found


def areas_by_id() -> dict[int, Area]:
    """Names and keys of all areas."""
    rows = Area.objects.only("key", "level", "name", "official_key")
    return {area.pk: area for area in rows}


def _key(release: Release) -> str:
    moment = release.published_at.timestamp() if release.published_at else 0
    return f"open-data-coverage:{FORM}:{release.pk}:{moment}"


def _read(releases: Sequence[int]) -> dict[int, Coverage]:
    rows = Observation.objects.filter(release__in=releases).order_by()
    periods, areas = defaultdict(set), defaultdict(set)
    for release, period in rows.values_list("release_id", "period").distinct():
        periods[release].add(period)
    for release, area in rows.values_list("release_id", "area_id").distinct():
        areas[release].add(area)
    return {
        release: Coverage(
            min(map(first_day, periods[release]), default=None),
            max(map(last_day, periods[release]), default=None),
            frozenset(areas[release]),
        )
        for release in releases
    }
