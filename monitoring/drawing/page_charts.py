"""The charts of an indicator: what each shows, its table, its addresses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from herne_bildung.lib import time_periods
from herne_bildung.lib.addresses import address
from herne_bildung.lib.localized import Text
from monitoring.choices import Level, ValueState
from monitoring.drawing.bars import Row, bar_chart, in_order
from monitoring.drawing.lines import line_chart
from monitoring.drawing.maps import district_map, placeholder_note
from monitoring.drawing.marks import MOST_SERIES
from monitoring.drawing.material import Material, material_of_page
from monitoring.drawing.multiples import MOST_PANELS, small_multiples
from monitoring.drawing.page_map import map_shapes
from monitoring.drawing.picture import Drawing
from monitoring.drawing.timeline import Mark
from monitoring.in_words import ShownValue, release_url
from monitoring.models import Area, Release
from monitoring.series import Point, Series, series_of

BROAD, NARROW = 760, 320
Draw = Callable[[str, float], Drawing]


@dataclass(frozen=True)
class Chart:
    """One chart as `components/drawing.html` has it. `rows` are the table of the same
    values; `notice` is said beside the picture, `credit` names the source of shapes.
    """

    key: str
    heading: str
    draw: Draw
    head: Sequence[str | Text]
    rows: Sequence[Sequence[str | Text]]
    marks: Sequence[Mark] = ()
    notice: str = ""
    urls: dict[str, str] = field(default_factory=dict)

    @cached_property
    def broad(self) -> Drawing:
        return self.draw(f"{self.key}-broad", BROAD)

    @cached_property
    def narrow(self) -> Drawing:
        return self.draw(f"{self.key}-narrow", NARROW)

    @property
    def title(self) -> str:
        """Of the table and of frames: the indicator, and what is shown."""
        return self.broad.title

    @property
    def remarks(self) -> list[dict[str, object]]:
        """What the numbers in the picture stand for."""
        return [
            {"number": mark.number, "title": mark.title, "reason": mark.reason}
            for mark in self.marks
        ]

    @property
    def embed_code(self) -> str:
        """The line of HTML that shows the chart on other sites."""
        return format_html(
            '<iframe src="{}" title="{}" width="100%" height="640" loading="lazy">'
            "</iframe>",
            f"{settings.PUBLIC_ADDRESS}{self.urls['embed']}",
            self.title,
        )


def charts_of(page) -> list[Chart]:
    """The charts of the page of an indicator (`indicator_page.IndicatorPage`); none
    where it shows no values. Two queries at most: shapes, series of districts.
    """
    return [] if page.release is None else charts(material_of_page(page))


def charts(material: Material) -> list[Chart]:
    """All charts there are values for, in reading order."""
    made = (make(material) for make in MAKERS.values())
    return [chart for chart in made if chart is not None]


def chart_of(material: Material, key: str) -> Chart | None:
    """One of them."""
    return MAKERS[key](material) if key in MAKERS else None


def over_time(material: Material) -> Chart | None:
    """Herne and up to four others as lines."""
    series = [one for one in material.series if one.points][:MOST_SERIES]
    if len({point.period for one in series for point in one.points}) < 2:
        return None
    subject = material.subject
    return Chart(
        "verlauf",
        _("Over time"),
        lambda name, width: line_chart(name, subject, series, width=width),
        *_table_over_time(material, series),
        marks=subject.marks,
        urls=urls(material, "verlauf"),
    )


def comparison(material: Material) -> Chart | None:
    """All areas of the level in the period as bars; single schools are not ranked."""
    areas, period = material.areas, material.chosen.period
    if len(areas) < 2 or not is_known(material, areas):
        return None
    rows = [
        Row(
            material.name_of(area),
            material.points.get(area.pk),
            is_main=area.level == Level.CITY,
        )
        for area in areas
    ]
    subject = material.subject
    is_ranked = material.chosen.level != Level.SCHOOL
    return Chart(
        "vergleich",
        _("Areas compared"),
        lambda name, width: bar_chart(
            name, subject, period, rows, width=width, is_ranked=is_ranked
        ),
        [_("Area"), time_periods.in_words(period)],
        [
            [row.label, cell(subject.shown(row.point))]
            for row in in_order(rows, is_ranked=is_ranked)
        ],
        urls=urls(material, "vergleich"),
    )


def on_a_map(material: Material) -> Chart | None:
    """The districts of a level on a map, or Herne and its neighbours."""
    if not is_known(material, material.chosen.areas):
        return None
    found = map_shapes(material)
    if found is None:
        return None
    subject, period, places = material.subject, material.chosen.period, found.places
    return Chart(
        "karte",
        _("Map"),
        lambda name, width: district_map(
            name,
            subject,
            period,
            places,
            width=width,
            source=found.credit,
            neighbours=found.neighbours,
        ),
        [_("Area"), time_periods.in_words(period)],
        [[place.label, cell(subject.shown(place.point))] for place in places],
        notice=placeholder_note() if any(p.is_placeholder for p in places) else "",
        urls=urls(material, "karte"),
    )


def is_known(material: Material, areas: Sequence[Area]) -> bool:
    """Whether the release says anything of one of these in the period: pictures of
    nothing are not drawn.
    """
    points = (material.points.get(area.pk) for area in areas)
    return any(one and one.state != ValueState.NOT_AVAILABLE for one in points)


def by_district(material: Material) -> Chart | None:
    """Each district over time, the city as a thin line in all of them."""
    found = material.chosen
    if not material.has_districts or len(found.periods) < 2:
        return None
    series = series_of(
        material.release,
        found.areas[:MOST_PANELS],
        found.categories,
        language=material.language,
    )
    if len([one for one in series if one.points]) < 2:
        return None
    subject = material.subject
    city = [one for one in material.series if one.area == found.city and one.points]
    reference = city[0] if city else None
    return Chart(
        "bezirke",
        _("District by district"),
        lambda name, width: small_multiples(
            name, subject, series, reference, width=width
        ),
        *_table_over_time(material, [*city[:1], *series]),
        marks=subject.marks,
        urls=urls(material, "bezirke"),
    )


# By the word in addresses, in reading order.
MAKERS: dict[str, Callable[[Material], Chart | None]] = {
    "verlauf": over_time,
    "vergleich": comparison,
    "karte": on_a_map,
    "bezirke": by_district,
}


def urls(material: Material, key: str) -> dict[str, str]:
    """Permanent addresses of a chart, with the reader's choice."""
    return chart_urls(material.release, key, material.chosen.parameters)


