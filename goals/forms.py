"""What responsible people correct from a reminder, without a login."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from goals.actions import set_status
from goals.choices import MeasureStatus
from goals.models import Body, Mandate, Measure, Milestone, Progress
from herne_bildung.freshness.forms import CorrectionForm
from herne_bildung.lib import clock
from herne_bildung.lib.languages import DEFAULT_LANGUAGE

LONGEST_REASON, LONGEST_PROGRESS = 600, 1500
# Where nobody gives a reason; the portal keeps it in German.
SAID = gettext_lazy("Said by whoever is responsible.")


def text_field(label: Any, longest: int, help_text: Any = "") -> forms.CharField:
    """Several lines of German text."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MeasureCorrection(CorrectionForm):
    """How far a measure is, why, and what was reached this year."""

    status = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=MeasureStatus.choices, required=False
    )
    reason = text_field(
        gettext_lazy("Why?"),
        LONGEST_REASON,
        gettext_lazy("Only where the status is another one now: in one sentence."),
    )
    reached = text_field(gettext_lazy("What was reached this year?"), LONGEST_PROGRESS)
    field_order = ("status", "reason", "reached", "planned_end")

    class Meta(CorrectionForm.Meta):
        model = Measure
        fields = ["planned_end"]

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self.initial["status"] = self.instance.status
        self.initial["reached"] = getattr(self._this_year(), "text_de", "")

    def _this_year(self) -> Progress | None:
        year = clock.today().year
        found = self.instance.progress.all() if self.instance.pk else []
        return next((one for one in found if one.year == year), None)

    def clean_status(self) -> str:
        status = self.cleaned_data["status"]
        if not status and self.instance.status:
            raise forms.ValidationError(_("Please choose one."))
        return status

    def save(self, commit: bool = True) -> Measure:
        """The measure; and a new status, and the text of this year, as rows."""
        measure = super().save(commit)
        if "status" in self.changed_data:
            with override(DEFAULT_LANGUAGE):
                reason = self.cleaned_data["reason"] or str(SAID)
            set_status(
                measure=measure,
                status=self.cleaned_data["status"],
                reason=reason,
                on=clock.today(),
                by=None,
            )
        if "reached" in self.changed_data:
            year, text = clock.today().year, self.cleaned_data["reached"]
            if text:
                Progress.objects.update_or_create(
                    measure=measure, year=year, defaults={"text_de": text}
                )
            else:
                Progress.objects.filter(measure=measure, year=year).delete()
        return measure


class MilestoneCorrection(CorrectionForm):
    """A step: its day, and since when it is done."""

    class Meta(CorrectionForm.Meta):
        model = Milestone
        fields = ["title_de", "due_on", "done_on"]
        labels = {"title_de": gettext_lazy("title")}


class MandateCorrection(CorrectionForm):
    """How far a mandate is, and what came of it."""

    class Meta(CorrectionForm.Meta):
        model = Mandate
        fields = ["status", "done_on", "outcome_de"]
        labels = {"outcome_de": gettext_lazy("what came of it")}


class BodyCorrection(CorrectionForm):
    """What a body is for; who takes part is told in words."""

    class Meta(CorrectionForm.Meta):
        model = Body
        fields = ["task_de", "website"]
        labels = {"task_de": gettext_lazy("task")}
