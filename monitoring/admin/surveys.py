"""Surveys, their waves, and the groups that are asked."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.admin import language_fieldsets
from herne_bildung.city.slugs import free_slug
from herne_bildung.lib import clock
from monitoring.admin.base import (
    AMONG_OURSELVES,
    ON_THE_SITE,
    SEEN_BY,
    SOURCE,
    MonitoringAdmin,
    VersionedMonitoringAdmin,
)
from monitoring.admin.survey_form import PLACES, WaveForm
from monitoring.models import AskedGroup, Instrument, Wave
from monitoring.surveys import care_lists, collisions
from monitoring.surveys.free_weeks import propose
from monitoring.surveys.reach import planned

GERMAN, *OTHER_LANGUAGES = language_fieldsets(
    "name",
    "about",
    "target",
    "where",
    "participation",
    "legal_basis",
    "status_note",
)
WAVE_GERMAN, *WAVE_LANGUAGES = language_fieldsets(
    "title", "findings_text", "reported_how"
)
YEARS = range(1990, 2100)


def calendar_path() -> str:
    """The calendar of the administration."""
    return reverse("admin:monitoring_wave_calendar")


class GroupBoxes:
    """Groups are a closed list: boxes to tick."""

    def formfield_for_manytomany(
        self, db_field: Field, request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "groups":
            options["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **options)


@admin.register(AskedGroup)
class AskedGroupAdmin(MonitoringAdmin):
    """A closed list of staff; says how long each group is left in peace."""

    german_needed = ("name_de",)
    list_display = ["name_de", "rest_weeks", "key", "order"]
    search_fields = ["name_de", "key"]
    fieldsets = [
        (None, {"fields": ["rest_weeks", "key", "order"]}),
        *language_fieldsets("name"),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The key stands in addresses."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None else [*fields, "key"]


class InstrumentForm(forms.ModelForm):
    """A survey; its address may be left to us."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Empty: made from the title.")

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if "slug" in self.fields and not found.get("slug"):
            found["slug"] = free_slug(Instrument, found.get("name_de", ""), "befragung")
        return found


@admin.register(Instrument)
class InstrumentAdmin(GroupBoxes, VersionedMonitoringAdmin):
    """A survey or statistic: what is known of it."""

    owner_path = "organisation"
    form = InstrumentForm
    german_needed = ("name_de",)
    list_display = ["name_de", "is_survey", "cycle", "seen_by", "as_of"]
    list_filter = [SEEN_BY, "is_survey", "cycle"]
    search_fields = ["name_de", "slug", "target_de"]
    autocomplete_fields = ["organisation", "role", "indicators", "measures"]
    fieldsets = [
        (
            gettext_lazy("What is it?"),
            {
                "fields": [
                    *GERMAN[1]["fields"],
                    "is_survey",
                    "groups",
                    ("first_year", "cycle"),
                ]
            },
        ),
        (gettext_lazy("Who is responsible?"), {"fields": ["organisation", "role"]}),
        (gettext_lazy("What comes from it"), {"fields": ["indicators", "measures"]}),
        ON_THE_SITE,
        *OTHER_LANGUAGES,
        AMONG_OURSELVES,
        (
            SOURCE[0],
            {**SOURCE[1], "fields": ["slug", "order", *SOURCE[1]["fields"]]},
        ),
    ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Instrument | None = None
    ) -> list[str]:
        """The address stays once people read it."""
        fields = super().get_readonly_fields(request, obj)
        is_read = obj is not None and obj.is_published
        return [*fields, "slug"] if is_read else fields


@admin.register(Wave)
class WaveAdmin(GroupBoxes, VersionedMonitoringAdmin):
    """A wave: when, where, whom; what came back. The form warns of collisions."""

    owner_path = "organisation"
    state_paths = ("state", "instrument__state")
    form = WaveForm
    german_needed = ("title_de",)
    change_list_template = "admin/monitoring/wave_list.html"
    list_display = ["title_de", "instrument", "starts_on", "ends_on", "seen_by"]
    list_filter = [SEEN_BY, "instrument", "groups"]
    list_select_related = ["instrument"]
    search_fields = ["title_de", "instrument__name_de"]
    date_hierarchy = "starts_on"
    autocomplete_fields = ["instrument", "organisation", *PLACES]
    readonly_fields = ["collides_with", "free_weeks"]
    fieldsets = [
        (
            gettext_lazy("Who is asked, and when?"),
            {
                "fields": [
                    "instrument",
                    "title_de",
                    ("starts_on", "ends_on"),
                    "groups",
                    "seen",
                    "seen_which",
                    "collides_with",
                    "free_weeks",
                ]
            },
        ),
        (gettext_lazy("Where?"), {"fields": ["is_everywhere", *PLACES]}),
        (gettext_lazy("By whom?"), {"fields": ["organisation", "legal_basis"]}),
        (
            gettext_lazy("What came back"),
            {
                "fields": [
                    ("invited", "answered", "participation"),
                    "findings_text_de",
                    "reported_on",
                    "reported_how_de",
                    "report_url",
                ]
            },
        ),
        ON_THE_SITE,
        *WAVE_LANGUAGES,
        AMONG_OURSELVES,
    ]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.calendar_view)
        name = "monitoring_wave_calendar"
        return [path("kalender/", view, name=name), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {**(extra_context or {}), "calendar_path": calendar_path()}
        return super().changelist_view(request, context)

    def calendar_view(self, request: HttpRequest) -> HttpResponse:
        """All waves of a year, all coming collisions, answers that are missing."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("year", "")
        years = {str(year): year for year in YEARS}
        year = years.get(asked, clock.today().year)
        context = {
            **self.admin_site.each_context(request),
            **care_lists.overview(year, self.get_queryset(request)),
            "title": _("Survey calendar"),
            "opts": self.opts,
            "years": [year - 1, year, year + 1],
        }
        return render(request, "admin/monitoring/survey_calendar.html", context)

    @admin.display(description=gettext_lazy("collides with"))
    def collides_with(self, entry: Wave) -> str:
        """As it is stored."""
        if entry.pk is None or not entry.instrument.is_survey:
            return "–"
        wave = planned(entry)
        lines = care_lists.collision_lines(wave, collisions.check(wave))
        return "\n".join(lines) or _("no other survey")

    @admin.display(description=gettext_lazy("free weeks"))
    def free_weeks(self, entry: Wave) -> str:
        if entry.pk is None or not entry.instrument.is_survey:
            return "–"
        return care_lists.proposed(propose(planned(entry)))
