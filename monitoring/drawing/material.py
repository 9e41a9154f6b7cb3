"""What the charts of a release are made of: the choice of an address, its values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from herne_bildung.lib.localized import Text
from monitoring.choices import Level, ReleaseState
from monitoring.drawing.subject import Subject, marks_of
from monitoring.filters import Chosen, chosen
from monitoring.models import Area, Indicator, Release
from monitoring.series import Point, Series, area_name, series_of, values_of

# Districts are compared over time; of single schools there would be too many pictures.
SMALL_LEVELS = (Level.BOROUGH, Level.QUARTER, Level.STATISTICAL)
MOST_AREAS = 60


@dataclass(frozen=True, slots=True)
class Material:
    """`series` are Herne and what it is compared with, over time; `points` the values
    of all areas of the level in the chosen period, by the area's id.
    """

    subject: Subject
    release: Release
    chosen: Chosen
    series: Sequence[Series]
    points: Mapping[int, Point]

    @property
    def indicator(self) -> Indicator:
        return self.subject.indicator

    @property
    def language(self) -> str:
        return self.subject.language

    @property
    def areas(self) -> list[Area]:
        """What stands beside each other in a period: Herne first."""
        city = [self.chosen.city] if self.chosen.city else []
        return [*city, *self.chosen.areas][:MOST_AREAS]

    @property
    def has_districts(self) -> bool:
        return self.chosen.level in SMALL_LEVELS

    def name_of(self, area: Area) -> Text:
        return area_name(area, self.language)


def material_of_page(page) -> Material:
    """From `indicator_page.IndicatorPage`, which has read all values already."""
    return Material(
        Subject(
            page.entry,
            page.language,
            marks_of(page.entry.breaks.all(), page.language),
            page.chosen.categories,
        ),
        page.release,
        page.chosen,
        page.series,
        page.points,
    )


def release_of(slug: str, number: int) -> Release:
    """A release with a public address; 404 for any other."""
    releases = Release.objects.shown().select_related("indicator")
    found = releases.prefetch_related(
        "indicator__breaks", "indicator__breakdowns__dimension__categories"
    )
    if number > 32767:
        raise Http404
    return get_object_or_404(found, indicator__slug=slug, number=number)


def material_of(release: Release, data: QueryDict, language: str) -> Material | None:
    """The values an address asks for; None where the release is withdrawn."""
    if release.state == ReleaseState.WITHDRAWN:
        return None
    indicator = release.indicator
    found = chosen(indicator, release, data, language)
    series = series_of(release, found.in_series, found.categories, language=language)
    areas = [*([found.city] if found.city else []), *found.areas]
    points = (
        values_of(release, found.period, areas, found.categories)
        if found.period
        else {}
    )
    marks = marks_of(indicator.breaks.all(), language)
    subject = Subject(indicator, language, marks, found.categories)
    return Material(subject, release, found, series, points)
