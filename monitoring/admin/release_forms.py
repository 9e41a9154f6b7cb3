"""What is asked before a step with a release."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.admin.day_inputs import ClockInput, DayInput, is_sensible
from herne_bildung.lib import clock
from monitoring.choices import ReleaseState
from monitoring.models import Release
from monitoring.releases.cycles import moved_on

MORNING = time(9)


def sensible_day(day: Any) -> Any:
    """ValidationError for a mistyped year."""
    if day and not is_sensible(day):
        raise forms.ValidationError(_("Please enter a sensible day."))
    return day


def several_lines(label: Any, longest: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        widget=forms.Textarea({"rows": 4, "class": "vLargeTextField"}),
    )


class StepForm(forms.Form):
    """Of one release."""

    def __init__(self, release: Release, data: Any = None) -> None:
        super().__init__(data)
        self.release = release


class ScheduleForm(StepForm):
    """A moment of the clock in Herne."""

    day = forms.DateField(label=gettext_lazy("day"), widget=DayInput)
    time = forms.TimeField(label=gettext_lazy("time"), widget=ClockInput)

    def __init__(self, release: Release, data: Any = None) -> None:
        super().__init__(release, data)
        at = release.publish_at
        tomorrow = clock.today() + timedelta(days=1)
        at = at.astimezone(clock.BERLIN) if at else clock.at(tomorrow, MORNING)
        self.initial = {"day": at.date(), "time": at.time()}

    def clean_day(self) -> Any:
        return sensible_day(self.cleaned_data["day"])

    @property
    def moment(self) -> datetime:
        return clock.at(self.cleaned_data["day"], self.cleaned_data["time"])


class PublishForm(StepForm):
    """When the next values are to be expected, which readers see."""

    next_release_on = forms.DateField(
        label=gettext_lazy("next values on"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy("Readers see it. Empty: not known."),
    )

    def __init__(self, release: Release, data: Any = None) -> None:
        super().__init__(release, data)
        indicator, today = release.indicator, clock.today()
        day = indicator.next_release_on
        if not release.is_correction:
            day = moved_on(day, indicator.cycle, today)
        self.initial = {"next_release_on": day}

    def clean_next_release_on(self) -> Any:
        return sensible_day(self.cleaned_data["next_release_on"])


class CorrectForm(StepForm):
    """What readers are told of a correction."""

    what_changed = several_lines(
        gettext_lazy("What changed"),
        1000,
        gettext_lazy("For readers: which values, and why. In German."),
    )

    def __init__(self, release: Release, data: Any = None) -> None:
        super().__init__(release, data)
        self.fields["what_changed"].required = False
        self.initial = {"what_changed": release.what_changed_de}


class WithdrawForm(StepForm):
    """Why figures are not shown any longer."""

    because = several_lines(
        gettext_lazy("Why is it withdrawn?"),
        600,
        gettext_lazy("For readers. In German."),
    )
    brings_back = forms.BooleanField(
        label=gettext_lazy("Show the release before it again"), required=False
    )

    def __init__(self, release: Release, data: Any = None) -> None:
        super().__init__(release, data)
        former = release.indicator.releases.filter(
            state=ReleaseState.SUPERSEDED, number__lt=release.number
        )
        if release.state != ReleaseState.PUBLISHED or not former.exists():
            del self.fields["brings_back"]
