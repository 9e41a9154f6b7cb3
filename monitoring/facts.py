"""What to know of an indicator: unit, cycle, next values, breaks of its series."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words, known_day_in_words
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import localized_entry
from monitoring.choices import BreakKind, Level
from monitoring.in_words import period_in_words, unit_in_words
from monitoring.models import Indicator


def facts_of(entry: Indicator, language: str) -> list[dict[str, Any]]:
    """What to know of an indicator, as `components/fact_list.html` has it."""
    unknown = _("not known")
    levels = listed(str(Level(one).label) for one in entry.levels)
    as_of = known_day_in_words(entry.as_of, language)
    rows = [
        (_("Unit"), "info", unit_in_words(entry)),
        (_("Kind of figure"), "info", entry.get_measured_display()),
        (_("Good direction"), "arrow-right", entry.get_direction_display()),
        (_("Known for"), "map", levels),
        (_("New values"), "clock", entry.get_cycle_display()),
        (_("Values as of"), "calendar", as_of),
        (_("Next values"), "calendar", next_in_words(entry, language)),
        (_("Protection of people"), "person", entry.get_protection_display()),
    ]
    return [
        {
            "label": label,
            "icon": icon,
            "value": value or unknown,
            "is_unknown": not value,
        }
        for label, icon, value in rows
    ]


def next_in_words(indicator: Indicator, language: str) -> str:
    """When new values come; a day that has passed is said to have."""
    day: date | None = indicator.next_release_on
    if day is None:
        return ""
    words = day_in_words(day, language)
    if day < clock.today():
        return _("were expected on %(day)s") % {"day": words}
    return words


def breaks_in_words(indicator: Indicator, language: str) -> list[dict[str, Any]]:
    """Breaks and exceptional periods with their reason, for tables and lists."""
    titles = {
        BreakKind.BREAK: _("Break in the series from %(period)s"),
        BreakKind.EXCEPTIONAL: _("Exceptional: %(period)s"),
    }
    return [
        {
            "period": one.period,
            "kind": one.kind,
            "title": titles[BreakKind(one.kind)]
            % {"period": period_in_words(one.period, language)},
            "reason": localized_entry(one, "reason", language),
            "source": {"title": one.source_title, "url": one.source_url},
        }
        for one in indicator.breaks.all()
    ]
