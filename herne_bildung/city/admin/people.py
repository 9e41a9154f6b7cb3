from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin.base import OwnEntriesAdmin
from herne_bildung.city.models import Membership, User
from herne_bildung.city.rights import GROUPS, LEADS, OFFICE

# What only a superuser gives, so that nobody can raise their own rights.
FOR_SUPERUSERS = ("is_superuser", "user_permissions")


@admin.register(Membership)
class MembershipAdmin(OwnEntriesAdmin):
    """Who looks after which organisation; for staff. Ending one deletes no content."""

    rights = {
        OFFICE: ("view", "add", "change", "delete"),
        LEADS: ("view", "add", "change", "delete"),
    }
    can_be_deleted = True
    list_display = ["user", "organisation", "role"]
    list_filter = ["role"]
    search_fields = ["user__username", "user__email", "organisation__name_de"]
    list_select_related = ["user", "organisation"]
    autocomplete_fields = ["organisation"]


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Logins; for leads of the staff. A login that ends becomes inactive."""

    rights = {LEADS: ("view", "add", "change"), OFFICE: ()}
    list_display = ["username", "email", "first_name", "last_name", "is_active"]
    list_filter = ["is_active", "groups"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (
            _("person"),
            {"fields": ["first_name", "last_name", "email", "language"]},
        ),
        (
            _("rights"),
            {"fields": ["is_active", "is_staff", "groups", *FOR_SUPERUSERS]},
        ),
        (_("dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        people = super().get_queryset(request)
        if request.user.is_superuser:
            return people
        return people.filter(is_superuser=False)

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        allowed = super().has_change_permission(request, obj)
        is_above = (
            obj is not None and obj.is_superuser and not request.user.is_superuser
        )
        return allowed and not is_above

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> list[str]:
        fields = list(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else [*fields, *FOR_SUPERUSERS]

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **options: Any
    ) -> Any:
        """Leads give the three groups of the portal."""
        if db_field.name == "groups" and not request.user.is_superuser:
            options["queryset"] = Group.objects.filter(name__in=GROUPS)
        return super().formfield_for_manytomany(db_field, request, **options)
