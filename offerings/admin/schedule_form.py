"""When an offer takes place: as fields, in words, and as a list of dates."""

from functools import cached_property
from itertools import islice
from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet, model_to_dict
from django.forms.utils import ErrorDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin.day_inputs import is_sensible
from herne_bildung.lib import clock
from herne_bildung.lib.dates import moment_in_words
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.schedule import Rule, regular_days
from offerings.admin.fields import DaysField
from offerings.admin.help import SCHEDULE
from offerings.dates.collisions import COLLIDES, new_collisions
from offerings.dates.schedules import next_moments, own_rules, school_holidays
from offerings.dates.spoken import LONGEST, NotUnderstood, rule_from_words
from offerings.dates.words import in_words, week_in_words
from offerings.facts import changes_of, within_period
from offerings.models import Offering, Schedule

SHOWN_DATES = 8
MOST_WEEKS = 52
WEEKS_OF_MONTH = (1, 2, 3, 4, 5, -1)


def _week(value: str) -> int | None:
    return int(value) if value else None


class ScheduleForm(forms.ModelForm):
    """One rule. Words written into `words` become the values of the other fields."""

    words = forms.CharField(
        label=_("in words"), max_length=LONGEST, required=False, strip=True
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("weekdays"),
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    week_of_month = forms.TypedChoiceField(
        label=_("which one in the month"),
        coerce=_week,
        required=False,
        empty_value=None,
    )
    exceptions = DaysField(label=_("not on"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, text in SCHEDULE.items():
            if name in self.fields:
                self.fields[name].help_text = text
        if "week_of_month" in self.fields:
            weeks = [(number, week_in_words(number)) for number in WEEKS_OF_MONTH]
            self.fields["week_of_month"].choices = [("", "–"), *weeks]
        if "interval" in self.fields:
            self.fields["interval"].min_value = 1
        self.words_refused = ""
        if self.is_bound and "words" in self.fields:
            self._read_words()

    def _read_words(self) -> None:
        """Put what the words say into the fields; they are shown there."""
        text = (self.data.get(self.add_prefix("words")) or "").strip()
        if not text:
            return
        try:
            rule = rule_from_words(text, clock.today())
        except NotUnderstood as refusal:
            self.words_refused = str(refusal)
            return
        self.data = self.data.copy()
        for name, values in form_values(rule).items():
            self.data.setlist(self.add_prefix(name), values)
        self.data.setlist(self.add_prefix("words"), [])

    @cached_property
    def changed_data(self) -> list[str]:
        """A new row in which nothing is written counts as empty."""
        names = super().changed_data
        is_written = self.instance.pk or any(self[name].data for name in names)
        return names if is_written else []

    def full_clean(self) -> None:
        """Words that were not understood are the only thing to put right."""
        super().full_clean()
        if self.words_refused and self._errors:
            self._errors = ErrorDict(renderer=self.renderer)
        if self.words_refused:
            self.add_error("words", self.words_refused)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        first, last = values.get("starts_on"), values.get("until")
        for name in ("starts_on", "until"):
            if values.get(name) and not is_sensible(values[name]):
                self.add_error(name, _("Please look at the year again."))
        if first and last and last < first:
            self.add_error("until", _("This day is before the first one."))
        if not 1 <= values.get("interval", 1) <= MOST_WEEKS:
            self.add_error("interval", _("A number from 1 to 52, please."))
        start, end = values.get("start_time"), values.get("end_time")
        if start and end and end <= start:
            self.add_error("end_time", _("The end lies before the beginning."))
        is_weekly = values.get("frequency") == Schedule.Frequency.WEEKLY
        if (is_weekly or values.get("week_of_month")) and not values.get("weekdays"):
            self.add_error("weekdays", _("Please choose at least one weekday."))
        return values

    @property
    def rule(self) -> Rule | None:
        """The rule the form says now; None while it says none."""
        if self.is_bound:
            is_left = self.instance.pk or self.has_changed()
            if not is_left or not self.is_valid() or self.cleaned_data.get("DELETE"):
                return None
            return rule_of(self.cleaned_data)
        # Who only reads has not all fields, and no initial values for them.
        is_shown = "start_time" in self.fields
        values = self.initial if is_shown else model_to_dict(self.instance)
        return rule_of(values) if values.get("start_time") else None

    @property
    def in_words(self) -> str:
        """ "every Tuesday 9:30–11:00"; empty while it says nothing."""
        return in_words(self.rule, clock.today()) if self.rule else ""


class ScheduleFormSet(BaseInlineFormSet):
    """All rules of an offer, and the next dates they make."""

    @property
    def next_dates(self) -> list[str]:
        language = get_language() or DEFAULT_LANGUAGE
        return [
            moment_in_words(moment, language)
            for moment in next_moments(self._rules, SHOWN_DATES)
        ]

    @property
    def _rules(self) -> list[Rule]:
        """All rules as the offer's period, school holidays and changes make them."""
        occurrences = self.instance.occurrences.all() if self.instance.pk else ()
        changes, holidays = changes_of(occurrences), school_holidays()
        return [
            within_period(form.rule, self.instance, holidays, changes)
            for form in self.forms
            if form.rule is not None
        ]

    def clean(self) -> None:
        """A moved date must not come to lie on another one by new times."""
        super().clean()
        moved = self.instance.pk and self.instance.occurrences.exclude(new_day=None)
        if not moved or any(form.errors for form in self.forms):
            return
        stored = Offering.objects.prefetch_related("schedules", "occurrences")
        before = own_rules(stored.get(pk=self.instance.pk))
        for day, start in new_collisions(self._rules, before, clock.today()):
            fitting = [
                form
                for form in self.forms
                if (rule := form.rule)
                and rule.start_time == start
                and day in islice(regular_days(rule, day), 1)
            ]
            if not fitting:
                raise forms.ValidationError(COLLIDES)
            for form in fitting:
                form.add_error("start_time", COLLIDES)


def rule_of(values: dict[str, Any]) -> Rule:
    """The rule that values of the form say."""
    return Rule(
        frequency=values["frequency"],
        starts_on=values["starts_on"],
        start_time=values["start_time"],
        end_time=values.get("end_time"),
        interval=values.get("interval") or 1,
        weekdays=tuple(values.get("weekdays") or ()),
        week_of_month=values.get("week_of_month"),
        until=values.get("until"),
        exceptions=frozenset(values.get("exceptions") or ()),
        holidays=values.get("in_school_holidays") or "",
    )


def form_values(rule: Rule) -> dict[str, list[str]]:
    """What the form would send for a rule."""
    values: dict[str, Any] = {
        "frequency": rule.frequency,
        "interval": rule.interval,
        "week_of_month": rule.week_of_month,
        "starts_on": rule.starts_on.isoformat(),
        "until": rule.until and rule.until.isoformat(),
        "start_time": f"{rule.start_time:%H:%M}",
        "end_time": rule.end_time and f"{rule.end_time:%H:%M}",
        "exceptions": ", ".join(f"{day:%d.%m.%Y}" for day in sorted(rule.exceptions)),
        "in_school_holidays": rule.holidays,
    }
    sent = {name: [str(value)] if value else [] for name, value in values.items()}
    return sent | {"weekdays": [str(day) for day in rule.weekdays]}
