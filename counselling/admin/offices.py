from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from counselling import actions
from counselling.admin.forms import OfficeForm
from counselling.choices import Audience, Way
from counselling.models import (
    CounsellingOffice,
    OfficeConcern,
    OpeningException,
    OpeningHours,
)
from herne_bildung.city.admin import OwnEntriesInline, language_fieldsets
from herne_bildung.city.admin.day_inputs import NATIVE_INPUTS
from herne_bildung.city.admin.reading import InWordsForReaders, names_of
from herne_bildung.city.admin.versions import VersionedAdmin
from herne_bildung.city.models import School
from herne_bildung.city.rights import ADVISERS, OFFICE, PROVIDERS, TRANSLATORS
from herne_bildung.city.slugs import free_slug
from herne_bildung.city.spoken import SpokenLanguage

ALL = ("view", "add", "change", "delete")
ROWS = {OFFICE: ALL, PROVIDERS: ALL, ADVISERS: ("view",), TRANSLATORS: ("view",)}
TEXTS = ("name", "summary", "description", "what_to_bring", "hours_note")
GERMAN, *OTHER_LANGUAGES = language_fieldsets(*TEXTS)
NAME, SUMMARY, DESCRIPTION, WHAT_TO_BRING, HOURS_NOTE = GERMAN[1]["fields"]


class ConcernInline(OwnEntriesInline):
    """With what it helps."""

    model = OfficeConcern
    rights = ROWS
    max_num = 30


class HoursInline(OwnEntriesInline):
    """Weekly hours."""

    model = OpeningHours
    rights = ROWS
    max_num = 40
    formfield_overrides = NATIVE_INPUTS


class ExceptionInline(OwnEntriesInline):
    """Closed days and other hours."""

    model = OpeningException
    rights = ROWS
    max_num = 60
    formfield_overrides = NATIVE_INPUTS


@admin.register(CounsellingOffice)
class CounsellingOfficeAdmin(InWordsForReaders, VersionedAdmin):
    """Counselling offices, in the order people think: what, for whom, when, where."""

    owner_path = "organisation"
    rights = {
        OFFICE: ("view", "add", "change"),
        PROVIDERS: ("view", "add", "change"),
        ADVISERS: ("view",),
        TRANSLATORS: ("view", "change"),
    }
    form = OfficeForm
    list_display = ["name_de", "state", "organisation", "hours", "as_of", "is_sample"]
    list_filter = ["state", "hours", "is_sample", "concerns"]
    provider_list_filter = ("state",)
    list_select_related = ["organisation"]
    search_fields = ["name_de"]
    search_help_text = _("Words of the German name")
    autocomplete_fields = ["organisation", "place", "districts"]
    inlines = [ConcernInline, HoursInline, ExceptionInline]
    readonly_fields = ["slug", "is_sample", "people"]
    provider_readonly_fields = (
        "is_general",
        "cases_a_month",
        "as_of",
        "source_title",
        "source_url",
        "source_quote",
        "licence",
    )
    in_words = {
        "audiences": (names_of(Audience), _("for whom")),
        "school_forms": (
            names_of(School.Form),
            _("responsible for these school forms"),
        ),
        "languages": (names_of(SpokenLanguage), _("languages spoken")),
        "ways": (names_of(Way), _("how people are advised")),
    }
    fieldsets = [
        (
            _("What is it?"),
            {
                "fields": [
                    "organisation",
                    NAME,
                    SUMMARY,
                    DESCRIPTION,
                    WHAT_TO_BRING,
                    "people",
                ]
            },
        ),
        (
            _("For whom?"),
            {"fields": ["audiences", "is_citywide", "districts", "school_forms"]},
        ),
        (
            _("How are people advised?"),
            {
                "fields": [
                    "ways",
                    "languages",
                    ("has_interpreting", "interpreting_days"),
                    ("is_free", "is_anonymous"),
                ]
            },
        ),
        (_("Where?"), {"fields": ["place", "is_accessible", "accessibility_note"]}),
        (
            _("Contact"),
            {"fields": ["phone", "email", "website", "appointment_url"]},
        ),
        (_("When?"), {"fields": ["hours", HOURS_NOTE]}),
        *OTHER_LANGUAGES,
        (_("On the site"), {"fields": ["state", "is_general"]}),
        (_("Among ourselves"), {"fields": ["cases_a_month", "internal_note"]}),
        (
            _("Source"),
            {
                "fields": [
                    "slug",
                    "is_sample",
                    "as_of",
                    "source_title",
                    "source_url",
                    "source_quote",
                    "licence",
                ],
                "classes": ["collapse"],
            },
        ),
    ]

    @admin.display(description=_("contact roles"))
    def people(self, office: CounsellingOffice) -> Any:
        """Whom one reaches there, each with the way to its form."""
        if office.pk is None:
            return _("The first one, for everything, is made by itself.")
        return format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            ((actions.role_path(role), role.title_de) for role in office.roles.all()),
        )

    def save_model(
        self, request: HttpRequest, obj: CounsellingOffice, form: Any, change: bool
    ) -> None:
        if obj.organisation and obj.organisation.is_sample:
            obj.is_sample = True
        if not obj.slug:
            obj.slug = free_slug(CounsellingOffice, obj.name_de, "beratung")
        super().save_model(request, obj, form, change)
        actions.ensure_general_role(obj)

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        super().save_related(request, form, *args)
        actions.reindex([form.instance.pk])

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        """Offices are archived, never deleted."""
        return False
