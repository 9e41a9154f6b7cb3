from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from herne_bildung.city import actions
from herne_bildung.city.admin.base import OwnEntriesAdmin
from herne_bildung.city.admin.versions import VersionedAdmin
from herne_bildung.city.models import School, SchoolHoliday
from herne_bildung.city.phone_form import PhoneForm
from herne_bildung.city.rights import ADVISERS, OFFICE


class SchoolForm(PhoneForm, ModelForm):
    """A school."""


@admin.register(School)
class SchoolAdmin(VersionedAdmin):
    """Schools come by import; what no list says (all-day form, Talentschule) is
    entered here.
    """

    form = SchoolForm
    rights = {OFFICE: ("view", "add", "change"), ADVISERS: ("view",)}
    list_display = ["name", "number", "form", "place", "vanished_on"]
    list_filter = ["form", ("vanished_on", admin.EmptyFieldListFilter), "all_day"]
    search_fields = ["name", "number"]
    list_select_related = ["place"]
    autocomplete_fields = ["place"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "number",
                    "slug",
                    "name",
                    "official_name",
                    "form",
                    "operator",
                    "is_private",
                    "vanished_on",
                ]
            },
        ),
        (_("contact"), {"fields": ["place", "phone", "email", "website"]}),
        (
            _("facts and figures"),
            {
                "fields": [
                    "all_day",
                    ("pupils", "pupils_year"),
                    ("social_index", "social_index_year"),
                    "is_startchancen",
                    "talent_school_since",
                ]
            },
        ),
        (
            _("source"),
            {"fields": ["as_of", "source_title", "source_url", "licence"]},
        ),
    ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: School | None = None
    ) -> list[str]:
        """The number is the key of imports; the address on the site is printed."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None else [*fields, "number", "slug"]

    def save_model(
        self, request: HttpRequest, obj: School, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        actions.index_schools([obj.pk])


@admin.register(SchoolHoliday)
class SchoolHolidayAdmin(OwnEntriesAdmin):
    """School holidays; offers that pause in them follow."""

    rights = {OFFICE: ("view", "add", "change"), ADVISERS: ("view",)}
    list_display = ["name", "starts_on", "ends_on", "source_title"]
    date_hierarchy = "starts_on"
