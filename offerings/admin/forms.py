"""Forms of the administration: what a list of codes looks like, what must fit."""

from typing import Any

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin.base import leave_out_unless_chosen
from offerings.choices import OfferLanguage, TargetGroup
from offerings.models import Offering, Schedule

HIDDEN_STATES = (Offering.State.DRAFT, Offering.State.ARCHIVED)
STATES_OF_CARE = (Offering.State.UNCONFIRMED, Offering.State.ENDED)


class OfferingForm(forms.ModelForm):
    """An offer. Whoever takes it off the site says why."""

    target_groups = forms.MultipleChoiceField(
        label=_("for whom"),
        choices=TargetGroup.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("languages of the offer"),
        choices=OfferLanguage.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label=_("why it is taken off the site"),
        help_text=_("Needed when a published offer becomes a draft or is archived."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        leave_out_unless_chosen(self, "state", STATES_OF_CARE)
        for name in ("title_de", "summary_de"):
            if name in self.fields:
                self.fields[name].required = True
        for name in ("age_min_months", "age_max_months"):
            if name in self.fields:
                self.fields[name].help_text = _("In months: 3 years are 36.")
        self._state_before = self.instance.state if self.instance.pk else ""

    @property
    def hides(self) -> bool:
        """Whether saving takes a published offer off the site."""
        return (
            self._state_before == Offering.State.PUBLISHED
            and self.cleaned_data.get("state") in HIDDEN_STATES
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        youngest, oldest = values.get("age_min_months"), values.get("age_max_months")
        if oldest is not None and (youngest is None or oldest < youngest):
            self.add_error(
                "age_max_months",
                _("The upper age needs a lower one that is not above it."),
            )
        for first, last in (
            ("starts_on", "ends_on"),
            ("visible_from", "visible_until"),
        ):
            begin, end = values.get(first), values.get(last)
            if begin and end and end < begin:
                self.add_error(last, _("This day is before the first one."))
        if self.hides and not (values.get("reason") or "").strip():
            self.add_error("reason", _("Please say why, for the provider is told."))
        return values


class ScheduleForm(forms.ModelForm):
    """When an offer takes place."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("weekdays"),
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "exceptions" in self.fields:
            self.fields["exceptions"].help_text = _("Days, separated by commas.")
        if "interval" in self.fields:
            self.fields["interval"].min_value = 1

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        first, last = values.get("starts_on"), values.get("until")
        if first and last and last < first:
            self.add_error("until", _("This day is before the first one."))
        if values.get("interval") == 0:
            self.add_error("interval", _("At least 1."))
        needs_weekday = values.get("frequency") == Schedule.Frequency.WEEKLY or (
            values.get("week_of_month") is not None
        )
        if needs_weekday and not values.get("weekdays"):
            self.add_error("weekdays", _("Please choose at least one weekday."))
        return values


class ReasonActionForm(ActionForm):
    """Actions on a list, with room for the reason of archiving."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, strip=True
    )
