"""What changes in the course of a year, as columns of the table of offers: places left,
pauses, cancelled and moved dates, what follows.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.versions.snapshots import python_value
from herne_bildung.lib import clock
from herne_bildung.lib.schedule import Rule
from herne_bildung.portal.exchange.columns import (
    ChoiceColumn,
    ChoicesColumn,
    Column,
    ReferenceColumn,
    YesNoColumn,
)
from herne_bildung.portal.exchange.kinds.base import Facts
from herne_bildung.portal.exchange.kinds.times import check_schedule
from herne_bildung.portal.exchange.lookups import OFFERING
from herne_bildung.portal.exchange.moments import DateColumn, TimeColumn
from offerings.choices import OnlyFor, PlacesLeft, QualityArea
from offerings.current.snapshots import rows_in
from offerings.dates.collisions import COLLIDES, new_collisions
from offerings.dates.schedules import school_holidays
from offerings.facts import changes_of, rule_of
from offerings.models import Occurrence, Offering

State = Occurrence.State


def season_columns() -> Iterable[Column]:
    """Facts of the offer itself."""
    yield ChoiceColumn(
        "only_for",
        "Nur für",
        choices=tuple(OnlyFor.choices),
        note=gettext_lazy("Only where others cannot take part."),
    )
    yield ChoiceColumn(
        "places_left",
        "Freie Plätze",
        choices=tuple(PlacesLeft.choices),
        example="Plätze frei",
        other_names=("Plätze",),
        note=gettext_lazy("As it is today. After four weeks it counts as not known."),
    )
    yield DateColumn(
        "places_left_on",
        "Freie Plätze, Stand",
        note=gettext_lazy(
            "The day on which it was so. Empty: today, where it is another one now."
        ),
        keeps_if_empty=True,
    )
    yield DateColumn("paused_from", "Pause ab")
    yield DateColumn(
        "paused_until",
        "Pause bis",
        note=gettext_lazy("Last day of the break. Empty: its end is not known."),
    )
    yield YesNoColumn(
        "is_holiday_programme",
        "Ferienprogramm",
        example="nein",
        note=gettext_lazy("“ja”, “nein”, or empty where it is not known."),
    )
    yield ChoicesColumn(
        "quality_areas",
        "Bereiche Familienzentrum",
        choices=tuple(QualityArea.choices),
        note=gettext_lazy(
            "Only for family centres: areas of the quality profile, parted by commas."
        ),
    )
    yield ReferenceColumn(
        "successor",
        "Nachfolger",
        to=OFFERING,
        note=gettext_lazy("Title of the offer that takes its place."),
    )


def occurrence_columns() -> Iterable[Column]:
    """A column for each part of a cancelled or moved date."""
    yield DateColumn(
        "occurrences.day",
        "Geänderter Termin",
        note=gettext_lazy(
            "A date that is cancelled or moved, like 24.11.2026. Where there are "
            "several, each of these columns has as many parts, with a | between them."
        ),
    )
    yield TimeColumn(
        "occurrences.start_time",
        "Geänderter Termin, Uhrzeit",
        note=gettext_lazy("Empty: all dates of the day."),
    )
    yield ChoiceColumn(
        "occurrences.state",
        "Was mit ihm ist",
        choices=tuple(State.choices),
        default=State.CANCELLED,
        note=gettext_lazy("Empty: it is cancelled."),
    )
    yield ChoiceColumn(
        "occurrences.reason",
        "Grund der Änderung",
        choices=tuple(one for one in Occurrence.Reason.choices if one[0]),
    )
    yield DateColumn("occurrences.new_day", "Neuer Tag")
    yield TimeColumn("occurrences.new_start_time", "Neuer Beginn")
    yield TimeColumn("occurrences.new_end_time", "Neues Ende")


def implied_by_places(facts: Facts, present: Facts) -> Facts:
    """The day of places left: that of the table, else today where they are others."""
    places, day = facts.get("places_left"), facts.get("places_left_on")
    if not places:
        return {"places_left_on": None} if day else {}
    is_other = places != (present.get("places_left") or "")
    is_dated = day and day != present.get("places_left_on")
    if is_dated or (day and not is_other):
        return {}
    return {"places_left_on": clock.today().isoformat()}


def check_seasons(facts: Facts) -> Iterable[tuple[str, ...]]:
    """What does not fit in a pause, and in the day of places left."""
    first, last = facts.get("paused_from"), facts.get("paused_until")
    if last and not first:
        yield "paused_until", _("A pause needs its first day."), "paused_from"
    if first and last and last < first:
        yield "paused_until", _("This day is before the first one."), "paused_from"
    day = facts.get("places_left_on")
    if day and day > clock.today().isoformat():
        yield "places_left_on", _("This day is still to come.")


def check_dates(facts: Facts, present: Facts) -> Iterable[tuple[str, ...]]:
    """What does not fit in times, in changed dates, and between them."""
    wrong = [
        *_check_occurrences(facts.get("occurrences") or []),
        *(one for row in facts.get("schedules") or () for one in check_schedule(row)),
    ]
    yield from wrong
    if not wrong and any(row["new_day"] for row in facts.get("occurrences") or ()):
        after, before = _rules_in(facts), _rules_in(present)
        for day, start in sorted(new_collisions(after, before, clock.today())):
            said = f"{day:%d.%m.%Y} {start:%H:%M}: {COLLIDES}"
            yield "occurrences.new_day", said


def _rules_in(facts: Facts) -> list[Rule]:
    """The times that facts say, as rules."""
    offering = Offering()
    for name in ("starts_on", "ends_on"):
        column = Offering._meta.get_field(name)
        setattr(offering, name, python_value(column, facts.get(name)))
    changes = changes_of(rows_in(facts, "occurrences"))
    schedules, holidays = rows_in(facts, "schedules"), school_holidays()
    return [rule_of(one, offering, holidays, changes) for one in schedules]


def _check_occurrences(rows: list[Facts]) -> Iterable[tuple[str, ...]]:
    """What does not fit in cancelled and moved dates."""
    seen = set()
    for row in rows:
        if not row["day"]:
            yield "occurrences.day", _("A changed date needs its day.")
        key = row["day"], row["start_time"]
        if row["day"] and key in seen:
            yield "occurrences.day", _("This date is named twice.")
        seen.add(key)
        news = [row["new_day"], row["new_start_time"], row["new_end_time"]]
        if row["state"] == State.MOVED and not row["new_day"]:
            yield "occurrences.new_day", _("A moved date needs its new day.")
        if row["state"] == State.CANCELLED and any(news):
            yield "occurrences.new_day", _("A cancelled date has no new day.")
        start = row["new_start_time"] or row["start_time"]
        if start and row["new_end_time"] and row["new_end_time"] <= start:
            yield "occurrences.new_end_time", _("The end lies before the beginning.")
