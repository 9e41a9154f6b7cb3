"""A small city: two boroughs, one with a quarter."""

from typing import Any

from herne_bildung.city.models import District
from monitoring.models import Area

SHAPE = {
    "type": "Polygon",
    "coordinates": [[[7.1, 51.5], [7.2, 51.5], [7.2, 51.6], [7.1, 51.6], [7.1, 51.5]]],
}


def make_part(name: str, level: str, parent: Area | None = None, **values: Any) -> Area:
    """A district with its area; the key is level and name."""
    district = District.objects.create(
        name=name,
        level=level,
        code=name.lower(),
        parent=parent and parent.district,
        **values,
    )
    return Area.objects.create(
        key=district.key, name=name, level=level, district=district, parent=parent
    )


def make_city() -> tuple[Area, Area, Area, Area]:
    """Herne, its boroughs Nord (with the quarter Dorf) and Süd, of which only Nord and
    Süd have shapes, placeholders.
    """
    shape = {"shape": SHAPE, "shape_quality": "placeholder", "source_title": "Skizze"}
    herne = make_part("Herne", "stadt")
    nord = make_part("Nord", "stadtbezirk", herne, **shape)
    sued = make_part("Sued", "stadtbezirk", herne, **shape)
    return herne, nord, sued, make_part("Dorf", "ortsteil", nord)
