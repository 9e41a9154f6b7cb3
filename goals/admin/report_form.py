"""The form that makes a report: everything is filled in already but the meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.models import Consultation, Goal, Period, Report
from goals.reports.actions import make_report
from herne_bildung.city.admin.day_inputs import DayInput, is_sensible
from herne_bildung.city.models import Organisation


class NewReportForm(forms.Form):
    """About some goals of a period; all of them are chosen."""

    committee = forms.CharField(
        label=gettext_lazy("committee"),
        max_length=200,
        widget=forms.TextInput({"list": "committees", "class": "vTextField"}),
    )
    day = forms.DateField(label=gettext_lazy("day of the meeting"), widget=DayInput)
    goals = forms.ModelMultipleChoiceField(
        Goal.objects.none(),
        label=gettext_lazy("goals"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, period: Period, data: Any = None) -> None:
        super().__init__(data)
        self.period = period
        published = Goal.objects.published().filter(period=period)
        self.fields["goals"].queryset = published
        self.fields["goals"].initial = published

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if not is_sensible(day):
            raise forms.ValidationError(_("Please enter a sensible day."))
        return day

    def make(self, *, by: Any) -> Report:
        values = self.cleaned_data
        known = Organisation.objects.filter(name_de=values["committee"])
        return make_report(
            period=self.period,
            goals=values["goals"],
            committee=values["committee"],
            day=values["day"],
            by=by,
            organisation=known.first(),
        )


def chosen_period(asked: str | None) -> Period | None:
    """The period of an address ("2023-2027"), else the latest that is going on."""
    periods = list(Period.objects.published())
    going_on = [one for one in periods if not one.is_closed and not one.is_sample]
    chosen = [one for one in periods if one.slug == asked]
    return next(iter([*chosen, *going_on, *periods]), None)


def committees() -> list[str]:
    """Committees that are known by name, to be proposed."""
    kind = Organisation.Kind.COMMITTEE
    known = Organisation.objects.filter(kind=kind).values_list("name_de", flat=True)
    named = Consultation.objects.values_list("committee", flat=True)
    return sorted({*known, *named})
