"""What the map of an indicator shows: districts of Herne, or Herne among the places
around it.
"""

from dataclasses import dataclass
from typing import Any

from herne_bildung.city.models import District
from herne_bildung.lib.localized import Text, german
from monitoring.choices import Level
from monitoring.drawing.maps import Place
from monitoring.drawing.material import Material
from monitoring.models import Area
from monitoring.series import area_name


@dataclass(frozen=True, slots=True)
class MapShapes:
    """`places` have values; `neighbours` are outlines around them, nothing else."""

    places: list[Place]
    neighbours: list[tuple[Text, dict[str, Any]]]
    credit: str


def map_shapes(material: Material) -> MapShapes | None:
    """Two queries; None where fewer than two places have shapes. All districts of a
    level are there, those without a value, too.
    """
    has_districts = material.has_districts
    if not has_districts and not material.chosen.is_wide:
        return None
    level = material.chosen.level if has_districts else Level.CITY
    shapes = District.objects.filter(level=level, shape__isnull=False)
    districts = list(shapes.order_by("order", "key"))
    own = [*material.chosen.areas, *([material.chosen.city] * (not has_districts))]
    areas = {area.district_id: area.pk for area in own if area and area.district_id}
    if len(districts) < (2 if has_districts else 1):
        return None
    places = [
        Place(
            german(one.name, material.language),
            one.shape,
            material.points.get(areas.get(one.pk)),
            one.shape_quality == District.ShapeQuality.PLACEHOLDER,
        )
        for one in districts
    ]
    around = list(Area.objects.filter(is_neighbour=True, shape__isnull=False))
    compared = {area.pk for area in own if area}
    neighbours = []
    for area in around:
        name = area_name(area, material.language)
        if area.pk in compared:
            places.append(Place(name, area.shape, material.points.get(area.pk)))
        else:
            neighbours.append((name, area.shape))
    if len(places) < 2:
        return None
    credits = dict.fromkeys(
        ", ".join(filter(None, [one.source_title, one.licence]))
        for one in [*districts[:1], *around]
    )
    return MapShapes(places, neighbours, "; ".join(filter(None, credits)))
