"""Freezing a figure, step by step on the server: indicator, area, period."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.models import Evidence
from herne_bildung.city.admin.pages import show
from herne_bildung.lib.row_numbers import is_row_number
from herne_bildung.lib.time_periods import in_words
from monitoring.admin.base import WORDLESS_RIGHTS, MonitoringAdmin
from monitoring.choices import FigureUse
from monitoring.findings.actions import NotFrozen, freeze_figure
from monitoring.in_words import shown
from monitoring.models import (
    Area,
    Category,
    Figure,
    Finding,
    Indicator,
    Observation,
    Release,
)
from monitoring.models.value import category_columns

# The newest periods; older ones are hardly what a finding rests on.
MOST_PERIODS = 200


class FigureForm(forms.Form):
    """Which figure; each step offers what the ones before leave."""

    use = forms.ChoiceField(label=gettext_lazy("what for"))
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(), label=gettext_lazy("indicator")
    )

    def __init__(self, data: Any, *, is_evidence: bool) -> None:
        super().__init__(data)
        uses = [FigureUse.EVIDENCE] if is_evidence else FigureUse.values[:2]
        self.fields["use"].choices = [(one, FigureUse(one).label) for one in uses]
        self.fields["indicator"].queryset = (
            Indicator.objects.published().with_figures().select_related("theme")
        )
        self.release = self._release(data)
        if self.release:
            self._ask_for_area(data)

    def _release(self, data: Any) -> Release | None:
        """The current one of the indicator of the first step."""
        number = data.get("indicator", "")
        if not is_row_number(number):
            return None
        return Release.objects.current().filter(indicator=number).first()

    def _ask_for_area(self, data: Any) -> None:
        release = self.release
        here = release.observations.filter(area=OuterRef("pk"))
        self.fields["area"] = forms.ModelChoiceField(
            Area.objects.filter(Exists(here)), label=_("area")
        )
        for row in release.indicator.breakdowns.select_related("dimension"):
            self.fields[f"category_{row.position}"] = forms.ModelChoiceField(
                row.dimension.categories.all(),
                label=row.dimension.name_de,
                required=False,
                empty_label=_("total"),
            )
        if is_row_number(data.get("area", "")):
            self._ask_for_period(data)

    def _ask_for_period(self, data: Any) -> None:
        rows = self._observations(data).order_by("-starts_on", "period")
        indicator = self.release.indicator
        self.fields["period"] = forms.ChoiceField(
            label=_("period"),
            choices=[
                (
                    row.period,
                    f"{in_words(row.period)}: {shown(row, 'de', indicator=indicator)}",
                )
                for row in rows[:MOST_PERIODS]
            ],
        )

    def _observations(self, data: Any) -> QuerySet[Observation]:
        return self.release.observations.filter(
            area=data["area"], **category_columns(self.chosen_categories(data))
        )

    def chosen_categories(self, data: Any) -> list[Category | None]:
        """Those of each breakdown; None is the total."""
        found = []
        for position in (1, 2, 3):
            number = data.get(f"category_{position}", "")
            field = self.fields.get(f"category_{position}")
            is_asked = field is not None and is_row_number(number)
            found.append(field.queryset.filter(pk=number).first() if is_asked else None)
        return found

    def clean(self) -> dict[str, Any]:
        """All steps are there."""
        if not self.is_last_step:
            raise forms.ValidationError(_("Please choose a figure."))
        return super().clean()

    @property
    def is_last_step(self) -> bool:
        return "period" in self.fields


@admin.register(Figure)
class FigureAdmin(MonitoringAdmin):
    """Frozen figures are added for a finding or a piece of evidence, and removed;
    nobody changes one. They have no list: they stand with what they belong to.
    """

    rights = WORDLESS_RIGHTS
    list_select_related = ["release__indicator", "area"]
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request)

    def delete_model(self, request: HttpRequest, obj: Figure) -> None:
        request.frozen_for = obj.finding or obj.evidence
        super().delete_model(request, obj)

    def response_delete(
        self, request: HttpRequest, obj_display: str, obj_id: int
    ) -> HttpResponse:
        """Back to what it belonged to."""
        messages.success(request, _("The figure is removed."))
        return redirect(_path_of(request.frozen_for))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The steps; the last one freezes the figure."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        owner = _owner(request)
        is_evidence = isinstance(owner, Evidence)
        form = FigureForm(request.POST, is_evidence=is_evidence)
        is_last = "freeze" in request.POST
        if is_last and form.is_valid():
            try:
                return self._freeze(request, form, owner)
            except NotFrozen as error:
                form.add_error(None, str(error))
        return show(
            request,
            "admin/monitoring/figure_new.html",
            _("Freeze a figure"),
            form=form,
            owner=owner,
            owner_path=_path_of(owner),
            shows_errors=is_last,
        )

    def _freeze(
        self, request: HttpRequest, form: FigureForm, owner: Finding | Evidence
    ) -> HttpResponse:
        values = form.cleaned_data
        is_evidence = isinstance(owner, Evidence)
        figure = freeze_figure(
            finding=None if is_evidence else owner,
            evidence=owner if is_evidence else None,
            indicator=values["indicator"],
            area=values["area"],
            period=values["period"],
            use=values["use"],
            categories=form.chosen_categories(form.data),
        )
        self.log_addition(request, figure, [{"added": {}}])
        messages.success(request, _("The figure is frozen."))
        return redirect(_path_of(owner))


def _owner(request: HttpRequest) -> Finding | Evidence:
    """What the address names."""
    for name, rows in (
        ("finding", Finding.objects),
        ("evidence", Evidence.objects.select_related("verdict__goal")),
    ):
        number = request.GET.get(name, "")
        if is_row_number(number) and (found := rows.filter(pk=number).first()):
            return found
    raise Http404


def _path_of(owner: Finding | Evidence) -> str:
    """Where it is edited."""
    if isinstance(owner, Evidence):
        return reverse("admin:goals_goalverdict_change", args=[owner.verdict_id])
    return reverse("admin:monitoring_finding_change", args=[owner.pk])
