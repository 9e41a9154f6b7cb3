"""What the page for frames of other sites shows: one chart, and whose it is."""

from dataclasses import dataclass

from django.conf import settings

from herne_bildung.lib.localized import Text, localized_entry
from monitoring.drawing.files import state_in_words
from monitoring.drawing.material import Material
from monitoring.drawing.page_charts import Chart
from monitoring.in_words import legend, release_url
from monitoring.models import Release


@dataclass(frozen=True, slots=True)
class Embedded:
    """`chart` is None for a withdrawn release; `reason` says why."""

    name: Text
    source: str
    state: str
    link: str
    is_sample: bool
    chart: Chart | None = None
    reason: Text | None = None

    @property
    def legend(self) -> list[dict[str, str]]:
        """What the signs of its table mean."""
        return legend()


def embedded(chart: Chart, material: Material) -> Embedded:
    link = chart.urls["release"]
    return _embedded(material.release, material.language, link, chart=chart)


def withdrawn(release: Release, language: str) -> Embedded:
    link = release_url(release.indicator, release.number)
    reason = localized_entry(release, "withdrawn_because", language)
    return _embedded(release, language, link, reason=reason)


def _embedded(release: Release, language: str, link: str, **more) -> Embedded:
    indicator = release.indicator
    return Embedded(
        name=localized_entry(indicator, "name", language),
        source=", ".join(filter(None, [indicator.source_title, indicator.licence])),
        state=state_in_words(release, language),
        link=f"{settings.PUBLIC_ADDRESS}{link}",
        is_sample=release.is_sample or indicator.is_sample,
        **more,
    )
