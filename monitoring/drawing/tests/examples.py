"""An indicator by boroughs, with the city, all four states, and placeholder shapes."""

from typing import Any

from herne_bildung.city.models import District
from monitoring.choices import BreakKind, Level, ValueState
from monitoring.models import Area, Indicator, Release, SeriesBreak
from monitoring.tests.factories import (
    make_area,
    make_indicator,
    make_observation,
    make_release,
)

NAMES = ("Wanne", "Eickel", "Herne-Mitte", "Sodingen")


def make_boroughs(count: int = 4) -> list[Area]:
    """Areas of boroughs side by side, each a square."""
    city, _ = District.objects.get_or_create(
        level=District.Level.CITY, code="probe", defaults={"name": "Herne"}
    )
    return [
        make_area(
            name,
            key=f"bezirk-{at}",
            level=Level.BOROUGH,
            order=at,
            district=District.objects.create(
                level=District.Level.BOROUGH,
                code=f"probe-{at}",
                name=name,
                parent=city,
                shape=square(7.1 + at / 10),
                shape_quality=District.ShapeQuality.PLACEHOLDER,
                source_title="Eigene Zeichnung",
                licence="dl-de/by-2-0",
            ),
        )
        for at, name in enumerate(NAMES[:count])
    ]


def square(west: float) -> dict[str, Any]:
    ring = [(west, 51.5), (west + 0.1, 51.5), (west + 0.1, 51.6), (west, 51.6)]
    return {"type": "Polygon", "coordinates": [[*map(list, ring), list(ring[0])]]}


def make_district_release(**values: Any) -> Release:
    """2020 to 2022; in 2022 Eickel is secret, of Herne-Mitte nothing is said, for
    Sodingen it makes no sense. A break in 2021.
    """
    indicator: Indicator = make_indicator(
        "Kinder", slug="kinder", levels=[Level.CITY, Level.BOROUGH], licence="dl-zero"
    )
    release = make_release(indicator, **values)
    herne = Area.objects.filter(level=Level.CITY).first()
    herne = herne or make_area("Herne", key="herne", level=Level.CITY)
    wanne, eickel, _middle, sodingen = make_boroughs()
    for year, value in (("2020", 10), ("2021", 12), ("2022", 14)):
        make_observation(release, herne, year, value)
        make_observation(release, wanne, year, value + 5)
    make_observation(release, eickel, "2021", 20)
    make_observation(release, eickel, "2022")
    make_observation(release, sodingen, "2022", state=ValueState.NOT_APPLICABLE)
    SeriesBreak.objects.create(
        indicator=indicator,
        kind=BreakKind.BREAK,
        period="2021",
        reason_de="Neu gezählt",
    )
    return release
