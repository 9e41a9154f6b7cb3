"""Rules of protection, sets of linked tables, and what protection did."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field, Model, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.models import EntryVersion
from herne_bildung.city.rights import OFFICE, STATISTICS
from herne_bildung.city.versions import noted
from monitoring.choices import Protection
from monitoring.models import Indicator, ProtectionRule, ProtectionRun, TableSet
from monitoring.protection.rules import KNOWN_CONTRIBUTORS


class OfStatistics(OwnEntriesAdmin):
    """The statistics office decides; the Bildungsbüro reads."""

    rights = {STATISTICS: ("view", "add", "change"), OFFICE: ("view",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)


class RuleForm(forms.ModelForm):
    """A rule of dominance says both of how many, and how much."""

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        both = ("dominance_contributors", "dominance_percent")
        missing = [name for name in both if found.get(name) is None]
        if len(missing) == 1 and missing[0] not in self.errors:
            field = self.fields[missing[0]]
            self.add_error(missing[0], field.error_messages["required"])
        return found


@admin.register(ProtectionRule)
class ProtectionRuleAdmin(OfStatistics):
    form = RuleForm
    list_display = ["name", "smallest_count", "distance", "zeros_are_secret"]
    fields = [
        "name",
        "smallest_count",
        "distance",
        "zeros_are_secret",
        "complements_count",
        "dominance_contributors",
        "dominance_percent",
        "about",
    ]

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **options: Any
    ) -> Any:
        """Without a distance a hidden count could be worked out."""
        if db_field.name == "smallest_count":
            options["min_value"] = 3
        if db_field.name == "distance":
            options["min_value"] = 1
        if db_field.name == "dominance_percent":
            options |= {"min_value": 1, "max_value": 99}
        if db_field.name == "dominance_contributors":
            options |= {"min_value": 1, "max_value": KNOWN_CONTRIBUTORS}
        return super().formfield_for_dbfield(db_field, request, **options)


class TableSetForm(forms.ModelForm):
    """A set, and which indicators are in it: those that are in no other one."""

    members = forms.ModelMultipleChoiceField(
        Indicator.objects.none(),
        label=_("indicators"),
        help_text=Indicator._meta.get_field("table_set").help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "members" not in self.fields:
            return
        ours = Q(table_set=None) | Q(table_set=self.instance.pk)
        field = self.fields["members"]
        field.queryset = Indicator.objects.filter(
            ours, protection=Protection.PROTECTED
        ).order_by("name_de")
        if self.instance.pk:
            field.initial = self.instance.indicators.all()


@admin.register(TableSet)
class TableSetAdmin(OfStatistics):
    """Once values are imported, only the statistics office says in which set they are
    protected: here.
    """

    form = TableSetForm
    list_display = ["name", "rule"]
    list_select_related = ["rule"]
    readonly_fields = ["linked"]

    @admin.display(description=_("indicators"))
    def linked(self, table_set: TableSet) -> str:
        return "\n".join(str(one) for one in table_set.indicators.all()) or "–"

    def get_fields(self, request: HttpRequest, obj: TableSet | None = None) -> list:
        """Who only reads gets the names."""
        writes = self.has_change_permission(request, obj) if obj else True
        return ["name", "rule", "members" if writes else "linked"]

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        table_set, chosen = form.instance, set(form.cleaned_data["members"])
        moved = chosen.symmetric_difference(table_set.indicators.all())
        rows = sorted(moved, key=lambda one: one.pk)
        with noted(rows, by=request.user, how=EntryVersion.How.LOGIN):
            for one in rows:
                one.table_set = table_set if one in chosen else None
                one.save(update_fields=["table_set", "updated_at"])


@admin.register(ProtectionRun)
class ProtectionRunAdmin(OwnEntriesAdmin):
    """To read only: numbers and reasons, never values."""

    rights = {STATISTICS: ("view",), OFFICE: ("view",)}
    list_display = ["table_set", "started_at", "cells", "primary", "secondary"]
    list_select_related = ["table_set"]
    list_filter = ["table_set"]
    fields = [
        "table_set",
        "started_at",
        "finished_at",
        "started_by",
        "rule",
        "cells",
        "primary",
        "secondary",
        "report",
        "failure",
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
