"""Dates of an offer: the next ones, and its times in words."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.lib import clock
from herne_bildung.lib.dates import moment_in_words
from herne_bildung.lib.listing import listed_apart
from herne_bildung.lib.schedule import Meeting, Rule, Span, changed_meetings, meetings
from offerings.dates.words import in_words
from offerings.facts import bare_rule, rules_of
from offerings.models import Occurrence, Offering, Schedule

# Nobody reads more.
MOST_CHANGES = 12


def school_holidays() -> list[Span]:
    """First and last days of all known school holidays."""
    return list(SchoolHoliday.objects.values_list("starts_on", "ends_on"))


def upcoming_dates(offering: Offering, count: int) -> list[datetime]:
    """The next dates in order, in UTC; empty without a schedule."""
    return next_moments(own_rules(offering), count)


def own_rules(offering: Offering) -> list[Rule]:
    """The schedules of an offer as rules; one query, unless all
    take place in school holidays."""
    depends = any(
        schedule.in_school_holidays != Schedule.InHolidays.TAKES_PLACE
        for schedule in offering.schedules.all()
    )
    return rules_of(offering, school_holidays() if depends else [])


def next_moments(rules: Iterable[Rule], count: int) -> list[datetime]:
    """The next moments at which rules begin, in order, each once."""
    return [meeting.start for meeting in next_meetings(rules, count)]


def next_meetings(rules: Iterable[Rule], count: int) -> list[Meeting]:
    """The next dates that rules make, in order; of those that begin at the same moment
    one.
    """
    now, today = clock.now(), clock.today()
    found: dict[datetime, Meeting] = {}
    for rule in rules:
        ahead = (one for one in meetings(rule, today) if one.start > now)
        for meeting in islice(ahead, count):
            known = found.setdefault(meeting.start, meeting)
            if meeting.is_sure and not known.is_sure:
                found[meeting.start] = meeting
    return [found[start] for start in sorted(found)[:count]]


def changed_dates(
    offering: Offering, language: str, rules: Iterable[Rule] | None = None
) -> list[dict[str, Any]]:
    """Dates of the next weeks that are cancelled or moved, in the active language:
    `text` is the whole sentence; `is_cancelled`, and `was`, `now` and `reason` are
    its parts, empty where there is none. `rules` are its own, where they are at hand.
    """
    if not offering.occurrences.all():
        return []
    today, now = clock.today(), clock.now()
    changed: dict[tuple[datetime, datetime], Meeting] = {}
    for rule in own_rules(offering) if rules is None else rules:
        for one in changed_meetings(rule, today):
            if max(one.start, one.plan.start) > now:
                changed.setdefault((one.plan.start, one.start), one)
    ordered = [changed[key] for key in sorted(changed)]
    return [change_in_words(one, language) for one in ordered[:MOST_CHANGES]]


def change_in_words(meeting: Meeting, language: str) -> dict[str, Any]:
    """A cancelled or moved date, for pages."""
    reason = str(dict(Occurrence.Reason.choices).get(meeting.change.reason, ""))
    with_end = _only_ends_otherwise(meeting)
    now = _in_words(meeting, language, with_end=with_end)
    found = {
        "is_cancelled": meeting.is_cancelled,
        "was": _in_words(meeting.plan, language, with_end=with_end),
        "now": "" if meeting.is_cancelled else now,
        "reason": reason if meeting.change.reason else "",
    }
    if meeting.is_cancelled:
        text = _("is cancelled on %(was)s") % found
    else:
        text = _("not on %(was)s, instead on %(now)s") % found
    found["text"] = f"{text}: {found['reason']}" if found["reason"] else text
    return found


def _in_words(meeting: Meeting, language: str, *, with_end: bool) -> str:
    text = moment_in_words(meeting.start, language)
    end = meeting.end_time if with_end else None
    return f"{text}–{end:%H:%M}" if end else text


def _only_ends_otherwise(meeting: Meeting) -> bool:
    """Whether a changed date begins as planned: then its ends tell the difference."""
    plan = None if meeting.is_cancelled else meeting.plan
    return plan is not None and plan.start == meeting.start


def next_dates(
    offering: Offering, language: str, count: int, rules: Iterable[Rule] | None = None
) -> list[dict[str, Any]]:
    """The next dates for the page of an offer, in order, and between and after them
    those that are cancelled: `text`, `note` ("instead of …", "is cancelled: illness",
    empty for most) and `is_cancelled`. `rules` as for `changed_dates`.
    """
    rules = own_rules(offering) if rules is None else list(rules)
    now, today = clock.now(), clock.today()
    found = {one.start: one for one in next_meetings(rules, count)}
    if offering.occurrences.all():
        gone = (one for rule in rules for one in changed_meetings(rule, today))
        for one in gone:
            if one.plan.start > now and (one.is_cancelled or one.start <= now):
                found.setdefault(one.plan.start, one)
    return [
        {
            "text": _date_in_words(found[start], start, language),
            "note": _note(found[start], start, language),
            "is_cancelled": start != found[start].start or found[start].is_cancelled,
        }
        for start in sorted(found)[: count + MOST_CHANGES]
    ]


def _date_in_words(meeting: Meeting, start: datetime, language: str) -> str:
    if start != meeting.start:
        return moment_in_words(start, language)
    return _in_words(meeting, language, with_end=_only_ends_otherwise(meeting))


def _note(meeting: Meeting, start: datetime, language: str) -> str:
    """What is other with a date that is shown at a moment."""
    if meeting.change is None:
        return "" if meeting.is_sure else please_ask()
    parts = change_in_words(meeting, language)
    if meeting.is_cancelled:
        text = str(Occurrence.State.CANCELLED.label)
    elif start == meeting.start:
        text = _("instead of %(was)s") % parts
    else:
        text = _("instead on %(now)s") % parts
    return f"{text}: {parts['reason']}" if parts["reason"] else text


def please_ask() -> str:
    """That nobody said whether a date in the school holidays takes place."""
    return _("School holidays: please ask whether it takes place.")


def weekly_times(offering: Offering) -> list[str]:
    """ "every Tuesday 9:30–11:00, not in the school holidays" for each schedule."""
    return [_said(schedule) for schedule in offering.schedules.all()]


def _said(schedule: Schedule) -> str:
    """A schedule in words, with what is still to come of its exceptions."""
    today = clock.today()
    rule = bare_rule(schedule)
    coming = frozenset(day for day in rule.exceptions if day >= today)
    text = in_words(replace(rule, exceptions=coming), today)
    if rule.holidays or rule.frequency == Schedule.Frequency.ONCE:
        return text
    return listed_apart([text, _("in the school holidays: not known")])
