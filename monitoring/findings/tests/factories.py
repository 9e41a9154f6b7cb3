"""Findings for tests; every value can be given. All is published."""

from datetime import date
from itertools import count
from typing import Any

from goals.choices import Publication
from goals.models import Body
from monitoring.choices import FigureUse
from monitoring.findings.actions import freeze_figure
from monitoring.models import (
    Area,
    Decision,
    Discussion,
    Figure,
    Finding,
    Indicator,
)
from monitoring.tests.factories import (
    make_area,
    make_indicator,
    make_observation,
    make_release,
)

_numbers = count(1)


def make_finding(title: str = "", **values: Any) -> Finding:
    number = next(_numbers)
    values.setdefault("state", Publication.PUBLISHED)
    values.setdefault("slug", f"erkenntnis-{number}")
    values.setdefault("found_on", date(2026, 11, 2))
    return Finding.objects.create(title_de=title or f"Erkenntnis {number}", **values)


def make_figure(
    finding: Finding | None = None,
    value: Any = "12.5",
    *,
    indicator: Indicator | None = None,
    area: Area | None = None,
    period: str = "2022",
    use: str = FigureUse.BASIS,
    **values: Any,
) -> Figure:
    """A frozen figure of the current release, which is made where there is none."""
    indicator = indicator or make_indicator()
    area = area or make_area("Herne")
    release = indicator.releases.filter(state="published").first()
    make_observation(release or make_release(indicator), area, period, value)
    return freeze_figure(
        indicator=indicator,
        area=area,
        period=period,
        use=use,
        finding=finding,
        **values,
    )


def make_discussion(finding: Finding, body: Body, **values: Any) -> Discussion:
    values.setdefault("on", date(2026, 11, 9))
    return Discussion.objects.create(finding=finding, body=body, **values)


def make_decision(finding: Finding, text: str = "Wir handeln.", **values: Any):
    values.setdefault("on", date(2026, 11, 16))
    return Decision.objects.create(finding=finding, text_de=text, **values)
