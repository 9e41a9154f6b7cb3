from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.admin.base import (
    AMONG_OURSELVES,
    ON_THE_SITE,
    RIGHTS,
    SOURCE,
    GoalsStackedInline,
    VersionedGoalsAdmin,
)
from goals.admin.texts import row_fieldsets
from goals.models import Body, BodyDate, BodyDocument, BodyMember
from goals.models.body import TAKEN
from herne_bildung.city.admin import language_fieldsets
from herne_bildung.city.slugs import free_slug
from herne_bildung.lib import clock

GERMAN, *OTHER_LANGUAGES = language_fieldsets("name", "task")
NAME, TASK = GERMAN[1]["fields"]
# Dates of longer ago stay on the page and are edited no more.
EDITED_BACK = timedelta(days=365)


class BodyForm(forms.ModelForm):
    """A body; its address may be left to us."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Empty: made from the title.")

    def clean(self) -> dict[str, Any]:
        """The address comes from the name, wherever that is."""
        found = super().clean()
        if "slug" in self.fields and not found.get("slug"):
            name = found.get(NAME) or str(found.get("organisation") or "")
            slug = free_slug(Body, name, "gremium")
            found["slug"] = f"{slug}-2" if slug == TAKEN else slug
        return found


class MemberInline(GoalsStackedInline):
    """Who takes part: organisations, never people."""

    model = BodyMember
    autocomplete_fields = ["organisation"]
    fieldsets = row_fieldsets(
        [
            ("organisation", "name_de"),
            ("role_de", "is_in_charge"),
            ("since", "as_of", "order"),
        ],
        "name",
        "role",
    )


class DateInline(GoalsStackedInline):
    """When it meets; who is subscribed sees changes within hours."""

    model = BodyDate
    autocomplete_fields = ["place"]
    fieldsets = row_fieldsets(
        [
            ("day", "starts_at", "ends_at"),
            "title_de",
            ("place", "venue"),
            ("is_public", "is_cancelled"),
        ],
        "title",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        since = clock.today() - EDITED_BACK
        return super().get_queryset(request).filter(day__gte=since)


class DocumentInline(GoalsStackedInline):
    """What it lays open."""

    model = BodyDocument
    autocomplete_fields = ["council_paper"]
    german_needed = ("title_de",)
    fieldsets = row_fieldsets(
        [
            ("kind", "dated"),
            "title_de",
            "text_de",
            ("url", "council_paper"),
            "is_public",
        ],
        "title",
        "text",
    )


@admin.register(Body)
class BodyAdmin(VersionedGoalsAdmin):
    """Bodies and circles of the network, with who takes part, dates and papers."""

    owner_path = "organisation"
    rights = RIGHTS
    form = BodyForm
    list_display = ["__str__", "kind", "state", "role", "as_of"]
    list_filter = ["kind", "state"]
    list_select_related = ["organisation", "role__organisation"]
    search_fields = ["name_de", "organisation__name_de", "slug"]
    autocomplete_fields = ["organisation", "role"]
    inlines = [MemberInline, DateInline, DocumentInline]
    fieldsets = [
        (
            gettext_lazy("What is it?"),
            {"fields": [("kind", "order"), "organisation", NAME, TASK]},
        ),
        (gettext_lazy("Contact"), {"fields": ["role", "website"]}),
        ON_THE_SITE,
        *OTHER_LANGUAGES,
        AMONG_OURSELVES,
        (
            SOURCE[0],
            {
                **SOURCE[1],
                "fields": ["slug", "holds_conferences", *SOURCE[1]["fields"]],
            },
        ),
    ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Body | None = None
    ) -> list[str]:
        """The address stays once people read it, and calendars ask it."""
        fields = super().get_readonly_fields(request, obj)
        is_read = obj is not None and obj.is_published
        return [*fields, "slug"] if is_read else fields
