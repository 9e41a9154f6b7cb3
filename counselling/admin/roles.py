from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from counselling import actions
from counselling.admin.forms import RoleForm
from counselling.models import ContactRole
from counselling.versioned import NAME
from herne_bildung.city.admin import language_fieldsets
from herne_bildung.city.admin.day_inputs import NATIVE_INPUTS
from herne_bildung.city.admin.german import GermanNeeded
from herne_bildung.city.admin.versions import VersionedAdmin
from herne_bildung.city.rights import (
    ADVISERS,
    OFFICE,
    PROVIDERS,
    TRANSLATORS,
    publishes,
)


@admin.register(ContactRole)
class ContactRoleAdmin(GermanNeeded, VersionedAdmin):
    """Whom people reach in an office: the role first, a name only with consent."""

    owner_path = "office__organisation"
    rights = {
        OFFICE: ("view", "add", "change"),
        PROVIDERS: ("view", "add", "change"),
        ADVISERS: ("view",),
        TRANSLATORS: ("view", "change"),
    }
    form = RoleForm
    german_needed = ("title_de",)
    list_display = ["title_de", "office", "is_general", "hidden", "name_shown_until"]
    list_filter = ["is_general"]
    provider_list_filter = ()
    list_select_related = ["office"]
    search_fields = ["title_de", "office__name_de"]
    autocomplete_fields = ["office"]
    readonly_fields = ["is_general"]
    formfield_overrides = {
        **VersionedAdmin.formfield_overrides,
        **NATIVE_INPUTS,
    }
    actions = ["make_general", "remove", "show"]
    fieldsets = [
        (None, {"fields": ["office", "is_general", "order"]}),
        *language_fieldsets("title", "responsibility")[:1],
        (_("What for?"), {"fields": ["concerns"]}),
        (_("Contact"), {"fields": ["phone", "email"]}),
        (
            _("A name, with consent"),
            {"fields": ["person_name", ("name_consent_on", "name_shown_until")]},
        ),
        *language_fieldsets("title", "responsibility")[1:],
    ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: ContactRole | None = None
    ) -> list[str]:
        """A role stays with its office. Names do not wait for approval: they are
        entered by whoever may publish.
        """
        fields = super().get_readonly_fields(request, obj)
        owner = obj.office.organisation_id if obj else None
        if not publishes(request.user, owner):
            fields = [*fields, *NAME]
        return fields if obj is None else [*fields, "office"]

    def save_related(self, request: HttpRequest, form, *args) -> None:
        super().save_related(request, form, *args)
        actions.reindex([form.instance.office_id])

    @admin.display(description=_("hidden"), boolean=True, ordering="is_hidden")
    def hidden(self, role: ContactRole) -> bool:
        return role.is_hidden

    @admin.action(
        description=_("Make it the general contact of its office"),
        permissions=["change"],
    )
    def make_general(self, request: HttpRequest, roles: QuerySet) -> None:
        for role in roles:
            actions.make_general(role)
            self.log_change(request, role, _("is the general contact now"))
        self.message_user(
            request, _("Each office has one general contact."), messages.SUCCESS
        )

    @admin.action(description=_("Remove the role"), permissions=["change"])
    def remove(self, request: HttpRequest, roles: QuerySet) -> None:
        """Off the site, until somebody shows it again. The general contact stays;
        another one has to be made it first.
        """
        for role in actions.hide_roles(roles, is_hidden=True):
            self.log_change(request, role, _("Removed."))
            self.message_user(request, _("Removed."), messages.SUCCESS)
        if roles.filter(is_general=True).exists():
            self.message_user(
                request,
                _("The general contact stays. Make another role it first."),
                messages.WARNING,
            )

    @admin.action(description=_("Show it again"), permissions=["change"])
    def show(self, request: HttpRequest, roles: QuerySet) -> None:
        for role in actions.hide_roles(roles, is_hidden=False):
            self.log_change(request, role, _("shown again"))

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        """Roles are hidden, never deleted."""
        return False
