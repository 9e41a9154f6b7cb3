"""Short lists: work areas, the Leitbild, lines between goals, contact roles."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counselling.admin.forms import RoleForm
from goals.admin.base import (
    ALL,
    AMONG_OURSELVES,
    ON_THE_SITE,
    RIGHTS,
    SEEN_BY,
    SOURCE,
    STAFF_RIGHTS,
    GoalsAdmin,
    VersionedGoalsAdmin,
)
from goals.choices import Publication
from goals.models import GoalLink, MissionSentence, OrganisationRole, WorkArea
from goals.versioned import NAME
from herne_bildung.city.admin import language_fieldsets
from herne_bildung.city.rights import OFFICE, approves, sees_everything
from herne_bildung.freshness.actions.people import name_contact


@admin.register(WorkArea)
class WorkAreaAdmin(GoalsAdmin):
    """A closed list of staff; charts and filters use it."""

    rights = STAFF_RIGHTS
    german_needed = ("name_de",)
    list_display = ["name_de", "key", "order"]
    search_fields = ["name_de", "key"]
    fieldsets = [
        (None, {"fields": ["key", "order"]}),
        *language_fieldsets("name"),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The key stands in addresses."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None else [*fields, "key"]


@admin.register(MissionSentence)
class MissionSentenceAdmin(VersionedGoalsAdmin):
    """The Leitbild, part by part."""

    rights = STAFF_RIGHTS
    list_display = ["__str__", "kind", "number", "seen_by", "order"]
    list_filter = ["kind", SEEN_BY]
    search_fields = ["heading_de", "wording"]
    fieldsets = [
        (None, {"fields": [("kind", "number", "order"), "wording"]}),
        *language_fieldsets("heading", "short")[:1],
        ON_THE_SITE,
        *language_fieldsets("heading", "short")[1:],
        AMONG_OURSELVES,
        SOURCE,
    ]


@admin.register(GoalLink)
class GoalLinkAdmin(GoalsAdmin):
    """Lines between goals; each is also in the form of its later goal."""

    rights = {**STAFF_RIGHTS, OFFICE: ALL}
    can_be_deleted = True
    german_needed = ("reason_de",)
    list_display = ["__str__", "change"]
    list_filter = ["change", "later__period"]
    list_select_related = ["earlier__period", "later__period"]
    autocomplete_fields = ["earlier", "later"]
    fieldsets = [
        (None, {"fields": ["earlier", "later", "change"]}),
        *language_fieldsets("reason"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Drafts are for those who write them."""
        lines = super().get_queryset(request)
        if sees_everything(request.user):
            return lines
        draft = Publication.DRAFT
        return lines.exclude(Q(earlier__state=draft) | Q(later__state=draft))


@admin.register(OrganisationRole)
class OrganisationRoleAdmin(VersionedGoalsAdmin):
    """Who answers for goals, measures and mandates: a role first, a name only with
    consent and until a day.
    """

    owner_path = "organisation"
    rights = RIGHTS
    form = RoleForm
    german_needed = ("title_de",)
    list_display = ["title_de", "organisation", "email", "name_shown_until"]
    list_select_related = ["organisation"]
    search_fields = ["title_de", "organisation__name_de"]
    autocomplete_fields = ["organisation"]
    fieldsets = [
        (None, {"fields": ["organisation"]}),
        *language_fieldsets("title")[:1],
        (_("Contact"), {"fields": ["phone", "email"]}),
        (
            _("A name, with consent"),
            {"fields": ["person_name", ("name_consent_on", "name_shown_until")]},
        ),
        *language_fieldsets("title")[1:],
        SOURCE,
    ]

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        """Its address becomes a contact of the organisation, which is asked first;
        mails go there once an invitation is accepted.
        """
        super().save_related(request, form, *args)
        role = form.instance
        if not role.email or "email" not in form.changed_data:
            return
        recipient = name_contact(role.organisation, role.email)
        if not recipient.is_usable:
            words = gettext("Nobody is asked there yet. Please invite {link}.")
            path = reverse("admin:freshness_recipient_change", args=[recipient.pk])
            link = format_html('<a href="{}">{}</a>', path, recipient.email)
            text = format_html(words, link=link)
            self.message_user(request, text, messages.WARNING)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> list[str]:
        """A role stays with its organisation. Names are entered by who may publish."""
        fields = super().get_readonly_fields(request, obj)
        if not approves(request.user):
            fields = [*fields, *NAME]
        return fields if obj is None else [*fields, "organisation"]
