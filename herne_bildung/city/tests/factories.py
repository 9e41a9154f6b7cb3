"""Plain test data of the city; every value can be given, the rest is filled in."""

from itertools import count
from typing import Any

from django.contrib.auth.models import Group

from herne_bildung.city.models import (
    District,
    Membership,
    Organisation,
    Place,
    School,
    User,
)

_numbers = count(1)
PASSWORD = "ein langes Passwort 1"


def square(west: float, south: float, size: float = 0.01) -> dict[str, Any]:
    """A square as GeoJSON geometry; degrees."""
    east, north = round(west + size, 6), round(south + size, 6)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def make_city() -> District:
    """The one district without a parent; made when first asked for."""
    return District.objects.filter(level="stadt").first() or District.objects.create(
        level="stadt", code="herne", name="Herne"
    )


def make_district(name: str = "", **values: Any) -> District:
    """A borough of the city unless `level` and `parent` say otherwise."""
    number = next(_numbers)
    values.setdefault("level", "stadtbezirk")
    values.setdefault("code", f"teil-{number}")
    if values["level"] != "stadt" and "parent" not in values:
        values["parent"] = make_city()
    if values.get("shape"):
        values.setdefault("shape_quality", "placeholder")
    return District.objects.create(name=name or f"Bezirk {number}", **values)


def make_place(name: str = "", **values: Any) -> Place:
    number = next(_numbers)
    values.setdefault("street", f"Beispielstraße {number}")
    values.setdefault("postal_code", "44623")
    return Place.objects.create(name=name, **values)


def make_organisation(name: str = "", **values: Any) -> Organisation:
    number = next(_numbers)
    values.setdefault("slug", f"organisation-{number}")
    values.setdefault("kind", Organisation.Kind.EDUCATION)
    values.setdefault("name_de", name or f"Träger {number}")
    return Organisation.objects.create(**values)


def make_school(name: str = "", **values: Any) -> School:
    number = next(_numbers)
    values.setdefault("number", f"{900_000 + number}")
    values.setdefault("slug", f"schule-{number}")
    values.setdefault("form", School.Form.PRIMARY)
    if "place" not in values:
        values["place"] = make_place()
    return School.objects.create(name=name or f"Schule {number}", **values)


def make_user(username: str = "", *groups: str, **values: Any) -> User:
    """Someone of the administration; with `password=PASSWORD` they can sign in, which
    takes half a second to make. Groups must exist: `actions.ensure_groups()`.
    """
    values.setdefault("is_staff", True)
    values.setdefault("password", None)
    user = User.objects.create_user(username or f"person-{next(_numbers)}", **values)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def make_membership(
    user: User, organisation: Organisation, role: str = Membership.Role.EDITOR
) -> Membership:
    return Membership.objects.create(user=user, organisation=organisation, role=role)
