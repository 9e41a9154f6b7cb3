from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.admin.texts import row_fieldsets
from goals.admin.tree import Branch, TreeAdmin
from herne_bildung.city.admin import language_fieldsets
from herne_bildung.city.admin.preview import PreviewAdmin
from herne_bildung.city.rights import reads_raw_values
from herne_bildung.lib import clock
from herne_bildung.lib.time_periods import UnknownPeriod, first_day
from monitoring.admin.base import (
    AMONG_OURSELVES,
    ON_THE_SITE,
    SEEN_BY,
    SOURCE,
    MonitoringInline,
    MonitoringStackedInline,
    VersionedMonitoringAdmin,
)
from monitoring.admin.drafts import DraftPages
from monitoring.admin.release_rows import releases_branch
from monitoring.choices import Level, ReleaseState
from monitoring.models import (
    Indicator,
    IndicatorDimension,
    IndicatorRelation,
    SeriesBreak,
)
from monitoring.publishing import missing

GERMAN, *OTHER_LANGUAGES = language_fieldsets(
    "name", "question", "definition", "formula"
)
NAME, QUESTION, DEFINITION, FORMULA = GERMAN[1]["fields"]
# Decide whether counts are kept secret.
PROTECTED_BY = ["measured", "protection", "table_set"]


class IndicatorForm(forms.ModelForm):
    """Levels stand below each other, to tick."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "levels" in self.fields:
            self.fields["levels"] = forms.MultipleChoiceField(
                label=self.fields["levels"].label,
                choices=Level.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )


class BreakForm(forms.ModelForm):
    def clean_period(self) -> str:
        period = self.cleaned_data["period"]
        try:
            first_day(period)
        except UnknownPeriod as error:
            raise forms.ValidationError(str(error)) from error
        return period


class BreakInline(MonitoringStackedInline):
    model = SeriesBreak
    form = BreakForm
    german_needed = ("reason_de",)
    fieldsets = row_fieldsets(
        [("kind", "period"), "reason_de", "source_title", "source_url"], "reason"
    )


class BreakdownInline(MonitoringInline):
    model = IndicatorDimension
    fields = ["position", "dimension"]


class RelationInline(MonitoringStackedInline):
    model = IndicatorRelation
    fk_name = "first"
    german_needed = ("explanation_de",)
    autocomplete_fields = ["second"]
    verbose_name = gettext_lazy("other definition of the same thing")
    verbose_name_plural = gettext_lazy("other definitions of the same thing")
    fieldsets = row_fieldsets(["second", "explanation_de"], "explanation")


class NextReleaseFilter(admin.SimpleListFilter):
    """Whose values should have come, and what waits to be published."""

    title, parameter_name = gettext_lazy("to look after"), "care"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("overdue", _("values overdue")),
            ("drafts", _("with drafts")),
            ("scheduled", _("scheduled")),
            ("none", _("without public values")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        with_state = {
            "drafts": ReleaseState.DRAFT,
            "scheduled": ReleaseState.SCHEDULED,
        }
        if self.value() == "overdue":
            return queryset.filter(next_release_on__lt=clock.today())
        if self.value() == "none":
            return queryset.filter(public_since=None)
        if state := with_state.get(self.value()):
            found = Indicator.objects.filter(releases__state=state)
            return queryset.filter(pk__in=found.values("pk"))
        return queryset


@admin.register(Indicator)
class IndicatorAdmin(DraftPages, TreeAdmin, PreviewAdmin, VersionedMonitoringAdmin):
    """What an indicator means, and below it the releases of its values."""

    form = IndicatorForm
    german_needed = ("name_de", "question_de")
    list_display = [
        "name_de",
        "theme",
        "seen_by",
        "current_since",
        "next_values",
        "organisation",
    ]
    list_filter = [
        "theme",
        SEEN_BY,
        NextReleaseFilter,
        "protection",
        ("organisation", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["theme", "organisation"]
    search_fields = ["name_de", "question_de", "slug"]
    autocomplete_fields = ["organisation", "role", "base", "goals", "measures"]
    prepopulated_fields = {"slug": ["name_de"]}
    inlines = [BreakdownInline, BreakInline, RelationInline]
    fieldsets = [
        (
            gettext_lazy("What is it?"),
            {"fields": ["theme", NAME, QUESTION, DEFINITION, FORMULA]},
        ),
        (
            gettext_lazy("How is it measured?"),
            {
                "fields": [
                    ("measured", "unit", "decimals"),
                    "direction",
                    "levels",
                    "base",
                    "protection",
                    "table_set",
                ]
            },
        ),
        (gettext_lazy("New values"), {"fields": [("cycle", "next_release_on")]}),
        (gettext_lazy("Who is responsible?"), {"fields": ["organisation", "role"]}),
        (
            gettext_lazy("Where does it belong?"),
            {"fields": ["goals", "measures", "order"]},
        ),
        ON_THE_SITE,
        *OTHER_LANGUAGES,
        AMONG_OURSELVES,
        (
            SOURCE[0],
            {**SOURCE[1], "fields": ["slug", *SOURCE[1]["fields"]]},
        ),
    ]

    def sees_drafts(self, user: Any) -> bool:
        """The statistics office imports and protects values before all is there."""
        return super().sees_drafts(user) or reads_raw_values(user)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        is_current = Q(releases__state=ReleaseState.PUBLISHED)
        since = Max("releases__published_at", filter=is_current)
        return super().get_queryset(request).annotate(public_since=since)

    @admin.display(description=gettext_lazy("values since"), ordering="public_since")
    def current_since(self, indicator: Indicator) -> str:
        if indicator.public_since is None:
            return "–"
        day = indicator.public_since.astimezone(clock.BERLIN)
        return date_format(day, "SHORT_DATE_FORMAT")

    @admin.display(
        description=gettext_lazy("next values on"), ordering="next_release_on"
    )
    def next_values(self, indicator: Indicator) -> str:
        if indicator.next_release_on is None:
            return "–"
        said = date_format(indicator.next_release_on, "SHORT_DATE_FORMAT")
        is_overdue = indicator.next_release_on < clock.today()
        return _("%(day)s, overdue") % {"day": said} if is_overdue else said

    def get_readonly_fields(
        self, request: HttpRequest, obj: Indicator | None = None
    ) -> list[str]:
        """The address stays once people read it. Where counts are imported, only the
        statistics office decides how they are protected.
        """
        fields = super().get_readonly_fields(request, obj)
        if obj is None:
            return fields
        if obj.is_published:
            fields = [*fields, "slug"]
        if obj.raw_values.exists() and not reads_raw_values(request.user):
            fields = [*fields, *PROTECTED_BY]
        return list(dict.fromkeys(fields))

    def missing(self, entry: Indicator) -> list[str]:
        return missing(entry)

    def branches(self, request: HttpRequest, entry: Indicator) -> list[Branch]:
        return [releases_branch(request, entry, may_add=self.may_draft(request))]

    def get_urls(self) -> list[URLPattern]:
        return [*self.draft_urls(), *super().get_urls()]
