"""Reading district shapes from GeoJSON (RFC 7946, WGS 84), every mistake named."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from herne_bildung.city.importers.report import ImportRefused, Problem
from herne_bildung.lib import utm

LARGEST_FILE = 50_000_000  # bytes
LONGEST_CODE, LONGEST_NAME = 60, 100
# Germany with some room: longitude and latitude, lowest and highest.
LONGITUDES = (5.0, 16.0)
LATITUDES = (47.0, 56.0)


@dataclass(frozen=True, slots=True)
class Feature:
    """One district of a file. `parent` is a code or name, None where not given."""

    label: str
    name: str
    code: str
    parent: str | None
    geometry: dict[str, Any]


def read(
    path: Path, *, name_property: str, code_property: str, parent_property: str
) -> list[Feature]:
    """The districts of a file; without `parent_property` parents stay None.

    Raises ImportRefused with every mistake found.
    """
    collection = _load(path)
    problems: list[Problem] = []
    features: list[Feature] = []
    for number, raw in enumerate(_features(collection), start=1):
        feature = _feature(
            raw, number, (name_property, code_property, parent_property), problems
        )
        if feature:
            features.append(feature)
    problems += _repeated(features)
    if not features and not problems:
        problems.append(Problem("", "Die Datei enthält keine Flächen (features)."))
    if problems:
        raise ImportRefused(problems)
    return features


def _load(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ImportRefused([Problem(path.name, "größer als 50 MB")])
        text = path.read_bytes().decode("utf-8-sig")
        found = json.loads(text, parse_constant=_refuse_constant)
    except OSError as error:
        raise ImportRefused([Problem(str(path), error.strerror or "")]) from error
    except UnicodeDecodeError as error:
        raise ImportRefused(
            [Problem(f"Byte {error.start}", "kein UTF-8; GeoJSON ist immer UTF-8")]
        ) from error
    except json.JSONDecodeError as error:
        where = f"Zeile {error.lineno}, Spalte {error.colno}"
        raise ImportRefused([Problem(where, f"kein JSON: {error.msg}")]) from error
    except (ValueError, RecursionError) as error:
        raise ImportRefused([Problem(path.name, f"kein JSON: {error}")]) from error
    if not isinstance(found, dict) or found.get("type") != "FeatureCollection":
        raise ImportRefused([Problem(path.name, "keine GeoJSON-FeatureCollection")])
    return found


def _refuse_constant(name: str) -> None:
    """JSON has no NaN or Infinity, but Python reads them."""
    raise ValueError(f"{name} ist keine Zahl")


def _features(collection: dict[str, Any]) -> list[Any]:
    found = collection.get("features")
    if not isinstance(found, list):
        raise ImportRefused([Problem("", "„features“ fehlt oder ist keine Liste")])
    return found


def _feature(
    raw: Any, number: int, properties: tuple[str, str, str], problems: list[Problem]
) -> Feature | None:
    """A feature, or None with its mistakes added to `problems`."""
    label = f"Fläche {number}"
    if not isinstance(raw, dict) or not isinstance(raw.get("properties"), dict):
        problems.append(Problem(label, "hat keine Eigenschaften (properties)"))
        return None
    given = raw["properties"]
    name_property, code_property, parent_property = properties
    name = _text(given.get(name_property))
    if name and name.isprintable():
        label += f" „{name[:LONGEST_NAME]}“"
    code = _text(given.get(code_property))
    parent = _text(given.get(parent_property)) if parent_property else None
    whats = []
    for what, text, longest, wanted in (
        ("Name", name, LONGEST_NAME, name_property),
        ("Schlüssel", code, LONGEST_CODE, code_property),
        ("Übergeordnetes", parent, LONGEST_NAME, parent_property),
    ):
        if text == "":
            whats.append(f"{what} fehlt (Eigenschaft „{wanted}“)")
        elif text and (len(text) > longest or not text.isprintable()):
            whats.append(f"{what} ist zu lang oder unlesbar")
    geometry = raw.get("geometry")
    whats += dict.fromkeys(mistakes(geometry))
    problems += [Problem(label, what) for what in whats]
    if whats:
        return None
    return Feature(label, name, code, parent, _plain(geometry))


def _text(value: Any) -> str:
    """A property as text; numbers are codes too. Empty for what is missing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).split())


def mistakes(geometry: Any) -> Iterator[str]:
    """What is wrong with a geometry; nothing for a good one."""
    if not isinstance(geometry, dict):
        yield "hat keine Geometrie"
        return
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in {"Polygon", "MultiPolygon"}:
        yield f"ist weder Polygon noch MultiPolygon, sondern {str(kind)[:30]}"
        return
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        yield "hat keine Koordinaten"
        return
    for rings in polygons:
        if not isinstance(rings, list) or not rings:
            yield "hat keine Koordinaten"
            continue
        for ring in rings:
            yield from _ring_mistakes(ring)


def _ring_mistakes(ring: Any) -> Iterator[str]:
    if not isinstance(ring, list) or len(ring) < 4:
        yield "ein Ring hat weniger als vier Punkte"
        return
    if not all(map(_is_position, ring)):
        yield "eine Koordinate ist kein Zahlenpaar"
        return
    if ring[0][:2] != ring[-1][:2]:
        yield "ein Ring ist nicht geschlossen (erster und letzter Punkt verschieden)"
    if len({(x, y) for x, y, *_ in ring}) < 3:
        yield "ein Ring hat keine Fläche"
    for x, y, *_ in ring:
        if what := _position_mistake(x, y):
            yield what
            return


def _is_position(position: Any) -> bool:
    return (
        isinstance(position, list)
        and len(position) >= 2
        and all(
            isinstance(number, int | float)
            and not isinstance(number, bool)
            and abs(number) < 1e9
            and isfinite(number)
            for number in position[:2]
        )
    )


def _position_mistake(x: float, y: float) -> str:
    """What is wrong with a position; empty for one in Germany in degrees."""
    if _within(x, LONGITUDES) and _within(y, LATITUDES):
        return ""
    shown = f"{x}, {y}"
    if utm.is_plausible(x, y) or utm.is_plausible(y, x):
        return f"Koordinaten in Metern (UTM) statt in Grad (WGS 84): {shown}"
    if _within(y, LONGITUDES) and _within(x, LATITUDES):
        return f"Länge und Breite sind vertauscht: {shown}"
    if abs(x) > 180 or abs(y) > 90:
        return f"Koordinaten außerhalb von WGS 84: {shown}"
    return f"Koordinaten liegen nicht in Deutschland: {shown}"


def _within(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _plain(geometry: dict[str, Any]) -> dict[str, Any]:
    """Type and two-dimensional coordinates only."""

    def flat(part: list) -> list:
        if isinstance(part[0], list):
            return [flat(inner) for inner in part]
        return part[:2]

    return {"type": geometry["type"], "coordinates": flat(geometry["coordinates"])}


def _repeated(features: Iterable[Feature]) -> Iterator[Problem]:
    """Codes that come twice, and names that come twice in the same parent."""
    codes: dict[str, str] = {}
    names: dict[tuple[str, str | None], str] = {}
    for feature in features:
        if other := codes.get(feature.code):
            yield Problem(
                feature.label, f"Schlüssel „{feature.code}“ hat schon {other}"
            )
        elif other := names.get((feature.name.casefold(), feature.parent)):
            yield Problem(feature.label, f"gleicher Name im selben Gebiet wie {other}")
        codes.setdefault(feature.code, feature.label)
        names.setdefault((feature.name.casefold(), feature.parent), feature.label)
