"""What every admin class shares: a provider reaches its own entries only.

Rights come twice: groups hold Django's permissions, written by
`actions.ensure_groups()` from the `rights` each class names; and for everyone who is
not staff of the portal, lists, pages, choices and searches are cut down to entries of
the person's organisations.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG
from django.db import DataError, models
from django.db.models import Field, Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from herne_bildung.city.models import Translated
from herne_bildung.city.rights import (
    OFFICE,
    is_own,
    own_entries,
    reached_organisations,
    sees_everything,
)
from herne_bildung.lib.languages import DEFAULT_LANGUAGE, LANGUAGES
from herne_bildung.lib.translation_state import mark_current

Rights = Mapping[str, Iterable[str]]


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


def leave_out_unless_chosen(form: ModelForm, name: str, values: Iterable[str]) -> None:
    """Offer these choices of a field only to an entry that has them already: states
    that only the engine of care sets, with its event and its mails.
    """
    if name not in form.fields:
        return
    left_out = set(values) - {getattr(form.instance, name)}
    field = form.fields[name]
    field.choices = [one for one in field.choices if one[0] not in left_out]


class OwnChoices:
    """Choices of related entries cut down to what the person reaches."""

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **options: Any
    ) -> Any:
        """The German column of a text that may not be empty must be filled in."""
        found = super().formfield_for_dbfield(db_field, request, **options)
        original = getattr(db_field, "translated_field", None)
        if found and original is not None and db_field.language == DEFAULT_LANGUAGE:
            found.required = not original.blank
        return found

    def formfield_for_foreignkey(
        self, db_field: Field, request: HttpRequest, **options: Any
    ) -> Any:
        found = super().formfield_for_foreignkey(
            db_field, request, **self._own(db_field, request, options)
        )
        owner = getattr(self, "owner_path", None)
        if found and owner == db_field.name and not sees_everything(request.user):
            found.required = True
        return found

    def formfield_for_manytomany(
        self, db_field: Field, request: HttpRequest, **options: Any
    ) -> Any:
        return super().formfield_for_manytomany(
            db_field, request, **self._own(db_field, request, options)
        )

    def _own(
        self, db_field: Field, request: HttpRequest, options: dict[str, Any]
    ) -> dict[str, Any]:
        """The options with a queryset of what may be chosen. What is chosen already
        stays possible, else saving would drop it.
        """
        model = db_field.remote_field.model
        related = self.admin_site._registry.get(model)
        is_limited = getattr(related, "owner_path", None) is not None
        if not is_limited or sees_everything(request.user):
            return options
        entries = options.get("queryset", model._default_manager.all())
        own = own_entries(entries, related.owner_path, request.user)
        chosen = self._chosen(db_field, request)
        return options | {
            "queryset": entries.filter(
                pk__in=[*own.values_list("pk", flat=True), *chosen]
            )
        }

    def _chosen(self, db_field: Field, request: HttpRequest) -> list[int]:
        match = request.resolver_match
        object_id = match.kwargs.get("object_id") if match else None
        if object_id is None or not isinstance(self, admin.ModelAdmin):
            return []
        entry = self.get_object(request, object_id)
        if entry is None:
            return []
        if db_field.many_to_many:
            return list(getattr(entry, db_field.name).values_list("pk", flat=True))
        return [getattr(entry, db_field.attname)]


class OwnEntriesAdmin(OwnChoices, admin.ModelAdmin):
    """An admin class that shows a provider only what belongs to its organisations.

    `owner_path` is the lookup from the model to its organisation ("provider"), "pk"
    for organisations themselves, None for what belongs to nobody. `rights` names the
    actions (view, add, change, delete) of each group. Nobody deletes content, it is
    archived; `can_be_deleted` is for links that are no content.
    """

    owner_path: str | None = None
    rights: Rights = {OFFICE: ("view", "add", "change")}
    can_be_deleted = False
    # Fields a provider sees but does not change, and filters it gets.
    provider_readonly_fields: tuple[str, ...] = ()
    provider_list_filter: tuple[Any, ...] = ()
    # Actions on lists for staff of the portal only.
    staff_actions: tuple[str, ...] = ()
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

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        entries = super().get_queryset(request)
        if self.owner_path is None or sees_everything(request.user):
            return entries
        return own_entries(entries, self.owner_path, request.user)

    def has_view_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        allowed = super().has_view_permission(request, obj)
        return allowed and self._reaches(request, obj)

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and self._reaches(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and (
            sees_everything(request.user) or bool(reached_organisations(request.user))
        )

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return (
            self.can_be_deleted
            and super().has_delete_permission(request, obj)
            and self._reaches(request, obj)
        )

    def _reaches(self, request: HttpRequest, obj: Model | None) -> bool:
        if self.owner_path is None or obj is None or obj.pk is None:
            return True
        return sees_everything(request.user) or is_own(
            obj, self.owner_path, request.user
        )

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> list[str]:
        fields = list(super().get_readonly_fields(request, obj))
        if not sees_everything(request.user):
            fields += self.provider_readonly_fields
        return fields

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> dict[str, Any]:
        """Addresses are proposed for new entries only: they stay."""
        return super().get_prepopulated_fields(request, obj) if obj is None else {}

    def get_list_filter(self, request: HttpRequest) -> Any:
        if sees_everything(request.user):
            return super().get_list_filter(request)
        return self.provider_list_filter

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        if not sees_everything(request.user):
            for name in self.staff_actions:
                actions.pop(name, None)
        return actions

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


class OwnEntriesInline(OwnChoices, admin.TabularInline):
    """Entries edited with the one they belong to; `rights` as in OwnEntriesAdmin."""

    rights: Rights = {OFFICE: ("view", "add", "change", "delete")}
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
