"""Early warnings: rules with a trial run, and what they hit."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from monitoring.admin.base import WORDLESS_RIGHTS, MonitoringAdmin
from monitoring.choices import OF_HERNE, Level, RuleKind
from monitoring.models import Indicator, WarningHit, WarningRule
from monitoring.warnings import words
from monitoring.warnings.rules import matches
from monitoring.warnings.waking import wake_worker

TRY = "_try"
# Counties are there to be compared with in a rank.
LEVELS = [(level.value, level.label) for level in (*OF_HERNE, Level.COUNTY)]


class WarningRuleForm(forms.ModelForm):
    """A rule. Where it is only tried out it is never saved."""

    levels = forms.MultipleChoiceField(
        label=_("levels"),
        choices=LEVELS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Hits are of Herne alone; counties are there to be compared with. Single "
            "schools are never looked at."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "levels" in self.fields:
            self.fields["levels"].label = capfirst(_("levels"))
        if "indicator" in self.fields:
            self.fields["indicator"].queryset = Indicator.objects.order_by("name_de")

    def clean(self) -> dict[str, Any]:
        """A trend has no limit: one that was typed before is left out."""
        found = super().clean()
        if found.get("kind") == RuleKind.TREND:
            found["threshold"] = None
        return found

    @property
    def is_trial(self) -> bool:
        return TRY in self.data

    def is_valid(self) -> bool:
        """A rule that is tried is shown again with what it hits, whatever it is."""
        return super().is_valid() and not self.is_trial


@admin.register(WarningRule)
class WarningRuleAdmin(MonitoringAdmin):
    """What staff want to be told of. Rules are switched off, not deleted: their hits
    would come back.
    """

    rights = WORDLESS_RIGHTS
    form = WarningRuleForm
    change_form_template = "admin/monitoring/warning_form.html"
    list_display = ["name", "indicator", "kind", "side", "threshold", "is_active"]
    list_filter = ["is_active", "kind"]
    list_select_related = ["indicator"]
    search_fields = ["name", "indicator__name_de"]
    fieldsets = [
        (None, {"fields": ["indicator", "name", "is_active"]}),
        (
            _("What does it look for?"),
            {"fields": [("kind", "side"), ("threshold", "periods"), "levels"]},
        ),
    ]

    def formfield_for_dbfield(
        self, db_field: Field, request: HttpRequest, **options: Any
    ) -> Any:
        if db_field.name == "periods":
            options |= {"min_value": 2, "max_value": 20}
        return super().formfield_for_dbfield(db_field, request, **options)

    def save_model(
        self, request: HttpRequest, obj: WarningRule, form: Any, change: bool
    ) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)
        # What it hits today is there at once, as a draft.
        wake_worker([obj.indicator_id])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        """With what the rule would hit today, where somebody asked."""
        form = context["adminform"].form
        context["may_try"] = self.has_add_permission(request)
        if getattr(form, "is_trial", False) and not form.errors:
            rule = form.instance
            context["trial"] = {
                "sought": words.sought(rule),
                "found": [words.found(rule, match) for match in matches(rule)],
            }
        return super().render_change_form(request, context, *args, **options)


@admin.register(WarningHit)
class WarningHitAdmin(MonitoringAdmin):
    """What rules hit: to read. Each leads to its draft."""

    rights = WORDLESS_RIGHTS
    list_display = ["rule", "area", "period", "found_at", "draft"]
    list_filter = ["rule"]
    list_select_related = ["rule", "area", "finding"]
    date_hierarchy = "found_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("finding"))
    def draft(self, hit: WarningHit) -> str:
        if hit.finding is None:
            return "–"
        address = reverse("admin:monitoring_finding_change", args=[hit.finding_id])
        return format_html('<a href="{}">{}</a>', address, hit.finding)
