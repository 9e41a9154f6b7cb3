from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals import actions
from goals.admin.base import (
    AMONG_OURSELVES,
    ON_THE_SITE,
    RIGHTS,
    SEEN_BY,
    SOURCE,
    GoalsInline,
    GoalsStackedInline,
    VersionedGoalsAdmin,
)
from goals.admin.filters import MeasureCareFilter
from goals.admin.texts import row_fieldsets
from goals.admin.tree import TreeAdmin, day_in_words
from goals.choices import MeasureStatus
from goals.models import Measure, Milestone, Progress, StatusChange
from herne_bildung.city.admin import language_fieldsets
from herne_bildung.city.admin.day_inputs import DayInput, is_sensible
from herne_bildung.city.admin.preview import PreviewAdmin
from herne_bildung.city.admin.reading import InWordsForReaders
from herne_bildung.city.rights import ADVISERS, OFFICE, PROVIDERS, TRANSLATORS
from herne_bildung.lib import clock

GERMAN, *OTHER_LANGUAGES = language_fieldsets("title", "summary")
TITLE, SUMMARY = GERMAN[1]["fields"]
NEW_STATUS = ("new_status", "status_on", "status_reason")


class MeasureForm(forms.ModelForm):
    """A measure, with what a new status needs."""

    new_status = forms.ChoiceField(
        label=gettext_lazy("new status"),
        choices=[("", gettext_lazy("as it is")), *MeasureStatus.choices[1:]],
        required=False,
    )
    status_on = forms.DateField(
        label=gettext_lazy("since"), widget=DayInput, required=False
    )
    status_reason = forms.CharField(
        label=gettext_lazy("reason"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Readers see it. In German."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "status_on" in self.fields:
            self.fields["status_on"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        status, reason = values.get("new_status"), values.get("status_reason")
        if status and not reason:
            self.add_error("status_reason", _("A new status needs its reason."))
        if reason and not status:
            self.add_error("new_status", _("Which status has this reason?"))
        day = values.get("status_on")
        if status and "status_on" not in self.errors and not (day and is_sensible(day)):
            self.add_error("status_on", _("Since which day?"))
        return values


class StatusInline(GoalsInline):
    """What its status was, newest first; a new one is given in the form."""

    model = StatusChange
    rights = dict.fromkeys((OFFICE, ADVISERS, TRANSLATORS, PROVIDERS), ("view",))
    fields = ["status", "on", "reason"]
    readonly_fields = fields
    verbose_name_plural = gettext_lazy("statuses so far")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class MilestoneInline(GoalsStackedInline):
    model = Milestone
    german_needed = ("title_de",)
    fieldsets = row_fieldsets(
        ["title_de", "text_de", ("due_on", "done_on")], "title", "text"
    )


class ProgressInline(GoalsStackedInline):
    model = Progress
    german_needed = ("text_de",)
    fieldsets = row_fieldsets(["year", "text_de"], "text")


@admin.register(Measure)
class MeasureAdmin(InWordsForReaders, TreeAdmin, PreviewAdmin, VersionedGoalsAdmin):
    """A measure with its milestones, its progress by year and its statuses."""

    owner_path = "organisation"
    state_paths = ("state", "goal__state", "goal__period__state")
    rights = RIGHTS
    form = MeasureForm
    german_needed = ("title_de",)
    written_only = set(NEW_STATUS)
    list_display = [
        "title_de",
        "goal_number",
        "status",
        "next_date",
        "organisation",
        "seen_by",
    ]
    list_filter = [
        "goal__period",
        "status",
        MeasureCareFilter,
        SEEN_BY,
        ("organisation", admin.RelatedOnlyFieldListFilter),
        "work_area",
    ]
    list_select_related = ["goal__period", "organisation"]
    search_fields = ["title_de", "goal__title_de"]
    autocomplete_fields = ["goal", "organisation", "role", "districts", "offerings"]
    inlines = [MilestoneInline, ProgressInline, StatusInline]
    readonly_fields = ["shown_status"]
    fieldsets = [
        (gettext_lazy("What is done?"), {"fields": ["goal", TITLE, SUMMARY]}),
        (
            gettext_lazy("How far is it?"),
            {
                "fields": [
                    "shown_status",
                    ("new_status", "status_on"),
                    "status_reason",
                    ("planned_start", "planned_end"),
                    ("actual_start", "actual_end"),
                ]
            },
        ),
        (gettext_lazy("Who is responsible?"), {"fields": ["organisation", "role"]}),
        (
            gettext_lazy("Where does it belong?"),
            {"fields": ["work_area", "districts", "offerings"]},
        ),
        ON_THE_SITE,
        (gettext_lazy("What was passed?"), {"fields": ["wording"]}),
        *OTHER_LANGUAGES,
        AMONG_OURSELVES,
        SOURCE,
    ]

    @staticmethod
    def siblings(measure: Measure) -> QuerySet:
        return Measure.objects.filter(goal=measure.goal_id)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("milestones")

    @admin.display(description=gettext_lazy("goal"), ordering="goal")
    def goal_number(self, measure: Measure) -> str:
        return f"{measure.goal.number}. ({measure.goal.period})"

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def shown_status(self, measure: Measure) -> str:
        """With its day, in the form."""
        latest = measure.status_changes.first() if measure.status else None
        said = str(measure.get_status_display())
        if latest is None:
            return said
        return f"{said} {_('since')} {date_format(latest.on, 'SHORT_DATE_FORMAT')}"

    @admin.display(description=gettext_lazy("next date"), ordering="planned_end")
    def next_date(self, measure: Measure) -> str:
        return day_in_words(measure)[0]

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        """The new status last: it is of what was just saved."""
        super().save_related(request, form, *args)
        values = form.cleaned_data
        if values.get("new_status"):
            actions.set_status(
                measure=form.instance,
                status=values["new_status"],
                reason=values["status_reason"],
                on=values["status_on"],
                by=request.user,
            )
