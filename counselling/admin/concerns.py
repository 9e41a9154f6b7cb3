from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from counselling.models import Concern
from herne_bildung.city.admin import language_fieldsets
from herne_bildung.city.admin.german import GermanNeeded
from herne_bildung.city.admin.versions import VersionedAdmin
from herne_bildung.city.rights import ADVISERS, OFFICE, PROVIDERS, TRANSLATORS


@admin.register(Concern)
class ConcernAdmin(GermanNeeded, VersionedAdmin):
    """The closed list of what people come with; edited by staff only."""

    rights = {
        OFFICE: ("view", "add", "change"),
        # To choose them for their own offices.
        PROVIDERS: ("view",),
        ADVISERS: ("view",),
        TRANSLATORS: ("view", "change"),
    }
    german_needed = ("name_de",)
    list_display = ["name_de", "key", "group", "order"]
    list_filter = ["group"]
    search_fields = ["name_de", "key"]
    fieldsets = [
        (None, {"fields": ["key", "group", "order"]}),
        *language_fieldsets("name"),
        (_("search"), {"fields": ["synonyms"]}),
    ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Concern | None = None
    ) -> list[str]:
        """The key stands in printed addresses."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None else [*fields, "key"]
