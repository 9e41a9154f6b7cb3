from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from herne_bildung.city import actions
from herne_bildung.city.admin.base import (
    OwnEntriesAdmin,
    OwnEntriesInline,
    language_fieldsets,
    leave_out_unless_chosen,
)
from herne_bildung.city.models import NetworkLink, Organisation
from herne_bildung.city.rights import OFFICE, PROVIDERS, sees_everything


class OrganisationForm(ModelForm):
    """An organisation. Hiding one is a matter of care, which tells its people."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        leave_out_unless_chosen(self, "status", [Organisation.Status.HIDDEN])


class NetworkLinkInline(OwnEntriesInline):
    """The Kitas of a family centre of several; staff only."""

    model = NetworkLink
    fk_name = "centre"
    autocomplete_fields = ["member"]


@admin.register(Organisation)
class OrganisationAdmin(OwnEntriesAdmin):
    """Who offers something. What rights follow from (Träger, kind, state) is for
    staff; a provider cares for its name, description, contact and places.
    """

    form = OrganisationForm
    owner_path = "pk"
    rights = {OFFICE: ("view", "add", "change"), PROVIDERS: ("view", "change")}
    list_display = ["name_de", "kind", "parent", "status", "is_provider"]
    list_filter = ["kind", "status", "is_provider"]
    search_fields = ["name_de", "slug"]
    list_select_related = ["parent"]
    autocomplete_fields = ["parent", "places"]
    prepopulated_fields = {"slug": ["name_de"]}
    provider_readonly_fields = (
        "slug",
        "kind",
        "parent",
        "status",
        "is_provider",
        "as_of",
        "source_title",
        "source_url",
        "source_quote",
        "licence",
    )
    inlines = [NetworkLinkInline]
    fieldsets = [
        (
            None,
            {"fields": ["kind", "parent", "status", "is_provider"]},
        ),
        *language_fieldsets("name", "description"),
        (
            _("contact"),
            {"fields": ["email", "phone", "website", "places"]},
        ),
        (
            _("address on the site and source"),
            {
                "fields": [
                    "slug",
                    "as_of",
                    "source_title",
                    "source_url",
                    "source_quote",
                    "licence",
                ]
            },
        ),
    ]

    def get_inlines(self, request: HttpRequest, obj: Organisation | None) -> list:
        return self.inlines if sees_everything(request.user) else []

    def get_readonly_fields(
        self, request: HttpRequest, obj: Organisation | None = None
    ) -> list[str]:
        """The address on the site stays once it is printed somewhere."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None or "slug" in fields else [*fields, "slug"]

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        super().save_related(request, form, *args)
        actions.index_organisations([form.instance.pk])
