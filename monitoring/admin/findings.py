"""Findings: the frozen figures, who talked about them, what was decided and done."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goals.admin.filters import ChosenFilter
from goals.admin.texts import row_fieldsets
from goals.choices import Publication
from herne_bildung.city.admin import language_fieldsets
from herne_bildung.city.slugs import free_slug
from herne_bildung.lib import clock
from monitoring.admin.base import (
    AMONG_OURSELVES,
    ON_THE_SITE,
    SEEN_BY,
    MonitoringInline,
    MonitoringStackedInline,
    VersionedMonitoringAdmin,
)
from monitoring.choices import FindingOrigin
from monitoring.findings import care_lists, versioned
from monitoring.models import Decision, Discussion, Figure, Finding

GERMAN, *OTHER_LANGUAGES = language_fieldsets("title", "text", "effect")
TITLE, TEXT, EFFECT = GERMAN[1]["fields"]


class FindingForm(forms.ModelForm):
    """A finding; its address may be left to us."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Empty: made from the title.")
        if "found_on" in self.fields:
            self.fields["found_on"].initial = clock.today()

    def clean_slug(self) -> str:
        if slug := self.cleaned_data.get("slug"):
            return slug
        title = str(self.data.get(self.add_prefix(TITLE), ""))
        return free_slug(Finding, title[:80], "erkenntnis")


class FindingCareFilter(ChosenFilter):
    title, parameter_name = gettext_lazy("to look after"), "care"
    choices_of = {
        "no-decision": (
            gettext_lazy("without a decision"),
            care_lists.without_decision,
        ),
        "warnings": (
            gettext_lazy("drafts of early warnings"),
            care_lists.from_warnings,
        ),
    }


class FigureInline(MonitoringInline):
    """Figures are frozen on a page of their own and never changed; only removed."""

    model = Figure
    fields = readonly_fields = ["use", "what", "release_state"]
    verbose_name_plural = gettext_lazy("frozen figures")

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super()
            .get_queryset(request)
            .select_related(
                "release__indicator",
                "area",
                "category_1",
                "category_2",
                "category_3",
            )
        )

    @admin.display(description=gettext_lazy("figure"))
    def what(self, figure: Figure) -> str:
        return figure.in_one_line()

    @admin.display(description=gettext_lazy("release"))
    def release_state(self, figure: Figure) -> str:
        release = figure.release
        return f"{release.number} ({release.get_state_display()})"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DiscussionInline(MonitoringStackedInline):
    model = Discussion
    autocomplete_fields = ["body"]
    extra = 0
    fieldsets = row_fieldsets([("body", "on"), "note_de"], "note")


class DecisionInline(MonitoringStackedInline):
    model = Decision
    autocomplete_fields = ["body", "paper"]
    extra = 0
    german_needed = ("text_de",)
    fieldsets = row_fieldsets(
        [("on", "body", "paper"), "text_de", "nothing_follows"], "text"
    )


@admin.register(Finding)
class FindingAdmin(VersionedMonitoringAdmin):
    """A finding from its figure to what came of it."""

    form = FindingForm
    change_form_template = "admin/monitoring/finding_form.html"
    german_needed = (TITLE,)
    list_display = ["title_de", "age", "origin", "seen_by", "found_on", "closed_on"]
    list_filter = [FindingCareFilter, SEEN_BY, "origin", "found_on"]
    search_fields = ["title_de", "text_de"]
    autocomplete_fields = [
        "districts",
        "goals",
        "measures",
        "offerings",
        "mandates",
        "organisation",
        "role",
    ]
    inlines = [FigureInline, DiscussionInline, DecisionInline]
    fieldsets = [
        (
            gettext_lazy("What do the figures show?"),
            {"fields": [TITLE, TEXT, "found_on", "districts", "goals"]},
        ),
        (
            gettext_lazy("What follows"),
            {"fields": ["measures", "offerings", "mandates"]},
        ),
        (gettext_lazy("Who is responsible?"), {"fields": ["organisation", "role"]}),
        (gettext_lazy("What came of it"), {"fields": [EFFECT, "closed_on"]}),
        ON_THE_SITE,
        *OTHER_LANGUAGES,
        AMONG_OURSELVES,
        (gettext_lazy("Address on the site"), {"fields": ["slug"]}),
    ]

    @admin.display(description=gettext_lazy("since"), ordering="found_on")
    def age(self, finding: Finding) -> str:
        """Days since it was noticed, as long as it is open."""
        if finding.closed_on:
            return "–"
        days = (clock.today() - finding.found_on).days
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}

    def get_readonly_fields(
        self, request: HttpRequest, obj: Finding | None = None
    ) -> list[str]:
        """The address stays once people read it."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "slug"] if obj and obj.is_published else fields

    def has_delete_permission(
        self, request: HttpRequest, obj: Finding | None = None
    ) -> bool:
        """Drafts of early warnings that lead to nothing; they do not come back."""
        is_draft_of_rule = (
            obj is not None
            and obj.origin == FindingOrigin.WARNING
            and obj.state == Publication.DRAFT
        )
        return is_draft_of_rule and self.has_add_permission(request)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        entry = context.get("original")
        if entry and self.has_add_permission(request):
            address = reverse("admin:monitoring_figure_add")
            context["figure_path"] = f"{address}?finding={entry.pk}"
        if entry and entry.is_published:
            context["page_path"] = versioned.DECLARED.page_path(entry)
        return super().render_change_form(request, context, *args, **options)
