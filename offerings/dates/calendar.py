"""Calendar files (iCalendar, RFC 5545) of offers.

Each schedule is one event with its RRULE. What the rule does not say are EXDATEs (days
named, school holidays, pauses, dates that were cancelled) and overrides of single
dates: moved ones, coming ones that are cancelled, and in school holidays those of
which nobody said whether they take place.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vRecur

from herne_bildung.lib import clock
from herne_bildung.lib.clock import BERLIN
from herne_bildung.lib.feeds import absolute
from herne_bildung.lib.localized import localized_entry
from herne_bildung.lib.schedule import (
    LONGEST_SEARCH,
    Meeting,
    Rule,
    changed_meetings,
    planned,
    regular_days,
    rrule_text,
)
from offerings.dates.schedules import change_in_words, own_rules, please_ask
from offerings.facts import rules_of
from offerings.models import Offering

# Of dates further ahead no override says that they are not sure.
DAYS_AHEAD = timedelta(days=366)
# As the European Union has it since 1996.
TIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n")


def calendar_file(offering: Offering, language: str) -> bytes:
    """The dates of one offer."""
    name = localized_entry(offering, "title", language).text
    return calendar_of(name, events_of(offering, language))


def calendar_of(
    name: str, events: Iterable[Event], *, about: str = "", page: str = ""
) -> bytes:
    """A file of these events, which programs ask for anew each day. `about` says what
    it has and has not, `page` is the address of the same for people.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Stadt Herne//Lernen! in Herne//DE")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    if about:
        calendar.add("description", about)
        calendar.add("x-wr-caldesc", about)
    if page:
        calendar.add("url", page, {"VALUE": "URI"})
    calendar.add("refresh-interval", timedelta(days=1), {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "P1D")
    calendar.add_component(Timezone.from_ical(TIMEZONE))
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def events_of(
    offering: Offering,
    language: str,
    holidays: list[tuple[date, date]] | None = None,
) -> list[Event]:
    """All events of an offer, from the beginning of this year on, in the active
    language. Places, schedules and occurrences should be prefetched; `holidays` are
    the school holidays (`schedules.school_holidays`), else a query asks for them.
    """
    rules = own_rules(offering) if holidays is None else rules_of(offering, holidays)
    return [
        event
        for schedule, rule in zip(offering.schedules.all(), rules, strict=True)
        for event in Series(offering, language, f"{schedule.pk}", rule).events()
    ]


class Series:
    """The events of one schedule; the same identity at every download."""

    def __init__(
        self, offering: Offering, language: str, name: str, rule: Rule
    ) -> None:
        self.offering, self.language, self.rule = offering, language, rule
        self.uid = f"{offering.slug}-{name}@lernen-in-herne"
        rows = [offering, *offering.schedules.all(), *offering.occurrences.all()]
        self.changed_at = max(row.updated_at for row in rows)
        self.today, self.now = clock.today(), clock.now()

    def events(self) -> list[Event]:
        """The series, then its overrides; empty where no date is left."""
        first, last = self._first_day(), self._last_day()
        plan = [one for one in planned(self.rule, first) if one.day <= last]
        if not plan:
            return []
        changed = [
            one
            for one in changed_meetings(self.rule, first)
            if plan[0].day <= one.plan.day <= last
        ]
        if self.rule.frequency == "once":
            one = changed[0] if changed else plan[0]
            is_other = bool(changed) or self._is_unsure(one)
            return [self._override(one) if is_other else self._event(one)]
        gone = [one for one in changed if one.is_cancelled and self._is_over(one)]
        overridden = {one.plan.day: one for one in changed if one not in gone}
        takes_place = {one.day for one in plan} - {one.plan.day for one in gone}
        series = self._event(plan[0])
        series.add("rrule", vRecur.from_ical(rrule_text(self.rule, self._until(last))))
        left_out = [
            self._local(day)
            for day in regular_days(self.rule, plan[0].day)
            if day <= last and day not in takes_place
        ]
        if left_out:
            series.add("exdate", left_out)
        unsure = (one for one in plan if self._is_unsure(one))
        for meeting in unsure:
            overridden.setdefault(meeting.day, meeting)
        return [
            series,
            *(self._override(overridden[day]) for day in sorted(overridden)),
        ]

    def _first_day(self) -> date:
        """The first of the year, or before that the day of a date moved into it."""
        begin = date(self.today.year, 1, 1)
        moved = (one for one in self.rule.changes if one.new_day)
        return min([begin, *(one.day for one in moved if one.new_day >= begin)])

    def _last_day(self) -> date:
        """As far as dates are known: who pauses in school holidays has dates until the
        last of those, who pauses for good until then.
        """
        last = self.rule.until or date.max
        if self.rule.pause and self.rule.pause[1] == date.max:
            last = min(last, self.rule.pause[0] - timedelta(days=1))
        if self.rule.holidays == "no" and self.rule.frequency != "once":
            known = max(
                (end for _, end in self.rule.school_holidays), default=self.today
            )
            known = max(known, self.today + DAYS_AHEAD / 2)
            last = min(last, known, date(self.today.year, 1, 1) + LONGEST_SEARCH)
        return last

    def _until(self, last: date) -> date | None:
        return None if last == date.max else last

    def _is_over(self, meeting: Meeting) -> bool:
        return meeting.end <= self.now

    def _is_unsure(self, meeting: Meeting) -> bool:
        is_ahead = self.today <= meeting.day <= self.today + DAYS_AHEAD
        return is_ahead and not meeting.is_sure

    def _override(self, meeting: Meeting) -> Event:
        """A single date of the series that is not as the others."""
        said = please_ask()
        if meeting.change:
            said = change_in_words(meeting, self.language)["text"]
        event = self._event(meeting, said)
        if meeting.is_cancelled:
            event.add("status", "CANCELLED")
            event.add("transp", "TRANSPARENT")
        elif not meeting.is_sure:
            event.add("status", "TENTATIVE")
        if self.rule.frequency != "once":
            day = meeting.plan.day if meeting.plan else meeting.day
            event.add("recurrence-id", self._local(day))
        return event

    def _event(self, meeting: Meeting, said: str = "") -> Event:
        entry, language = self.offering, self.language
        title = localized_entry(entry, "title", language)
        text = localized_entry(entry, "summary", language)
        name = title.text
        if meeting.is_cancelled:
            name = _("Cancelled: %(title)s") % {"title": name}
        event = Event()
        event.add("uid", self.uid)
        event.add("dtstamp", self.changed_at.astimezone(UTC))
        event.add("dtstart", clock.at(meeting.day, meeting.start_time))
        event.add("dtend", meeting.end.astimezone(BERLIN))
        event.add("summary", name)
        event.add("description", "\n\n".join(filter(None, [said, text.text])))
        event.add("url", absolute(reverse("offering", args=[entry.slug])))
        places: Sequence = entry.places.all()
        if places:
            event.add("location", str(places[0]))
        return event

    def _local(self, day: date) -> datetime:
        return clock.at(day, self.rule.start_time)
