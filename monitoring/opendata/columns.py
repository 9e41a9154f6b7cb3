"""What stands in the columns of a file of values, in German words."""

from dataclasses import dataclass, field
from typing import Any

from monitoring.choices import Level, ValueState
from monitoring.in_words import CODES
from monitoring.models import Category, Dimension, Indicator, IndicatorDimension

# What stands in the column `state`, and what it means.
STATES = {
    **CODES,
    ValueState.VALUE: "value",
}
MEANINGS = {
    ValueState.VALUE: "ein Wert; 0 ist eine echte Null",
    ValueState.SUPPRESSED: "geheim: unterdrückt, um Menschen zu schützen",
    ValueState.NOT_AVAILABLE: "nicht vorhanden: nicht erhoben, oder liegt nicht vor",
    ValueState.NOT_APPLICABLE: "nicht sinnvoll: gibt es hier nicht",
}
LEVELS = {
    Level.SCHOOL: "einzelne Schule",
    Level.STATISTICAL: "statistischer Bezirk",
    Level.QUARTER: "Ortsteil",
    Level.BOROUGH: "Stadtbezirk",
    Level.CITY: "Stadt Herne",
    Level.MUNICIPALITY: "Gemeinde",
    Level.COUNTY: "Kreis oder kreisfreie Stadt",
}
EMPTY = "leer: kein Eintrag; bei Werten sagt die Spalte state, warum"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its name, type (as Table Schema has it) and meaning.
    `options` are the keys it can have, with their words.
    """

    name: str
    type: str
    title: str
    description: str
    options: tuple[tuple[str, str], ...] = ()
    is_required: bool = False
    extra: dict[str, Any] = field(default_factory=dict)

    def described(self) -> dict[str, Any]:
        """The column as a field of a Table Schema."""
        found: dict[str, Any] = {
            "name": self.name,
            "type": self.type,
            "title": self.title,
            "description": self.description,
        }
        constraints: dict[str, Any] = {}
        if self.is_required:
            constraints["required"] = True
        if self.options:
            constraints["enum"] = [key for key, _label in self.options]
            found["categories"] = [
                {"value": key, "label": label} for key, label in self.options
            ]
        if constraints:
            found["constraints"] = constraints
        return found | self.extra


def _text(name: str, title: str, description: str, **more: Any) -> Column:
    return Column(name, "string", title, description, **more)


def _number(name: str, title: str, description: str, **more: Any) -> Column:
    extra = {"decimalChar": "."}
    return Column(name, "number", title, description, extra=extra, **more)


BEFORE = (
    _text(
        "indicator",
        "Kennzahl",
        "Schlüssel der Kennzahl, wie in ihrer Adresse.",
        is_required=True,
    ),
    _text("area_key", "Raum", "Schlüssel des Raums im Portal.", is_required=True),
    _text("area_name", "Name des Raums", "Name des Raums.", is_required=True),
    _text(
        "official_key",
        "amtlicher Schlüssel",
        "Amtlicher Gemeinde- oder Kreisschlüssel mit führender Null; "
        "leer bei Teilen von Herne und Schulen.",
    ),
    _text(
        "level",
        "Ebene",
        "Was für ein Raum das ist.",
        options=tuple((str(key), label) for key, label in LEVELS.items()),
        is_required=True,
    ),
    _text(
        "period",
        "Zeitraum",
        "2022 Jahr, 2024/25 Schuljahr, 2022-Q3 Quartal, 2022-05 Monat, "
        "2022-05-15 Stichtag.",
        is_required=True,
    ),
    Column(
        "period_start",
        "date",
        "erster Tag",
        "Erster Tag des Zeitraums (ein Schuljahr beginnt am 1. August).",
        is_required=True,
    ),
)
AFTER = (
    _text(
        "state",
        "Zustand",
        "Ob es einen Wert gibt, und wenn nicht, warum. Fehlende Werte sind nie 0.",
        options=tuple((code, MEANINGS[key]) for key, code in STATES.items()),
        is_required=True,
    ),
    _number(
        "base",
        "Basis",
        "Zahl der Menschen, auf denen der Wert beruht; leer, wo nicht bekannt.",
    ),
    _number(
        "participation",
        "Beteiligung",
        "Anteil der Befragten, die geantwortet haben, in Prozent; leer, wo nicht "
        "bekannt.",
    ),
    _text("note", "Anmerkung", "Anmerkung zum Wert."),
    Column(
        "release",
        "integer",
        "Fassung",
        "Nummer der Fassung, aus der der Wert stammt.",
        is_required=True,
    ),
)
FIXED = {column.name for column in (*BEFORE, *AFTER)} | {"value"}


def columns_of(indicator: Indicator) -> list[Column]:
    """All columns of the files of an indicator, in their order."""
    found = list(BEFORE)
    for use in uses_of(indicator):
        dimension = use.dimension
        name = column_name(dimension)
        parts = dimension.categories.all()
        options = tuple((one.key, one.name_de or "") for one in parts)
        found += [
            _text(
                name,
                dimension.name_de or "",
                "Schlüssel der Ausprägung; leer heißt insgesamt.",
                options=options,
            ),
            _text(
                f"{name}_label",
                f"{dimension.name_de} (Name)",
                "Name der Ausprägung; leer heißt insgesamt.",
            ),
        ]
    unit = indicator.get_unit_display()
    value = _number(
        "value",
        "Wert",
        f"Wert mit Punkt als Dezimalzeichen; Einheit: {unit}. Leer, wenn state nicht "
        f"„{STATES[ValueState.VALUE]}“ ist.",
    )
    value.extra["unit"] = unit
    return [*found, value, *AFTER]


def uses_of(indicator: Indicator) -> list[IndicatorDimension]:
    """Breakdowns of the indicator by position."""
    return sorted(indicator.breakdowns.all(), key=lambda use: use.position)


def parts_by_position(indicator: Indicator) -> list[tuple[int, list[Category]]]:
    """The parts of each breakdown; position 2 stands in `category_2` of a value."""
    return [
        (use.position, list(use.dimension.categories.all()))
        for use in uses_of(indicator)
    ]


def column_name(dimension: Dimension) -> str:
    """The key of the breakdown, where it is not the name of another column."""
    taken = FIXED | {f"{name}_label" for name in FIXED}
    return f"breakdown_{dimension.key}" if dimension.key in taken else dimension.key
