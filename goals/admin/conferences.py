"""Conferences: programme, posters, and the ways to what belongs to them."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.admin.base import (
    AMONG_OURSELVES,
    ON_THE_SITE,
    SOURCE,
    STAFF_RIGHTS,
    GoalsAdmin,
    GoalsStackedInline,
)
from goals.admin.moderation import moderation_path
from goals.admin.texts import row_fieldsets
from goals.models import Conference, ProgrammeItem
from herne_bildung.city.admin import language_fieldsets

GERMAN, *OTHER_LANGUAGES = language_fieldsets("title", "about")


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class ProgrammeItemForm(forms.ModelForm):
    """An item of the programme; who takes part is a list of functions."""

    people = LinesField(
        label=gettext_lazy("who takes part"),
        help_text=gettext_lazy("Functions, never names; one a line."),
        required=False,
        max_length=1000,
    )
    people.widget.attrs["rows"] = 3

    class Meta:
        model = ProgrammeItem
        fields = ["people"]


class ProgrammeInline(GoalsStackedInline):
    """The programme, item by item."""

    model = ProgrammeItem
    form = ProgrammeItemForm
    german_needed = ("title_de",)
    max_num = 60
    fieldsets = row_fieldsets([("starts_at", "order"), "title_de", "people"], "title")


@admin.register(Conference)
class ConferenceAdmin(GoalsAdmin):
    """An event with its programme and its posters."""

    rights = STAFF_RIGHTS
    german_needed = ("title_de",)
    list_display = ["title_de", "day", "period", "is_poster_open", "state"]
    list_filter = ["state", "is_poster_open"]
    list_select_related = ["period"]
    search_fields = ["title_de"]
    prepopulated_fields = {"slug": ["title_de"]}
    inlines = [ProgrammeInline]
    change_form_template = "admin/goals/conference_form.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *GERMAN[1]["fields"],
                    ("day", "venue"),
                    "organiser",
                    "slug",
                ]
            },
        ),
        (gettext_lazy("Posters"), {"fields": ["period", "is_poster_open"]}),
        ON_THE_SITE,
        *OTHER_LANGUAGES,
        AMONG_OURSELVES,
        SOURCE,
    ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Conference | None = None
    ) -> list[str]:
        """The address stands on printed codes; notes hang on goals of the period."""
        fields = super().get_readonly_fields(request, obj)
        if obj is None:
            return fields
        has_notes = obj.notes.exists()
        return [*fields, "slug", *(["period"] if has_notes else [])]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        """With the ways to moderation, codes and screen."""
        if conference := context.get("original"):
            context["ways"] = self._ways(request, conference)
        return super().render_change_form(request, context, *args, **options)

    def _ways(
        self, request: HttpRequest, conference: Conference
    ) -> list[tuple[str, str]]:
        ways = []
        if request.user.has_perm("goals.change_feedbacknote"):
            ways.append((_("Read waiting notes"), moderation_path(conference)))
        if conference.is_published:
            names = {
                "note_codes": _("QR codes for the tables"),
                "screen": _("Big view for a projector"),
                "conference": _("Page on the site"),
            }
            ways += [
                (label, reverse(name, args=[conference.slug]))
                for name, label in names.items()
            ]
        return ways
