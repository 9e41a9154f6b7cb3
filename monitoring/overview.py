"""The overview of the monitoring: themes with their indicators."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from herne_bildung.lib.localized import localized_entry
from monitoring.in_words import indicator_url
from monitoring.models import Indicator


@dataclass(slots=True)
class Overview:
    """What `monitoring/overview.html` shows."""

    path: str
    indicators: list[dict[str, Any]]


def overview(data: QueryDict, path: str, language: str) -> Overview:
    """The indicators for an address."""
    return Overview(
        path,
        [
            {"name": localized_entry(one, "name", language), "url": indicator_url(one)}
            for one in Indicator.objects.published()
        ],
    )
