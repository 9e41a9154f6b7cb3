"""Findings and indicators on pages of the action goals. The monitoring stands above
this app: it is reached by the relations that lead here alone.
"""

from typing import Any

from django.db.models import Model, Prefetch, Q, QuerySet
from django.urls import reverse

from goals.models import Goal
from herne_bildung.lib.localized import localized_entry

# So many are named; the monitoring has all.
MOST = 20


def published(model: type[Model], relation: str) -> QuerySet:
    """What everyone sees of the entries a relation leads back to."""
    return model._meta.get_field(relation).related_model.objects.published()


def with_findings(model: type[Model]) -> Prefetch:
    """Public findings of each row of a model."""
    return Prefetch("findings", published(model, "findings"))


def with_indicators(model: type[Model]) -> Prefetch:
    """Public indicators of each row of a model."""
    return Prefetch("indicators", published(model, "indicators"))


def finding_link(finding: Any, language: str) -> dict[str, Any]:
    """A finding as `goals/finding_links.html` has it."""
    return {
        "title": localized_entry(finding, "title", language),
        "url": reverse("finding", args=[finding.slug]),
    }


def indicator_link(indicator: Any, language: str) -> dict[str, Any]:
    """An indicator as `goals/finding_links.html` has it."""
    return {
        "title": localized_entry(indicator, "name", language),
        "url": reverse("indicator", args=[indicator.slug]),
    }


def links_of(entry: Any, language: str) -> dict[str, list[dict[str, Any]]]:
    """Findings and indicators of an entry fetched with both."""
    return {
        "findings": [finding_link(one, language) for one in entry.findings.all()],
        "indicators": [indicator_link(one, language) for one in entry.indicators.all()],
    }


def findings_where(wanted: Q, language: str) -> list[dict[str, Any]]:
    """Public findings, each once, the latest first; `wanted` begins at the finding."""
    found = published(Goal, "findings").filter(wanted).distinct()
    return [finding_link(one, language) for one in found[:MOST]]