def chart_urls(release: Release, key: str, parameters=()) -> dict[str, str]:
    where = [release.indicator.slug, release.number]
    kept = [pair for pair in parameters if pair[0] not in ("page", "areas_page")]
    return {
        "svg": address(reverse("indicator_chart", args=[*where, key, "svg"]), kept),
        "png": address(reverse("indicator_chart", args=[*where, key, "png"]), kept),
        "embed": address(reverse("indicator_embed", args=[*where, key]), kept),
        "release": address(release_url(release.indicator, release.number), kept),
    }


def cell(value: ShownValue) -> str | SafeString:
    """A value in a table; a mark is read aloud in words."""
    if not value.mark:
        return value.text
    return format_html(
        '<span class="value__mark value__mark--{}" aria-hidden="true">{}</span>'
        '<span class="kern-sr-only">{}</span>',
        value.state,
        value.mark,
        value.spoken,
    )


def _table_over_time(
    material: Material, series: Sequence[Series]
) -> tuple[list[str | Text], list[list[str | Text]]]:
    """Periods, the newest first, by areas."""
    by_period: list[dict[str, Point]] = [
        {point.period: point for point in one.points} for one in series
    ]
    held = {point.period: point.starts_on for one in series for point in one.points}
    rows = [
        [
            time_periods.in_words(period),
            *(cell(material.subject.shown(points.get(period))) for points in by_period),
        ]
        for period in sorted(held, key=lambda one: held[one], reverse=True)
    ]
    return [_("Period"), *(one.label for one in series)], rows
