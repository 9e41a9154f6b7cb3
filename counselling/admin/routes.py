"""Routes: their stations, steps, results and dates, with what readers would stumble
over, and a preview.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import ManyToManyField, Model
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from counselling.models import Route, RouteDate, RouteNode, RouteResult, RouteStep
from counselling.routes.graph import faults, graph_of
from herne_bildung.city.admin import (
    OwnEntriesAdmin,
    OwnEntriesStackedInline,
    language_fieldsets,
)
from herne_bildung.city.admin.day_inputs import NATIVE_INPUTS
from herne_bildung.city.admin.german import GermanNeeded
from herne_bildung.city.admin.preview import PreviewAdmin
from herne_bildung.city.models import School
from herne_bildung.city.rights import ADVISERS, OFFICE, TRANSLATORS
from herne_bildung.lib.languages import DEFAULT_LANGUAGE, LANGUAGES
from herne_bildung.lib.row_numbers import is_row_number

RIGHTS = {
    OFFICE: ("view", "add", "change"),
    ADVISERS: ("view",),
    TRANSLATORS: ("view", "change"),
}
ROWS = {
    OFFICE: ("view", "add", "change", "delete"),
    ADVISERS: ("view",),
    TRANSLATORS: ("view",),
}
OTHER_COLUMNS = [one.column for one in LANGUAGES if one.code != DEFAULT_LANGUAGE]
SOURCE = (
    _("source"),
    {
        "fields": ["as_of", "source_title", "source_url", "source_quote"],
        "classes": ["collapse"],
    },
)


# The few stand below each other, to tick.
BOXES = {
    **PreviewAdmin.formfield_overrides,
    ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
}


@admin.register(RouteResult)
class RouteResultAdmin(GermanNeeded, OwnEntriesAdmin):
    """What people may have reached so far; a closed list."""

    rights = RIGHTS
    german_needed = ("name_de",)
    list_display = ["name_de", "key", "order"]
    search_fields = ["name_de", "key"]
    fieldsets = [(None, {"fields": ["key", "order"]}), *language_fieldsets("name")]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The key stands in addresses."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None else [*fields, "key"]


class RouteDateInline(OwnEntriesStackedInline):
    """Dates are shown until they are past."""

    model = RouteDate
    rights = ROWS
    formfield_overrides = {**OwnEntriesAdmin.formfield_overrides, **NATIVE_INPUTS}
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title_de",
                    "node",
                    ("first_day", "last_day", "school_year"),
                    "organisation",
                    ("source_title", "source_url"),
                ]
            },
        ),
        (
            _("Languages"),
            {
                "fields": [f"title_{column}" for column in OTHER_COLUMNS],
                "classes": ["collapse"],
            },
        ),
    ]

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "node":
            options["queryset"] = _own_nodes(request, Route)
        return super().formfield_for_foreignkey(db_field, request, **options)


@admin.register(Route)
class RouteAdmin(GermanNeeded, PreviewAdmin):
    """A route with its dates; its stations stand on pages of their own."""

    rights = RIGHTS
    german_needed = ("title_de", "lead_de")
    list_display = ["title_de", "slug", "is_published", "order"]
    search_fields = ["title_de", "slug"]
    formfield_overrides = BOXES
    inlines = [RouteDateInline]
    fieldsets = [
        (None, {"fields": ["slug", "order", "is_published", "results"]}),
        *language_fieldsets("title", "lead"),
        (_("Care"), {"fields": ["organisation"]}),
        SOURCE,
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The address is printed on paper."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None else [*fields, "slug"]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        route = context.get("original")
        if route:
            graph = graph_of(route, with_hidden=True)
            context["faults"] = faults(graph_of(route))
            context["stations"] = list(graph.nodes.values())
        return super().render_change_form(request, context, *args, **options)


class RouteNodeForm(forms.ModelForm):
    """A station; school forms are ticked."""

    school_forms = forms.MultipleChoiceField(
        label=_("schools of these forms offer it"),
        choices=School.Form.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class RouteStepInline(OwnEntriesStackedInline):
    """Where one gets from here."""

    model = RouteStep
    fk_name = "start"
    rights = ROWS
    fieldsets = [
        (None, {"fields": [("end", "order"), "results", "condition_de"]}),
        (
            _("Languages"),
            {
                "fields": [f"condition_{column}" for column in OTHER_COLUMNS],
                "classes": ["collapse"],
            },
        ),
    ]

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **options: Any
    ) -> Any:
        """Steps stay within their route."""
        if db_field.name == "end":
            options["queryset"] = _own_nodes(request, RouteNode)
        return super().formfield_for_foreignkey(db_field, request, **options)


@admin.register(RouteNode)
class RouteNodeAdmin(GermanNeeded, PreviewAdmin):
    """A station, with the steps on from it."""

    rights = RIGHTS
    form = RouteNodeForm
    german_needed = ("title_de",)
    list_display = ["title_de", "route", "kind", "is_goal", "is_published", "order"]
    list_filter = ["route", "kind", "is_published"]
    list_select_related = ["route"]
    search_fields = ["title_de", "key"]
    formfield_overrides = BOXES
    inlines = [RouteStepInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "route",
                    ("key", "order"),
                    "kind",
                    ("is_goal", "is_published"),
                    "school_forms",
                    "concerns",
                ]
            },
        ),
        *language_fieldsets("title", "text", "needs", "leads_to"),
        SOURCE,
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The key stands in addresses; steps would be left behind in another route."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None else [*fields, "route", "key"]


def _own_nodes(request: HttpRequest, model: type[Model]) -> Any:
    """The stations of the route that the page is about; for a new station of the
    route named in the address.
    """
    found = RouteNode.objects.select_related("route")
    number = request.resolver_match.kwargs.get("object_id", "")
    if not is_row_number(number):
        wanted = request.GET.get("route", "")
        return found.filter(route=wanted) if is_row_number(wanted) else found.none()
    if model is Route:
        return found.filter(route=number)
    return found.filter(route__nodes=number).exclude(pk=number)
