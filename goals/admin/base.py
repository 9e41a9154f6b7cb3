"""What the admin classes of the action goals share: who may do what.

The Bildungsbüro writes; advisers read what is internal or public; translators write
their languages of the same; people of an organisation read what is public and names
their organisation. Nobody else writes, and nobody deletes content: it becomes internal
or a draft again.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from goals.choices import Publication
from herne_bildung.city.admin import (
    OwnEntriesAdmin,
    OwnEntriesInline,
    OwnEntriesStackedInline,
)
from herne_bildung.city.admin.day_inputs import NATIVE_INPUTS
from herne_bildung.city.admin.german import GermanNeeded
from herne_bildung.city.admin.rows import only_views
from herne_bildung.city.admin.versions import VersionedAdmin
from herne_bildung.city.rights import (
    ADVISERS,
    OFFICE,
    PROVIDERS,
    TRANSLATORS,
    only_translates,
    own_entries,
    reads_all_rows,
    sees_everything,
)

ALL = ("view", "add", "change", "delete")
# Of entries that name a responsible organisation (`owner_path`).
RIGHTS = {
    OFFICE: ("view", "add", "change"),
    ADVISERS: ("view",),
    TRANSLATORS: ("view", "change"),
    PROVIDERS: ("view",),
}
# Of entries that belong to nobody.
STAFF_RIGHTS = {name: may for name, may in RIGHTS.items() if name != PROVIDERS}
# Of rows that are edited with their entry.
ROWS = {
    OFFICE: ALL,
    ADVISERS: ("view",),
    TRANSLATORS: ("view",),
    PROVIDERS: ("view",),
}
SOURCE = (
    _("Source"),
    {
        "fields": ["as_of", "source_title", "source_url", "source_quote", "licence"],
        "classes": ["collapse"],
    },
)
ON_THE_SITE = (_("On the site"), {"fields": ["state"]})
AMONG_OURSELVES = (_("Among ourselves"), {"fields": ["internal_note"]})


class SeenByFilter(admin.ChoicesFieldListFilter):
    """Drafts, internal entries, public ones."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.title = _("who sees it")


# In `list_filter`.
SEEN_BY = ("state", SeenByFilter)


class GoalRights:
    """Cuts an admin class down to what someone reads or writes of the action goals.

    `owner_path` is the lookup to the responsible organisation; `state_paths` are the
    states that must be public before its people read an entry: its own and those of
    what it hangs on ("goal__state").
    """

    rights = RIGHTS
    state_paths: tuple[str, ...] = ("state",)
    formfield_overrides = {
        **OwnEntriesAdmin.formfield_overrides,
        **NATIVE_INPUTS,
        # A few sentences.
        models.TextField: {"widget": AdminTextareaWidget({"rows": 4})},
    }

    @admin.display(description=_("who sees it"), ordering="state")
    def seen_by(self, entry: Model) -> str:
        """Its publication: "status" is how far it is."""
        return entry.get_state_display()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Drafts are for those who write them."""
        entries = super().get_queryset(request)
        if self.sees_drafts(request.user) or not has_state(self.model):
            return entries
        return entries.exclude(state=Publication.DRAFT)

    def own_rows(self, entries: QuerySet, user: Any) -> QuerySet:
        """Those that are public and name an organisation of the person."""
        paths = self.state_paths if has_state(self.model) else ()
        public = entries.filter(**dict.fromkeys(paths, Publication.PUBLISHED))
        return own_entries(public, self.owner_path, user)

    def has_view_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        is_hidden = getattr(obj, "state", "") == Publication.DRAFT
        is_allowed = super().has_view_permission(request, obj)
        return is_allowed and (not is_hidden or self.sees_drafts(request.user))

    def sees_drafts(self, user: Any) -> bool:
        """Whether drafts of entries are shown."""
        return sees_everything(user)

    def translates(self, user: Any, entry: Model | None) -> bool:
        """Entries belong to the Bildungsbüro, also where they name the organisation
        of a translator.
        """
        return (
            entry is not None
            and entry.pk is not None
            and "change" in self.rights.get(TRANSLATORS, ())
            and only_translates(user)
        )

    def _writes(self, user: Any, obj: Model | None) -> bool:
        return sees_everything(user) or obj is None or obj.pk is None

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """What changes something is for the Bildungsbüro."""
        actions = super().get_actions(request)
        if sees_everything(request.user):
            return actions
        return {name: one for name, one in actions.items() if only_views(one[0])}

    def versions_for(self, request: HttpRequest, entry: Model) -> QuerySet:
        """Versions that a person may have read: no drafts for readers, and for people
        of an organisation those that were public.
        """
        versions = super().versions_for(request, entry)
        if self.sees_drafts(request.user) or not has_state(self.model):
            return versions
        if reads_all_rows(request.user, _readers(self.rights)):
            return versions.exclude(snapshot__state=Publication.DRAFT)
        return versions.filter(snapshot__state=Publication.PUBLISHED)

    def formfield_for_choice_field(
        self, db_field: Field, request: HttpRequest, **options: Any
    ) -> Any:
        found = super().formfield_for_choice_field(db_field, request, **options)
        if db_field.name == "state" and found:
            found.label = capfirst(_("who sees it"))
            found.help_text = _(
                "Draft: for the Bildungsbüro. Internal: for advisers and translators, "
                "too. Published: for everyone."
            )
        return found


class GoalsAdmin(GoalRights, GermanNeeded, OwnEntriesAdmin):
    """An admin class without history."""


class VersionedGoalsAdmin(GoalRights, GermanNeeded, VersionedAdmin):
    """An admin class with history; its model is declared in `goals.versioned`."""


class GoalsInline(OwnEntriesInline):
    """Rows of a table, edited with their entry by the Bildungsbüro."""

    rights = ROWS
    formfield_overrides = GoalRights.formfield_overrides


class GoalsStackedInline(GermanNeeded, OwnEntriesStackedInline):
    """The same below each other: room for texts."""

    rights = ROWS
    formfield_overrides = {
        **GoalRights.formfield_overrides,
        models.TextField: {"widget": AdminTextareaWidget({"rows": 2})},
    }


def has_state(model: type[Model]) -> bool:
    """Whether its entries are drafts, internal or public."""
    try:
        field = model._meta.get_field("state")
    except FieldDoesNotExist:
        return False
    return field.choices is not None and {value for value, _label in field.choices} == (
        set(Publication.values)
    )


def _readers(rights: dict[str, Iterable[str]]) -> list[str]:
    return [group for group, may in rights.items() if "view" in may]
