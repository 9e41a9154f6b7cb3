"""Findings on the pages of what they are about: indicators and districts."""

from typing import Any

from django.db.models import Q
from django.urls import reverse

from herne_bildung.city.models import District
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.localized import localized_entry
from monitoring.findings.stages import stage_badge, with_stage
from monitoring.models import Finding, Indicator
from monitoring.querysets import FindingQuerySet

# So many are named; the list of findings has all.
MOST = 10


def findings_of_indicator(indicator: Indicator, language: str) -> list[dict[str, Any]]:
    """Public findings that rest on a figure of the indicator, the latest first, as
    `monitoring/findings/linked.html` has them; one query.
    """
    return _links(
        Finding.objects.filter(figures__release__indicator=indicator), language
    )


def findings_of_district(district: District, language: str) -> list[dict[str, Any]]:
    """The same of a district: named in the finding, or its figures are of there."""
    return _links(of_districts([district.pk]), language)


def of_districts(districts: list[int]) -> FindingQuerySet:
    """Findings about one of these districts, by their ids."""
    is_there = Q(districts__in=districts) | Q(figures__area__district__in=districts)
    return Finding.objects.filter(is_there)


def _links(findings: FindingQuerySet, language: str) -> list[dict[str, Any]]:
    ids = findings.order_by().values("pk")
    shown = with_stage(Finding.objects.published().filter(pk__in=ids))
    return [finding_link(one, language) for one in shown[:MOST]]


def finding_link(finding: Finding, language: str) -> dict[str, Any]:
    """A finding `with_stage` among others."""
    return {
        "title": localized_entry(finding, "title", language),
        "url": reverse("finding", args=[finding.slug]),
        "day": day_in_words(finding.found_on, language),
        "badge": stage_badge(finding),
        "is_sample": finding.is_sample,
    }
