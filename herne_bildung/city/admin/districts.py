from django.contrib import admin
from django.db.models import Q

from herne_bildung.city import actions
from herne_bildung.city.admin.base import OwnEntriesAdmin
from herne_bildung.city.models import District, DistrictAlias, School
from herne_bildung.city.rights import ADVISERS, OFFICE, PROVIDERS


@admin.register(District)
class DistrictAdmin(OwnEntriesAdmin):
    """Districts come by import; here their names and order are cared for."""

    rights = {
        OFFICE: ("view", "change"),
        PROVIDERS: ("view",),
        ADVISERS: ("view",),
    }
    list_display = ["name", "level", "parent", "shape_quality", "has_provisional_code"]
    list_filter = ["level", "shape_quality", "has_provisional_code"]
    search_fields = ["name", "code"]
    list_select_related = ["parent"]
    fields = [
        "level",
        "code",
        "has_provisional_code",
        "name",
        "parent",
        "order",
        "shape_quality",
        "as_of",
        "source_title",
        "source_url",
        "licence",
    ]
    readonly_fields = ["level", "code", "has_provisional_code", "shape_quality"]

    def save_model(self, request, obj, form, change):
        """Schools are found by the names of their districts."""
        super().save_model(request, obj, form, change)
        there = Q(place__district=obj) | Q(place__district__parent=obj)
        actions.index_schools(School.objects.filter(there).values_list("pk", flat=True))

    def formfield_for_foreignkey(self, db_field, request, **options):
        """A district is part of one of a higher level, never of itself."""
        if db_field.name == "parent":
            options["queryset"] = District.objects.exclude(
                level=District.Level.STATISTICAL
            )
        return super().formfield_for_foreignkey(db_field, request, **options)


@admin.register(DistrictAlias)
class DistrictAliasAdmin(OwnEntriesAdmin):
    """Former keys of districts, made by imports; printed addresses use them."""

    rights = {OFFICE: ("view",), ADVISERS: ("view",)}
    list_display = ["key", "district"]
    list_select_related = ["district"]
    search_fields = ["key", "district__name"]
