from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from herne_bildung.freshness.forms import CorrectionForm
from offerings.fields import AgeField, check_ages
from offerings.models import Offering, Schedule

TIMES = ("weekdays", "start_time", "end_time")


def clock_field(label: Any, *, required: bool) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=required, widget=widget)


class OfferingCorrection(CorrectionForm):
    """The facts of an offer a provider corrects from a reminder, without a login.

    Days and times are among them where the offer takes place every week at one time;
    what is more complicated is told in words.
    """

    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    start_time = clock_field(_("from"), required=True)
    end_time = clock_field(_("to"), required=False)
    age_min_months = AgeField(
        label=_("from age"),
        help_text=_("For example: 3, 3 years, 18 months. A number alone is years."),
    )
    age_max_months = AgeField(
        label=_("up to age"), help_text=_("For example: 6 years. Empty: no upper age.")
    )

    field_order = (*TIMES, "starts_on", "ends_on")

    class Meta(CorrectionForm.Meta):
        model = Offering
        fields = [
            "title_de",
            "summary_de",
            "next_step_de",
            "starts_on",
            "ends_on",
            "is_free",
            "registration",
            "registration_url",
            "phone",
            "email",
            "website",
            "age_min_months",
            "age_max_months",
            "description_de",
        ]
        labels = {
            "title_de": _("title"),
            "summary_de": _("In short"),
            "next_step_de": _("how do I take part"),
            "description_de": _("description"),
        }
        widgets = {"summary_de": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self.schedule = weekly_schedule(self.instance)
        for name in TIMES:
            if self.schedule is None:
                del self.fields[name]
            else:
                self.initial[name] = getattr(self.schedule, name)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        check_ages(self, values)
        return values

    def save(self, commit: bool = True) -> Offering:
        """The offer, and the days and times that are among the fields."""
        offering = super().save(commit)
        changed = [name for name in TIMES if name in self.changed_data]
        if self.schedule is not None and changed:
            for name in changed:
                setattr(self.schedule, name, self.cleaned_data[name])
            self.schedule.save(update_fields=changed)
        return offering


def weekly_schedule(offering: Offering) -> Schedule | None:
    """The one schedule of an offer, when it simply names days of every week."""
    schedules = list(offering.schedules.all()) if offering.pk else []
    if len(schedules) != 1:
        return None
    [found] = schedules
    is_simple = found.frequency == Schedule.Frequency.WEEKLY and found.weekdays
    return found if is_simple else None
