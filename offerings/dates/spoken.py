"""A schedule as people write it, read into the parts of a rule.

"jeden Dienstag 9:30–11:00, nicht in den Schulferien", "every other Monday 3-5 pm",
"am letzten Freitag im Monat 18 Uhr", "12.12.2026, 15 bis 17 Uhr". Nothing is guessed:
what is left over, or missing, is an error that says what was understood.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date, time

from django.utils.translation import gettext as _

from herne_bildung.lib.listing import listed_apart
from herne_bildung.lib.schedule import Rule, days
from offerings.dates import spoken_parts as parts
from offerings.dates.words import known_in_words

LONGEST = 300
EARLIEST_YEAR = 1900


class NotUnderstood(ValueError):
    """Words that are no schedule; the text says what was understood, what not."""


@dataclass(slots=True)
class Reading:
    """What is left of the words, and what was understood so far."""

    text: str
    today: date
    rest: str = ""
    frequency: str = ""
    interval: int = 1
    weekdays: list[int] = field(default_factory=list)
    week_of_month: int | None = None
    starts_on: date | None = None
    until: date | None = None
    start_time: time | None = None
    end_time: time | None = None
    exceptions: list[date] = field(default_factory=list)
    holidays: str = ""
    repeats: bool = False

    def take(self, pattern: str, *, often: bool = False) -> list[re.Match]:
        """Matches of a pattern, which leave the rest; one, or all there are."""
        found = list(re.finditer(pattern, self.rest))
        found = found if often else found[:1]
        for match in reversed(found):
            self.rest = f"{self.rest[: match.start()]} | {self.rest[match.end() :]}"
        self.rest = " ".join(self.rest.split())
        return found

    def refuse(self, why: str) -> NotUnderstood:
        """The error that says what was understood and what is wrong."""
        known = known_in_words(self)
        said = _("Understood: %(words)s.") % {"words": known} if known else ""
        return NotUnderstood(" ".join(filter(None, [said, why])))


def rule_from_words(text: str, today: date) -> Rule:
    """The rule these words say. Without a first day it begins with the first day on
    or after today that fits; a day without a year is the next one. NotUnderstood
    with words for people where it is unclear.
    """
    reading = Reading(text=" ".join(text.split()), today=today)
    if len(reading.text) > LONGEST:
        raise NotUnderstood(_("Please say it shorter."))
    reading.rest = reading.text.lower()
    reading.repeats = bool(re.search(parts.REPEATS, reading.rest))
    _holidays(reading)
    alone = _dates(reading)
    _times(reading)
    _periods(reading)
    _weekdays(reading)
    left = " ".join(re.sub(parts.FILLERS, " ", reading.rest).split())
    _settle(reading, alone, left)
    rule = Rule(
        frequency=reading.frequency,
        starts_on=reading.starts_on or today,
        start_time=reading.start_time,
        end_time=reading.end_time,
        interval=reading.interval,
        weekdays=tuple(sorted(set(reading.weekdays))),
        week_of_month=reading.week_of_month,
        until=reading.until,
        exceptions=frozenset(reading.exceptions),
        holidays=reading.holidays,
    )
    if reading.starts_on is None:
        every_time = replace(rule, interval=1)
        rule = replace(rule, starts_on=next(days(every_time, today), today))
    if rule.until and rule.until < rule.starts_on:
        raise reading.refuse(_("The last day lies before the first one."))
    return rule


def _holidays(reading: Reading) -> None:
    for pattern in parts.HOLIDAYS_YES:
        if reading.take(pattern):
            reading.holidays = "yes"
    for pattern in parts.HOLIDAYS_NO:
        if reading.take(pattern):
            reading.holidays = "no"


def _dates(reading: Reading) -> list[date]:
    """First, last and left-out days; returns days that stand alone."""
    for match in reading.take(parts.EXCEPTIONS, often=True):
        reading.exceptions += _days_of(match["dates"], reading)
    for match in reading.take(parts.FROM):
        [reading.starts_on] = _days_of(match["dates"], reading)
    for match in reading.take(parts.UNTIL):
        [reading.until] = _days_of(match["dates"], reading)
    return [
        day
        for match in reading.take(parts.ON, often=True)
        for day in _days_of(match["dates"], reading)
    ]


def _days_of(text: str, reading: Reading) -> list[date]:
    """The days of a list; without a year the next such day after the first one."""
    after = reading.starts_on or reading.today
    return [_day(found[0], after, reading) for found in re.finditer(parts.DATE, text)]


def _day(text: str, after: date, reading: Reading) -> date:
    for pattern in parts.DATE_PARTS:
        found = pattern.fullmatch(text.strip(" ,"))
        if found is None:
            continue
        named = found.groupdict()
        month = parts.MONTHS[named["name"]] if "name" in named else int(named["month"])
        year = int(named["year"]) if named["year"] else None
        if year is not None and len(named["year"]) == 2:
            year += 2000
        if year is not None and year < EARLIEST_YEAR:
            break
        try:
            if year is not None:
                return date(year, month, int(named["day"]))
            day = date(after.year, month, int(named["day"]))
            return day if day >= after else day.replace(year=after.year + 1)
        except ValueError:
            break
    wrong = _("There is no day “%(day)s”.") % {"day": text.strip()}
    raise reading.refuse(wrong)


def _times(reading: Reading) -> None:
    ranges = reading.take(parts.TIME_RANGE, often=True)
    alone = reading.take(parts.TIME_ALONE, often=True)
    if len(ranges) + len(alone) > 1:
        raise reading.refuse(
            _("There are several times. Please make a schedule for each of them.")
        )
    for match in ranges:
        afternoon = re.search(r"p\.?m", match["end"])
        has_mark = re.search(r"[ap]\.?m", match["start"])
        start = match["start"] + ("pm" if afternoon and not has_mark else "")
        reading.start_time = _time(start, reading)
        reading.end_time = _time(match["end"], reading)
        if reading.end_time < reading.start_time and start != match["start"]:
            reading.start_time = _time(match["start"], reading)
        if reading.end_time <= reading.start_time:
            raise reading.refuse(_("The end lies before the beginning."))
    for match in alone:
        reading.start_time = _time(match["start"] or match["marked"], reading)


def _time(text: str, reading: Reading) -> time:
    hour, minute = re.match(r"(\d+)(?:[:.](\d+))?", text).groups()
    is_afternoon, is_morning = "p" in text, "a" in text
    number = int(hour)
    if is_afternoon or is_morning:
        number = number % 12 + (12 if is_afternoon else 0) if number <= 12 else 99
    try:
        return time(number, int(minute or 0))
    except ValueError:
        wrong = _("There is no time “%(time)s”.") % {"time": text.strip()}
        raise reading.refuse(wrong) from None


def _periods(reading: Reading) -> None:
    """How often: "alle zwei Wochen", "monthly", "täglich"."""
    for match in reading.take(parts.NTH_OTHER):
        reading.frequency, reading.interval = "weekly", 2
        reading.rest += f" {match['day']}"
    for match in reading.take(parts.EVERY_FEW):
        number = match["number"].rstrip(".")
        reading.interval = int(number) if number.isdigit() else parts.NUMBERS[number]
        units = {"w": "weekly", "m": "monthly", "t": "daily", "d": "daily"}
        reading.frequency = units[match["unit"][0]]
    if reading.frequency == "daily" and reading.interval % 7 == 0 < reading.interval:
        reading.frequency, reading.interval = "weekly", reading.interval // 7
    if reading.take(parts.FORTNIGHT):
        reading.frequency, reading.interval = "weekly", 2
    for frequency, pattern in parts.PERIODS.items():
        if reading.take(pattern) and not reading.frequency:
            reading.frequency = frequency


def _weekdays(reading: Reading) -> None:
    for match in reading.take(parts.NTH):
        number = parts.ORDINALS[match["which"]]
        if match["month"] or reading.frequency == "monthly" or number in {1, -1}:
            reading.frequency, reading.week_of_month = "monthly", number
        elif match["every"] and not reading.frequency:
            reading.frequency, reading.interval = "weekly", number
        else:
            reading.rest += f" {match['which']}"
        reading.weekdays.append(_weekday(match["day"]))
    for match in reading.take(parts.DAY_RANGE, often=True):
        first, last = _weekday(match["first"]), _weekday(match["last"])
        length = (last - first) % 7 + 1
        reading.weekdays += [(first + number) % 7 for number in range(length)]
    if reading.take(parts.WEEKEND):
        reading.weekdays += [5, 6]
    for match in reading.take(rf"\b{parts.DAY}", often=True):
        reading.weekdays.append(_weekday(match[0]))


def _weekday(text: str) -> int:
    name = text.rstrip(".")
    return parts.WEEKDAYS.get(name) if name in parts.WEEKDAYS else _singular(name)


def _singular(name: str) -> int:
    return parts.WEEKDAYS[name.removesuffix("s")]


def _settle(reading: Reading, alone: list[date], left: str) -> None:
    """Decide what the parts say together, or say why they do not."""
    is_repeated = reading.frequency or reading.repeats or reading.until
    if alone and is_repeated and reading.starts_on is None and reading.until:
        reading.starts_on = alone.pop(0)
    if len(alone) == 1 and not is_repeated and reading.starts_on is None:
        reading.frequency, reading.starts_on = "once", alone.pop()
        if reading.weekdays not in ([], [reading.starts_on.weekday()]):
            raise reading.refuse(_("That day is another weekday."))
        reading.weekdays = []
    elif reading.weekdays and reading.frequency in {"", "daily"}:
        reading.frequency = "weekly"
    if left:
        wrong = _("Not understood: “%(words)s”.") % {"words": left}
        raise reading.refuse(wrong)
    if alone:
        raise reading.refuse(
            _("There are several days. Please make a schedule for each of them.")
        )
    missing = []
    if reading.frequency == "" or (
        reading.frequency == "weekly" and not reading.weekdays
    ):
        missing.append(_("on which day"))
    if reading.frequency == "monthly":
        if reading.weekdays and reading.week_of_month is None:
            missing.append(_("which one in the month (the first, the last …)"))
        elif not reading.weekdays and reading.starts_on is None:
            missing.append(_("on which day"))
    if reading.start_time is None:
        missing.append(_("at what time"))
    if missing:
        wrong = _("Please say as well: %(what)s.") % {"what": listed_apart(missing)}
        raise reading.refuse(wrong)
