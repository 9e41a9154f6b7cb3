"""Findings somebody should look after: one saying for filters of lists and for the
start of the administration. What concerns measures and goals stands in
`goals.care_lists`.
"""

from datetime import date

from django.db.models import QuerySet

from goals.choices import Publication
from monitoring.choices import FindingOrigin
from monitoring.querysets import FindingQuerySet


def without_decision(findings: FindingQuerySet, day: date) -> QuerySet:
    """Open ones that people wrote or took over, on which nobody has decided."""
    return findings.without_decision().exclude(
        origin=FindingOrigin.WARNING, state=Publication.DRAFT
    )


def from_warnings(findings: FindingQuerySet, day: date) -> QuerySet:
    """Drafts that rules wrote and nobody has looked at yet."""
    return findings.filter(
        origin=FindingOrigin.WARNING, state=Publication.DRAFT, closed_on=None
    )
