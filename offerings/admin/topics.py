from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin import language_fieldsets
from herne_bildung.city.admin.german import GermanNeeded
from herne_bildung.city.admin.versions import VersionedAdmin
from herne_bildung.city.rights import ADVISERS, OFFICE, TRANSLATORS
from offerings.models import Topic


@admin.register(Topic)
class TopicAdmin(GermanNeeded, VersionedAdmin):
    """The closed taxonomy; staff only. Offers follow a change within five minutes."""

    rights = {
        OFFICE: ("view", "add", "change"),
        ADVISERS: ("view",),
        TRANSLATORS: ("view", "change"),
    }
    german_needed = ("name_de",)
    list_display = ["name_de", "key", "parent", "family_need", "order"]
    list_filter = [("parent", admin.RelatedOnlyFieldListFilter), "family_need"]
    list_select_related = ["parent"]
    search_fields = ["name_de", "key"]
    fieldsets = [
        (None, {"fields": ["key", "parent", "family_need", "order"]}),
        *language_fieldsets("name"),
        (_("search"), {"fields": ["synonyms"]}),
    ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Topic | None = None
    ) -> list[str]:
        """The key stands in printed addresses."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None else [*fields, "key"]

    def formfield_for_foreignkey(self, db_field, request, **options):
        """Two levels: only topics of the upper one have others below."""
        if db_field.name == "parent":
            options["queryset"] = Topic.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **options)
