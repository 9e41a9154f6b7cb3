"""News of the Bildungsbüro: written, looked at, and shown from a day on."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from goals.admin.base import (
    AMONG_OURSELVES,
    ON_THE_SITE,
    SOURCE,
    STAFF_RIGHTS,
    GoalsStackedInline,
    VersionedGoalsAdmin,
)
from goals.admin.texts import row_fieldsets
from goals.models import NewsItem, NewsLink
from goals.models.news import FEED
from herne_bildung.city.admin import language_fieldsets
from herne_bildung.city.slugs import free_slug
from herne_bildung.lib import clock

GERMAN, *OTHER_LANGUAGES = language_fieldsets("title", "summary", "text")
TITLE, SUMMARY, TEXT = GERMAN[1]["fields"]


class NewsForm(forms.ModelForm):
    """An item; its address may be left to us."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Empty: made from the title.")
        if TEXT in self.fields:
            text = _("An empty line begins a new paragraph.")
            self.fields[TEXT].help_text = text

    def clean(self) -> dict[str, Any]:
        """The address comes from the title; the feed keeps its own."""
        found = super().clean()
        if "slug" in self.fields and not found.get("slug"):
            slug = free_slug(NewsItem, found.get(TITLE) or "", "neues")
            found["slug"] = f"{slug}-2" if slug == FEED else slug
        return found


class LinkInline(GoalsStackedInline):
    """Where to read more."""

    model = NewsLink
    german_needed = ("title_de",)
    max_num = 20
    fieldsets = row_fieldsets([("title_de", "url", "order")], "title")


@admin.register(NewsItem)
class NewsItemAdmin(VersionedGoalsAdmin):
    """Who follows the news gets them by mail, once a week at most."""

    rights = STAFF_RIGHTS
    form = NewsForm
    german_needed = (TITLE, SUMMARY)
    list_display = ["title_de", "published_on", "state"]
    list_filter = ["state"]
    search_fields = ["title_de", "summary_de"]
    autocomplete_fields = ["goals"]
    inlines = [LinkInline]
    fieldsets = [
        (None, {"fields": [TITLE, SUMMARY, TEXT, "published_on", "goals"]}),
        ON_THE_SITE,
        *OTHER_LANGUAGES,
        AMONG_OURSELVES,
        (SOURCE[0], {**SOURCE[1], "fields": ["slug", *SOURCE[1]["fields"]]}),
    ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "published_on": clock.today(),
            **super().get_changeform_initial_data(request),
        }

    def get_readonly_fields(
        self, request: HttpRequest, obj: NewsItem | None = None
    ) -> list[str]:
        """The address stays once people read it, and feeds know it."""
        fields = super().get_readonly_fields(request, obj)
        is_read = obj is not None and obj.is_published
        return [*fields, "slug"] if is_read else fields
