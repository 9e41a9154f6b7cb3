"""Dates of an offer: the next ones, and its times in words."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.lib import clock
from herne_bildung.lib.listing import listed
from herne_bildung.lib.schedule import Rule, days
from offerings.facts import rules_of
from offerings.models import Offering, Schedule


def school_holidays() -> list[tuple]:
    """First and last days of all known school holidays."""
    return list(SchoolHoliday.objects.values_list("starts_on", "ends_on"))


def upcoming_dates(offering: Offering, count: int) -> list[datetime]:
    """The next dates in order, in UTC; empty without a schedule."""
    return next_moments(own_rules(offering), count)


def own_rules(offering: Offering) -> list[Rule]:
    """The schedules of an offer as rules; one query where one of them pauses."""
    pauses = any(
        schedule.in_school_holidays == Schedule.InHolidays.PAUSES
        for schedule in offering.schedules.all()
    )
    return rules_of(offering, school_holidays() if pauses else [])


def next_moments(rules: Iterable[Rule], count: int) -> list[datetime]:
    """The next moments at which rules begin, in order, each once."""
    found = [start for rule in rules for start in _starts(rule, count + 1)]
    now = clock.now()
    return sorted(start for start in set(found) if start > now)[:count]


def _starts(rule: Rule, count: int) -> list[datetime]:
    today = clock.today()
    return [clock.at(day, rule.start_time) for day in islice(days(rule, today), count)]


def weekly_times(offering: Offering) -> list[str]:
    """ "Tuesday 9:30–11:00" for each schedule."""
    return [time_in_words(schedule) for schedule in offering.schedules.all()]


def time_in_words(schedule: Schedule) -> str:
    """A schedule as people say it."""
    names = listed(str(WEEKDAYS[day]) for day in schedule.weekdays)
    is_daily = schedule.frequency == Schedule.Frequency.DAILY
    if is_daily and schedule.interval == 1 and not names:
        names = str(schedule.get_frequency_display())
    times = f"{schedule.start_time:%H:%M}"
    if schedule.end_time:
        times += f"–{schedule.end_time:%H:%M}"
    text = " ".join(filter(None, [names, times]))
    if schedule.frequency == Schedule.Frequency.MONTHLY:
        text += " " + _("(monthly)")
    elif schedule.interval > 1 and not is_daily:
        text += " " + _("(every %(number)s weeks)") % {"number": schedule.interval}
    if schedule.in_school_holidays == Schedule.InHolidays.PAUSES:
        text = listed([text, _("not in the school holidays")])
    return text
