"""Schools from official data: upsert by school number, all or nothing.

What people entered and no list says (all-day form, Talentschule) stays. An empty cell
erases nothing, an older file overwrites nothing newer, and a school that is no longer
listed is marked, never deleted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import transaction

from herne_bildung.city import actions
from herne_bildung.city.importers.report import (
    Change,
    ImportRefused,
    Problem,
    Report,
)
from herne_bildung.city.importers.school_files import read
from herne_bildung.city.importers.school_lines import Reader, SchoolRow
from herne_bildung.city.models import EntryVersion, Place, School
from herne_bildung.city.shapes import Shapes
from herne_bildung.city.versions import begin, note_many
from herne_bildung.lib import clock
from herne_bildung.lib.analyser import sort_key
from herne_bildung.lib.geo import Point, distance

SAME_POINT = 1.0  # metres
DECIMALS = 7  # of degrees: a centimetre
LONGEST_SLUG = 100
WORDS_ONLY = re.compile(r"[\W_]+")
AS_OF = re.compile(r"20\d\d(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a file comes from; `as_of` is the state it describes ("2021-09")."""

    title: str
    licence: str
    as_of: str = ""


SOURCES = {
    "official": Source(
        "Ministerium für Schule und Bildung NRW, Grunddaten der Schulen",
        "dl-de/by-2-0",
    ),
    "statistics": Source(
        "IT.NRW, Statistisches Landesamt; Sozialindex und Startchancen: Ministerium"
        " für Schule und Bildung NRW; Koordinaten: OpenStreetMap",
        "dl-de/by-2-0, ODbL 1.0",
    ),
}


def import_schools(
    path: Path,
    *,
    source: Source | None = None,
    as_of: str = "",
    accept_vanished: bool = False,
    is_dry_run: bool = False,
) -> Report:
    """Take over a file of schools. Raises ImportRefused, nothing written.

    `as_of` must be given for the official format, which does not tell its date.
    """
    file = read(path)
    reader = Reader(file.format)
    rows = [row for line in file.lines if (row := reader.row(line))]
    problems = [*reader.problems, *_repeated(rows)]
    if not rows and not problems:
        problems.append(Problem(path.name, "keine Schule in Herne gefunden"))
    years = sorted({row.school_year for row in rows})
    as_of = as_of or (years[-1][:4] if years else "")
    if rows and not AS_OF.fullmatch(as_of):
        problems.append(
            Problem("", "Stand fehlt: --as-of JJJJ, JJJJ-MM oder JJJJ-MM-TT")
        )
    if problems:
        raise ImportRefused(problems)
    work = _Import(
        replace(source or SOURCES[file.format], as_of=as_of), Report(is_dry_run)
    )
    with transaction.atomic():
        work.run(rows, accept_vanished)
        if reader.elsewhere:
            work.report.notes.append(
                f"{reader.elsewhere} Zeilen außerhalb von Herne oder ohne Schule"
            )
        transaction.set_rollback(is_dry_run)
    return work.report


def is_older(one: str, other: str) -> bool:
    """Whether a state is older than another; "2024" is not older than "2024-10"."""
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]


def _repeated(rows: Sequence[SchoolRow]) -> list[Problem]:
    lines: dict[str, int] = {}
    problems = []
    for row in rows:
        if row.number in lines:
            what = f"Schulnummer {row.number} steht schon in Zeile {lines[row.number]}"
            problems.append(Problem(f"Zeile {row.line}", what))
        lines.setdefault(row.number, row.line)
    return problems


