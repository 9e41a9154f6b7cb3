from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from herne_bildung.city import actions
from herne_bildung.city.admin.versions import VersionedAdmin
from herne_bildung.city.models import EntryVersion, Place
from herne_bildung.city.rights import (
    ADVISERS,
    OFFICE,
    PROVIDERS,
    reached_organisations,
    sees_everything,
)
from herne_bildung.city.versions import noted


class PlaceForm(forms.ModelForm):
    """A place can be told from others by its name or its street."""

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        has_words = {"name", "street"} & set(self.fields)
        if has_words and not (values.get("name") or values.get("street")):
            self.add_error("name", _("Please give a name, or street and number."))
        return values


@admin.register(Place)
class PlaceAdmin(VersionedAdmin):
    """Addresses. Those with a guessed district wait to be settled: filter by it,
    look, and confirm many at once or choose another district in the form.

    A provider changes places that only its organisations use.
    """

    form = PlaceForm
    owner_path = "organisations"
    rights = {
        OFFICE: ("view", "add", "change"),
        PROVIDERS: ("view", "add", "change"),
        ADVISERS: ("view",),
    }
    list_display = ["__str__", "district", "is_district_guessed", "is_accessible"]
    list_filter = ["is_district_guessed", "district", "is_accessible"]
    search_fields = ["name", "street", "postal_code"]
    list_select_related = ["district"]
    autocomplete_fields = ["district"]
    actions = ["confirm_district"]
    staff_actions = ("confirm_district",)
    fields = [
        "name",
        "street",
        "postal_code",
        "city",
        "district",
        "is_district_guessed",
        "is_district_chosen",
        "latitude",
        "longitude",
        "is_accessible",
        "accessibility_note",
        "as_of",
        "source_title",
        "source_url",
    ]
    readonly_fields = ["is_district_guessed", "is_district_chosen"]
    provider_readonly_fields = ("as_of", "source_title", "source_url")

    @admin.action(
        description=_("Confirm the probable district"), permissions=["change"]
    )
    def confirm_district(self, request: HttpRequest, places: QuerySet) -> None:
        with noted(list(places), by=request.user, how=EntryVersion.How.LOGIN):
            confirmed = actions.confirm_districts(places)
        text = ngettext(
            "%(number)s district confirmed.",
            "%(number)s districts confirmed.",
            confirmed,
        ) % {"number": confirmed}
        self.message_user(request, text, messages.SUCCESS)

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        allowed = super().has_change_permission(request, obj)
        if not allowed or obj is None or sees_everything(request.user):
            return allowed
        return not is_shared(obj, reached_organisations(request.user))

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """A new place says nothing yet of what nobody fills in."""
        fields = super().get_fields(request, obj)
        left_out = () if obj else self.get_readonly_fields(request, obj)
        return [name for name in fields if name not in left_out]

    def save_model(
        self, request: HttpRequest, obj: Place, form: Any, change: bool
    ) -> None:
        if "district" in form.changed_data:
            obj.is_district_chosen = obj.district_id is not None
            obj.is_district_guessed = False
        super().save_model(request, obj, form, change)
        if not change and not sees_everything(request.user):
            memberships = request.user.memberships
            obj.organisations.add(*memberships.values_list("organisation", flat=True))
        actions.assign_district(obj)
        actions.index_schools(obj.schools.values_list("pk", flat=True))


def is_shared(place: Place, organisations: set[int]) -> bool:
    """Whether others than these organisations use the place too."""
    return (
        place.organisations.exclude(pk__in=organisations).exists()
        or place.offerings.exclude(provider__in=organisations).exists()
        or place.schools.exists()
    )
