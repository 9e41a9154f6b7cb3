"""What a provider says of one date, or of a pause."""

from datetime import timedelta
from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin.day_inputs import ClockInput, DayInput
from herne_bildung.lib import clock
from offerings.dates.planned import PlannedDate
from offerings.models import Occurrence

# Nobody plans further.
FARTHEST = timedelta(days=800)


class DayForm(forms.Form):
    """A day that is not in the list."""

    day = forms.DateField(
        label=_("another day"), widget=DayInput(attrs={"autocomplete": "off"})
    )

    def clean_day(self) -> Any:
        return _not_over(self.cleaned_data["day"])


class ChangeForm(forms.Form):
    """What happens to a date: without a new day it is cancelled."""

    reason = forms.ChoiceField(
        label=_("reason"), choices=Occurrence.Reason.choices, required=False
    )
    new_day = forms.DateField(label=_("new day"), widget=DayInput, required=False)
    new_start_time = forms.TimeField(
        label=_("new time from"), widget=ClockInput, required=False
    )
    new_end_time = forms.TimeField(
        label=_("new time to"), widget=ClockInput, required=False
    )

    def __init__(
        self, planned: PlannedDate, *values: Any, moves: bool = False, **options: Any
    ) -> None:
        if planned.change:
            options["initial"] = model_to_dict(planned.change, self.base_fields)
        options.setdefault("auto_id", f"id_{planned.key.replace(':', '')}_%s")
        super().__init__(*values, **options)
        self.planned, self.moves = planned, moves

    def clean_new_day(self) -> Any:
        day = self.cleaned_data["new_day"]
        return _not_over(day) if day and self.moves else day

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.moves or self.errors:
            return values
        start = values["new_start_time"] or self.planned.start_time
        end = values["new_end_time"]
        if values["new_day"] is None:
            self.add_error("new_day", _("A moved date needs its new day."))
        elif end and start and end <= start:
            self.add_error("new_end_time", _("The end lies before the beginning."))
        elif self.is_as_planned and self.planned.change is None:
            self.add_error("new_day", _("This is when it takes place anyway."))
        return values

    @property
    def is_as_planned(self) -> bool:
        """Whether what is written is the date as it was planned."""
        values, planned = self.cleaned_data, self.planned
        start = values["new_start_time"] or planned.start_time
        is_start = (values["new_day"], start) == (planned.day, planned.start_time)
        return is_start and values["new_end_time"] in (None, planned.end_time)

    @property
    def change(self) -> Occurrence | None:
        """The date as it is then, None as it was planned; of a valid form."""
        if self.moves and self.is_as_planned:
            return None
        values = self.cleaned_data
        change = Occurrence(
            day=self.planned.day,
            start_time=self.planned.start_time,
            state=Occurrence.State.CANCELLED,
            reason=values["reason"],
        )
        if self.moves:
            change.state = Occurrence.State.MOVED
            change.new_day = values["new_day"]
            change.new_start_time = values["new_start_time"]
            change.new_end_time = values["new_end_time"]
        return change


class PauseForm(forms.Form):
    """A break with a known end, or none."""

    paused_from = forms.DateField(label=_("pauses from"), widget=DayInput)
    paused_until = forms.DateField(
        label=_("pauses until"),
        help_text=_("Last day of the break. Empty: its end is not known."),
        widget=DayInput,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        first, last = values.get("paused_from"), values.get("paused_until")
        for name, day in (("paused_from", first), ("paused_until", last)):
            if day and abs(day - clock.today()) > FARTHEST:
                self.add_error(name, _("Please look at the year again."))
        if first and last and last < first:
            self.add_error("paused_until", _("This day is before the first one."))
        return values


def _not_over(day: Any) -> Any:
    if day < clock.today():
        raise forms.ValidationError(_("This day is over."))
    if day - clock.today() > FARTHEST:
        raise forms.ValidationError(_("Please look at the year again."))
    return day
