from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from herne_bildung.city import actions, audit
from herne_bildung.city.admin.base import (
    OwnEntriesInline,
    language_fieldsets,
)
from herne_bildung.city.admin.choices import leave_out_unless_chosen
from herne_bildung.city.admin.files import OrganisationPictureInline
from herne_bildung.city.admin.preview import PreviewAdmin
from herne_bildung.city.admin.versions import VersionedAdmin
from herne_bildung.city.models import NetworkLink, Organisation
from herne_bildung.city.phone_form import PhoneForm
from herne_bildung.city.rights import (
    ADVISERS,
    OFFICE,
    PROVIDERS,
    TRANSLATORS,
    reads_notes,
    sees_everything,
)

GERMAN, *OTHER_LANGUAGES = language_fieldsets("name", "description")
# Rights follow from these: a change is written to the log.
LOGGED = ("is_trusted", "parent")


class OrganisationForm(PhoneForm, ModelForm):
    """An organisation. Hiding one is a matter of care, which tells its people."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        leave_out_unless_chosen(self, "status", [Organisation.Status.HIDDEN])


class NetworkLinkInline(OwnEntriesInline):
    """The Kitas of a family centre of several; staff only."""

    model = NetworkLink
    rights = {OFFICE: ("view", "add", "change", "delete"), ADVISERS: ("view",)}
    fk_name = "centre"
    autocomplete_fields = ["member"]


class PersonFilter(admin.SimpleListFilter):
    """Organisations whose entries nobody answers for any more; for staff."""

    title, parameter_name = _("people"), "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        if not sees_everything(request.user):
            return []
        return [("none", _("published entries, but no active person"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.without_active_person() if self.value() == "none" else queryset


@admin.register(Organisation)
class OrganisationAdmin(PreviewAdmin, VersionedAdmin):
    """Who offers something. What rights follow from (Träger, kind, state) is for
    staff, trust for leads; a provider cares for its name, description, contact and
    places.
    """

    form = OrganisationForm
    owner_path = "pk"
    rights = {
        OFFICE: ("view", "add", "change"),
        PROVIDERS: ("view", "change"),
        ADVISERS: ("view",),
        TRANSLATORS: ("view", "change"),
    }
    list_display = ["name_de", "kind", "parent", "status", "is_trusted"]
    list_filter = ["kind", "status", "is_provider", "is_trusted", PersonFilter]
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
    inlines = [OrganisationPictureInline, NetworkLinkInline]
    fieldsets = [
        (_("name and description"), {"fields": GERMAN[1]["fields"]}),
        (_("contact"), {"fields": ["email", "phone", "website", "places"]}),
        (_("what it is"), {"fields": ["kind", "parent", "is_provider"]}),
        (_("on the site"), {"fields": ["status", "is_trusted"]}),
        (_("among staff"), {"fields": ["internal_note"]}),
        *OTHER_LANGUAGES,
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
                ],
                "classes": ["collapse"],
            },
        ),
    ]

    def get_inlines(self, request: HttpRequest, obj: Organisation | None) -> list:
        everyone = [OrganisationPictureInline]
        return self.inlines if reads_notes(request.user) else everyone

    def get_readonly_fields(
        self, request: HttpRequest, obj: Organisation | None = None
    ) -> list[str]:
        """The address on the site stays once it is printed somewhere."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None or "slug" in fields else [*fields, "slug"]

    def save_model(
        self, request: HttpRequest, obj: Organisation, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        changed = {
            name: str(form.cleaned_data[name] or "")
            for name in LOGGED
            if name in form.changed_data
        }
        if changed:
            action = audit.Action.RIGHTS_CHANGED
            audit.record(action, by=request.user, about=obj, **changed)

    def save_related(self, request: HttpRequest, form: Any, *args: Any) -> None:
        super().save_related(request, form, *args)
        actions.index_organisations([form.instance.pk])
