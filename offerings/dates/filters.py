"""Filters that ask when: today or this weekend, days, weekdays, times of day. They
are answered together (`offerings.dates.slots`): an offer fits by one and the same date.
"""

from collections.abc import Iterable
from datetime import datetime, time
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from herne_bildung.lib import clock
from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.filtering import CodesField, Narrowing
from offerings.dates.asked import AskedDates, asked_dates
from offerings.dates.slots import MINUTES_A_DAY, Slots, slots_now

# What is asked of dates narrows as one.
NAME = "dates"
WHENS = {
    "today": _("today"),
    "tomorrow": _("tomorrow"),
    "weekend": _("this weekend"),
    "week": _("the next seven days"),
}
COUNTED = ("when", "weekday", "time")


class DayField(forms.DateField):
    """A day as YYYY-MM-DD, or as people write it in Germany."""

    def __init__(self, **options: Any):
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y"], **options)
        self.error_messages["invalid"] = _(
            "Please give the day as day.month.year, for example 24.12.2026."
        )


class DayFilter(django_filters.Filter):
    field_class = DayField


class WhenField(CodesField):
    """One of the choices."""

    def clean(self, value: Any) -> list[str]:
        codes = super().clean(value)
        if len(codes) > 1:
            raise forms.ValidationError(_("Please choose one of these."))
        return codes


class DateCodesFilter(django_filters.Filter):
    """Codes that are asked of dates; `DateFilters` narrows by them."""

    field_class = CodesField


class WhenFilter(DateCodesFilter):
    field_class = WhenField
    kind = "radio"


class DateFilters:
    """Part of a filter set over the catalogue: `index`, `values` and so on are its."""

    index: BitmapIndex
    values: dict[str, Any]
    narrowings: dict[str, Narrowing]
    errors_by_field: dict[str, list[str]]

    @cached_property
    def slots(self) -> Slots:
        return slots_now(self.index)

    @cached_property
    def asked(self) -> AskedDates | None:
        """What is asked of dates; None where nothing is."""
        return asked_dates(self.values)

    def narrow_dates(self) -> None:
        """Narrow by all that is asked of dates; say what cannot be."""
        first, last = self.values.get("from"), self.values.get("to")
        today = clock.today()
        if last is not None and last < max(first or today, today):
            self.errors_by_field["to"] = [
                str(_("This day lies before the first one, or it is over."))
            ]
            for name in ("from", "to"):
                self.values.pop(name, None)
        if self.asked is not None:
            self.narrowings[NAME] = self.slots.narrowing(self.asked.of_slots)

    def counts(self, name: str, codes: Iterable[str]) -> dict[str, tuple[int, int]]:
        """As `IndexFilterSet.counts`. What is over today changes by the minute: those
        of the page most asked for are kept for one.
        """
        if name not in COUNTED:
            return super().counts(name, codes)
        if self.narrowings:
            return self._date_counts(name, codes)
        kept = self.index.derived("date counts", dict)
        moment = self.slots.today, self.slots.minute
        # Kept beside the numbers, so that no other entries can get their id.
        known = kept.get(name)
        if known is None or known[0] != moment or known[1] is not self.candidates:
            known = moment, self.candidates, self._date_counts(name, codes)
            kept[name] = known
        return known[2]

    def _date_counts(
        self, name: str, codes: Iterable[str]
    ) -> dict[str, tuple[int, int]]:
        sure, maybe = self.selection(without=NAME)
        possible = sure | maybe
        counts = {}
        for code in codes:
            chosen = [] if name == "when" else self.values.get(name, [])
            asked = asked_dates({**self.values, name: [*chosen, code]})
            narrowing = self.slots.narrowing(asked.of_slots)
            fitting = sure.intersection_cardinality(narrowing.sure)
            may_fit = possible.intersection_cardinality(narrowing.possible)
            counts[code] = fitting, may_fit - fitting
        return counts

    @cached_property
    def running(self) -> BitMap:
        """Who has a date today that is not over, where today is asked for."""
        asked = self.asked
        if asked is None or not asked.first <= clock.today() <= asked.last:
            return BitMap()
        if not asked.is_on(clock.today()):
            return BitMap()
        return self.slots.on(self.slots.today, asked.times)

    def reasons(self, entry: int) -> list[str]:
        """Which of the filters for dates are not known of an entry that may fit; for
        one whose dates in school holidays are not, "perhaps".
        """
        if entry not in self.index.unknown["slot"]:
            is_perhaps = entry in self.slots.perhaps(self.asked.of_slots)
            return ["perhaps" if is_perhaps else "from"]
        named = [name for name in ("weekday", "time") if name in self.values]
        has_days = any(name in self.values for name in ("when", "from", "to"))
        return named + ["from"] * has_days

    @property
    def changes_at(self) -> datetime | None:
        """The moment at which what is asked of dates has another answer."""
        end = self.slots.next_end
        if self.asked is None or end is None or end >= MINUTES_A_DAY:
            return None
        return clock.at(clock.today(), time(*divmod(end, 60)))
