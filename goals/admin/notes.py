"""Notes of conferences: a list to search, filter and export; new ones are read on the
page of moderation.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.admin.base import SOURCE, GoalsAdmin
from goals.admin.moderation import ModerationPage, moderation_path
from goals.choices import Moderation
from goals.models import FeedbackNote
from herne_bildung.city.admin.export import ExportTable, give_table, in_portions
from herne_bildung.city.rights import OFFICE
from herne_bildung.lib import clock


@admin.register(FeedbackNote)
class FeedbackNoteAdmin(ModerationPage, GoalsAdmin):
    """What people wrote; the words stay theirs."""

    rights = {OFFICE: ("view", "add", "change")}
    list_display = ["text", "verdict", "goal", "conference", "moderation"]
    list_filter = ["moderation", "verdict", "conference", "goal__period"]
    list_select_related = ["goal__period", "conference"]
    search_fields = ["text"]
    autocomplete_fields = ["goal", "answering_goals", "answering_measures"]
    change_list_template = "admin/goals/notes_list.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "text",
                    "language",
                    ("conference", "goal"),
                    "verdict",
                    "moderation",
                ]
            },
        ),
        (
            gettext_lazy("What answers it?"),
            {"fields": ["answering_goals", "answering_measures", "answer"]},
        ),
        SOURCE,
    ]

    def get_urls(self) -> list[URLPattern]:
        return [*self.moderation_urls(), *super().get_urls()]

    def get_readonly_fields(
        self, request: HttpRequest, obj: FeedbackNote | None = None
    ) -> list[str]:
        """What somebody sent is quoted word for word."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "text", "language"] if obj and obj.key else fields

    def save_model(
        self, request: HttpRequest, obj: FeedbackNote, form: ModelForm, change: bool
    ) -> None:
        if "moderation" in form.changed_data:
            is_waiting = obj.moderation == Moderation.WAITING
            obj.decided_at = None if is_waiting else clock.now()
        super().save_model(request, obj, form, change)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With the way to the notes that wait."""
        context = {"moderation_path": moderation_path(), **(extra_context or {})}
        return super().changelist_view(request, context)


def _header(user: Any) -> Sequence[str]:
    return [
        _("Conference"),
        _("Number of the goal"),
        _("Goal"),
        _("Verdict"),
        _("Text"),
        _("Language"),
        _("Moderation"),
        _("Received"),
        _("Released or refused"),
        _("How it is answered"),
    ]


def _rows(notes: QuerySet, user: Any) -> Iterator[Sequence[Any]]:
    for note in in_portions(notes.select_related("goal", "conference")):
        yield [
            note.conference.title_de if note.conference else "",
            note.goal.number,
            note.goal.title_de,
            str(note.get_verdict_display()),
            note.text,
            note.language,
            str(note.get_moderation_display()),
            note.created_at,
            note.decided_at,
            note.answer,
        ]


give_table(FeedbackNote, ExportTable(_header, _rows))
