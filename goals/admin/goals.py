from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.admin.base import (
    AMONG_OURSELVES,
    ON_THE_SITE,
    RIGHTS,
    ROWS,
    SEEN_BY,
    SOURCE,
    GoalsStackedInline,
    VersionedGoalsAdmin,
)
from goals.admin.filters import GoalCareFilter
from goals.admin.texts import row_fieldsets
from goals.admin.tree import (
    Branch,
    Row,
    TreeAdmin,
    day_in_words,
    form_path,
    who,
)
from goals.models import Challenge, Goal, GoalLink, Measure
from goals.models.goal import TAKEN
from herne_bildung.city.admin import language_fieldsets
from herne_bildung.city.admin.preview import PreviewAdmin
from herne_bildung.city.rights import PROVIDERS
from herne_bildung.city.slugs import free_slug
from herne_bildung.lib.row_numbers import is_row_number

GERMAN, *OTHER_LANGUAGES = language_fieldsets("title", "short", "success_criterion")
TITLE, SHORT, CRITERION = GERMAN[1]["fields"]


class GoalForm(forms.ModelForm):
    """A goal; its address may be left to us."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Empty: made from the title.")

    def clean_slug(self) -> str:
        """Made from the title; the evaluation of the period keeps its own."""
        if slug := self.cleaned_data.get("slug"):
            return slug
        title = str(self.data.get(self.add_prefix(TITLE), ""))
        slug = free_slug(Goal, title[:60], "ziel")
        return f"{slug}-2" if slug == TAKEN else slug


class LinkInline(GoalsStackedInline):
    """From which earlier goals it follows, and why."""

    model = GoalLink
    fk_name = "later"
    # Of lines people of an organisation read on the site.
    rights = {group: may for group, may in ROWS.items() if group != PROVIDERS}
    german_needed = ("reason_de",)
    autocomplete_fields = ["earlier"]
    verbose_name = gettext_lazy("line from an earlier goal")
    verbose_name_plural = gettext_lazy("lines from earlier goals")
    fieldsets = row_fieldsets([("earlier", "change"), "reason_de"], "reason")


@admin.register(Goal)
class GoalAdmin(TreeAdmin, PreviewAdmin, VersionedGoalsAdmin):
    """A goal: what was passed, what it means, how success is seen, what is below."""

    owner_path = "organisation"
    state_paths = ("state", "period__state")
    rights = RIGHTS
    form = GoalForm
    german_needed = ("title_de",)
    list_display = ["title_de", "number", "period", "seen_by", "organisation"]
    list_filter = [
        "period",
        SEEN_BY,
        GoalCareFilter,
        ("organisation", admin.RelatedOnlyFieldListFilter),
        "work_areas",
    ]
    list_select_related = ["period", "organisation"]
    search_fields = ["title_de", "wording"]
    autocomplete_fields = ["organisation", "role"]
    prepopulated_fields = {"slug": ["title_de"]}
    inlines = [LinkInline]
    formfield_overrides = VersionedGoalsAdmin.formfield_overrides
    fieldsets = [
        (
            gettext_lazy("What is it?"),
            {"fields": [("period", "number"), TITLE, SHORT, CRITERION]},
        ),
        (
            gettext_lazy("What was passed?"),
            {"fields": ["wording", "wording_note"]},
        ),
        (
            gettext_lazy("Who is responsible?"),
            {"fields": ["organisation", "role", "work_areas"]},
        ),
        ON_THE_SITE,
        *OTHER_LANGUAGES,
        AMONG_OURSELVES,
        (
            gettext_lazy("Poster of the conference"),
            {
                "fields": ["has_no_keep_notes", "has_no_adjust_notes"],
                "classes": ["collapse"],
            },
        ),
        (
            SOURCE[0],
            {**SOURCE[1], "fields": ["slug", *SOURCE[1]["fields"]]},
        ),
    ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The next number of the period that the address names."""
        initial = super().get_changeform_initial_data(request)
        period = initial.get("period", "")
        if is_row_number(period):
            goals = Goal.objects.filter(period=period)
            last = goals.aggregate(last=Max("number"))["last"] or 0
            initial.setdefault("number", last + 1)
        return initial

    def formfield_for_manytomany(self, db_field: Any, request: Any, **options: Any):
        """The few work areas stand below each other, to tick."""
        if db_field.name == "work_areas":
            options["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **options)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Goal | None = None
    ) -> list[str]:
        """Period and address stay once people read it."""
        fields = super().get_readonly_fields(request, obj)
        is_read = obj is not None and obj.is_published
        return [*fields, "period", "slug"] if is_read else fields

    def branches(self, request: HttpRequest, entry: Goal) -> list[Branch]:
        return [self._measures(request, entry), self._challenges(request, entry)]

    def _measures(self, request: HttpRequest, goal: Goal) -> Branch:
        own = self.admin_site.get_model_admin(Measure)
        measures = (
            own.get_queryset(request)
            .filter(goal=goal)
            .select_related("organisation", "role")
            .prefetch_related("milestones")
        )
        rows = []
        for measure in measures:
            measure.goal = goal
            day, is_overdue = day_in_words(measure)
            rows.append(
                Row(
                    name=measure.title_de,
                    address=form_path(measure),
                    cells=[
                        str(measure.get_status_display()),
                        measure.get_state_display(),
                        day,
                        who(measure),
                    ],
                    is_overdue=is_overdue,
                    move_path=own.move_path(request, measure),
                )
            )
        columns = [_("Status"), _("Who sees it"), _("Next date"), _("Responsible")]
        return self._branch(
            request,
            goal,
            own,
            columns,
            rows,
            title=_("Measures"),
            empty=_("This goal has no measures yet."),
            add_name=_("Add a measure"),
        )

    def _challenges(self, request: HttpRequest, goal: Goal) -> Branch:
        own = self.admin_site.get_model_admin(Challenge)
        rows = [
            Row(
                name=challenge.title_de,
                address=form_path(challenge),
                cells=[
                    str(challenge.get_status_display()),
                    challenge.get_state_display(),
                ],
                move_path=own.move_path(request, challenge),
            )
            for challenge in own.get_queryset(request).filter(goal=goal)
        ]
        return self._branch(
            request,
            goal,
            own,
            [_("Status"), _("Who sees it")],
            rows,
            title=_("Challenges"),
            empty=_("This goal has no challenges yet."),
            add_name=_("Add a challenge"),
        )

    def _branch(
        self,
        request: HttpRequest,
        goal: Goal,
        own: Any,
        columns: list[str],
        rows: list[Row],
        **words: str,
    ) -> Branch:
        name = own.opts.model_name
        may_add = own.has_add_permission(request)
        add = f"{reverse(f'admin:goals_{name}_add')}?goal={goal.pk}"
        return Branch(
            key=f"{name}s",
            columns=columns,
            rows=rows,
            add_path=add if may_add else "",
            **words,
        )
