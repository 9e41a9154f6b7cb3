"""What changes in the course of a year, as facts that people confirm: places left,
pauses, cancelled and moved dates, for whom only, holiday programme.

Values name only what is said: entries without it stay confirmed as they are.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from herne_bildung.city.versions.snapshots import json_value
from herne_bildung.freshness.kinds import Fact
from herne_bildung.freshness.organisations import fact
from herne_bildung.lib import clock
from offerings.actions import reindex
from offerings.choices import QualityArea
from offerings.dates.schedules import changed_dates
from offerings.models import Offering

CHANGE_COLUMNS = (
    "day",
    "start_time",
    "state",
    "new_day",
    "new_start_time",
    "new_end_time",
)


def times(entry: Offering, language: str) -> list[Fact]:
    """A pause, and dates that are not as planned."""
    changed = [one["text"] for one in changed_dates(entry, language)]
    return _said(fact(_("Pause"), _pause(entry)), fact(_("Changed dates"), *changed))


def terms(entry: Offering) -> list[Fact]:
    """Places left, with the day on which it was so."""
    if not entry.places_left:
        return []
    said = str(entry.get_places_left_display())
    if entry.places_left_on:
        day = date_format(entry.places_left_on, "SHORT_DATE_FORMAT")
        said = f"{said} ({_('noted on %(day)s') % {'day': day}})"
    return [fact(_("Places left"), said)]


def description(entry: Offering) -> list[Fact]:
    """For whom only, holiday programme, areas of the quality profile."""
    areas = [str(QualityArea(code).label) for code in entry.quality_areas]
    is_said = entry.is_holiday_programme is not None
    programme = (_("yes") if entry.is_holiday_programme else _("no")) if is_said else ""
    return _said(
        fact(_("Only for"), entry.get_only_for_display() if entry.only_for else ""),
        fact(_("Holiday programme"), programme),
        fact(_("Areas of the quality profile"), *areas),
    )


def values_of_times(entry: Offering) -> list[Any]:
    """Cancelled and moved dates stay in, also when they are over: the passing of a day
    is no change.
    """
    changes = sorted(
        [json_value(getattr(one, name)) or "" for name in CHANGE_COLUMNS]
        for one in entry.occurrences.all()
    )
    pause = [json_value(entry.paused_from), json_value(entry.paused_until)]
    return _named(pause=pause if any(pause) else [], changes=changes)


def values_of_terms(entry: Offering) -> list[Any]:
    return _named(places_left=entry.places_left)


def values_of_description(entry: Offering) -> list[Any]:
    return _named(
        only_for=entry.only_for,
        is_holiday_programme=entry.is_holiday_programme,
        quality_areas=sorted(entry.quality_areas),
    )


def note_places_confirmed(ids: Iterable[int]) -> None:
    """Somebody said today that these offers are as the portal says."""
    rows = Offering.objects.filter(pk__in=list(ids)).exclude(places_left="")
    today = clock.today()
    changed = list(rows.exclude(places_left_on=today).values_list("pk", flat=True))
    if changed:
        Offering.objects.filter(pk__in=changed).update(places_left_on=today)
        reindex(changed)


def _named(**values: Any) -> list[Any]:
    return [
        {name: value} for name, value in values.items() if value not in (None, "", [])
    ]


def _said(*facts: Fact) -> list[Fact]:
    return [one for one in facts if one.lines]


def _pause(entry: Offering) -> str:
    days = (entry.paused_from, entry.paused_until)
    if entry.paused_from is None:
        return ""
    said = [date_format(day, "SHORT_DATE_FORMAT") if day else "?" for day in days]
    return " – ".join(said)