@dataclass
class _Import:
    """One import inside its transaction."""

    source: Source
    report: Report
    touched: list[int] = field(default_factory=list)

    def run(self, rows: Sequence[SchoolRow], accept_vanished: bool) -> None:
        present = School.objects.select_for_update(of=("self",)).select_related("place")
        self.schools = {school.number: school for school in present}
        begin([*self.schools.values()])
        self.slugs = {school.slug for school in self.schools.values()}
        self.places = {
            _address(place): place for place in Place.objects.select_related("district")
        }
        self.shapes = Shapes.load()
        newest = max((s.as_of for s in self.schools.values()), default="")
        is_old_file = is_older(self.source.as_of, newest)
        kept = 0
        for row in rows:
            school = self.schools.get(row.number)
            if school is None and is_old_file:
                self.report.notes.append(
                    f"Zeile {row.line}: {row.values['name']} ({row.number}) fehlt in"
                    " der neueren Liste und wird nicht angelegt"
                )
            elif school and is_older(self.source.as_of, school.as_of):
                kept += 1
            else:
                self._put(row, school)
            self.report.notes += [f"Zeile {row.line}: {note}" for note in row.notes]
        if kept:
            self.report.notes.append(f"{kept} Schulen haben schon neuere Angaben")
        self._mark_vanished({row.number for row in rows}, accept_vanished)
        actions.index_schools(self.touched)
        if self.touched:
            schools = list(School.objects.filter(pk__in=self.touched).order_by("pk"))
            note_many(schools, by=None, how=EntryVersion.How.IMPORT)

    def _put(self, row: SchoolRow, school: School | None) -> None:
        """Add or change one school."""
        is_new = school is None
        school = school or School(number=row.number, slug=self._slug(row))
        changes = self._set_values(row, school)
        place = self._place(row, school, changes)
        if place.pk != school.place_id:
            former = None if is_new else school.place.address
            changes.append(Change("Anschrift", former, place.address))
            school.place = place
        label = f"{row.values['name']} ({row.number})"
        if changes or is_older(school.as_of, self.source.as_of):
            school.as_of = self.source.as_of
            school.source_title = self.source.title
            school.licence = self.source.licence
            school.save()
            self.touched.append(school.pk)
        if not changes:
            self.report.unchanged.append(label)
            return
        if is_new:
            self.report.new.append(label)
        else:
            self.report.changed[label] = changes

    def _set_values(self, row: SchoolRow, school: School) -> list[Change]:
        changes = []
        values = {**row.values, "vanished_on": None}
        if school.pk is None:
            values |= row.first_values
        for name, new in values.items():
            old = getattr(school, name)
            says_nothing = new in ("", None) and name != "vanished_on"
            if says_nothing or _is_same(old, new):
                continue
            setattr(school, name, new)
            changes.append(
                Change(str(School._meta.get_field(name).verbose_name), old, new)
            )
        return changes

    def _place(self, row: SchoolRow, school: School, changes: list[Change]) -> Place:
        """The place at the address of the line. A new address is a new place: the
        former one may be used by others, and its district was for that address.
        """
        wanted = Place(**row.address)
        place = self.places.get(_address(wanted))
        if place is None:
            place = self.places[_address(wanted)] = wanted
            place.name = row.values["name"]
            place.as_of = self.source.as_of
            place.source_title = self.source.title
            place.licence = self.source.licence
        if place.pk is None or self._is_moved(place, row.point):
            former = place.pk and (place.latitude, place.longitude)
            if row.point:
                place.latitude = round(row.point.latitude, DECIMALS)
                place.longitude = round(row.point.longitude, DECIMALS)
            place.save()
            if former:
                new = (place.latitude, place.longitude)
                changes.append(Change("Koordinaten", former, new))
        former_district = place.district
        if actions.assign_district(place, self.shapes) and school.place_id == place.pk:
            changes.append(Change("Bezirk", former_district, place.district))
        return place

    def _is_moved(self, place: Place, point: Point | None) -> bool:
        if point is None:
            return False
        if place.latitude is None:
            return True
        return distance(Point(place.latitude, place.longitude), point) > SAME_POINT

    def _slug(self, row: SchoolRow) -> str:
        """An address from the name; it stays when the school is renamed."""
        base = _words_for_address(row.values["name"])[:LONGEST_SLUG].strip("-")
        slug = base if base and base not in self.slugs else f"{base}-{row.number}"
        self.slugs.add(slug)
        return slug.strip("-")

    def _mark_vanished(self, listed: set[str], accept_vanished: bool) -> None:
        """Mark schools that this list, which is no older, does not name any more."""
        candidates = [
            school
            for school in self.schools.values()
            if school.vanished_on is None
            and not is_older(self.source.as_of, school.as_of)
            and not school.is_sample
        ]
        gone = [school for school in candidates if school.number not in listed]
        if len(gone) * 2 > len(candidates) and not accept_vanished:
            what = (
                f"{len(gone)} von {len(candidates)} Schulen fehlen in der Datei. Wenn"
                " das stimmt: --accept-vanished"
            )
            raise ImportRefused([Problem("", what)])
        for school in gone:
            school.vanished_on = clock.today()
            school.save()
            self.touched.append(school.pk)
            self.report.vanished.append(f"{school.name} ({school.number})")


def _is_same(old: Any, new: Any) -> bool:
    """Equal; texts also when only punctuation and spaces differ."""
    if isinstance(old, str) and isinstance(new, str) and not new.startswith("http"):
        return WORDS_ONLY.sub("", old) == WORDS_ONLY.sub("", new)
    return old == new


def _address(place: Place) -> tuple[str, str]:
    return WORDS_ONLY.sub(" ", place.street).casefold().strip(), place.postal_code


def _words_for_address(name: str) -> str:
    """ "Börsinghauser Straße" as "boersinghauser-strasse"."""
    spelled = name.lower()
    for umlaut, written in {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}.items():
        spelled = spelled.replace(umlaut, written)
    return sort_key(spelled).replace(" ", "-")
