"""Fields of the correction form for what changes in the course of a year."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from herne_bildung.lib import clock
from herne_bildung.lib.dates import full_day_in_words
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from offerings.current.places_left import noted_today
from offerings.dates.collisions import COLLIDES, new_collisions
from offerings.dates.planned import Plan
from offerings.dates.schedules import own_rules
from offerings.models import Occurrence, Offering

CANCELLED = "cancelled_days"
# Of a correction by mail, as on the page "Places and dates".
AT_ONCE = frozenset({"places_left", "paused_from", "paused_until", CANCELLED})
SHOWN = 6
PAUSE = ("paused_from", "paused_until")
TIMES = ("weekdays", "start_time", "end_time")
State = Occurrence.State


class DaysOfDates(forms.MultipleChoiceField):
    """Days of the next dates. What somebody proposed stays a choice when its day is
    over.
    """

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            return False
        return super().valid_value(value) or day < clock.today()


class SeasonFields:
    """For a form of an offer with `cancelled_days`, places left and a pause."""

    instance: Offering

    def show_dates(self) -> None:
        """The next dates to tick; no field where none is known, or where a moved one
        makes it too complicated.
        """
        self.plan = Plan(self.instance, self._stored_changes())
        next_dates = self.plan.upcoming(SHOWN) if self.instance.pk else []
        if not next_dates or any(one.is_moved for one in next_dates):
            del self.fields[CANCELLED]
            return
        language = get_language() or DEFAULT_LANGUAGE
        days = dict.fromkeys(one.day for one in next_dates)
        self.fields[CANCELLED].choices = [
            (day.isoformat(), full_day_in_words(day, language)) for day in days
        ]
        cancelled = {one.day for one in next_dates if one.is_cancelled}
        self.initial[CANCELLED] = [day.isoformat() for day in days if day in cancelled]

    def check_pause(self, values: dict[str, Any]) -> None:
        """Staff accept single fields: what is none stays as the offer says."""
        first, last = (
            values.get(name) if name in self.fields else getattr(self.instance, name)
            for name in PAUSE
        )
        shown = [name for name in PAUSE if name in self.fields]
        if last and not first and "paused_from" not in self.errors:
            self.add_error(shown[0], _("A pause needs its first day."))
        if first and last and last < first:
            self.add_error(shown[-1], _("This day is before the first one."))

    def check_moved_dates(self, values: dict[str, Any]) -> None:
        """By other times a moved date must not come to lie on another one."""
        changed = [name for name in TIMES if name in self.changed_data]
        if not changed or self.errors or not self.plan.changes:
            return
        before = own_rules(self.instance)
        wanted = {name: values[name] for name in changed}
        after = [replace(rule, **wanted) for rule in before]
        if new_collisions(after, before, clock.today()):
            self.add_error(changed[0], COLLIDES)

    def note_places(self) -> None:
        """Places left are of the day they were said."""
        if "places_left" in self.changed_data:
            noted_today(self.instance)

    def save_dates(self, offering: Offering) -> None:
        """Cancel what was ticked, and let take place what was unticked."""
        if CANCELLED not in self.changed_data:
            return
        wanted = set(map(date.fromisoformat, self.cleaned_data[CANCELLED]))
        before = set(map(date.fromisoformat, self.initial[CANCELLED]))
        changes = offering.occurrences.filter(state=State.CANCELLED)
        changes.filter(day__in=before - wanted).delete()
        for day in sorted(wanted - before):
            if self.plan.on_day(day):
                Occurrence.objects.get_or_create(
                    offering=offering,
                    day=day,
                    start_time=None,
                    defaults={"state": State.CANCELLED},
                )

    def _stored_changes(self) -> list[Occurrence]:
        return list(self.instance.occurrences.all()) if self.instance.pk else []
