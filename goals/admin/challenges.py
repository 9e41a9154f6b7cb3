from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goals.admin.base import (
    AMONG_OURSELVES,
    ON_THE_SITE,
    SEEN_BY,
    SOURCE,
    STAFF_RIGHTS,
    VersionedGoalsAdmin,
)
from goals.admin.tree import TreeAdmin
from goals.models import Challenge
from herne_bildung.city.admin import language_fieldsets
from herne_bildung.city.admin.preview import PreviewAdmin

GERMAN, *OTHER_LANGUAGES = language_fieldsets("title", "summary")


@admin.register(Challenge)
class ChallengeAdmin(TreeAdmin, PreviewAdmin, VersionedGoalsAdmin):
    """What stands in the way of a goal, and what answers it."""

    rights = STAFF_RIGHTS
    german_needed = ("title_de",)
    list_display = ["title_de", "goal", "status", "seen_by"]
    list_filter = ["goal__period", "status", SEEN_BY]
    list_select_related = ["goal__period"]
    search_fields = ["title_de", "goal__title_de"]
    autocomplete_fields = ["goal", "answering_measures", "answering_goals"]
    fieldsets = [
        (_("What stands in the way?"), {"fields": ["goal", *GERMAN[1]["fields"]]}),
        (
            _("What answers it?"),
            {"fields": ["status", "answering_measures", "answering_goals"]},
        ),
        ON_THE_SITE,
        (_("What was passed?"), {"fields": ["wording"]}),
        *OTHER_LANGUAGES,
        AMONG_OURSELVES,
        SOURCE,
    ]

    @staticmethod
    def siblings(challenge: Challenge) -> QuerySet:
        """Ordered within its goal."""
        return Challenge.objects.filter(goal=challenge.goal_id)
