"""Short lists: themes, breakdowns and their parts, two definitions of one thing."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from goals.admin.texts import row_fieldsets
from herne_bildung.city.admin import language_fieldsets
from herne_bildung.city.rights import OFFICE
from monitoring.admin.base import (
    STAFF_RIGHTS,
    MonitoringAdmin,
    MonitoringStackedInline,
)
from monitoring.models import Category, Dimension, IndicatorRelation, Theme


class KeyStays:
    """The key stands in addresses and files."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None else [*fields, "key"]


@admin.register(Theme)
class ThemeAdmin(KeyStays, MonitoringAdmin):
    """A closed list of staff."""

    german_needed = ("name_de",)
    list_display = ["name_de", "key", "indicator_count", "order"]
    search_fields = ["name_de", "key"]
    fieldsets = [
        (None, {"fields": ["key", "data_theme", "order"]}),
        *language_fieldsets("name", "about"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        themes = super().get_queryset(request)
        return themes.annotate(number_of_indicators=Count("indicators"))

    @admin.display(description=_("indicators"), ordering="number_of_indicators")
    def indicator_count(self, theme: Theme) -> int:
        return theme.number_of_indicators


class CategoryInline(MonitoringStackedInline):
    model = Category
    german_needed = ("name_de",)
    fieldsets = row_fieldsets([("key", "order"), "name_de", "parent"], "name")

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **options: Any):
        """Parts of the same breakdown only."""
        if db_field.name == "parent":
            number = request.resolver_match.kwargs.get("object_id")
            is_number = number is not None and number.isdecimal()
            found = Category.objects.filter(dimension=number if is_number else None)
            options["queryset"] = found
        return super().formfield_for_foreignkey(db_field, request, **options)


@admin.register(Dimension)
class DimensionAdmin(KeyStays, MonitoringAdmin):
    """What values can be broken down by, with its parts."""

    german_needed = ("name_de",)
    list_display = ["name_de", "key", "category_count"]
    search_fields = ["name_de", "key"]
    inlines = [CategoryInline]
    fieldsets = [(None, {"fields": ["key"]}), *language_fieldsets("name")]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        dimensions = super().get_queryset(request)
        return dimensions.annotate(number_of_parts=Count("categories"))

    @admin.display(description=_("parts"), ordering="number_of_parts")
    def category_count(self, dimension: Dimension) -> int:
        return dimension.number_of_parts


@admin.register(IndicatorRelation)
class IndicatorRelationAdmin(MonitoringAdmin):
    """Each is also in the form of its first indicator."""

    rights = {**STAFF_RIGHTS, OFFICE: ("view", "add", "change", "delete")}
    can_be_deleted = True
    german_needed = ("explanation_de",)
    list_display = ["first", "second"]
    list_select_related = ["first", "second"]
    search_fields = ["first__name_de", "second__name_de"]
    autocomplete_fields = ["first", "second"]
    fieldsets = [
        (None, {"fields": ["first", "second"]}),
        *language_fieldsets("explanation"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Drafts of indicators are for those who write them."""
        own = self.admin_site.get_model_admin(
            IndicatorRelation.first.field.related_model
        )
        shown = own.get_queryset(request).values("pk")
        return super().get_queryset(request).filter(first__in=shown, second__in=shown)
