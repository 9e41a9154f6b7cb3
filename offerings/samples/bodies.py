"""Invented organisations and places that samples belong to."""

from random import Random

from herne_bildung.city.models import District, Organisation, Place
from herne_bildung.lib.geo import Point, is_inside
from offerings.samples.words import ORGANISATIONS, UMBRELLA

NOTE = "Erfundenes Beispiel"


def slug_of(name: str) -> str:
    """The address of a sample body: its name, which has no umlauts to fold."""
    folded = name.lower().replace("ü", "ue").replace("ä", "ae").replace("ö", "oe")
    return folded.replace(" ", "-")


def ensure() -> tuple[list[Organisation], dict[int, list[Place]]]:
    """The sample bodies, and the places of each by its number; made where missing."""
    umbrella = organisation(UMBRELLA, "other", None)
    bodies, places = [], {}
    quarters = list(
        District.objects.filter(level=District.Level.QUARTER, shape__isnull=False)
    )
    position = 0
    for number, (name, kind, count) in enumerate(ORGANISATIONS):
        body = organisation(name, kind, umbrella if number < 3 else None)
        bodies.append(body)
        places[number] = []
        for _ in range(count):
            district = quarters[position % len(quarters)] if quarters else None
            position += 1
            places[number].append(place(name, position, district))
        body.places.set(places[number])
    return bodies, places


def organisation(
    name: str, kind: str, parent: Organisation | None = None
) -> Organisation:
    """A sample body; made where missing."""
    found, _ = Organisation.objects.get_or_create(
        slug=slug_of(name),
        defaults={
            "name_de": name,
            "description_de": "Diese Einrichtung ist erfunden und dient als Beispiel.",
            "kind": kind,
            "parent": parent,
            "source_title": NOTE,
            "is_sample": True,
        },
    )
    return found


def place(name: str, number: int, district: District | None) -> Place:
    """A place inside its district; the sample says which, so nothing is guessed."""
    point = _point_in(district, number)
    found, _ = Place.objects.get_or_create(
        seed_key=f"sample-{number}",
        is_sample=True,
        defaults={
            "name": name,
            "street": f"Beispielstraße {number}",
            "district": district,
            "is_district_chosen": district is not None,
            "latitude": point and point.latitude,
            "longitude": point and point.longitude,
            "is_accessible": [True, True, None, False][number % 4],
            "source_title": NOTE,
        },
    )
    return found


def _point_in(district: District | None, number: int) -> Point | None:
    if district is None:
        return None
    random = Random(number)  # noqa: S311  samples, not secrets
    middle = Point(district.latitude, district.longitude)
    for _ in range(50):
        point = Point(
            round(middle.latitude + random.uniform(-0.006, 0.006), 6),
            round(middle.longitude + random.uniform(-0.009, 0.009), 6),
        )
        if is_inside(point, district.shape):
            return point
    return middle
