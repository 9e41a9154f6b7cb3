from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.admin.base import (
    AMONG_OURSELVES,
    ON_THE_SITE,
    RIGHTS,
    SEEN_BY,
    SOURCE,
    VersionedGoalsAdmin,
)
from goals.admin.filters import MandateCareFilter
from goals.admin.tree import TreeAdmin
from goals.models import Mandate
from herne_bildung.city.admin import language_fieldsets
from herne_bildung.lib import clock

GERMAN, *OTHER_LANGUAGES = language_fieldsets("task", "outcome")
TASK, OUTCOME = GERMAN[1]["fields"]


@admin.register(Mandate)
class MandateAdmin(TreeAdmin, VersionedGoalsAdmin):
    """What council papers order: until when, by whom, and what came of it."""

    owner_path = "organisation"
    state_paths = ("state", "paper__state")
    rights = RIGHTS
    german_needed = ("task_de",)
    list_display = ["task_de", "paper", "status", "due", "organisation", "seen_by"]
    list_filter = [
        "status",
        MandateCareFilter,
        SEEN_BY,
        ("organisation", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["paper", "organisation"]
    search_fields = ["task_de", "paper__title_de", "paper__number"]
    autocomplete_fields = ["organisation", "role", "goals", "measures"]
    fieldsets = [
        (gettext_lazy("What is to be done?"), {"fields": ["paper", TASK, "wording"]}),
        (
            gettext_lazy("How far is it?"),
            {"fields": ["due_on", "status", "done_on", OUTCOME]},
        ),
        (gettext_lazy("Who is responsible?"), {"fields": ["organisation", "role"]}),
        (
            gettext_lazy("Where does it belong?"),
            {"fields": ["goals", "measures", "order"]},
        ),
        ON_THE_SITE,
        *OTHER_LANGUAGES,
        AMONG_OURSELVES,
        SOURCE,
    ]

    @admin.display(description=gettext_lazy("due on"), ordering="due_on")
    def due(self, mandate: Mandate) -> str:
        if mandate.due_on is None:
            return "–"
        said = date_format(mandate.due_on, "SHORT_DATE_FORMAT")
        return _("%(day)s, overdue") % {"day": said} if mandate.is_late else said

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_lateness(clock.today())
