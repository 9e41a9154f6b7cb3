"""From a line of either format to what we keep of a school, mistakes by column."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from herne_bildung.city.importers.report import Problem
from herne_bildung.city.importers.school_files import Line
from herne_bildung.city.importers.school_names import name_and_addition
from herne_bildung.city.models import Place, School
from herne_bildung.lib import utm
from herne_bildung.lib.geo import Point

MUNICIPALITY = "05916000"  # Herne, in the official key of municipalities
TOWN = "Herne"
SCHOOL_OFFICE = "0A"  # Schulamt: in the list, but no school
LATITUDES, LONGITUDES = (47.0, 56.0), (5.0, 16.0)

Form = School.Form
# Keys of the state's school statistics.
FORM_KEYS = {
    "02": Form.PRIMARY,
    "04": Form.MAIN,
    "08": Form.SPECIAL,
    "10": Form.REAL,
    "14": Form.SECONDARY,
    "15": Form.COMPREHENSIVE,
    "17": Form.WALDORF,
    "18": Form.WALDORF,
    "20": Form.GRAMMAR,
    "25": Form.EVENING,
    "30": Form.VOCATIONAL,
}
FORM_NAMES = {
    "Grundschule": Form.PRIMARY,
    "Hauptschule": Form.MAIN,
    "Förderschule": Form.SPECIAL,
    "Realschule": Form.REAL,
    "Sekundarschule": Form.SECONDARY,
    "Gesamtschule": Form.COMPREHENSIVE,
    "Freie Waldorfschule": Form.WALDORF,
    "Gymnasium": Form.GRAMMAR,
    "Weiterbildungskolleg": Form.EVENING,
    "Berufskolleg": Form.VOCATIONAL,
}


@dataclass(slots=True)
class SchoolRow:
    """What a line says. Empty values say nothing and never erase what is known;
    `first_values` are older than the rest and only for schools that are new to us.
    """

    line: int
    number: str
    values: dict[str, Any]
    address: dict[str, str]
    point: Point | None
    school_year: str = ""
    notes: list[str] = field(default_factory=list)
    first_values: dict[str, Any] = field(default_factory=dict)


class Reader:
    """Reads lines, collecting what is wrong with them."""

    def __init__(self, format: str) -> None:
        self._take = {"official": self._official, "statistics": self._statistics}[
            format
        ]
        self.problems: list[Problem] = []
        self.elsewhere = 0

    def row(self, line: Line) -> SchoolRow | None:
        """The school of a line; None for one elsewhere, for no school, or mistakes."""
        before = len(self.problems)
        row = self._take(line)
        return row if len(self.problems) == before else None

    def _official(self, line: Line) -> SchoolRow | None:
        is_here = line["Gemeindeschluessel"] == MUNICIPALITY
        if not is_here or line["Schulform"] == SCHOOL_OFFICE:
            self.elsewhere += 1
            return None
        notes: list[str] = []
        names = [line[f"Schulbezeichnung_{part}"] for part in (1, 2, 3)]
        form = FORM_KEYS.get(line["Schulform"])
        if form is None:
            notes.append(f"Schulform „{line['Schulform']}“ kennen wir nicht")
        return self._finished(
            line,
            number=self._number(line, "Schulnummer"),
            names=names,
            name_column="Schulbezeichnung_1",
            values={
                "form": form or Form.OTHER,
                "is_private": {"1": False, "2": True}.get(line["Rechtsform"]),
                "phone": f"{line['Telefonvorwahl']} {line['Telefon']}".strip(),
                "email": self._email(line, "E-Mail", notes),
                "website": self._website(line, "Homepage", notes),
            },
            address=self._address(line, "Strasse", "PLZ", "Ort"),
            point=self._metres(line),
            notes=notes,
        )

    def _statistics(self, line: Line) -> SchoolRow | None:
        if line["ort"] != TOWN:
            self.elsewhere += 1
            return None
        notes: list[str] = []
        name = re.split(r"[ /]", line["schulform"])[0]
        form = FORM_NAMES.get(line["schulform"]) or FORM_NAMES.get(name)
        if form is None:
            notes.append(f"Schulform „{line['schulform']}“ kennen wir nicht")
        year = self._school_year(line, "schuljahr")
        pupils = self._whole(line, "schueler_gerundet", 0, 20_000)
        index = self._whole(line, "sozialindex_2025_26", 1, 9)
        return self._finished(
            line,
            number=self._number(line, "schulnummer"),
            names=[line["name"], line["zusatz1"], line["zusatz2"]],
            name_column="name",
            values={
                "form": form or Form.OTHER,
                "is_private": {"Öffentlich": False, "Privat": True}.get(
                    line["rechtsstatus"]
                ),
                "phone": line["telefon"],
                "email": self._email(line, "email", notes),
                "pupils": pupils,
                "pupils_year": year if pupils is not None else "",
                "social_index": index,
                "social_index_year": "2025/26" if index is not None else "",
                "is_startchancen": self._flag(line, "startchancen"),
            },
            address=self._address(line, "strasse", "plz", "ort"),
            point=self._degrees(line),
            school_year=year,
            notes=notes,
            first_values={"website": self._website(line, "homepage_2021", notes)},
        )

    def _finished(
        self,
        line: Line,
        *,
        number: str,
        names: list[str],
        name_column: str,
        values: dict[str, Any],
        address: dict[str, str],
        point: Point | None,
        notes: list[str],
        school_year: str = "",
        first_values: dict[str, Any] | None = None,
    ) -> SchoolRow:
        name, addition = name_and_addition(names)
        if not name:
            self._problem(line, name_column, "Name fehlt")
        words = " ".join(names)
        is_city = not values["is_private"] and ("Städt" in words or "Stadt " in words)
        values |= {
            "name": name,
            "official_name": addition,
            "operator": "Stadt Herne" if is_city else "",
        }
        for model, found in ((School, values), (Place, address)):
            for field_name, text in found.items():
                longest = model._meta.get_field(field_name).max_length
                if isinstance(text, str) and longest and len(text) > longest:
                    what = f"länger als {longest} Zeichen ({field_name})"
                    self.problems.append(Problem(f"Zeile {line.number}", what))
        return SchoolRow(
            line.number,
            number,
            values,
            address,
            point,
            school_year,
            notes,
            first_values or {},
        )

    # --- single cells --------------------------------------------------------

    def _problem(self, line: Line, column: str, what: str) -> None:
        self.problems.append(Problem(line.where(column), what))

    def _number(self, line: Line, column: str) -> str:
        if not re.fullmatch(r"[0-9]{6}", line[column]):
            self._problem(
                line, column, f"keine Schulnummer aus sechs Ziffern: „{line[column]}“"
            )
        return line[column]

    def _whole(self, line: Line, column: str, least: int, most: int) -> int | None:
        text = line[column]
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", text) or not least <= int(text) <= most:
            self._problem(line, column, f"keine Zahl von {least} bis {most}: „{text}“")
            return None
        return int(text)

    def _flag(self, line: Line, column: str) -> bool | None:
        known = {"": None, "0": False, "1": True}
        if line[column] not in known:
            self._problem(line, column, f"weder 0 noch 1: „{line[column]}“")
        return known.get(line[column])

    def _school_year(self, line: Line, column: str) -> str:
        if not re.fullmatch(r"20[0-9]{2}/[0-9]{2}", line[column]):
            self._problem(line, column, f"kein Schuljahr wie 2024/25: „{line[column]}“")
        return line[column]

    def _email(self, line: Line, column: str, notes: list[str]) -> str:
        try:
            if line[column]:
                validate_email(line[column])
        except ValidationError:
            notes.append(f"keine E-Mail-Adresse: „{line[column][:80]}“")
            return ""
        return line[column]

    def _website(self, line: Line, column: str, notes: list[str]) -> str:
        """An address with its scheme; the list leaves it out at times."""
        text = line[column]
        if not text:
            return ""
        if "://" not in text:
            text = f"https://{text}"
        try:
            School._meta.get_field("website").run_validators(text)
        except ValidationError:
            notes.append(f"keine Adresse einer Website: „{line[column][:80]}“")
            return ""
        return text if text.startswith(("http://", "https://")) else ""

    def _address(self, line: Line, street: str, code: str, town: str) -> dict[str, str]:
        if not re.fullmatch(r"[0-9]{5}", line[code]):
            self._problem(line, code, f"keine Postleitzahl: „{line[code]}“")
        if not line[street]:
            self._problem(line, street, "Straße fehlt")
        return {
            "street": line[street],
            "postal_code": line[code],
            "city": line[town],
        }

    def _metres(self, line: Line) -> Point | None:
        if not line["UTMRechtswert"] and not line["UTMHochwert"]:
            return None
        if line["EPSG"] not in {"", "EPSG:25832", "25832"}:
            self._problem(line, "EPSG", f"unbekanntes System „{line['EPSG']}“")
            return None
        east = self._decimal(line, "UTMRechtswert")
        north = self._decimal(line, "UTMHochwert")
        if east is None or north is None:
            return None
        if not utm.is_plausible(east, north):
            self._problem(line, "UTMRechtswert", f"kein Ort in NRW: {east}, {north}")
            return None
        return utm.to_degrees(east, north)

    def _degrees(self, line: Line) -> Point | None:
        if not line["lat"] and not line["lon"]:
            return None
        latitude, longitude = self._decimal(line, "lat"), self._decimal(line, "lon")
        if latitude is None or longitude is None:
            return None
        if not (
            LATITUDES[0] <= latitude <= LATITUDES[1]
            and LONGITUDES[0] <= longitude <= LONGITUDES[1]
        ):
            self._problem(line, "lat", f"kein Ort in NRW: {latitude}, {longitude}")
            return None
        return Point(latitude, longitude)

    def _decimal(self, line: Line, column: str) -> float | None:
        text = line[column].replace(",", ".")
        if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,15})?", text):
            self._problem(line, column, f"keine Zahl: „{line[column]}“")
            return None
        return float(text)
