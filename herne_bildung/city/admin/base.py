"""What every admin class shares: people reach what their role is for, nothing else.

Rights come twice: groups hold Django's permissions, written by
`actions.ensure_groups()` from the `rights` each class names; and for everyone who is
not staff of the portal, lists, pages, choices, actions and searches are cut down:
providers to entries of their organisations, translators to columns of their languages.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import DataError, models
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from herne_bildung.city.admin.choices import OwnChoices, leave_out_unless_chosen
from herne_bildung.city.admin.rows import InlineRights, RowRights
from herne_bildung.city.models import Translated
from herne_bildung.lib.languages import DEFAULT_LANGUAGE, LANGUAGES
from herne_bildung.lib.translation_state import mark_current

__all__ = [
    "OwnChoices",
    "OwnEntriesAdmin",
    "OwnEntriesInline",
    "OwnEntriesStackedInline",
    "language_fieldsets",
    "leave_out_unless_chosen",
    "note_translations",
]


def language_fieldsets(*fields: str) -> list[tuple[str, dict[str, Any]]]:
    """A fieldset for each language naming its columns; all but German folded."""
    return [
        (
            language.native_name,
            {
                "fields": [f"{name}_{language.column}" for name in fields],
                "classes": [] if language.code == DEFAULT_LANGUAGE else ["collapse"],
            },
        )
        for language in LANGUAGES
    ]


class OwnEntriesAdmin(RowRights, OwnChoices, admin.ModelAdmin):
    """An admin class that shows everyone only what is theirs: see `RowRights`."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_per_page = 50
    show_full_result_count = False

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
        wanted = request.GET.get("return_to", "")
        is_own = wanted.startswith(reverse("admin:index"))
        if is_own and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
            return redirect(wanted)
        return super().response_post_save_change(request, obj)

    def save_model(
        self, request: HttpRequest, obj: Model, form: Any, change: bool
    ) -> None:
        if isinstance(obj, Translated):
            note_translations(obj, form.changed_data)
        super().save_model(request, obj, form, change)


class OwnEntriesInline(InlineRights, OwnChoices, admin.TabularInline):
    """Entries edited in a table with the one they belong to."""

    extra = 0


class OwnEntriesStackedInline(InlineRights, OwnChoices, admin.StackedInline):
    """The same, each below the other: room for many fields."""

    extra = 0


def note_translations(entry: Translated, changed: Iterable[str]) -> None:
    """A person wrote these columns: they fit today's German text."""
    for language in LANGUAGES:
        if language.code == DEFAULT_LANGUAGE:
            continue
        for column in changed:
            field, mark, _ = column.rpartition(f"_{language.column}")
            if not mark or f"{field}_{language.column}" != column:
                continue
            if getattr(entry, column):
                mark_current(entry, field, language.code, is_reviewed=True)
            else:
                entry.translation_state.get(language.code, {}).pop(field, None)
