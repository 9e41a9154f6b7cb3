"""What every admin class shares: people reach what their role is for, nothing else.

Rights come twice: groups hold Django's permissions, written by
`actions.ensure_groups()` from the `rights` each class names; and for everyone who is
not staff of the portal, lists, pages, choices, actions and searches are cut down:
providers to entries of their organisations, translators to columns of their languages.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import DataError, models
from django.db.models import Model
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from herne_bildung.city.admin.choices import OwnChoices, leave_out_unless_chosen
from herne_bildung.city.admin.conflicts import NothingLost
from herne_bildung.city.admin.export import ExportMixin
from herne_bildung.city.admin.languages import (
    LanguageTabs,
    language_fieldsets,
    note_translations,
)
from herne_bildung.city.admin.rows import InlineRights, RowRights
from herne_bildung.city.language_names import LanguageChoice
from herne_bildung.city.own_paths import own_path

__all__ = [
    "NamedFields",
    "OwnChoices",
    "OwnEntriesAdmin",
    "OwnEntriesInline",
    "OwnEntriesStackedInline",
    "language_fieldsets",
    "leave_out_unless_chosen",
    "note_translations",
]


class OwnEntriesAdmin(
    NothingLost, ExportMixin, LanguageTabs, RowRights, OwnChoices, admin.ModelAdmin
):
    """An admin class that shows everyone only what is theirs: see `RowRights`."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_per_page = 50
    show_full_result_count = False

    def formfield_for_choice_field(
        self, db_field: models.Field, request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "language":
            options["widget"] = LanguageChoice()
        return super().formfield_for_choice_field(db_field, request, **options)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A filter in the address that the database cannot read is answered as one
        that Django does not know: by the list without it.
        """
        try:
            return super().changelist_view(request, extra_context)
        except DataError:
            return redirect(f"{request.path}?{ERROR_FLAG}=1")

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> dict[str, Any]:
        """Addresses are proposed for new entries only: they stay."""
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    def response_post_save_change(
        self, request: HttpRequest, obj: Model
    ) -> HttpResponse:
        """Back to the page of the administration that sent someone here."""
        if wanted := own_path(request.GET.get("return_to"), ""):
            return redirect(wanted)
        return super().response_post_save_change(request, obj)


# In the address of a form: an empty row for each of its tables.
ONE_MORE = "one_more"


class NamedFields(BaseInlineFormSet):
    """Fields in a table say the name of their column: they have no label."""

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            # Django's frame around a choice of other entries shares its attributes
            # with a widget that is not shown.
            shown = getattr(field.widget, "widget", field.widget)
            shown.attrs.setdefault("aria-label", field.label or "")


class OwnEntriesInline(InlineRights, OwnChoices, admin.TabularInline):
    """Entries edited in a table with the one they belong to."""

    template = "admin/rows.html"
    extra = 0
    formset = NamedFields

    def get_extra(self, request: HttpRequest, obj: Any = None, **options: Any) -> int:
        """An empty row where a browser without scripts asks for it."""
        return 1 if ONE_MORE in request.GET else self.extra


class OwnEntriesStackedInline(InlineRights, OwnChoices, admin.StackedInline):
    """The same, each below the other: room for many fields."""

    extra = 0
