"""Which rows, fields and actions of an admin class someone gets."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest

from herne_bildung.city.rights import (
    OFFICE,
    TRANSLATORS,
    manages_people,
    only_translates,
    own_entries,
    reached_organisations,
    reads_all_rows,
    reads_notes,
    sees_everything,
    translated_languages,
)

Rights = Mapping[str, Iterable[str]]
Fieldsets = list[tuple[str | None, dict[str, Any]]]
# What staff note of an entry among themselves; no list, filter or form of others has
# these fields, nor does its history name them.
NOTE_FIELDS = ("internal_note",)
# What only those change who manage people: rights follow from it.
LEAD_FIELDS = ("is_trusted",)


class RowRights:
    """Cuts an admin class down to what the signed-in person reaches.

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

    def own_rows(self, entries: QuerySet, user: Any) -> QuerySet:
        """Those that belong to who is no staff of the portal."""
        return own_entries(entries, self.owner_path, user)

    def is_own(self, entry: Model, user: Any) -> bool:
        """Whether the stored entry belongs to the person."""
        if self.owner_path is None:
            return False
        stored = type(entry)._default_manager.filter(pk=entry.pk)
        return self.own_rows(stored, user).exists()

    def translates(self, user: Any, entry: Model | None) -> bool:
        """Whether the person changes this entry as a translator, nothing else of it."""
        return (
            entry is not None
            and entry.pk is not None
            and "change" in self.rights.get(TRANSLATORS, ())
            and only_translates(user)
            and not self.is_own(entry, user)
        )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        entries = super().get_queryset(request)
        if self.owner_path is None or self._reads_all(request.user):
            return entries
        return self.own_rows(entries, request.user)

    def has_view_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        allowed = super().has_view_permission(request, obj)
        return allowed and (
            self._is_free(obj)
            or self._reads_all(request.user)
            or self.is_own(obj, request.user)
        )

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (
            self._writes(request.user, obj) or self.translates(request.user, obj)
        )

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
            and self._writes(request.user, obj)
        )

    def _is_free(self, obj: Model | None) -> bool:
        """Whether the answer is the same for all entries of the model."""
        return self.owner_path is None or obj is None or obj.pk is None

    def _reads_all(self, user: Any) -> bool:
        readers = [group for group, may in self.rights.items() if "view" in may]
        return reads_all_rows(user, readers)

    def _writes(self, user: Any, obj: Model | None) -> bool:
        if sees_everything(user) or obj is None or obj.pk is None:
            return True
        if self.owner_path is None:
            return not self.translates(user, obj)
        return self.is_own(obj, user)

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Without notes of staff for others; for translators without fields that the
        form alone knows.
        """
        fieldsets = super().get_fieldsets(request, obj)
        left_out = set() if reads_notes(request.user) else set(NOTE_FIELDS)
        if self.translates(request.user, obj):
            names = flatten_fieldsets(fieldsets)
            left_out |= {name for name in names if not self._is_shown_as_text(name)}
        return without_fields(fieldsets, left_out) if left_out else fieldsets

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> list[str]:
        fields = list(super().get_readonly_fields(request, obj))
        if self.translates(request.user, obj):
            written = set(self._columns(translated_languages(request.user)))
            names = flatten_fieldsets(self.get_fieldsets(request, obj))
            return [name for name in names if name not in written]
        kept = () if manages_people(request.user) else LEAD_FIELDS
        if not sees_everything(request.user):
            fields += self.provider_readonly_fields
            kept += NOTE_FIELDS
        fields += [name for name in kept if self._is_shown_as_text(name)]
        return list(dict.fromkeys(fields))

    def _is_shown_as_text(self, name: str) -> bool:
        if hasattr(self, name) or hasattr(self.model, name):
            return True
        try:
            self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        return True

    def _columns(self, languages: Iterable[str]) -> list[str]:
        """The columns of translated texts in these languages."""
        return [
            field.name
            for field in self.model._meta.concrete_fields
            if getattr(field, "language", None) in languages
        ]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """A filter in the address must not tell what a note says."""
        if not reads_notes(request.user) and any(
            name in lookup.split(LOOKUP_SEP) for name in NOTE_FIELDS
        ):
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        fields = super().get_search_fields(request)
        if reads_notes(request.user):
            return fields
        return [name for name in fields if name not in NOTE_FIELDS]

    def get_list_display(self, request: HttpRequest) -> list[str]:
        columns = super().get_list_display(request)
        if reads_notes(request.user):
            return columns
        return [name for name in columns if name not in NOTE_FIELDS]

    def get_list_filter(self, request: HttpRequest) -> Any:
        if not self._reads_all(request.user):
            return self.provider_list_filter
        filters = super().get_list_filter(request)
        if reads_notes(request.user):
            return filters
        return [
            one
            for one in filters
            if (one[0] if isinstance(one, tuple) else one) not in NOTE_FIELDS
        ]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Actions that change something get only rows the person may change; who has
        none, as translators and advisers, gets no such actions.
        """
        actions = super().get_actions(request)
        if sees_everything(request.user):
            return actions
        has_rows = bool(reached_organisations(request.user))
        return {
            name: (self._on_own_rows(function), name, label)
            for name, (function, _, label) in actions.items()
            if name not in self.staff_actions and (has_rows or only_views(function))
        }

    def _on_own_rows(self, action: Callable[..., Any]) -> Callable[..., Any]:
        if only_views(action):
            return action

        @wraps(action)
        def limited(model_admin: Any, request: HttpRequest, rows: QuerySet) -> Any:
            if self.owner_path is None:
                return action(model_admin, request, rows.none())
            return action(model_admin, request, self.own_rows(rows, request.user))

        return limited

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """The history is read by providers too: it does not name notes of staff."""
        message = super().construct_change_message(request, form, formsets, add)
        labels = {
            str(form.fields[name].label) for name in NOTE_FIELDS if name in form.fields
        }
        for part in message if isinstance(message, list) else ():
            changed = part.get("changed", {})
            if "fields" in changed:
                changed["fields"] = [
                    label for label in changed["fields"] if str(label) not in labels
                ]
        return message


class InlineRights:
    """The same for entries edited with the one they belong to: who may not change
    that one changes none of them.
    """

    rights: Rights = {OFFICE: ("view", "add", "change", "delete")}

    def has_add_permission(self, request: HttpRequest, obj: Model | None) -> bool:
        return super().has_add_permission(request, obj) and self._writes(request, obj)

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and self._writes(request, obj)

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and self._writes(request, obj)

    def _writes(self, request: HttpRequest, obj: Model | None) -> bool:
        parent = self.admin_site._registry.get(self.parent_model)
        return not isinstance(parent, RowRights) or parent._writes(request.user, obj)


def only_views(action: Callable[..., Any]) -> bool:
    return set(getattr(action, "allowed_permissions", ["change"])) == {"view"}


def without_fields(fieldsets: Any, left_out: set[str]) -> Fieldsets:
    """The same fieldsets without these fields, and without what is empty then."""
    kept = []
    for title, options in fieldsets:
        lines = []
        for line in options["fields"]:
            if isinstance(line, list | tuple):
                names = tuple(name for name in line if name not in left_out)
                lines += [names] if names else []
            elif line not in left_out:
                lines.append(line)
        if lines:
            kept.append((title, {**options, "fields": lines}))
    return kept


__all__ = ["InlineRights", "RowRights", "only_views", "without_fields"]
