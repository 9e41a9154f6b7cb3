"""What a card and a page say first of an offer: places left, pause, beginning, end, for
whom only, holiday programme. What is not known says nothing.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from herne_bildung.lib.dates import near_day_in_words
from offerings.choices import OnlyFor, PlacesLeft
from offerings.joining import PLACES_KNOWN, SOON

# Columns of an offer that badges are made from.
COLUMNS = (
    "state only_for places_left places_left_on starts_on ends_on paused_from"
    " paused_until is_holiday_programme"
).split()
KINDS = {
    PlacesLeft.FREE: ("success", "check"),
    PlacesLeft.WAITING_LIST: ("warning", "clock"),
    PlacesLeft.FULL: ("warning", "warning"),
}
Badge = dict[str, str]


def badges(row: Mapping[str, Any], language: str, today: date) -> list[Badge]:
    """Badges of an offer, given by its columns: text, kind and icon of each."""
    if has_ended(row, today):
        return [badge(_("has ended"), "warning", "history")]
    found = []
    if text := pause_in_words(row, language, today):
        found.append(badge(text, "warning", "clock"))
    if row["starts_on"] and row["starts_on"] > today:
        day = near_day_in_words(row["starts_on"], language, today)
        text = _("starts on %(day)s") % {"day": day}
        found.append(badge(text, "info", "calendar"))
    if text := places_in_words(row, language, today):
        found.append(badge(text, *KINDS[row["places_left"]]))
    if row["is_holiday_programme"]:
        found.append(badge(_("holiday programme"), "info", "sun"))
    if row["only_for"]:
        found.append(badge(str(OnlyFor(row["only_for"]).label), "info", "people"))
    return found


def badge(text: str, kind: str, icon: str) -> Badge:
    """What `components/badge.html` takes."""
    return {"text": text, "kind": kind, "icon": icon}


def has_ended(row: Mapping[str, Any], today: date) -> bool:
    """True when the last day is over, or it was said to have ended."""
    is_over = row["ends_on"] is not None and row["ends_on"] < today
    return is_over or row["state"] == "ended"


def places_in_words(row: Mapping[str, Any], language: str, today: date) -> str:
    """ "places free, as of 3 Nov"; empty where it is not known, or not any more."""
    noted: date | None = row["places_left_on"]
    if not row["places_left"] or noted is None:
        return ""
    if not noted <= today <= noted + PLACES_KNOWN:
        return ""
    return _("%(places)s, as of %(day)s") % {
        "places": PlacesLeft(row["places_left"]).label,
        "day": near_day_in_words(noted, language, today),
    }


def pause_in_words(row: Mapping[str, Any], language: str, today: date) -> str:
    """That it pauses, or soon will, and until when; else empty."""
    first, last = row["paused_from"], row["paused_until"]
    if first is None or (last is not None and last < today) or first > today + SOON:
        return ""
    days = {
        "first": near_day_in_words(first, language, today),
        "last": near_day_in_words(last, language, today) if last else "",
    }
    if first <= today:
        if last is None:
            return _("pauses, until when is not known")
        return _("pauses until %(last)s") % days
    if last is None:
        return _("pauses from %(first)s, until when is not known") % days
    return _("pauses from %(first)s until %(last)s") % days
