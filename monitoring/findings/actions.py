"""Freezing a figure: what a finding or a verdict rests on stays as it was."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from goals.models import Evidence
from monitoring.choices import FigureUse, ValueState
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


class NotFrozen(ValueError):
    """There is no such public figure, or it can be no basis; the message says why."""


def freeze_figure(
    *,
    indicator: Indicator,
    area: Area,
    period: str,
    use: str,
    finding: Finding | None = None,
    evidence: Evidence | None = None,
    categories: Sequence[Category | None] = (),
) -> Figure:
    """Copy a public value of the current release to a finding or a piece of evidence;
    once the same, however often it is called.

    What is kept secret, or is not there, is no basis: nobody can see what it says. As
    what came of something, or as evidence, it is frozen with its state.

    Raises NotFrozen.
    """
    release = Release.objects.current().filter(indicator=indicator).first()
    if release is None:
        raise NotFrozen(_("This indicator has no current release."))
    cell = Observation.objects.public().filter(
        release=release, area=area, period=period, **category_columns(categories)
    )
    found = cell.first()
    if found is None:
        raise NotFrozen(_("The current release has no such value."))
    if use == FigureUse.BASIS and found.state != ValueState.VALUE:
        raise NotFrozen(
            _("A finding cannot rest on this value: %(state)s.")
            % {"state": found.get_state_display()}
        )
    last = Figure.objects.filter(finding=finding, evidence=evidence, use=use).last()
    figure, _is_new = Figure.objects.get_or_create(
        finding=finding,
        evidence=evidence,
        use=use,
        release=release,
        area=area,
        period=period,
        **category_columns(categories),
        defaults={
            "state": found.state,
            "value": found.value,
            "order": last.order + 1 if last else 0,
        },
    )
    return figure
