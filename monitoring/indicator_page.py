"""One indicator as its page shows it."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict

from herne_bildung.lib.localized import Text, localized_entry
from monitoring.models import Indicator, Release


@dataclass(slots=True)
class IndicatorPage:
    """What `monitoring/indicator.html` shows. `entry` is the indicator itself,
    `release` the one whose values are shown: the current one, or that of the address.
    """

    entry: Indicator
    release: Release | None
    name: Text
    question: Text


def indicators_for_page() -> QuerySet[Indicator]:
    """Public indicators with all their page shows."""
    return Indicator.objects.published().select_related("theme")


def indicator_page(
    indicator: Indicator,
    data: QueryDict,
    path: str,
    language: str,
    *,
    release: Release | None = None,
) -> IndicatorPage:
    """Everything the page of an indicator shows, in a language; with `release` that
    of its permanent address.
    """
    if release is None:
        release = Release.objects.current().filter(indicator=indicator).first()
    return IndicatorPage(
        entry=indicator,
        release=release,
        name=localized_entry(indicator, "name", language),
        question=localized_entry(indicator, "question", language),
    )
