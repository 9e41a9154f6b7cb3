"""Evaluations: a round, the verdict on each goal, and what it rests on."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from goals.admin.base import (
    AMONG_OURSELVES,
    ON_THE_SITE,
    STAFF_RIGHTS,
    GoalsAdmin,
    GoalsStackedInline,
)
from goals.admin.texts import row_fieldsets
from goals.models import EvaluationRound, Evidence, FeedbackNote, GoalVerdict, Progress
from herne_bildung.city.admin import language_fieldsets

# Where the monitoring freezes figures and removes them.
FREEZE, REMOVE = "admin:monitoring_figure_add", "admin:monitoring_figure_delete"
ROUND, *ROUND_LANGUAGES = language_fieldsets("title", "about")
VERDICT, *VERDICT_LANGUAGES = language_fieldsets("reasons", "what_follows")


@admin.register(EvaluationRound)
class EvaluationRoundAdmin(GoalsAdmin):
    """When the goals of a period are looked at, and with which conference."""

    rights = STAFF_RIGHTS
    german_needed = ("title_de",)
    list_display = ["title_de", "period", "starts_on", "ends_on", "state"]
    list_filter = ["state", "period"]
    list_select_related = ["period"]
    search_fields = ["title_de"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("period", "conference"),
                    *ROUND[1]["fields"],
                    ("starts_on", "ends_on"),
                ]
            },
        ),
        ON_THE_SITE,
        *ROUND_LANGUAGES,
        AMONG_OURSELVES,
    ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: EvaluationRound | None = None
    ) -> list[str]:
        """Verdicts hang on goals of the period."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "period"] if obj and obj.verdicts.exists() else fields


class EvidenceInline(GoalsStackedInline):
    """What the verdict rests on; indicators are attached by the monitoring."""

    model = Evidence
    german_needed = ("text_de",)
    max_num = 30
    readonly_fields = ["figures"]
    fieldsets = row_fieldsets(
        [("order", "url"), "text_de", "progress", "notes", "figures"], "text"
    )

    @admin.display(description=_("frozen figures"))
    def figures(self, evidence: Evidence) -> str:
        """Those of the monitoring, and the way to freeze one more."""
        if evidence.pk is None:
            return "–"
        shown = [
            (figure.in_one_line(), reverse(REMOVE, args=[figure.pk]), _("remove"))
            for figure in evidence.figures.all()
        ]
        rows = format_html_join("", '<p>{} <a href="{}">{}</a></p>', shown)
        address = f"{reverse(FREEZE)}?evidence={evidence.pk}"
        return format_html(
            '{}<p><a href="{}">{}</a></p>', rows, address, _("Freeze a figure for it")
        )

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any):
        """Progress and notes of the goal only."""
        formset = super().get_formset(request, obj, **options)
        goal = obj.goal_id if obj else None
        choices = {
            "progress": Progress.objects.filter(measure__goal=goal).select_related(
                "measure"
            ),
            "notes": FeedbackNote.objects.released().filter(goal=goal),
        }
        for name, rows in choices.items():
            if name in formset.form.base_fields:
                formset.form.base_fields[name].queryset = rows
        return formset


@admin.register(GoalVerdict)
class GoalVerdictAdmin(GoalsAdmin):
    """Whether a goal stays, why, and what follows."""

    rights = STAFF_RIGHTS
    german_needed = ("reasons_de",)
    list_display = ["goal", "verdict", "evaluation", "state"]
    list_filter = ["state", "verdict", "evaluation"]
    list_select_related = ["goal__period", "evaluation"]
    search_fields = ["goal__title_de", "reasons_de"]
    autocomplete_fields = ["goal"]
    inlines = [EvidenceInline]
    fieldsets = [
        (
            _("Verdict"),
            {"fields": [("evaluation", "goal"), "verdict", *VERDICT[1]["fields"]]},
        ),
        ON_THE_SITE,
        *VERDICT_LANGUAGES,
        AMONG_OURSELVES,
    ]
