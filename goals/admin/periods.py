from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goals.admin.base import (
    AMONG_OURSELVES,
    ON_THE_SITE,
    SEEN_BY,
    SOURCE,
    STAFF_RIGHTS,
    VersionedGoalsAdmin,
)
from goals.admin.meeting import MeetingPages
from goals.admin.tree import Branch, Row, TreeAdmin, form_path, who
from goals.choices import FINISHED
from goals.models import Goal, Period
from goals.publishing import missing
from herne_bildung.city.admin import language_fieldsets

GERMAN, *OTHER_LANGUAGES = language_fieldsets("about")


@admin.register(Period)
class PeriodAdmin(MeetingPages, TreeAdmin, VersionedGoalsAdmin):
    """The root of the tree: a period with its goals."""

    rights = STAFF_RIGHTS
    list_display = ["__str__", "seen_by", "known", "is_closed", "goal_count"]
    list_filter = [SEEN_BY, "is_closed"]
    search_fields = ["first_year"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("first_year", "last_year"),
                    *GERMAN[1]["fields"],
                    "known",
                    "is_closed",
                    "paper",
                ]
            },
        ),
        ON_THE_SITE,
        *OTHER_LANGUAGES,
        AMONG_OURSELVES,
        SOURCE,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(number_of_goals=Count("goals"))

    @admin.display(description=gettext_lazy("action goals"), ordering="number_of_goals")
    def goal_count(self, period: Period) -> int:
        return period.number_of_goals

    def get_readonly_fields(
        self, request: HttpRequest, obj: Period | None = None
    ) -> list[str]:
        """The years are its address, which stays once people read it."""
        fields = super().get_readonly_fields(request, obj)
        is_read = obj is not None and obj.is_published
        return [*fields, "first_year", "last_year"] if is_read else fields

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> Any:
        period = context.get("original")
        if period and not period.is_closed and self.may_edit(request, period):
            address = reverse("admin:goals_period_meeting", args=[period.pk])
            context["steps"] = [(_("Update statuses in a meeting"), address)]
        return super().render_change_form(request, context, *args, **options)

    def branches(self, request: HttpRequest, entry: Period) -> list[Branch]:
        own = self.admin_site.get_model_admin(Goal)
        goals = (
            own.get_queryset(request)
            .filter(period=entry)
            .select_related("organisation", "role")
            .annotate(
                measures_all=Count("measures", distinct=True),
                measures_done=Count(
                    "measures",
                    filter=Q(measures__status__in=FINISHED),
                    distinct=True,
                ),
            )
        )
        rows = []
        for goal in goals:
            goal.period = entry
            rows.append(
                Row(
                    name=f"{goal.number}. {goal.title_de}",
                    address=form_path(goal),
                    cells=[
                        goal.get_state_display(),
                        _counted(goal.measures_all, goal.measures_done),
                        who(goal),
                        " ".join(missing(goal)),
                    ],
                )
            )
        may_add = own.has_add_permission(request)
        add = f"{reverse('admin:goals_goal_add')}?period={entry.pk}"
        return [
            Branch(
                key="goals",
                title=_("Action goals of this period"),
                columns=[
                    _("Who sees it"),
                    _("Measures"),
                    _("Responsible"),
                    _("Missing"),
                ],
                rows=rows,
                empty=_("This period has no goals yet."),
                add_path=add if may_add else "",
                add_name=_("Add a goal"),
            )
        ]


def _counted(number: int, finished: int) -> str:
    """ "4 measures, 1 of them finished"."""
    text = ngettext("%(number)s measure", "%(number)s measures", number)
    said = text % {"number": number}
    if not finished:
        return said
    return f"{said}, {_('finished')}: {finished}"
